"""The demo's own parts: what it will not overwrite, and how it counts. The whole run is walked in tests/e2e."""

from __future__ import annotations

import socket
import stat
from pathlib import Path

import pytest

from joinder import world
from joinder.cli.demo import measure
from joinder.cli.demo.folder import DemoError, make_anew
from joinder.cli.demo.stages import Stages
from joinder.cli.main import main
from joinder.pools import read_table
from joinder.world import World


def test_a_demo_replaces_a_demo_and_nothing_else(tmp_path: Path) -> None:
    place = tmp_path / "demo"
    made = make_anew(place)
    (made.root / "old").write_text("of the first run")
    assert not (make_anew(place).root / "old").exists()
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter").write_text("years of work")
    with pytest.raises(DemoError, match="not a demo folder"):
        make_anew(other)
    assert (other / "chapter").read_text() == "years of work"
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(DemoError):
        make_anew(file)


def test_an_empty_folder_may_become_a_demo(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert make_anew(tmp_path / "empty").root == (tmp_path / "empty").resolve()


def test_a_taken_port_is_said_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["demo", "--dir", str(tmp_path / "demo"), "--port", str(port)]) == 1
    assert f"Port {port}" in capsys.readouterr().err
    assert not (tmp_path / "demo").exists()


def test_a_stage_that_fails_is_not_counted(capsys: pytest.CaptureFixture[str]) -> None:
    stages = Stages(total=2)
    with stages.stage("good"):
        pass
    with pytest.raises(ZeroDivisionError), stages.stage("bad"):
        _ = 1 / 0
    assert list(stages.seconds) == ["good"]
    assert "[2/2] bad" in capsys.readouterr().err


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world.make(tmp_path_factory.mktemp("world") / "w", seed=11, scale="tiny")


def _truth(market: World) -> list[dict[str, str]]:
    return [row for row in read_table(market.table("truth/listings")).to_pylist() if row["right_id"]]


def _lead(row: dict[str, str], right: str | None = None) -> tuple[str, str]:
    key = f"{row['platform']}/{row['listing_id']}"
    return f"market/listing/{key}@000000000000", f"rights/right/{right or row['right_id']}@000000000000"


def test_screening_is_measured_by_listing_and_right(market: World) -> None:
    truth = _truth(market)
    perfect = measure.screening(market, [_lead(row) for row in truth])
    assert (perfect["precision"], perfect["recall"], perfect["recall_in_text"]) == (1.0, 1.0, 1.0)
    half = measure.screening(market, [_lead(row) for row in truth[: len(truth) // 2]])
    assert half["precision"] == 1.0
    assert half["recall"] == pytest.approx(0.5, abs=0.01)
    wrong_right = measure.screening(market, [_lead(row, "R-of-another") for row in truth])
    assert (wrong_right["precision"], wrong_right["recall"]) == (0.0, 0.0)
    assert measure.screening(market, [])["precision"] is None


def test_resolution_is_measured_against_operators(market: World) -> None:
    truth = measure.accounts_of(market)
    perfect = measure.resolution(market, {row["account_id"]: row["operator_id"] for row in truth})
    assert (perfect["precision"], perfect["recall"]) == (1.0, 1.0)
    blob = measure.resolution(market, {row["account_id"]: "one" for row in truth})
    assert blob["precision"] < 0.1
    assert blob["recall"] == 1.0
    assert blob["largest_entity"] == len(truth)


def test_the_sign_ins_are_for_their_owner_alone(tmp_path: Path) -> None:
    from joinder.cli.demo.secrets import write_private

    path = tmp_path / "sign-ins.txt"
    write_private(path, "inspector\tsecret\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_private(path, "again\n")
    assert path.read_text() == "again\n"
