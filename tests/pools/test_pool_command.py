"""``joinder pool``: what it prints, and with which code it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from joinder.cli.main import main
from joinder.vocabulary.node import NodeHome


@pytest.fixture(autouse=True)
def _node(home: NodeHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOINDER_HOME", str(home.root))


def test_add_show_and_rejects(csv_file: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    path = csv_file("a.csv", "t,1,a,1,CNY", "t,,b,1,CNY")
    assert main(["pool", "add", "market", str(path), "--kind", "listing"]) == 0
    out = capsys.readouterr()
    assert "1 new" in out.out
    assert "1 rejected" in out.out
    assert "a.csv row 2 listing_id: rejected" in out.err
    assert main(["pool", "list"]) == 0
    assert "market\tlisting\t1 records" in capsys.readouterr().out
    assert main(["pool", "show", "market", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["rows"] == 1
    assert main(["pool", "rejects", "market", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["mend_zh"] == "补填listing_id，或在映射中给出"


def test_propose_writes_a_mapping_on_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.csv"
    path.write_text("商品编号,标题\n1,a\n", encoding="gb18030")
    assert main(["pool", "propose", str(path), "--kind", "listing"]) == 0
    out = capsys.readouterr()
    assert yaml.safe_load(out.out)["fields"]["listing_id"] == "商品编号"
    assert "No column was found for platform" in out.err


def test_a_dry_run_says_that_nothing_was_stored(
    csv_file: Callable[..., Path], home: NodeHome, capsys: pytest.CaptureFixture[str]
) -> None:
    path = csv_file("a.csv", "t,1,a,1,CNY")
    assert main(["pool", "add", "market", str(path), "--kind", "listing", "--dry-run"]) == 0
    assert "nothing was stored" in capsys.readouterr().out
    assert not home.root.exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["pool", "add", "m", "gone.csv", "--kind", "listing"], 1, "gone.csv"),
        (["pool", "add", "m", "FILE", "--kind", "lisitng"], 2, "lisitng"),
        (["pool", "add", "m", "FILE", "--kind", "account"], 2, "joinder pool propose"),
        (
            ["pool", "add", "m", "FILE", "--kind", "account", "--mapping", "er-product-walmart-amazon"],
            2,
            "for listing",
        ),
        (["pool", "add", "m", "FILE", "--kind", "listing", "--mapping", "nope"], 2, "brands-nsi"),
        (["pool", "add", "a/b", "FILE", "--kind", "listing"], 2, "cannot name a pool"),
        (["pool", "show", "nope"], 2, "no pool 'nope'"),
        (["pool", "rejects", "nope"], 2, "no pool 'nope'"),
        (["pool", "mappings", "nope"], 2, "no mapping 'nope'"),
    ],
)
def test_bad_input_says_what_and_how_to_mend(
    csv_file: Callable[..., Path],
    home: NodeHome,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    says: str,
) -> None:
    path = str(csv_file("a.csv", "t,1,a,1,CNY"))
    assert main([path if word == "FILE" else word for word in arguments]) == code
    err = capsys.readouterr().err
    assert says in err
    assert "Traceback" not in err
    assert not home.pools.exists()
