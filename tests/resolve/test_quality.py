"""How good it is: on a development world with known truth, and on public labelled sets.

The figures are floors below what was measured, so that a change that costs quality is seen.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from joinder.resolve import pair_metrics, propose, run
from joinder.resolve.spec import parse_spec
from joinder.world import make


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world") / "w"
    make(folder, seed=1, scale="small")
    return folder


def test_accounts_of_a_world(world: Path, tmp_path: Path) -> None:
    run("account", [world / "accounts.parquet"], tmp_path / "out")
    found = {
        r["record_id"]: r["entity_id"]
        for r in pq.read_table(tmp_path / "out" / "entities.parquet").to_pylist()
    }
    truth = pq.read_table(world / "truth" / "accounts.parquet").to_pylist()
    measured = pair_metrics(
        [found[row["account_id"]] for row in truth],
        [row["operator_id"] for row in truth],
        [row["linkable"] for row in truth],
    )
    assert measured.pairs.precision >= 0.99
    assert measured.pairs.recall >= 0.85
    assert measured.largest_found <= measured.largest_true


@pytest.mark.shared_data
def test_fake1000_with_its_proposed_spec(shared_data: Path, tmp_path: Path) -> None:
    path = shared_data / "er-person-fake1000" / "fake_1000.csv"
    report = run(parse_spec(propose([path])), [path], tmp_path / "out", truth="cluster")
    assert report.metrics is not None
    assert report.metrics.pairs.f1 > 0.9
    assert report.metrics.pairs.precision > 0.99


@pytest.mark.shared_data
def test_febrl_dataset_1_with_its_proposed_spec(
    shared_data: Path, tmp_path: Path, write_csv: Callable[..., Path]
) -> None:
    with (shared_data / "er-person-febrl" / "dataset1.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, skipinitialspace=True))
    path = write_csv("febrl.csv", [{**row, "truth": row["rec_id"].split("-")[1]} for row in rows])
    report = run(parse_spec(propose([path])), [path], tmp_path / "out", truth="truth")
    assert report.metrics is not None
    assert report.metrics.pairs.f1 > 0.99
