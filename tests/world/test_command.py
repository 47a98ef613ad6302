"""`joinder world`: results on stdout, messages on stderr, exit codes as promised."""

from __future__ import annotations

import json
import signal
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from joinder.cli.main import main
from joinder.world import World


def test_make_prints_its_counts_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "world",
        "make",
        "--scale",
        "tiny",
        "--seed",
        "3",
        "--out",
        str(folder),
        "--json",
        "--knob",
        "hubs=0",
    ]
    assert main(arguments) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["counts"]["accounts"] == 130
    assert (folder / "truth" / "listings.parquet").is_file()


def test_dry_run_makes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["world", "make", "--scale", "nation", "--out", str(folder), "--dry-run"]) == 0
    assert "10,000,000 listings" in capsys.readouterr().out
    assert not folder.exists()


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--knob", "nonsense=1"], "No knob is called 'nonsense'"),
        (["--knob", "hubs=many"], "a number from 0 to 1 was expected"),
        (["--scale", "galaxy"], "'galaxy' is not one of"),
        (["--seed", "-1"], "-1 is not in the range"),
    ],
)
def test_bad_usage_exits_two(
    folder: Path, capsys: pytest.CaptureFixture[str], extra: list[str], said: str
) -> None:
    assert main(["world", "make", "--scale", "tiny", "--out", str(folder), *extra]) == 2
    assert said in capsys.readouterr().err
    assert not folder.exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("kept")
    assert main(["world", "make", "--scale", "tiny", "--out", str(tmp_path)]) == 2
    assert "holds no world" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_serve_without_a_world_exits_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["world", "serve", str(tmp_path)]) == 2
    assert "joinder world make" in capsys.readouterr().err


def test_serve_prints_its_address_and_stops_when_asked(tiny: World, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "joinder.cli.main", "world", "serve", str(tiny.folder)]
    log = tmp_path / "log.jsonl"
    with subprocess.Popen(
        [*command, "--port", "0", "--ca-dir", str(tmp_path), "--json", "--log", str(log)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        assert said["address"].startswith("https://127.0.0.1:")
        assert Path(said["ca"]) == tmp_path / "ca.pem"
        context = ssl.create_default_context(cafile=said["ca"])
        with urllib.request.urlopen(said["address"] + "/search?q=x", context=context) as page:
            assert page.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    sent = json.loads(log.read_text())
    assert (sent["target"], sent["status"], len(sent["head_sha256"])) == ("/search?q=x", 200, 64)
