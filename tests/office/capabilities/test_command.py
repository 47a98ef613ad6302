"""`joinder capability` on a node of its own: published, asked, answered or waiting, and refused in so many words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sample_capability import PEOPLE, descriptor


def joinder(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    command = [sys.executable, "-m", "joinder.cli.main", *arguments]
    return subprocess.run(
        command,
        env={**kept, "JOINDER_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("node")
    made = joinder(folder, "init", str(folder), "--organisation", "样例鉴定所", "--administrator", "admin")
    assert made.returncode == 0, made.stderr
    return folder


def written(folder: Path, name: str, content: object) -> str:
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_published_asked_and_waiting_for_people(home: Path, tmp_path: Path) -> None:
    file = written(tmp_path, "appraise.json", descriptor(**PEOPLE))
    tried = joinder(home, "capability", "publish", file, "--dry-run")
    assert tried.returncode == 0, tried.stderr
    unknown = joinder(home, "capability", "call", "sample.appraise", "--input", file)
    assert unknown.returncode == 2, "a dry run publishes nothing"
    assert joinder(home, "capability", "publish", file, "--json").returncode == 0
    question = written(tmp_path, "question.json", {"question": "样品一是否真品？"})
    asked = joinder(home, "capability", "call", "sample.appraise", "--input", question)
    assert asked.returncode == 3, asked.stderr
    assert "J-1" in asked.stderr
    wrong = joinder(home, "capability", "call", "sample.appraise", "--input", written(tmp_path, "w.json", {}))
    assert wrong.returncode == 2
    assert "question" in wrong.stderr


def test_a_wrong_descriptor_and_what_is_not_there_yet(home: Path, tmp_path: Path) -> None:
    refused = joinder(home, "capability", "publish", written(tmp_path, "bad.json", {"id": "x"}))
    assert refused.returncode == 2
    assert "descriptor is wrong" in refused.stderr
    assert joinder(home, "capability", "check", "https://peer.example").returncode == 4
