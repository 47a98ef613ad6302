"""Rows as they stand in a file, whatever its format; a row that cannot be read is told and the next one is read."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinder.pools.errors import SourceError
from joinder.pools.sources import SourceOptions, open_source

OPTIONS = SourceOptions()


def rows_of(
    path: Path, options: SourceOptions = OPTIONS, size: int = 2
) -> tuple[list[dict[str, Any]], list[int], list[str]]:
    rows: list[dict[str, Any]] = []
    numbers: list[int] = []
    faults: list[str] = []
    for raw in open_source(path, options).batches(size):
        rows += raw.records()
        numbers += list(raw.rows)
        faults += [f"{fault.row} {fault.code}" for fault in raw.faults]
    return rows, numbers, faults


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "id,name\n1,甲\n2,乙\n3,丙\n"),
        ("semicolon.csv", "id;name\n1;甲\n2;乙\n3;丙\n"),
        ("pipe.csv", "id|name\r\n1|甲\r\n2|乙\r\n3|丙\r\n"),
        ("tab.tsv", "id\tname\n1\t甲\n2\t乙\n3\t丙"),
        ("old-mac.csv", "id,name\r1,甲\r2,乙\r3,丙\r"),
        ("blank-lines.csv", "id,name\n\n1,甲\n2,乙\n\n3,丙\n\n"),
        ("l.jsonl", '{"id":"1","name":"甲"}\n\n{"id":"2","name":"乙"}\n{"id":"3","name":"丙"}'),
        ("j.json", '[{"id":"1","name":"甲"},\n {"id":"2","name":"乙"} , {"id":"3","name":"丙"}]'),
    ],
)
def test_the_same_rows_from_every_text_format(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    rows, numbers, faults = rows_of(path)
    assert rows == [{"id": "1", "name": "甲"}, {"id": "2", "name": "乙"}, {"id": "3", "name": "丙"}]
    assert numbers == [1, 2, 3]
    assert faults == []


def test_parquet_reads_only_the_columns_needed(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"id": [1, 2, 3], "name": ["甲", "乙", "丙"]}), path)
    batches = list(open_source(path).batches(2, frozenset({"name"})))
    assert [batch.rows for batch in batches] == [range(1, 3), range(3, 4)]
    assert [r for b in batches for r in b.records()] == [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}]


def test_a_cell_may_hold_delimiters_and_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"a,b\nc\u2028d"\n2,"say ""hi"""\n', encoding="utf-8")
    rows, _, faults = rows_of(path)
    assert [row["text"] for row in rows] == ["a,b\nc\u2028d", 'say "hi"']
    assert faults == []


def test_a_row_of_the_wrong_width_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,name\n1,甲\n2\n3,丙,多\n4,丁\n", encoding="utf-8")
    rows, numbers, faults = rows_of(path)
    assert [row["id"] for row in rows] == ["1", "4"]
    assert numbers == [1, 4]
    assert faults == ["2 wrong_width", "3 wrong_width"]


def test_a_cell_that_swallowed_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,name\n1,"' + "x" * 4_100_000 + "\n", encoding="utf-8")
    assert rows_of(path)[2] == ["1 unreadable_row"]


def test_a_line_that_is_no_json_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id":1}\n{"id":\n[1]\n{"p":NaN}\n' + "[" * 100_000 + '\n{"id":5}\n', encoding="utf-8")
    rows, numbers, faults = rows_of(path)
    assert rows == [{"id": 1}, {"id": 5}]
    assert numbers == [1, 6]
    assert faults == ["2 unreadable_row", "3 not_an_object", "4 unreadable_row", "5 unreadable_row"]


def test_numbers_keep_their_digits(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"price": 12.10, "n": 12345678901234567890}]', encoding="utf-8")
    assert rows_of(path)[0] == [{"price": Decimal("12.10"), "n": 12345678901234567890}]


def test_records_lie_deeper_in_an_object(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"meta": {"items": [0]}, "data": {"n": 2, "items": [{"id":1},{"id":2}]}, "z": 1}')
    assert rows_of(path, SourceOptions(records="data.items"))[0] == [{"id": 1}, {"id": 2}]


def test_one_object_is_one_record(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"id": 1, "tags": {"x": "y"}}')
    assert rows_of(path)[0] == [{"id": 1, "tags": {"x": "y"}}]


def test_a_long_list_is_streamed_over_the_edges_of_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    wanted = [{"id": n, "t": "字" * (n % 400)} for n in range(4_000)]
    path.write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")
    assert path.stat().st_size > 2 << 20
    assert rows_of(path, size=500)[0] == wanted


@pytest.mark.parametrize(
    ("text", "records", "says"),
    [
        ('[{"id":1},', None, "not JSON at character"),
        ('[{"id":1} {"id":2}]', None, "expected ','"),
        ('[{"id":1}] x', None, "text after the end"),
        ('{"items":[{"id":1}]}', None, "items"),
        ('{"items":[{"id":1}]}', "rows", "'rows'"),
        ('{"items":3}', "items", "'items'"),
        ("3", None, "no list of records"),
        ("[" * 100_000, None, "nested too deeply"),
        ("", None, "no list of records"),
    ],
)
def test_json_that_breaks_off_says_where(tmp_path: Path, text: str, records: str | None, says: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(SourceError, match=says):
        rows_of(path, SourceOptions(records=records))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("gone.csv", None, "not there"),
        ("empty.csv", b"", "no header line"),
        ("twice.csv", b"id,id\n1,2\n", "names a column twice: id"),
        ("t.xyz", b"id\n", "no known format"),
        ("not.parquet", b"PAR1 or not", "not readable as Parquet"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "byte 8"),
    ],
)
def test_a_file_that_is_not_what_it_says(tmp_path: Path, name: str, data: bytes | None, says: str) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(SourceError, match=says):
        open_source(path)


def test_a_cut_parquet_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"id": list(range(1000))}), path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(SourceError, match="not readable as Parquet"):
        open_source(path)


def test_a_file_without_a_header_and_with_comments(tmp_path: Path) -> None:
    path = tmp_path / "hosts.txt"
    path.write_text("# list\n0.0.0.0 a.example\n# more\n0.0.0.0 b.example\n")
    options = SourceOptions(format="csv", delimiter=" ", comment="#", header=("sink", "domain"))
    assert [row["domain"] for row in rows_of(path, options)[0]] == ["a.example", "b.example"]
