"""Intake: idempotent by content, versioned, all files or none, and nothing lost or half-written."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from joinder.pools import (
    MappingError,
    PoolBusy,
    PoolMissing,
    SourceError,
    intake,
    open_records,
    parse_mapping,
    read_rejects,
    summarise,
    versions_of,
)
from joinder.vocabulary.errors import UsageError
from joinder.vocabulary.node import NodeHome

File = Callable[..., Path]
Lake = Callable[[], dict[str, bytes]]


def titles(home: NodeHome) -> dict[str, str]:
    return {
        row["listing_id"]: row["title"] for row in open_records("market", "listing", home).table().to_pylist()
    }


def test_first_intake_stores_canonical_rows_with_their_origin(home: NodeHome, csv_file: File) -> None:
    report = intake(home, "market", "listing", [csv_file("a.csv", "淘贝,L1,鞋,88,CNY", "淘贝,L2,包,5,CNY")])
    assert (report.read, report.added, report.changed, report.unchanged, report.rejected) == (2, 2, 0, 0, 0)
    rows = open_records("market", "listing", home).table().to_pylist()
    assert [(row["title"], row["price_minor"]) for row in rows] == [("鞋", 8800), ("包", 500)]
    assert rows[0]["ref"].startswith("market/listing/%E6%B7%98%E8%B4%9D/L1@")
    (version,) = versions_of(home, "market", "listing", rows[1]["ref"].partition("@")[0])
    assert version["source_row"] == 2
    assert version["source_digest"] == summarise(home)[0].sources[0].digest


def test_the_same_file_again_changes_nothing(home: NodeHome, csv_file: File, lake_files: Lake) -> None:
    path = csv_file("a.csv", "t,1,a,1,CNY")
    intake(home, "market", "listing", [path])
    before = lake_files()
    report = intake(home, "market", "listing", [path, path])
    assert report.already == (str(path), str(path))
    assert (report.read, report.added) == (0, 0)
    assert lake_files() == before


def test_the_same_rows_in_another_file_change_nothing(home: NodeHome, csv_file: File) -> None:
    intake(home, "market", "listing", [csv_file("a.csv", "t,1,a,1,CNY", "t,2,b,1,CNY")])
    refs = open_records("market", "listing", home).table()["ref"].to_pylist()
    report = intake(home, "market", "listing", [csv_file("b.csv", "t,2,b,1.00,CNY", "t,1,a,1,CNY")])
    assert (report.added, report.changed, report.unchanged) == (0, 0, 2)
    assert open_records("market", "listing", home).table()["ref"].to_pylist() == refs


def test_a_changed_record_becomes_a_new_version_beside_the_old(home: NodeHome, csv_file: File) -> None:
    intake(home, "market", "listing", [csv_file("a.csv", "t,1,old,1,CNY", "t,2,same,1,CNY")])
    report = intake(
        home, "market", "listing", [csv_file("b.csv", "t,2,same,1,CNY", "t,1,new,1,CNY", "t,3,x,1,CNY")]
    )
    assert (report.added, report.changed, report.unchanged, report.rows_in_pool) == (1, 1, 1, 3)
    assert titles(home) == {"1": "new", "2": "same", "3": "x"}
    assert [row["title"] for row in versions_of(home, "market", "listing", "market/listing/t/1")] == [
        "old",
        "new",
    ]
    third = intake(home, "market", "listing", [csv_file("c.csv", "t,1,old,1,CNY")])
    assert third.changed == 1
    assert titles(home)["1"] == "old"
    assert open_records("market", "listing", home).count() == 3


def test_a_record_that_a_file_holds_several_times(home: NodeHome, csv_file: File) -> None:
    rows = ("t,1,a,1,CNY", "t,1,a,1,CNY", "t,1,b,1,CNY", "t,2,z,1,CNY", "t,1,a,1,CNY", "t,1,c,1,CNY")
    report = intake(home, "market", "listing", [csv_file("a.csv", *rows)], chunk_rows=2)
    assert (report.added, report.changed, report.unchanged) == (2, 3, 1)
    assert titles(home) == {"1": "c", "2": "z"}
    history = versions_of(home, "market", "listing", "market/listing/t/1")
    assert [row["title"] for row in history] == ["a", "b", "a", "c"]


def test_bad_rows_are_told_and_do_not_stop_the_good_ones(home: NodeHome, csv_file: File) -> None:
    path = csv_file("bad.csv", "t,1,a,abc,CNY", "t,,b,1,CNY", "t,3", "t,4,d,1,CNY")
    report = intake(home, "market", "listing", [path])
    assert (report.read, report.added, report.rejected, report.emptied) == (4, 2, 2, 1)
    told = list(read_rejects(home, "market"))
    assert [(t["row"], t["field"], t["value"], t["level"], t["code"]) for t in told] == [
        (1, "price", "abc", "emptied", "not_money"),
        (2, "listing_id", "", "rejected", "key_missing"),
        (3, "", "t,3", "rejected", "wrong_width"),
    ]
    for line in told:
        assert line["source"] == "bad.csv"
        assert all(line[name] for name in ("reason_en", "reason_zh", "mend_en", "mend_zh"))
    assert open_records("market", "listing", home).rejects == 2


def test_rejects_of_a_file_go_when_its_mended_form_is_taken_in(home: NodeHome, csv_file: File) -> None:
    intake(home, "market", "listing", [csv_file("a.csv", "t,,b,1,CNY"), csv_file("b.csv", "t,,c,1,CNY")])
    intake(home, "market", "listing", [csv_file("a.csv", "t,2,b,1,CNY")])
    assert [told["source"] for told in read_rejects(home, "market")] == ["b.csv"]
    assert open_records("market", "listing", home).rejects == 1


def test_a_wrong_credit_code_is_kept_and_told(home: NodeHome, csv_file: File) -> None:
    path = csv_file("p.csv", "91440300MA5EX00009,某某公司", header="uscc,name")
    report = intake(home, "register", "party", [path])
    assert (report.added, report.rejected, report.doubtful) == (1, 0, 1)
    assert next(read_rejects(home, "register"))["code"] == "uscc_doubtful"


def test_a_dry_run_stores_nothing(home: NodeHome, csv_file: File) -> None:
    report = intake(home, "market", "listing", [csv_file("a.csv", "t,1,a,x,CNY", "t,,b,1,CNY")], dry_run=True)
    assert (report.read, report.rejected, report.emptied, report.added) == (2, 1, 1, None)
    assert report.sample[0]["title"] == "a"
    assert {told["code"] for told in report.findings} == {"key_missing", "not_money"}
    assert not home.root.exists()


@pytest.mark.parametrize("bad", ["missing.csv", "wrong.csv"])
def test_one_bad_file_among_several_stores_none(
    home: NodeHome, csv_file: File, tmp_path: Path, bad: str
) -> None:
    (tmp_path / "wrong.csv").write_text("a,b\n1,2\n")
    with pytest.raises((SourceError, MappingError), match=bad):
        intake(home, "market", "listing", [csv_file("a.csv", "t,1,a,1,CNY"), tmp_path / bad])
    assert not home.root.exists()


def test_a_file_that_breaks_in_the_middle_leaves_the_pool_as_it_was(
    home: NodeHome, csv_file: File, tmp_path: Path, lake_files: Lake
) -> None:
    intake(home, "market", "listing", [csv_file("a.csv", "t,1,a,1,CNY")])
    before = lake_files()
    path = tmp_path / "b.json"
    rows = [{"platform": "t", "listing_id": str(n), "title": "x" * 50} for n in range(30_000)]
    path.write_text(json.dumps(rows)[:-40], encoding="utf-8")
    with pytest.raises(SourceError, match="not JSON at character"):
        intake(home, "market", "listing", [path], chunk_rows=20_000)
    assert lake_files() == before


def test_the_mapping_is_kept_and_used_again(home: NodeHome, tmp_path: Path) -> None:
    mapping = parse_mapping(
        "mapping: 1\nkind: listing\nfields: {platform: {constant: t}, listing_id: no, title: name}"
    )
    for name, row in (("a.csv", "1,first"), ("b.csv", "2,second")):
        (tmp_path / name).write_text(f"no,name\n{row}\n")
    intake(home, "market", "listing", [tmp_path / "a.csv"], mapping)
    intake(home, "market", "listing", [tmp_path / "b.csv"])
    assert titles(home) == {"1": "first", "2": "second"}
    assert summarise(home)[0].mapping == mapping.text


def test_another_mapping_reads_a_known_file_again(home: NodeHome, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("no,name,alt\n1,first,other\n")
    text = "mapping: 1\nkind: listing\nfields: {platform: {constant: t}, listing_id: no, title: name}"
    intake(home, "market", "listing", [path], parse_mapping(text))
    report = intake(home, "market", "listing", [path], parse_mapping(text.replace("name", "alt")))
    assert (report.added, report.changed) == (0, 1)
    assert titles(home) == {"1": "other"}


def test_two_intakes_do_not_write_one_pool(home: NodeHome, csv_file: File) -> None:
    (home.pools / ".locks").mkdir(parents=True)
    with (home.pools / ".locks" / "market").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(PoolBusy, match="market"):
            intake(home, "market", "listing", [csv_file("a.csv", "t,1,a,1,CNY")])
    intake(home, "market", "listing", [csv_file("a.csv", "t,1,a,1,CNY")])


@pytest.mark.parametrize("name", ["", "..", "a/b", ".hidden", "a" * 65, "x\n", "a."])
def test_a_pool_name_is_a_plain_word(home: NodeHome, csv_file: File, name: str) -> None:
    with pytest.raises(UsageError, match="cannot name a pool"):
        intake(home, name, "listing", [csv_file("a.csv", "t,1,a,1,CNY")])


def test_a_file_wins_over_a_pool_of_the_same_name(
    home: NodeHome, csv_file: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake(home, "market", "listing", [csv_file("a.csv", "t,1,pool,1,CNY")])
    monkeypatch.chdir(tmp_path)
    assert open_records("market", "listing", home).table()["title"].to_pylist() == ["pool"]
    path = csv_file("market.csv", "t,1,file,1,CNY")
    path.rename(tmp_path / "market.csv")
    assert (
        open_records("market.csv", "listing", home)
        .table()["ref"][0]
        .as_py()
        .startswith("market/listing/t/1@")
    )


def test_what_is_neither_file_nor_pool_is_named(home: NodeHome, csv_file: File) -> None:
    intake(home, "market", "listing", [csv_file("a.csv", "t,1,a,1,CNY")])
    with pytest.raises(PoolMissing, match="market"):
        open_records("markt", "listing", home)
    with pytest.raises(PoolMissing, match="holds no right records; it holds: listing"):
        open_records("market", "right", home)
    with pytest.raises(SourceError, match=r"gone\.csv"):
        open_records("gone.csv", "listing", home)


def test_file_and_pool_give_the_same_rows(home: NodeHome, csv_file: File) -> None:
    path = csv_file("market.csv", *(f"t,{n},标题{n},{n}.5,CNY" for n in range(50)))
    intake(home, "market", "listing", [path], chunk_rows=7)
    assert open_records("market", "listing", home).table().equals(open_records(path, "listing").table())


def test_what_no_manifest_lists_is_not_read(home: NodeHome, csv_file: File) -> None:
    intake(home, "market", "listing", [csv_file("a.csv", "t,1,a,1,CNY")])
    folder = home.pools / "market" / "listing"
    (chunk,) = folder.glob("*.parquet")
    pq.write_table(pq.read_table(chunk), folder / "left-over.parquet")
    assert open_records("market", "listing", home).table().num_rows == 1


def test_relative_pictures_are_found_from_the_folder_of_their_file(home: NodeHome, csv_file: File) -> None:
    path = csv_file("a.csv", "t,1,a,1,CNY")
    intake(home, "market", "listing", [path])
    assert open_records("market", "listing", home).folders == (path.parent,)
