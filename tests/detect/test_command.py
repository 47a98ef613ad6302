"""`joinder detect`: files in, one line per suspicion out, exit codes as promised; quality on a small market."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from joinder.cli.main import main
from joinder.vocabulary.refs import RecordRef
from joinder.world import make


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny market with a development seed."""
    folder = tmp_path_factory.mktemp("market") / "world"
    make(folder, scale="tiny", seed=11)
    return folder


def run(market: Path, out: Path, *more: str) -> int:
    tables = ["--rights", str(market / "rights.parquet"), "--listings", str(market / "listings.parquet")]
    return main(["detect", *tables, "--out", str(out), *more])


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_precision_and_recall_on_a_development_market(market: Path, tmp_path: Path) -> None:
    out = tmp_path / "leads.jsonl"
    assert run(market, out, "--accounts", str(market / "accounts.parquet")) == 0
    truth = {
        (row["platform"], row["listing_id"]): row
        for row in pq.read_table(market / "truth" / "listings.parquet").to_pylist()
    }
    right = wrong = 0
    found = set()
    for lead in lines(out):
        assert lead["verdict"] == "suspected"
        key = RecordRef.parse(str(lead["listing"])).key
        if truth[key]["right_id"] == RecordRef.parse(str(lead["right"])).key[0]:
            right += 1
            found.add(key)
        else:
            wrong += 1
    evasive = {k for k, row in truth.items() if row["evasion"] not in ("none", "exact", "image_only")}
    assert right / (right + wrong) >= 0.95
    assert len(evasive & found) / len(evasive) >= 0.9


def test_abstained_ones_come_only_when_asked_for(market: Path, tmp_path: Path) -> None:
    assert run(market, tmp_path / "few.jsonl") == 0
    assert run(market, tmp_path / "all.jsonl", "--all") == 0
    few, everything = lines(tmp_path / "few.jsonl"), lines(tmp_path / "all.jsonl")
    assert {lead["verdict"] for lead in few} == {"suspected"}
    assert {lead["verdict"] for lead in everything} == {"suspected", "abstained"}
    assert [lead for lead in everything if lead["verdict"] == "suspected"] == few


def test_the_summary_is_json_when_asked_for(
    market: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(market, tmp_path / "leads.csv", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["suspected"] > 0
    assert told["bundle"].startswith("sha256:")


def test_a_dry_run_writes_nothing(market: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(market, tmp_path / "leads.jsonl", "--dry-run") == 0
    assert "Would screen" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_spark_is_not_built_yet(market: Path, tmp_path: Path) -> None:
    assert run(market, tmp_path / "leads.jsonl", "--engine", "spark") == 4
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["detect", "--rights", "no.csv", "--listings", "no.csv", "--out", str(tmp_path / "x.jsonl")])
        == 1
    )
    assert "no.csv" in capsys.readouterr().err


def test_an_ending_that_cannot_be_written(market: Path, tmp_path: Path) -> None:
    assert run(market, tmp_path / "leads.docx") == 2
    assert run(market, tmp_path / "nowhere" / "leads.jsonl") == 2
    assert list(tmp_path.iterdir()) == []
