"""Simplified Chinese is complete: no entry is empty or fuzzy, and no text of a page is missing from the catalogues."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

import joinder.office as office

ROOT = Path(office.__file__).parent
CATALOGUES = sorted(ROOT.rglob("locale/zh_Hans/LC_MESSAGES/*.po"))
MARK = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
BLOCK = re.compile(
    r"\{%\s*blocktranslate\b.*?%\}(.*?)(?:\{%\s*plural\s*%\}|\{%\s*endblocktranslate\s*%\})", re.S
)
CONTEXT = "\x04"
CALL = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext"}


def unquote(text: str) -> str:
    """The string behind adjacent quoted lines of a .po file."""
    return "".join(ast.literal_eval(line) for line in re.findall(r'^\s*(".*")\s*$', text, re.M))


@cache
def entries(path: Path) -> dict[str, tuple[str, bool]]:
    """context + msgid → (translation, fuzzy) of one catalogue."""
    found = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        matched = re.search(r'^msgid\s+((?:".*"\s*)+)', block, re.M)
        said = re.search(r'^msgstr(?:\[0\])?\s+((?:".*"\s*)+)', block, re.M)
        if matched and said and (key := unquote("\n".join(matched[1].splitlines()))):
            context = re.search(r'^msgctxt\s+"(.*)"$', block, re.M)
            named = f"{context[1]}{CONTEXT}{key}" if context else key
            found[named] = (unquote(said[1]), bool(re.search(r"^#,.*fuzzy", block, re.M)))
    return found


@cache
def known() -> frozenset[str]:
    """All msgids of the office, without their contexts."""
    return frozenset(key.split(CONTEXT)[-1] for path in CATALOGUES for key in entries(path))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_catalogue_is_complete(path: Path) -> None:
    assert entries(path), "an empty catalogue"
    assert [key for key, (said, _) in entries(path).items() if not said] == []
    assert [key for key, (_, fuzzy) in entries(path).items() if fuzzy] == []
    checked = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[3].name)
def test_no_space_is_typed_between_han_and_latin(path: Path) -> None:
    spaced = re.compile(r"[\u4e00-\u9fff] [A-Za-z0-9%]|[A-Za-z0-9] [\u4e00-\u9fff]")
    assert [said for said, _ in entries(path).values() if spaced.search(said)] == []


def test_no_app_speaks_over_another() -> None:
    """All catalogues become one: two apps that mean different things by one text must give it a context."""
    said: dict[str, dict[str, str]] = {}
    for path in CATALOGUES:
        for key, (translation, _) in entries(path).items():
            said.setdefault(key, {})[path.parents[3].name] = translation
    assert {key: apps for key, apps in said.items() if len(set(apps.values())) > 1} == {}


TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_of_a_template_is_translated(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    marked = {double or single for double, single in MARK.findall(text)}
    marked |= {re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block) for block in BLOCK.findall(text)}
    assert {key.strip() for key in marked} - {key.strip() for key in known()} == set()


SOURCES = [path for path in sorted(ROOT.rglob("*.py")) if "migrations" not in path.parts]


def test_every_text_of_the_code_is_translated() -> None:
    missing = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALL):
                continue
            texts = node.args[1:2] if node.func.id.startswith("pgettext") else node.args[:1]
            missing += [
                f"{path.relative_to(ROOT)}: {text.value}"
                for text in texts
                if isinstance(text, ast.Constant)
                and isinstance(text.value, str)
                and text.value not in known()
            ]
    assert missing == []
