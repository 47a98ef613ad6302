"""One batch from a source, brought to the canonical columns of a kind and checked.

A row whose key is incomplete is rejected; a value that cannot be read is left out and told; a doubtful value stays
and is told. Good rows are never lost to bad ones.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from joinder.pools.convert import Emptied, convert_column
from joinder.pools.errors import MappingError
from joinder.pools.mapping import Mapping
from joinder.pools.rejects import Finding
from joinder.pools.sources import RawBatch, Source
from joinder.pools.versions import key_column
from joinder.vocabulary.identifiers import IdentifierError, check_uscc, normalise_url
from joinder.vocabulary.kinds import Field, FieldType, RecordKind

_PLAIN_URL = r"^https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[!-~]*)?$"
_PLAIN_EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"


@dataclass(frozen=True)
class Checked:
    """Rows that may be stored. rows: their numbers in the source; keys: their percent-encoded keys."""

    rows: pa.Array
    batch: pa.RecordBatch
    keys: pa.Array
    findings: list[Finding]
    read: int


class Checker:
    """Brings the rows of one source to the columns of ``kind``, by a mapping or by the fields' own names.

    Raises MappingError where the source lacks what is needed, before any row is read.
    """

    def __init__(self, kind: RecordKind, source: Source, mapping: Mapping | None = None) -> None:
        self.kind = kind
        self.source = source
        self.mapping = mapping
        self.zone: tzinfo = mapping.zone if mapping else UTC
        columns = source.columns()
        if mapping is None:
            self.needed = _own_names(kind, columns, source)
            self.ignored = tuple(name for name in columns if name not in self.needed)
        else:
            mapping.require(kind, columns, source)
            self.needed = mapping.columns
            self.ignored = tuple(name for name in columns if name not in self.needed)

    def check(self, raw: RawBatch) -> Checked:
        """The rows of one batch that may be stored, and what was found."""
        findings = [Finding(f.row, "", f.value, f.code, f.detail) for f in raw.faults]
        rows = pa.array(raw.rows, pa.int64())
        read = len(rows) + len(raw.faults)
        if self.mapping is None:
            columns = {field.name: _own_column(field, raw) for field in self.kind.fields}
        else:
            applied = self.mapping.apply(raw, self.kind, path=self.source.path)
            findings += applied.findings
            rows, columns = pa.array(applied.rows, pa.int64()), dict(applied.columns)
        batch = self._convert(columns, rows, findings)
        keys = key_column(self.kind, batch)
        self._find_missing_keys(batch, keys, rows, findings)
        kept = pc.is_valid(keys)
        if pc.all(kept, min_count=0).as_py():
            return Checked(rows, batch, keys, findings + _doubts(self.kind, batch, rows), read)
        batch, keys, rows = batch.filter(kept), keys.filter(kept), rows.filter(kept)
        return Checked(rows, batch, keys, findings + _doubts(self.kind, batch, rows), read)

    def _convert(self, columns: dict[str, Any], rows: pa.Array, findings: list[Finding]) -> pa.RecordBatch:
        stored: dict[str, pa.Array] = {}
        currency: pa.Array | None = None
        # Sums need the currency of their row, so it comes first.
        for field in sorted(self.kind.fields, key=lambda f: f.name != "currency"):
            values = columns.get(field.name)
            emptied: list[Emptied] = []
            if values is None:
                column = pa.nulls(len(rows), field.arrow_type)
            elif field.type is FieldType.MONEY and _is_minor(field, values):
                column = values.cast(pa.int64())
            else:
                column, emptied = convert_column(field, as_array(values), currency=currency, zone=self.zone)
            if field.name == "currency":
                column = currency = pc.utf8_upper(column)
            stored[field.column] = column
            findings += [
                Finding(rows[e.index].as_py(), field.name, e.value, e.code, e.detail) for e in emptied
            ]
        schema = self.kind.arrow_schema()
        return pa.record_batch([stored[name] for name in schema.names], schema=schema)

    def _find_missing_keys(
        self, batch: pa.RecordBatch, keys: pa.Array, rows: pa.Array, findings: list[Finding]
    ) -> None:
        for index in pc.indices_nonzero(pc.is_null(keys)).to_pylist():
            choices = (self.kind.key, *self.kind.alternative_keys)
            lacking = [
                [name for name in names if not batch.column(self.kind.field(name).column)[index].as_py()]
                for names in choices
            ]
            field = " / ".join(", ".join(names) for names in lacking if names)
            findings.append(Finding(rows[index].as_py(), field, "", "key_missing"))


def as_array(values: Any) -> Any:
    """Values of one column as an Arrow array; a list stays where its values are of several types."""
    if not isinstance(values, list):
        return values
    if all(value is None or isinstance(value, str) for value in values):
        try:
            return pa.array(values, pa.string())
        except UnicodeEncodeError:
            return _Mixed(values)
    return _Mixed(values)


class _Mixed:
    """A column of Python values that is converted one by one."""

    type = pa.binary(1)  # no fast way knows this type, and no source has it

    def __init__(self, values: Sequence[Any]) -> None:
        self._values = list(values)

    def to_pylist(self) -> list[Any]:
        return self._values

    def __len__(self) -> int:
        return len(self._values)


def _is_minor(field: Field, values: Any) -> bool:
    return isinstance(values, _Minor)


class _Minor:
    """A sum that the source already holds in minor units (a file exported from a lake)."""

    def __init__(self, values: pa.Array) -> None:
        self._values = values

    def cast(self, kind: pa.DataType) -> pa.Array:
        return self._values.cast(kind)


def _own_column(field: Field, raw: RawBatch) -> Any:
    if isinstance(raw.data, list):
        return [record.get(field.name) for record in raw.data]
    names = raw.data.schema.names
    if field.name in names:
        return raw.data.column(field.name)
    if field.type is FieldType.MONEY and field.column in names:
        column = raw.data.column(field.column)
        return _Minor(column) if pa.types.is_integer(column.type) else None
    return None


def _own_names(kind: RecordKind, columns: list[str], source: Source) -> frozenset[str]:
    known = {field.name for field in kind.fields} | {field.column for field in kind.fields}
    for names in (kind.key, *kind.alternative_keys):
        if all(name in columns for name in names):
            return frozenset(known.intersection(columns))
    missing = [name for name in kind.key if name not in columns]
    hints = [
        f"{name} (near: {', '.join(near)})"
        if (near := difflib.get_close_matches(name, columns, 3, 0.5))
        else name
        for name in missing
    ]
    raise MappingError(
        f"{source.path} has no column {', '.join(hints)}, which names a {kind.name}. "
        f"Its columns are: {', '.join(columns[:30]) or 'none'}.",
        mend=f"Give a mapping: joinder pool propose {source.path} --kind {kind.name} > mapping.yaml, "
        "correct it, and take the file in with --mapping mapping.yaml.",
        zh=f"{source.path}没有标识记录所需的列：{'、'.join(missing)}。请使用映射指明各列对应的字段。",
    )


def _doubts(kind: RecordKind, batch: pa.RecordBatch, rows: pa.Array) -> list[Finding]:
    found: list[Finding] = []
    for field in kind.fields:
        code = _DOUBTS.get(field.evidence or "")
        if code is None or field.type is not FieldType.TEXT:
            continue
        column = batch.column(field.column)
        if column.null_count == len(column):
            continue
        pattern, test, reason = code
        odd = pc.fill_null(pc.invert(pc.match_substring_regex(column, pattern)), False)
        for index in pc.indices_nonzero(odd).to_pylist():
            value = column[index].as_py()
            detail = test(value)
            if detail is not None:
                found.append(Finding(rows[index].as_py(), field.name, value[:200], reason, detail))
    return found


def _uscc_doubt(value: str) -> str | None:
    # A licence number of the time before 2015 has 15 digits and is no credit code at all.
    if len(value) == 15 and value.isdigit():
        return None
    return None if check_uscc(value).valid else "check character"


def _url_doubt(value: str) -> str | None:
    try:
        normalise_url(value)
    except IdentifierError as error:
        return error.message
    return None


_DOUBTS = {
    "uscc": (r"^$", _uscc_doubt, "uscc_doubtful"),
    "url": (_PLAIN_URL, _url_doubt, "url_doubtful"),
    "email": (_PLAIN_EMAIL, lambda value: "no name@host", "email_doubtful"),
}
