"""``joinder resolve``: the commands and their exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.resolve.conftest import SHOP_SPEC, shops

from joinder.cli.main import main

Write = Callable[..., Path]


@pytest.fixture
def files(write_csv: Write, tmp_path: Path) -> tuple[str, str, str]:
    spec = tmp_path / "spec.yaml"
    spec.write_text(SHOP_SPEC, encoding="utf-8")
    return str(spec), str(write_csv("shops.csv", shops())), str(tmp_path / "out")


def test_propose_run_explain(files: tuple[str, str, str], capsys: pytest.CaptureFixture[str]) -> None:
    spec, table, out = files
    assert main(["resolve", "propose", table]) == 0
    Path(spec).write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["resolve", "run", spec, table, "--out", out, "--truth", "truth", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["records"] == 60
    assert main(["resolve", "explain", out, "S000", "S001"]) == 0
    assert "suspected to be one entity" in capsys.readouterr().out
    assert main(["resolve", "explain", out, "S000", "S001", "--lang", "zh"]) == 0
    assert "涉嫌同一主体" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(files: tuple[str, str, str]) -> None:
    spec, table, out = files
    assert main(["resolve", "run", spec, table, "--out", out, "--dry-run"]) == 0
    assert not Path(out).exists()


def test_a_table_without_the_columns_is_a_usage_error(files: tuple[str, str, str], write_csv: Write) -> None:
    spec, _, out = files
    assert main(["resolve", "run", spec, str(write_csv("other.csv", [{"id": "1"}])), "--out", out]) == 2


def test_spark_says_that_it_is_not_built(
    files: tuple[str, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    spec, table, out = files
    assert main(["resolve", "run", spec, table, "--out", out, "--engine", "spark"]) == 4
    assert "not built yet" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["propose", "run", "explain", "serve"])
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", verb, "--help"]) == 0
    assert "Usage:" in capsys.readouterr().out
