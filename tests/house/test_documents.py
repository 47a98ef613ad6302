"""The documents agree with the code: links lead somewhere, terms are defined once, commands and rooms exist."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from pathlib import Path

import pytest

PAGES = ("README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
GUIDES = (
    "docs/guide/README.md",
    "docs/guide/run-a-node.md",
    "docs/guide/check-a-package.md",
    "docs/guide/command-line.md",
)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
TERM = re.compile(r"^\*\*([^*]+)\*\* · ([^:]+): (.*)$", re.MULTILINE)
CODE_NAME = re.compile(r"\(`(joinder\.[\w.]+)`\)")


def read(repository: Path, page: str) -> str:
    return (repository / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [*PAGES, *GUIDES, "docs/adr/README.md"])
def test_every_link_leads_to_a_file(repository: Path, page: str) -> None:
    folder = (repository / page).parent
    assert [link for link in LINK.findall(read(repository, page)) if not (folder / link).exists()] == []


def test_every_guide_is_in_the_list_of_guides(repository: Path) -> None:
    there = {f"docs/guide/{file.name}" for file in (repository / "docs" / "guide").glob("*.md")}
    assert there == set(GUIDES)
    listed = set(LINK.findall(read(repository, "docs/guide/README.md")))
    assert {Path(guide).name for guide in GUIDES} - {"README.md"} <= listed


def test_every_make_target_named_in_a_page_exists(repository: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read(repository, "Makefile"), re.MULTILINE))
    for page in PAGES:
        named = re.findall(r"(?:^|`)make ([a-z-]+)", read(repository, page), re.MULTILINE)
        assert set(named) <= targets, page


def test_every_term_is_defined_once_in_a_full_sentence_and_has_a_chinese_name(repository: Path) -> None:
    terms = TERM.findall(read(repository, "GLOSSARY.md"))
    assert len(terms) > 50
    for language in (0, 1):
        names = Counter(term[language] for term in terms)
        assert [name for name, count in names.items() if count > 1] == []
    assert [term[0] for term in terms if not re.search(r"[\u4e00-\u9fff]", term[1])] == []
    assert [term[0] for term in terms if not re.match(r"[A-Z].*[.)]$", term[2])] == []


def test_the_terms_of_a_chapter_stand_in_alphabetical_order(repository: Path) -> None:
    for chapter in read(repository, "GLOSSARY.md").split("\n## ")[1:]:
        names = [term[0].lower() for term in TERM.findall(chapter)]
        assert names == sorted(names), chapter.split("\n", 1)[0]


def test_every_name_in_the_glossary_is_in_the_code(repository: Path) -> None:
    missing = []
    for dotted in CODE_NAME.findall(read(repository, "GLOSSARY.md")):
        if not exists(dotted):
            missing.append(dotted)
    assert missing == []


def exists(dotted: str) -> bool:
    """Whether a dotted name is a module or something in one (office models are looked for in their file)."""
    path = Path(__file__).parents[2].joinpath("src", *dotted.split("."))
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    module, _, name = dotted.rpartition(".")
    file = Path(__file__).parents[2].joinpath("src", *module.split(".")).with_suffix(".py")
    if file.is_file():
        return re.search(rf"^class {name}\b", file.read_text(encoding="utf-8"), re.MULTILINE) is not None
    return hasattr(importlib.import_module(module), name)


def test_every_room_and_app_has_its_line(repository: Path) -> None:
    page = read(repository, "ARCHITECTURE.md")
    source = repository / "src" / "joinder"
    rooms = [path.parent.name for path in source.glob("*/__init__.py")]
    apps = [path.parent.name for path in (source / "office").glob("*/__init__.py")]
    assert [room for room in rooms if f"| `{room}/` |" not in page] == []
    assert [app for app in apps if not re.search(rf"^\|[^|]*`{app}`[^|]*\|", page, re.MULTILINE)] == []


def test_decisions_have_their_three_parts(repository: Path) -> None:
    for page in sorted((repository / "docs" / "adr").glob("0*.md")):
        text = page.read_text(encoding="utf-8")
        for part in ("Context", "Decision", "Consequences"):
            assert re.search(rf"^(## {part}$|\*\*{part}\.\*\*)", text, re.MULTILINE), (
                f"{page.name} has no {part}"
            )
