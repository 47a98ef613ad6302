"""The lock files: exact, hashed, naming no host, and agreeing with one another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

LOCKS: Final = ("run", "test", "backend", "tools", "node", "lock")
TOO_HEAVY_FOR_A_DEMO: Final = {"pyspark", "splink", "pytest", "mypy", "ruff", "hypothesis", "wacz", "surt"}


def pins(repository: Path, name: str) -> dict[str, set[str]]:
    """Package → the exact versions that a lock pins (more than one where they differ by Python or platform)."""
    text = (repository / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for package, version in re.findall(r"^([\w.-]+)==([\w.+!-]+)", text, re.MULTILINE):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_exact_and_hashed_and_no_host_is_named(repository: Path, name: str) -> None:
    text = (repository / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "==" not in entry.split()[0]] == []
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "index-url" not in text


def test_each_lock_has_its_source_and_the_other_way_round(repository: Path) -> None:
    folder = repository / "requirements"
    assert (
        {file.stem for file in folder.glob("*.in")}
        == {file.stem for file in folder.glob("*.txt")}
        == set(LOCKS)
    )


def test_a_package_in_both_run_and_test_is_one_version(repository: Path) -> None:
    run, test = pins(repository, "run"), pins(repository, "test")
    assert {
        name: (run[name], test[name]) for name in run.keys() & test.keys() if run[name] != test[name]
    } == {}


def test_the_demo_installs_nothing_it_does_not_run(repository: Path) -> None:
    assert pins(repository, "run").keys() & TOO_HEAVY_FOR_A_DEMO == set()


def test_every_named_requirement_is_in_its_lock(repository: Path) -> None:
    for name in LOCKS:
        lines = (repository / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines()
        named = {re.split(r"[\[<>=! ]", line)[0].lower() for line in lines if line and line[0] not in "#-"}
        assert named <= pins(repository, name).keys(), f"run `make lock`: {name}.in has changed"
