"""Writing the world's tables as they come: a batch of rows at a time, in Parquet, CSV or JSON Lines.

The columns are the file fields of the record kinds, so that no mapping is needed to take the files in: money is a
decimal text in major units, lists are `|`-separated in CSV, times are UTC. Rows of a batch are shuffled, because
operators are made one after another and neighbouring rows would otherwise tell who belongs to whom.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from joinder.vocabulary.kinds import FieldType
from joinder.vocabulary.schemas import KINDS

FORMATS = ("parquet", "csv", "jsonl")
BATCH_ROWS = 20_000

_KIND_OF_FILE = {
    "rights": "right",
    "listings": "listing",
    "accounts": "account",
    "parties": "party",
    "shipments": "shipment",
    "payments": "payment",
    "complaints": "complaint",
    "detentions": "detention",
}


def _record_schema(kind: str) -> pa.Schema:
    return pa.schema(
        [
            (field.name, pa.string() if field.type is FieldType.MONEY else field.arrow_type)
            for field in KINDS[kind].fields
        ]
    )


def _texts(*names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, pa.string()) for name in names]


SCHEMAS: dict[str, pa.Schema] = {
    **{name: _record_schema(kind) for name, kind in _KIND_OF_FILE.items()},
    "truth/listings": pa.schema(
        _texts("platform", "listing_id", "account_id", "right_id", "evasion", "operator_id", "nature")
    ),
    "truth/accounts": pa.schema(
        [
            *_texts("platform", "account_id", "operator_id", "role"),
            ("linkable", pa.bool_()),
            ("link_group", pa.string()),
        ]
    ),
    "truth/rights": pa.schema(
        [
            *_texts("right_id", "kind", "holder_uscc"),
            ("infringing_listings", pa.int64()),
            ("visible", pa.bool_()),
        ]
    ),
    "truth/hubs": pa.schema(_texts("kind", "name", "phone", "address", "sender_account", "licence_no")),
}
"""Every table of a world with its columns, in file form."""


class Tables:
    """The world's open files. Use as a context; each batch goes to disk when it is full."""

    def __init__(self, folder: Path, extension: str, seed: int) -> None:
        (folder / "truth").mkdir(parents=True, exist_ok=True)
        self._tables = {
            name: _Table(folder / f"{name}.{extension}", schema, seed + place)
            for place, (name, schema) in enumerate(SCHEMAS.items())
        }
        self.add = {name: table.add for name, table in self._tables.items()}

    @property
    def counts(self) -> dict[str, int]:
        """Rows per table so far."""
        return {name: table.count for name, table in self._tables.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for table in self._tables.values():
            table.close(complete=error is None)


class _Table:
    """One file. `add` takes a row in the order of the schema."""

    def __init__(self, path: Path, schema: pa.Schema, seed: int) -> None:
        self._schema, self._seed = schema, seed
        self._rows: list[Sequence[object]] = []
        self._batches = 0
        self.count = 0
        self._writer = _WRITERS[path.suffix](path, schema)

    def add(self, row: Sequence[object]) -> None:
        self._rows.append(row)
        if len(self._rows) >= BATCH_ROWS:
            self._flush()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        self.count += len(rows)
        self._batches += 1
        columns: Iterable[Sequence[object]] = zip(*rows, strict=True) if rows else [()] * len(self._schema)
        arrays = [
            pa.array(column, type=field.type) for column, field in zip(columns, self._schema, strict=True)
        ]
        order = np.random.Generator(np.random.PCG64([self._seed, self._batches])).permutation(len(rows))
        self._writer.write(pa.table(arrays, schema=self._schema).take(pa.array(order)))

    def close(self, *, complete: bool) -> None:
        if complete and (self._rows or not self._batches):
            self._flush()
        self._writer.close()


class _ParquetFile:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def close(self) -> None:
        self._writer.close()


class _CsvFile:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._writer = pa_csv.CSVWriter(path, pa.schema([(field.name, pa.string()) for field in schema]))

    def write(self, table: pa.Table) -> None:
        columns = [_as_text(column) for column in table.columns]
        self._writer.write_table(pa.table(columns, names=table.column_names))

    def close(self) -> None:
        self._writer.close()


class _JsonlFile:
    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="\n")

    def write(self, table: pa.Table) -> None:
        columns = [
            column if pa.types.is_list(column.type) or not _is_temporal(column.type) else _as_text(column)
            for column in table.columns
        ]
        for row in pa.table(columns, names=table.column_names).to_pylist():
            self._file.write(
                json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False) + "\n"
            )

    def close(self) -> None:
        self._file.close()


_WRITERS: dict[str, Any] = {".parquet": _ParquetFile, ".csv": _CsvFile, ".jsonl": _JsonlFile}


def _is_temporal(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(column.type):
        return pc.binary_join(column, "|")
    if pa.types.is_timestamp(column.type):
        whole = column.cast(pa.timestamp("s", tz="UTC"), safe=False)
        return pc.strftime(whole, format="%Y-%m-%dT%H:%M:%SZ")
    return column.cast(pa.string())


def sync(path: Path) -> None:
    """Force a file's bytes to the disk, so that a full disk is noticed before the world takes its name."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
