"""A run from files to a result folder: the contract of the command, bad input, alarms."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.resolve.conftest import SHOP_SPEC, shops

from joinder.pools import intake
from joinder.resolve import Judgement, Verdict, run
from joinder.resolve.errors import InputError, SpecError
from joinder.resolve.hubs import HUB_RECORDS
from joinder.resolve.judgements import read_judgements
from joinder.resolve.spec import parse_spec
from joinder.vocabulary.errors import JoinderError
from joinder.vocabulary.node import NodeHome

SPEC = parse_spec(SHOP_SPEC)
Write = Callable[..., Path]


def codes(report: object) -> set[str]:
    return {alarm.code for alarm in report.alarms}  # type: ignore[attr-defined]


class TestResult:
    def test_one_row_per_record_with_its_id_unchanged(self, write_csv: Write, tmp_path: Path) -> None:
        rows = shops()
        rows[0]["id"] = " 007 "
        run(SPEC, [write_csv("shops.csv", rows)], tmp_path / "out")
        table = pq.read_table(tmp_path / "out" / "entities.parquet")
        assert table.column_names == ["record_id", "source", "entity_id"]
        assert table.column("record_id").to_pylist() == [row["id"] for row in rows]
        assert set(table.column("source").to_pylist()) == {"shops"}
        assert all(table.column("entity_id").to_pylist())

    def test_siblings_are_one_entity_and_strangers_are_not(self, write_csv: Write, tmp_path: Path) -> None:
        report = run(SPEC, [write_csv("shops.csv", shops(120))], tmp_path / "out", truth="truth")
        assert report.metrics is not None
        assert report.metrics.pairs.precision == 1.0
        assert report.metrics.pairs.recall > 0.9

    def test_two_inputs_of_different_columns(self, write_csv: Write, tmp_path: Path) -> None:
        rows = shops()
        a = write_csv("east.csv", rows[:30])
        b = write_csv(
            "west.csv", [{"id": r["id"], "phone": r["phone"], "payee": r["payee"]} for r in rows[30:]]
        )
        report = run(SPEC, [a, b], tmp_path / "out")
        assert report.document["counts"]["sources"] == {"east": 30, "west": 30}

    def test_the_same_input_gives_the_same_bytes(self, write_csv: Write, tmp_path: Path) -> None:
        path = write_csv("shops.csv", shops())
        for name in ("one", "two"):
            run(SPEC, [path], tmp_path / name)
        for name in ("entities.parquet", "edges.parquet", "model.json"):
            assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()

    def test_the_report_says_what_was_done(self, write_csv: Write, tmp_path: Path) -> None:
        run(SPEC, [write_csv("shops.csv", shops())], tmp_path / "out", truth="truth")
        report = json.loads((tmp_path / "out" / "report.json").read_text())
        assert report["counts"]["records"] == 60
        assert report["peak_memory_mib"] > 0
        assert report["seconds"]["total"] > 0
        assert report["threshold"]["probability"] == SPEC.threshold
        assert report["weights"]["payee"]["levels"][0]["level"] == "exact"
        assert {"pairs", "clusters", "b_cubed"} <= set(report["metrics"])

    def test_the_parts_of_every_edge_add_up(self, write_csv: Write, tmp_path: Path) -> None:
        report = run(SPEC, [write_csv("shops.csv", shops())], tmp_path / "out")
        prior = report.document["training"]["prior_bits"]
        edges = pq.read_table(tmp_path / "out" / "edges.parquet").to_pylist()
        assert edges
        for edge in edges:
            parts = sum(value for name, value in edge.items() if name.startswith("bits_"))
            assert prior + parts == pytest.approx(edge["bits"], abs=2e-6)

    def test_other_files_of_the_folder_are_left_alone(self, write_csv: Write, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine")
        run(SPEC, [write_csv("shops.csv", shops())], tmp_path / "out")
        assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_a_pool_of_the_node_is_an_input_and_a_file_wins_over_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_csv: Write
) -> None:
    home = NodeHome(tmp_path / "node")
    home.root.mkdir()
    (home.root / "joinder.toml").write_text("")
    monkeypatch.setenv("JOINDER_HOME", str(home.root))
    monkeypatch.chdir(tmp_path)
    shop = {
        "platform": "甲网",
        "kind": "shop",
        "name": "样例小铺",
        "payee": "990011112222",
        "messenger": "yangli_01",
    }
    path = write_csv("accounts.csv", [{**shop, "account_id": f"A{i}"} for i in range(3)])
    intake(home, "shops", "account", [path])
    assert run("account", ["shops"], tmp_path / "out").records == 3
    (tmp_path / "shops").write_text("not a table")
    with pytest.raises(JoinderError):
        run("account", ["shops"], tmp_path / "other")


class TestBadInput:
    def refuses(
        self, tmp_path: Path, error: type[JoinderError], says: str, *inputs: Path, **options: str
    ) -> None:
        with pytest.raises(error, match=says):
            run(SPEC, inputs, tmp_path / "out", **options)  # type: ignore[arg-type]
        assert not (tmp_path / "out").exists()
        assert not list(tmp_path.glob(".*part*"))

    def test_a_missing_column_is_named_and_so_are_those_there(self, write_csv: Write, tmp_path: Path) -> None:
        self.refuses(tmp_path, SpecError, "payee.*there are: .*phone", write_csv("t.csv", [
            {"id": "1", "name": "a", "phone": "1", "contact": "x"}]))  # fmt: skip

    def test_a_missing_truth_column(self, write_csv: Write, tmp_path: Path) -> None:
        self.refuses(tmp_path, SpecError, "verity", write_csv("t.csv", shops()), truth="verity")

    def test_duplicate_ids(self, write_csv: Write, tmp_path: Path) -> None:
        rows = shops(6)
        rows[4]["id"] = rows[1]["id"]
        self.refuses(tmp_path, InputError, "'S001'.*more than one row", write_csv("t.csv", rows))

    def test_an_empty_id(self, write_csv: Write, tmp_path: Path) -> None:
        rows = shops(6)
        rows[2]["id"] = ""
        self.refuses(tmp_path, InputError, "row 3 has no id", write_csv("t.csv", rows))

    def test_no_rows(self, tmp_path: Path) -> None:
        path = tmp_path / "t.csv"
        path.write_text("id,name,phone,payee,contact\n")
        self.refuses(tmp_path, InputError, "no records", path)

    def test_two_inputs_of_one_name(self, write_csv: Write, tmp_path: Path) -> None:
        path = write_csv("t.csv", shops(6))
        self.refuses(tmp_path, InputError, "different file names", path, path)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        self.refuses(tmp_path, JoinderError, "not there", tmp_path / "none.csv")


class TestAlarms:
    def test_an_empty_column(self, write_csv: Write, tmp_path: Path) -> None:
        rows = [{**row, "payee": "n/a"} for row in shops()]
        assert "empty_column" in codes(run(SPEC, [write_csv("t.csv", rows)], tmp_path / "out"))

    def test_nothing_is_shared(self, write_csv: Write, tmp_path: Path) -> None:
        rows = [
            {"id": str(i), "name": "", "phone": f"1380000{i:04d}", "payee": "", "contact": ""}
            for i in range(20)
        ]
        report = run(SPEC, [write_csv("t.csv", rows)], tmp_path / "out")
        assert "nothing_shared" in codes(report)
        assert report.entities == 20

    def test_one_value_on_most_records_joins_nobody_in_silence(
        self, write_csv: Write, tmp_path: Path
    ) -> None:
        rows = [
            {**row, "phone": "13800000000", "payee": "", "contact": f"样{i}例"}
            for i, row in enumerate(shops(90))
        ]
        report = run(SPEC, [write_csv("t.csv", rows)], tmp_path / "out")
        assert {"one_value", "hub"} <= codes(report)
        assert report.largest < HUB_RECORDS

    def test_a_chain_is_sparse_and_a_blob_is_large(self, write_csv: Write, tmp_path: Path) -> None:
        """Each record shares one address with the one before and another with the one after."""
        spec = parse_spec("id: id\ncolumns:\n  email: email\n")
        rows = [
            {"id": str(i), "email": f"mail{i}x{i}@example.org;mail{i + 1}x{i + 1}@example.org"}
            for i in range(40)
        ]
        found = codes(run(spec, [write_csv("t.csv", rows)], tmp_path / "out"))
        assert {"sparse_entity", "large_entity"} <= found

    def test_a_refused_join_stands_in_the_review_queue(self, write_csv: Write, tmp_path: Path) -> None:
        first, other = "91440300MA5TEJT00", "91440300MA5TEJT11"
        from joinder.vocabulary.identifiers import uscc_check_character

        rows = [{**row, "uscc": ""} for row in shops()]
        for i, code in ((0, first), (1, other)):
            rows[i]["uscc"] = code + uscc_check_character(code)
        spec = parse_spec(SHOP_SPEC + "  uscc: uscc\n")
        report = run(spec, [write_csv("t.csv", rows)], tmp_path / "out")
        entities = pq.read_table(tmp_path / "out" / "entities.parquet").column("entity_id").to_pylist()
        assert entities[0] != entities[1]
        assert {"refused", "review"} <= codes(report)

    def test_a_key_on_too_many_records(self, write_csv: Write, tmp_path: Path) -> None:
        spec = parse_spec("id: id\ncolumns:\n  email: email\n  person: person_name\n")
        rows = [{"id": str(i), "email": "all@example.org", "person": ""} for i in range(20_100)]
        report = run(spec, [write_csv("t.csv", rows)], tmp_path / "out")
        assert "saturated_block" in codes(report)
        assert report.largest == 1


class TestJudgements:
    def test_a_person_can_join_and_part(self, write_csv: Write, tmp_path: Path) -> None:
        path = write_csv("t.csv", shops())
        judged = [
            Judgement(("t", "S000"), ("t", "S001"), Verdict.DIFFERENT),
            Judgement(("", "S000"), ("", "S030"), Verdict.SAME),
            Judgement(("", "S000"), ("", "S999"), Verdict.SAME),
        ]
        report = run(SPEC, [path], tmp_path / "out", judgements=judged)
        table = pq.read_table(tmp_path / "out" / "entities.parquet").to_pylist()
        entity = {row["record_id"]: row["entity_id"] for row in table}
        assert entity["S000"] == entity["S030"]
        assert entity["S000"] != entity["S001"]
        assert report.document["counts"]["judgements_without_record"] == 1

    def test_taking_a_judgement_back_brings_the_same_bytes_back(
        self, write_csv: Write, tmp_path: Path
    ) -> None:
        path = write_csv("t.csv", shops())
        judged = [Judgement(("t", "S000"), ("t", "S001"), Verdict.DIFFERENT)]
        for name, given in (("before", []), ("judged", judged), ("after", [])):
            run(SPEC, [path], tmp_path / name, judgements=given)
        read = {
            name: (tmp_path / name / "entities.parquet").read_bytes()
            for name in ("before", "judged", "after")
        }
        assert read["before"] == read["after"] != read["judged"]

    def test_a_contradiction_keeps_apart_and_raises_an_alarm(self, write_csv: Write, tmp_path: Path) -> None:
        judged = [
            Judgement(("", "S000"), ("", "S030"), Verdict.SAME),
            Judgement(("", "S030"), ("", "S033"), Verdict.SAME),
            Judgement(("", "S000"), ("", "S033"), Verdict.DIFFERENT),
        ]
        report = run(SPEC, [write_csv("t.csv", shops())], tmp_path / "out", judgements=judged)
        table = pq.read_table(tmp_path / "out" / "entities.parquet").to_pylist()
        entity = {row["record_id"]: row["entity_id"] for row in table}
        assert entity["S000"] != entity["S033"]
        assert "contradicting_judgements" in codes(report)

    @pytest.mark.parametrize("row", [{"a": "1", "b": "2", "verdict": "maybe"}, {"a": "1", "verdict": "same"}])
    def test_a_judgement_that_says_nothing_is_refused(self, row: dict[str, str]) -> None:
        with pytest.raises(InputError):
            read_judgements([row])
