"""What lies in the repository names no package registry, no one's machine, and nothing that is only half done."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

REGISTRIES: Final = re.compile(r"py[p]i\.org|python[h]osted\.org|registry\.npm[j]s|deb\.debi[a]n\.org")
MACHINE_PATHS: Final = re.compile(r"(^|[^\w./-])/(work|farm|root)/[a-z.]|(^|[^\w./-])/home/(?!dev/)[a-z]+/")
HALF_DONE: Final = re.compile(r"\b(T[O]DO|F[I]XME|X[X]X:|H[A]CK)\b|for n[o]w\b")
LARGEST_BYTES: Final = 1 << 20

CODE: Final = ("src", "tests", "verifier", "scripts", "benchmarks", "Makefile", ".ci")


@pytest.fixture(scope="module")
def tracked(repository: Path) -> list[Path]:
    """The files git tracks that are there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, check=True).stdout
    return [file for name in listed.decode().split("\0") if name and (file := repository / name).is_file()]


def matches(files: list[Path], pattern: re.Pattern[str]) -> list[str]:
    """`path:line: text` of every line in `files` that the pattern is found in; binary files are passed over."""
    found = []
    for file in files:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{file}:{n}: {line.strip()[:120]}" for n, line in enumerate(lines, 1) if pattern.search(line)
        ]
    return found


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (REGISTRIES, "--index-url https://py" + "pi.org/simple"),
        (REGISTRIES, '"resolved": "https://registry.npm' + 'js.org/x"'),
        (MACHINE_PATHS, "open('/ro" + "ot/.cache/x')"),
        (MACHINE_PATHS, "cd /ho" + "me/somebody/joinder"),
        (HALF_DONE, "# TO" + "DO: later"),
    ],
)
def test_the_patterns_find_what_they_are_for(tmp_path: Path, pattern: re.Pattern[str], line: str) -> None:
    planted = tmp_path / "planted.txt"
    planted.write_text(f"harmless\n{line}\n", encoding="utf-8")
    assert matches([planted], pattern)


def test_no_registry_host_is_named(tracked: list[Path]) -> None:
    assert matches(tracked, REGISTRIES) == []


def test_no_path_of_a_machine_is_named(tracked: list[Path]) -> None:
    assert matches(tracked, MACHINE_PATHS) == []


def test_nothing_is_marked_as_half_done(repository: Path, tracked: list[Path]) -> None:
    code = [file for file in tracked if file.relative_to(repository).parts[0] in CODE]
    assert matches(code, HALF_DONE) == []


def test_no_large_file_and_nothing_built_is_tracked(repository: Path, tracked: list[Path]) -> None:
    names = [file.relative_to(repository) for file in tracked]
    assert [str(file) for file in tracked if file.stat().st_size > LARGEST_BYTES] == []
    assert [
        str(name) for name in names if name.suffix in {".mo", ".pyc", ".whl"} or "node_modules" in name.parts
    ] == []
