"""The rule of imports holds, and the contracts notice when it does not."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import pytest

NETWORK: Final = re.compile(
    r"^\s*(import|from)\s+(socket|http\.client|urllib\.request|requests|httpx|aiohttp|playwright)\b",
    re.MULTILINE,
)
MAY_OPEN_THE_NETWORK: Final = ("pools/sources", "evidence/", "world/serve", "office/", "cli/")
"""Folders and files under src/joinder that may: sources of pools and captures go out, the rest only listens."""


def lint(folder: Path, python_path: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter as `make check` does, on the package found under `python_path`."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        env={"PYTHONPATH": str(python_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package's Python files and the contracts, where a forbidden import can be planted."""
    folder = tmp_path_factory.mktemp("contracts")
    shutil.copy(repository / "pyproject.toml", folder)
    ignored = shutil.ignore_patterns("__pycache__", "static", "*.po", "*.mo", "*.html")
    shutil.copytree(repository / "src", folder / "src", ignore=ignored)
    return folder


@pytest.mark.parametrize(
    ("planted_in", "line"),
    [
        ("vocabulary", "import joinder.pools"),  # upwards
        ("detect", "import joinder.resolve"),  # sideways
        ("law", "import joinder.office.config"),  # an engine reaches into the office
        ("engine", "import django"),
        ("office/ledger", "import joinder.office.people"),  # within the office
        ("office/people", "import joinder.cli"),
    ],
)
def test_a_forbidden_import_is_noticed(copy: Path, planted_in: str, line: str) -> None:
    planted = copy / "src" / "joinder" / planted_in / "planted.py"
    planted.write_text(f"{line}\n", encoding="utf-8")
    try:
        result = lint(copy, copy / "src")
    finally:
        planted.unlink()
    assert result.returncode != 0
    assert "planted" in result.stdout, result.stdout + result.stderr


def test_the_contracts_hold(repository: Path) -> None:
    result = lint(repository, repository / "src")
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_room_and_every_office_app_has_its_place(repository: Path) -> None:
    contracts = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    layers = {contract["containers"][0]: contract for contract in contracts if contract["type"] == "layers"}
    assert all(contract["exhaustive"] for contract in layers.values())
    for container, folder in {"joinder": "src/joinder", "joinder.office": "src/joinder/office"}.items():
        placed = {
            name.strip("() ") for layer in layers[container]["layers"] for name in re.split(r"[|:]", layer)
        }
        there = {path.parent.name for path in (repository / folder).glob("*/__init__.py")}
        assert there <= placed, f"give {sorted(there - placed)} a place among the layers of {container}"


def test_only_sources_and_evidence_open_the_network(repository: Path) -> None:
    package = repository / "src" / "joinder"
    reaching = [
        str(file.relative_to(package))
        for file in package.rglob("*.py")
        if NETWORK.search(file.read_text(encoding="utf-8"))
        and not str(file.relative_to(package)).startswith(MAY_OPEN_THE_NETWORK)
    ]
    assert reaching == []
