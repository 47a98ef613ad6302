"""`make` alone lists every target with a sentence, and CI runs what a newcomer runs."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def makefile(repository: Path) -> str:
    return (repository / "Makefile").read_text(encoding="utf-8")


def test_make_alone_lists_all_targets_with_a_sentence_each(repository: Path, makefile: str) -> None:
    listed = subprocess.run(["make"], cwd=repository, capture_output=True, text=True, check=True).stdout
    described = dict(re.findall(r"^ +make ([\w-]+) +(.*)$", listed, re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(described) == targets
    assert all(sentence[:1].isupper() and sentence.endswith((".", ").")) for sentence in described.values())


def test_every_target_is_phony(makefile: str) -> None:
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))


def test_ci_runs_make_test(repository: Path) -> None:
    script = repository / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text(encoding="utf-8")


def test_an_older_python_is_told_so(repository: Path, tmp_path: Path) -> None:
    """The message must come before anything an older Python cannot read."""
    lines = (repository / "scripts" / "setup.py").read_text(encoding="utf-8")
    before = lines.split("from provision", 1)[0].replace("(3, 11)", "(99, 0)")
    script = tmp_path / "setup.py"
    script.write_text(before, encoding="utf-8")
    done = subprocess.run(["python3", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "needs 3.11 or later" in done.stderr
