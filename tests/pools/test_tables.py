"""Any table by its ending: what was written is read again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from joinder.pools import SourceError, read_table, write_rows

ROWS = [
    {
        "id": "1",
        "名称": '甲 "a", b\nc',
        "n": 3,
        "tags": ["x", "y"],
        "at": datetime(2026, 1, 2, 3, tzinfo=UTC),
    },
    {"id": "2", "名称": None, "n": None, "tags": None, "at": None},
]


def test_text_tables_hold_text(tmp_path: Path) -> None:
    for name in ("a.csv", "a.tsv"):
        assert write_rows(tmp_path / name, ROWS) == 2
        assert read_table(tmp_path / name).to_pylist() == [
            {"id": "1", "名称": '甲 "a", b\nc', "n": "3", "tags": "x|y", "at": "2026-01-02T03:00:00Z"},
            {"id": "2", "名称": "", "n": "", "tags": "", "at": ""},
        ]


def test_jsonl_keeps_numbers_and_lists(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", ROWS)
    first, second = read_table(tmp_path / "a.jsonl").to_pylist()
    assert (first["n"], first["tags"], first["at"]) == (3, ["x", "y"], "2026-01-02T03:00:00Z")
    assert second == {"id": "2", "名称": None, "n": None, "tags": None, "at": None}


@pytest.mark.parametrize("rows", [ROWS, pa.Table.from_pylist(ROWS), pa.Table.from_pylist(ROWS).to_batches()])
def test_parquet_keeps_types(tmp_path: Path, rows: object) -> None:
    assert write_rows(tmp_path / "a.parquet", rows) == 2  # type: ignore[arg-type]
    assert read_table(tmp_path / "a.parquet").to_pylist() == ROWS


@pytest.mark.parametrize("name", ["a.parquet", "a.csv"])
def test_no_rows_keep_their_columns(tmp_path: Path, name: str) -> None:
    schema = pa.schema([("a", pa.string()), ("b", pa.string())])
    assert write_rows(tmp_path / name, [], schema=schema) == 0
    table = read_table(tmp_path / name)
    assert (table.column_names, table.num_rows) == (["a", "b"], 0)


def test_values_of_several_types_become_text(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"a":1,"b":1.50}\n{"a":"x","b":2}\n{"a":{"k":[1]}}\n')
    table = read_table(tmp_path / "a.jsonl")
    assert table["a"].to_pylist() == ["1", "x", '{"k": [1]}']
    assert [str(value) for value in table["b"].to_pylist()] == ["1.50", "2", "None"]


def test_plain_values_in_cells(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", [{"d": date(2026, 1, 2), "m": Decimal("1.10"), "b": True}])
    assert read_table(tmp_path / "a.csv").to_pylist() == [{"d": "2026-01-02", "m": "1.10", "b": "true"}]


def test_a_broken_row_is_refused_because_nobody_would_hear_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n3\n")
    with pytest.raises(SourceError, match="row 2"):
        read_table(tmp_path / "a.csv")


def test_an_ending_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"\.xlsx"):
        write_rows(tmp_path / "a.xlsx", ROWS)


def test_a_failing_stream_leaves_the_old_file(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", ROWS)
    before = (tmp_path / "a.csv").read_bytes()

    def broken() -> object:
        yield ROWS[0]
        raise RuntimeError("the source went away")

    for name in ("a.csv", "b.parquet"):
        with pytest.raises(RuntimeError):
            write_rows(tmp_path / name, broken())  # type: ignore[arg-type]
    assert (tmp_path / "a.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv"]
