"""Making a world: same seed same bytes, whole or not at all, and never over somebody's files."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from joinder.pools import open_records
from joinder.vocabulary.errors import JoinderError, UsageError
from joinder.world import Knobs, World, make, read_world
from joinder.world.errors import NotAWorld, OutputNotEmpty, UnknownKnob


def digest(folder: Path) -> str:
    """One digest over every path and byte of a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def test_the_same_seed_makes_the_same_bytes_in_another_process(tiny: World, folder: Path) -> None:
    code = f"import pathlib, joinder.world as w; w.make(pathlib.Path({str(folder)!r}), scale='tiny', seed=11)"
    other = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code], check=True, env=other)
    assert digest(folder) == digest(tiny.folder)


def test_another_seed_makes_another_world(tiny: World, folder: Path) -> None:
    assert digest(make(folder, scale="tiny", seed=12).folder) != digest(tiny.folder)


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_every_format_holds_the_same_records(tiny: World, folder: Path, format: str) -> None:
    world = make(folder, scale="tiny", seed=11, format=format)
    expected = {row["listing_id"]: row for row in pq.read_table(tiny.table("listings")).to_pylist()}
    with world.table("listings").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file)) if format == "csv" else [json.loads(line) for line in file]
    assert len(rows) == len(expected)
    for row in rows:
        twin = expected[row["listing_id"]]
        assert row["title"] == twin["title"]
        assert row["price"] == twin["price"]
        assert row["images"] == ("|".join(twin["images"]) if format == "csv" else twin["images"])
        assert row["first_seen"] == twin["first_seen"].strftime("%Y-%m-%dT%H:%M:%SZ")


def test_every_format_gives_the_same_record_versions(tiny: World, folder: Path) -> None:
    world = make(folder, scale="tiny", seed=11, format="csv")
    for name, kind in (
        ("listings", "listing"),
        ("accounts", "account"),
        ("payments", "payment"),
        ("rights", "right"),
    ):
        versions = []
        for table in (tiny.table(name), world.table(name)):
            records = open_records(table, kind)
            versions.append(sorted(ref for batch in records.batches() for ref in batch["ref"].to_pylist()))
            assert records.rejects == 0
        assert versions[0] == versions[1]


def test_a_world_is_read_back(tiny: World) -> None:
    assert read_world(tiny.folder) == tiny
    assert tiny.counts["accounts"] == 130


def test_a_world_replaces_a_world_but_nothing_else(folder: Path) -> None:
    make(folder, scale="tiny", seed=1)
    assert make(folder, scale="tiny", seed=2).seed == 2
    assert [path.name for path in folder.parent.iterdir()] == ["world"]
    papers = folder.parent / "papers"
    papers.mkdir()
    (papers / "file.txt").write_text("kept")
    with pytest.raises(OutputNotEmpty, match="is not empty and holds no world"):
        make(papers, scale="tiny")
    assert (papers / "file.txt").read_text() == "kept"
    with pytest.raises(OutputNotEmpty, match="is a file"):
        make(papers / "file.txt", scale="tiny")


def test_a_world_that_fails_half_way_leaves_the_old_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(make(folder, scale="tiny", seed=1).folder)

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("joinder.world.making._write_description", full_disk)
    with pytest.raises(OSError, match="No space left"):
        make(folder, scale="tiny", seed=2)
    assert digest(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["world"]


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (["hub=0.1"], "No knob is called 'hub'"),
        (["hubs=2"], "a number from 0 to 1 was expected"),
        (["hubs"], "a number from 0 to 1 was expected"),
        (["hubs=nan"], "a number from 0 to 1 was expected"),
        (["orders=21"], "a number from 0 to 20 was expected"),
    ],
)
def test_bad_knobs_say_what_was_expected(settings: list[str], reason: str) -> None:
    with pytest.raises(UnknownKnob, match=reason):
        Knobs().with_settings(settings)


def test_knobs_turn(folder: Path) -> None:
    knobs = Knobs().with_settings(["evasive=0", "orders=2"])
    world = make(folder, scale="tiny", knobs=knobs)
    truth = pq.read_table(world.table("truth/listings")).to_pylist()
    assert {row["evasion"] for row in truth} <= {"exact", "none", "image_only"}
    assert world.counts["payments"] == 2 * world.counts["listings"]


@pytest.mark.parametrize(("scale", "format"), [("huge", "csv"), ("tiny", "xlsx")])
def test_unknown_scale_or_format(folder: Path, scale: str, format: str) -> None:
    with pytest.raises(UsageError, match=r"The (scales|formats) are"):
        make(folder, scale=scale, format=format)
    assert not folder.exists()


@pytest.mark.parametrize("text", [None, "", "[]", '{"seed": 1}', "\ufffd"])
def test_what_is_no_world_says_so(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "world.json").write_text(text, encoding="utf-8")
    with pytest.raises(NotAWorld) as caught:
        read_world(tmp_path)
    assert isinstance(caught.value, JoinderError)
    assert "joinder world make" in str(caught.value)
