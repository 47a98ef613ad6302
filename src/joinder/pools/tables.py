"""Any table, by its ending: read as a whole, written safely. For typed records use ``open_records``."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from joinder.pools.errors import SourceError
from joinder.pools.sources import RawBatch, SourceOptions, open_source
from joinder.vocabulary.errors import UsageError
from joinder.vocabulary.moments import iso

Rows: TypeAlias = Iterable[Mapping[str, Any]] | Iterable[pa.RecordBatch] | pa.Table
WRITTEN = (".csv", ".tsv", ".jsonl", ".parquet")


def read_table(path: Path, options: SourceOptions | None = None) -> pa.Table:
    """All rows of a CSV, TSV, JSON, JSONL or Parquet file.

    CSV and TSV columns are text, with "" for an empty cell; Parquet columns have their own types; JSON columns get
    the type of their values, and text where values are of several types (objects inside are written as JSON).
    Raises SourceError where the file, or one of its rows, cannot be read.
    """
    tables = list(_tables(path, options, 100_000))
    if not tables:
        return pa.table({name: pa.array([], pa.string()) for name in open_source(path, options).columns()})
    return pa.concat_tables(tables, promote_options="default")


def _tables(path: Path, options: SourceOptions | None, size: int) -> Iterator[pa.Table]:
    source = open_source(path, options)
    gathered: list[dict[str, Any]] = []
    for raw in source.batches(size):
        _refuse_faults(path, raw)
        if isinstance(raw.data, list):
            gathered += raw.data
        else:
            yield pa.Table.from_batches([raw.data])
    if gathered:
        yield _from_objects(gathered)


def _refuse_faults(path: Path, raw: RawBatch) -> None:
    if raw.faults:
        fault = raw.faults[0]
        raise SourceError(
            f"{path}: row {fault.row} cannot be read ({fault.detail}).",
            mend="Repair the row, then try again.",
        )


def _from_objects(records: list[dict[str, Any]]) -> pa.Table:
    names = list(dict.fromkeys(chain.from_iterable(records)))
    columns: dict[str, pa.Array] = {}
    for name in names:
        values = [record.get(name) for record in records]
        if any(isinstance(value, dict | Decimal) for value in values):
            values = [
                _plain(value) if isinstance(value, dict | list | Decimal) else value for value in values
            ]
        try:
            columns[name] = pa.array(values)
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            columns[name] = pa.array(
                [None if value is None else _as_text(value) for value in values], pa.string()
            )
    return pa.table(columns)


def check_writable(path: Path) -> None:
    """Say before the work that a file's ending cannot be written, or that its folder is missing. Raises UsageError."""
    if path.suffix.lower() not in WRITTEN:
        raise UsageError(
            f"{path} has an ending that cannot be written.", mend=f"Endings are: {', '.join(WRITTEN)}."
        )
    if not path.parent.is_dir():
        raise UsageError(f"The folder {path.parent} is not there.", mend="Make it, or name another file.")


def write_rows(path: Path, rows: Rows, *, schema: pa.Schema | None = None) -> int:
    """Write rows to a file by its ending (csv, tsv, jsonl, parquet) and return how many there were.

    rows: mappings, record batches or a table. schema: needed for a Parquet file of no rows, or to fix its types.
    Lists are joined by ``|`` in CSV; times are ISO 8601 in UTC. The file appears whole or not at all.
    Raises SourceError for an ending that cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITTEN:
        raise SourceError(
            f"{path} has an ending that cannot be written.", mend=f"Endings are: {', '.join(WRITTEN)}."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        write = _write_parquet if suffix == ".parquet" else _write_text
        count = write(part, rows, schema, suffix)
        part.replace(path)
        return count
    finally:
        part.unlink(missing_ok=True)


def _write_parquet(path: Path, rows: Rows, schema: pa.Schema | None, suffix: str) -> int:
    count = 0
    writer: pq.ParquetWriter | None = None
    try:
        for batch in _batches(rows, schema):
            if writer is None:
                writer = pq.ParquetWriter(path, batch.schema, compression="zstd")
            writer.write_batch(batch)
            count += batch.num_rows
        if writer is None:
            writer = pq.ParquetWriter(path, schema or pa.schema([]))
    finally:
        if writer is not None:
            writer.close()
    return count


def _batches(rows: Rows, schema: pa.Schema | None) -> Iterator[pa.RecordBatch]:
    if isinstance(rows, pa.Table):
        yield from rows.to_batches()
        return
    waiting: list[Mapping[str, Any]] = []
    for row in rows:
        if isinstance(row, pa.RecordBatch):
            yield row
            continue
        waiting.append(row)
        if schema is not None and len(waiting) == 20_000:
            yield from pa.Table.from_pylist(waiting, schema=schema).to_batches()
            waiting = []
    if waiting:
        yield from pa.Table.from_pylist(waiting, schema=schema).to_batches()


def _records(rows: Rows) -> Iterator[Mapping[str, Any]]:
    for row in rows.to_batches() if isinstance(rows, pa.Table) else rows:
        if isinstance(row, pa.RecordBatch):
            yield from row.to_pylist()
        else:
            yield row


def _write_text(path: Path, rows: Rows, schema: pa.Schema | None, suffix: str) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        if suffix == ".jsonl":
            for row in _records(rows):
                stream.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
                count += 1
            return count
        records = _records(rows)
        first = next(records, None)
        if isinstance(rows, pa.Table):
            schema = rows.schema
        names = list(schema.names) if schema is not None else list(first or ())
        writer = csv.writer(stream, delimiter="\t" if suffix == ".tsv" else ",", lineterminator="\n")
        writer.writerow(names)
        for row in records if first is None else chain([first], records):
            writer.writerow([_cell(row.get(name)) for name in names])
            count += 1
    return count


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "|".join(_as_text(part) for part in value)
    return _as_text(value)


def _as_text(value: Any) -> str:
    plain = _plain(value)
    return plain if isinstance(plain, str) else str(plain)


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return iso(value) if value.tzinfo else value.isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=_plain)
        case bool():
            return str(value).lower()
        case _:
            return value
