"""Why two records are, or are not, one entity."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.conftest import SHOP_SPEC, shops

from joinder.resolve import explain, paths, run
from joinder.resolve.errors import ResultError
from joinder.resolve.explain_text import rounded_to_sum
from joinder.resolve.judgements import Judgement, Verdict
from joinder.resolve.spec import parse_spec

Write = Callable[..., Path]
HUB = "13811112222"


@pytest.fixture
def result(write_csv: Write, tmp_path: Path) -> Path:
    rows = shops(90)
    for row in rows[60:]:
        row["phone"] = HUB
        row["contact"] = "样例" + row["id"]
        row["payee"] = ""
    run(parse_spec(SHOP_SPEC), [write_csv("shops.csv", rows)], tmp_path / "out",
        judgements=[Judgement(("", "S003"), ("", "S030"), Verdict.SAME)])  # fmt: skip
    return tmp_path / "out"


def test_every_edge_is_explained_to_the_bit(result: Path) -> None:
    for edge in pq.read_table(result / "edges.parquet").to_pylist()[:40]:
        found = explain(result, edge["record_a"], edge["record_b"])
        assert found.bits == pytest.approx(edge["bits"], abs=1e-9)
        for part in found.parts:
            assert part.bits == pytest.approx(edge[f"bits_{part.evidence}"], abs=1e-9)


def test_the_parts_add_up_and_the_counter_evidence_is_there(result: Path) -> None:
    found = explain(result, "S000", "S001")
    assert found.same
    assert found.linked
    assert found.prior_bits + sum(part.bits for part in found.parts) == pytest.approx(found.bits, abs=1e-6)
    assert "name" in {part.evidence for part in found.parts if part.level == "different"}


def test_both_languages_say_it(result: Path) -> None:
    found = explain(result, "S000", "S001")
    assert "payee account: equal" in found.text_en
    assert "1 in " in found.text_en
    assert "sum" in found.text_en
    assert "收款账户：一致" in found.text_zh
    assert "分之一" in found.text_zh
    assert "合计" in found.text_zh
    assert "suspected" in found.text_en
    assert "涉嫌" in found.text_zh


def test_the_printed_column_adds_up_to_the_printed_sum(result: Path) -> None:
    for text in (explain(result, "S000", "S001").text_en, explain(result, "S000", "S004").text_zh):
        numbers = [round(float(line.split()[0]) * 100) for line in text.splitlines() if line.startswith("  ")]
        assert sum(numbers[:-1]) == numbers[-1]


def test_a_hub_is_said_and_counts_nothing(result: Path) -> None:
    found = explain(result, "S060", "S070")
    assert not found.same
    hub = next(part for part in found.parts if part.hub)
    assert (hub.evidence, hub.bits, hub.records) == ("phone", 0.0, 30)
    assert "shared by many owners" in found.text_en
    assert "多主体共用值" in found.text_zh


def test_two_records_joined_through_others_show_the_path_and_its_weakest_link(
    write_csv: Write, tmp_path: Path
) -> None:
    one, other = "onemail77@example.org", "another12@example.com"
    chain = [{"id": "A", "mail": one}, {"id": "B", "mail": f"{one};{other}"}, {"id": "C", "mail": other}]
    run(
        parse_spec(SHOP_SPEC + "  mail: email\n"),
        [write_csv("t.csv", [*shops(60), *chain])],
        tmp_path / "out",
    )
    found = explain(tmp_path / "out", "A", "C")
    assert found.same
    assert not found.linked
    assert found.path is not None
    assert [(link.record_a, link.record_b) for link in found.path.links] == [("A", "B"), ("B", "C")]
    assert "weakest link" in found.text_en
    assert "最弱一环" in found.text_zh


def test_a_judgement_is_named_where_no_evidence_joins(result: Path) -> None:
    found = explain(result, "S003", "S030")
    assert found.same
    assert "a person's judgement" in found.text_en
    assert "人工判断" in found.text_zh


def test_it_is_plain_data(result: Path) -> None:
    document = json.loads(json.dumps(explain(result, "S000", "S001").as_dict()))
    assert {"parts", "prior_bits", "bits", "text_zh", "text_en"} <= set(document)


class TestErrors:
    def test_no_result(self, tmp_path: Path) -> None:
        with pytest.raises(ResultError, match="not a result"):
            explain(tmp_path, "a", "b")

    def test_unknown_record(self, result: Path) -> None:
        with pytest.raises(ResultError, match="no record 'nobody'"):
            explain(result, "nobody", "S000")

    def test_the_same_record(self, result: Path) -> None:
        with pytest.raises(ResultError, match="same record"):
            explain(result, "S000", "shops:S000")

    def test_an_id_of_two_sources_must_say_which(self, write_csv: Write, tmp_path: Path) -> None:
        rows = shops(12)
        run(parse_spec(SHOP_SPEC), [write_csv("a.csv", rows), write_csv("b.csv", rows)], tmp_path / "out")
        with pytest.raises(ResultError, match="Several inputs"):
            explain(tmp_path / "out", "S000", "b:S001")
        assert explain(tmp_path / "out", "a:S000", "b:S000").source_b == "b"


@given(st.lists(st.floats(-20, 25), min_size=1, max_size=12))
def test_rounding_keeps_the_sum(parts: list[float]) -> None:
    shown = rounded_to_sum(parts, sum(parts))
    assert round(sum(shown), 2) == pytest.approx(round(sum(parts), 2), abs=0.011)
    assert all(abs(a - b) <= 0.011 for a, b in zip(shown, parts, strict=True))


def test_two_equally_strong_ways_are_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A diamond: both ways from a to d tie in strength, length and the record they reach."""

    class Named:
        def source(self, position: int) -> str:
            return "shops"

        def name(self, position: int) -> str:
            return "abcd"[position]

    steps: dict[tuple[str, str], list[tuple[tuple[str, str], paths.Link]]] = {}
    for a, b in ("ab", "ac", "bd", "cd"):
        steps.setdefault(("shops", a), []).append((("shops", b), paths.Link(a, b, 5.0, "pattern")))
    monkeypatch.setattr(paths, "entity_links", lambda result, position: steps)
    found = paths.strongest_path(Named(), 0, 3)  # type: ignore[arg-type]
    assert found is not None
    assert [link.record_b for link in found.links] == ["b", "d"]
