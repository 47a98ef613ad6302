"""What a source is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa


@dataclass(frozen=True)
class SourceOptions:
    """How a file is to be read, where it does not say itself; from a mapping's ``source`` part.

    records: in a JSON object, the dotted path to the list of records. header: the columns' names of a delimited
    file that has none. comment: lines that begin with it are no rows.
    """

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    comment: str | None = None
    header: tuple[str, ...] | None = None
    records: str | None = None


@dataclass(frozen=True)
class Fault:
    """A row that could not be read at all.

    row: its number, from 1, the header not counted. code: a word of ``joinder.pools.rejects.REASONS``.
    """

    row: int
    code: str
    value: str = ""
    detail: str = ""


@dataclass(frozen=True)
class RawBatch:
    """Some rows as they stand in the source: columns of a table, or JSON objects.

    rows: the number of each row in its source, from 1. data: a record batch, or a list of objects.
    """

    rows: range | list[int]
    data: pa.RecordBatch | list[dict[str, Any]]
    faults: tuple[Fault, ...] = field(default=())

    def records(self) -> list[dict[str, Any]]:
        """The rows as objects."""
        if isinstance(self.data, list):
            return self.data
        records: list[dict[str, Any]] = self.data.to_pylist()
        return records


class Source(Protocol):
    """A file that is read from its start, as often as asked."""

    path: Path
    format: str
    nested: bool
    """Whether rows are objects in which a column may be absent or lie deeper."""

    def columns(self) -> list[str]:
        """The columns' names; for objects those seen in the first rows, deeper ones as dotted paths."""
        ...

    def batches(self, size: int, needed: frozenset[str] | None = None) -> Iterator[RawBatch]:
        """All rows in order, ``size`` at a time. needed: the only columns worth reading, or None for all."""
        ...
