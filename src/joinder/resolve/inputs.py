"""Reading the tables to resolve, whatever their columns, as text.

CSV and TSV (also with ``;`` or ``|``), JSON, JSONL and Parquet. Every value becomes text; the id column is kept
unchanged. Two inputs of one stem, duplicate ids and missing columns are refused before anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from joinder.pools import open_records
from joinder.pools.tables import read_table
from joinder.resolve.errors import InputError, SpecError
from joinder.resolve.spec import Spec
from joinder.vocabulary.schemas import KINDS

ID_COLUMNS = ("record_id", "unique_id", "id")


@dataclass(frozen=True)
class Records:
    """The records of all inputs, one after the other.

    record_ids: the id as text, unchanged; sources: the stem of the input; columns: text by column name, "" where
    a record has no value or its input has no such column; truth: the labels, where they were asked for.
    """

    record_ids: list[str]
    sources: list[str]
    columns: dict[str, list[str]]
    truth: list[str] | None = None

    def __len__(self) -> int:
        return len(self.record_ids)


def read_inputs(spec: Spec, inputs: Sequence[str | Path], truth: str | None = None) -> Records:
    """Read all inputs for a spec.

    A column of the spec must be in at least one input. Raises InputError for no rows, duplicate ids, missing ids or
    inputs of one stem, SpecError for missing columns.
    """
    stems = [Path(source).stem for source in inputs]
    if not inputs or len(set(stems)) != len(stems):
        raise InputError(
            f"Inputs must have different file names; given: {', '.join(stems) or 'none'}.",
            mend="The stem of the file names the source in the result. Rename one.",
        )
    tables = [_table(source, spec) for source in inputs]
    _check_columns(spec, truth, tables, stems)
    ids: list[str] = []
    sources: list[str] = []
    columns: dict[str, list[str]] = {column: [] for column in spec.columns}
    labels: list[str] = []
    for table, stem in zip(tables, stems, strict=True):
        ids += record_ids(table, spec.id or find_id(table, stem), stem)
        sources += [stem] * table.num_rows
        for column in columns:
            columns[column] += _texts(table, column)
        if truth:
            labels += _texts(table, truth)
    if not ids:
        raise InputError(f"There are no records in {', '.join(stems)}.")
    return Records(ids, sources, columns, labels if truth else None)


def _table(source: str | Path, spec: Spec) -> pa.Table:
    """A file, or the node's pool of that name where the spec is named after a kind of record. A file wins."""
    if Path(source).exists() or spec.name not in KINDS:
        return text_table(source)
    return _texts_of(open_records(str(source), spec.name).table())


def text_table(source: str | Path) -> pa.Table:
    """Any table with all its columns as text, names without outer spaces. Lists are joined by ``|``."""
    return _texts_of(read_table(Path(source)))


def _texts_of(table: pa.Table) -> pa.Table:
    names = [name.strip() for name in table.column_names]
    return pa.table({name: _as_text(table.column(i)) for i, name in enumerate(names)})


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return column.cast(pa.string())
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        rows = ["|".join(map(str, row)) if row else None for row in column.to_pylist()]
        return pa.chunked_array([pa.array(rows, pa.string())])
    if pa.types.is_floating(column.type):
        # A whole number that a reader took for a float (an id column with gaps) is written as the whole number.
        rows = [
            None if v is None else str(int(v)) if v == v and v.is_integer() else str(v)
            for v in column.to_pylist()
        ]
        return pa.chunked_array([pa.array(rows, pa.string())])
    if pa.types.is_nested(column.type) or pa.types.is_null(column.type):
        return pa.chunked_array(
            [pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())]
        )
    return pc.cast(column, pa.string())


def _texts(table: pa.Table, column: str) -> list[str]:
    if column not in table.column_names:
        return [""] * table.num_rows
    return [value or "" for value in table.column(column).to_pylist()]


def _check_columns(spec: Spec, truth: str | None, tables: Sequence[pa.Table], stems: Sequence[str]) -> None:
    present = {name for table in tables for name in table.column_names}
    wanted = list(spec.columns) + ([truth] if truth else [])
    missing = [column for column in wanted if column not in present]
    if missing:
        raise SpecError(
            f"No input has the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"there are: {', '.join(sorted(present))}.",
            mend="Correct the spec, or write one with: joinder resolve propose INPUT > SPEC.yaml",
        )
    for table, stem in zip(tables, stems, strict=True):
        gone = [column for column in spec.id if column not in table.column_names]
        if gone:
            raise SpecError(
                f"{stem} has no id column {', '.join(gone)}; it has: {', '.join(table.column_names)}."
            )


def record_ids(table: pa.Table, id_columns: Sequence[str], stem: str) -> list[str]:
    """The ids as text (several columns joined by ``/``). Raises InputError where one is empty or occurs twice."""
    parts = [_texts(table, column) for column in id_columns]
    ids = parts[0] if len(parts) == 1 else ["/".join(row) for row in zip(*parts, strict=True)]
    if "" in ids:
        raise InputError(f"{stem}: row {ids.index('') + 1} has no id in column {'/'.join(id_columns)}.")
    if len(set(ids)) != len(ids):
        seen: set[str] = set()
        twice = next(one for one in ids if one in seen or seen.add(one))  # type: ignore[func-returns-value]
        raise InputError(
            f"{stem}: id {twice!r} in column {'/'.join(id_columns)} stands on more than one row.",
            mend="Name an id column that is unique in the spec (id: …), or remove the repeated rows.",
        )
    return ids


def find_id(table: pa.Table, stem: str) -> tuple[str, ...]:
    """``record_id``, ``unique_id``, ``id``, else the first column whose values are all present and different."""
    for name in ID_COLUMNS:
        if name in table.column_names:
            return (name,)
    for name in table.column_names:
        column = table.column(name)
        if column.null_count == 0 and pc.count_distinct(column).as_py() == table.num_rows:
            return (name,)
    raise InputError(
        f"{stem} has no column that could be an id: no record_id, unique_id or id, and no column of unique values.",
        mend="Add one, or name the columns that together are unique in the spec (id: [a, b]).",
    )
