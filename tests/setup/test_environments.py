"""Environments: the working tree is installed by a pointer, and a half-made environment is never trusted."""

from __future__ import annotations

import subprocess
import venv
from pathlib import Path

import pytest
from provision import environments, own_package
from provision.steps import SetUpStopped

PROJECT = """
[project]
name = "toy"
version = "1.2"
description = "A toy."
requires-python = ">=3.11"
license = "Apache-2.0"

[project.scripts]
joinder = "toy.main:main"
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny project in a path with spaces, its environment made once."""
    root = tmp_path_factory.mktemp("a place with spaces") / "project"
    (root / "src" / "toy").mkdir(parents=True)
    (root / "src" / "toy" / "__init__.py").touch()
    (root / "src" / "toy" / "main.py").write_text("def main():\n    print('it runs')\n", encoding="utf-8")
    (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (root / "requirements").mkdir()
    (root / "requirements" / "run.txt").write_text("# nothing to install\n", encoding="utf-8")
    environments.ensure(environments.RUN, root)
    return root


def test_the_command_runs_from_a_path_with_spaces(clone: Path) -> None:
    done = subprocess.run([clone / ".venv/bin/joinder"], capture_output=True, text=True, check=True)
    assert done.stdout == "it runs\n"


def test_the_metadata_is_that_of_the_project(clone: Path) -> None:
    code = "from importlib.metadata import metadata; m = metadata('toy'); print(m['Version'], m['License-Expression'])"
    done = subprocess.run(
        [clone / ".venv/bin/python", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1.2 Apache-2.0\n"


def test_a_second_start_runs_no_program(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environments, "run", lambda *_, **__: pytest.fail("ran a program"))
    environments.ensure(environments.RUN, clone)


def test_a_changed_lock_is_installed_again(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[object]] = []
    monkeypatch.setattr(environments, "run", lambda command, **_: commands.append(command))
    lock = clone / "requirements" / "run.txt"
    before = lock.read_text(encoding="utf-8")
    lock.write_text("# still nothing\n", encoding="utf-8")
    try:
        environments.ensure(environments.RUN, clone)
    finally:
        lock.write_text(before, encoding="utf-8")
        environments.ensure(environments.RUN, clone)
    assert ["--require-hashes" in command for command in commands] == [True, True]


def test_an_installation_cut_short_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "node.txt").write_text("# nothing\n", encoding="utf-8")

    def cut_short(*_: object, **__: object) -> None:
        raise SetUpStopped("the network went away")

    monkeypatch.setattr(environments, "_create", lambda home, _: (home / "bin").mkdir(parents=True))
    monkeypatch.setattr(environments, "run", cut_short)
    with pytest.raises(SetUpStopped):
        environments.ensure(environments.NODE, tmp_path)
    half_written = tmp_path / ".venv-node" / "half-written-package"
    half_written.touch()
    monkeypatch.setattr(environments, "run", lambda *_, **__: None)
    environments.ensure(environments.NODE, tmp_path)
    assert not half_written.exists()


def test_an_environment_that_was_moved_is_made_anew(tmp_path: Path) -> None:
    home = tmp_path / "was here"
    venv.create(home, with_pip=False)
    (home / "joinder-setup.place").write_text(str(home), encoding="utf-8")
    assert environments._usable(home)
    moved = home.rename(tmp_path / "is here")
    assert not environments._usable(moved)


def test_a_missing_lock_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetUpStopped, match=r"requirements/run\.txt is missing"):
        environments.ensure(environments.RUN, tmp_path)


def test_the_wheel_that_points_holds_only_metadata_and_a_pointer(clone: Path, tmp_path: Path) -> None:
    wheel = own_package.pointing_wheel(clone, tmp_path)
    assert wheel.stat().st_size < 4096
