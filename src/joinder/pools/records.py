"""``open_records``: the one way in which engines and commands read typed tables."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from joinder.pools.checking import Checker
from joinder.pools.errors import PoolMissing, SourceError
from joinder.pools.lake import PoolKind, pool_kinds, pool_names
from joinder.pools.mapping import Mapping
from joinder.pools.rejects import Finding, Level
from joinder.pools.sources import open_source
from joinder.pools.versions import ref_column, version_column
from joinder.vocabulary.kinds import RecordKind, kind_named
from joinder.vocabulary.node import NodeHome, find_home

BATCH_ROWS = 20_000


def records_schema(kind: RecordKind) -> pa.Schema:
    """The schema of ``Records.batches``: ``ref``, then the canonical columns of the kind."""
    return pa.schema([pa.field("ref", pa.string()), *kind.arrow_schema()])


@dataclass(frozen=True)
class Records:
    """A typed table that can be streamed as often as needed.

    pool: the name in its references. kind: the record kind. folders: where relative paths in ``images`` start.
    """

    pool: str
    kind: RecordKind
    folders: tuple[Path, ...]
    _source: _Rows

    @property
    def schema(self) -> pa.Schema:
        """See ``records_schema``."""
        return records_schema(self.kind)

    def batches(self, size: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """All rows, at most ``size`` at a time, with ``ref`` as the first column; nothing for an empty table."""
        for batch in self._source.batches(size):
            if batch.num_rows:
                yield batch

    def table(self) -> pa.Table:
        """All rows in memory."""
        return pa.Table.from_batches(list(self.batches(200_000)), self.schema)

    def count(self) -> int:
        """How many rows ``batches`` gives in all; a file is read through once to know it."""
        return self._source.counted[0]

    @property
    def rejects(self) -> int:
        """How many rows were rejected; a file is read through once to know it."""
        return self._source.counted[1]

    def findings(self) -> Iterator[Finding]:
        """What was wrong with the rows of a file; a pool keeps its own in ``rejects.jsonl``."""
        return self._source.findings()


class _Rows(ABC):
    """Where the rows of ``Records`` come from."""

    counted: tuple[int, int]

    @abstractmethod
    def batches(self, size: int) -> Iterator[pa.RecordBatch]:
        """Rows in the canonical schema, at most ``size`` at a time."""

    def findings(self) -> Iterator[Finding]:
        return iter(())


class _FileRows(_Rows):
    def __init__(self, checker: Checker, pool: str) -> None:
        self._checker = checker
        self._pool = pool

    def batches(self, size: int) -> Iterator[pa.RecordBatch]:
        kind = self._checker.kind
        schema = records_schema(kind)
        for raw in self._checker.source.batches(size, self._checker.needed):
            checked = self._checker.check(raw)
            refs = ref_column(self._pool, kind.name, checked.keys, version_column(checked.batch))
            yield pa.record_batch([refs, *checked.batch.columns], schema=schema)

    def findings(self) -> Iterator[Finding]:
        for raw in self._checker.source.batches(BATCH_ROWS, self._checker.needed):
            yield from self._checker.check(raw).findings

    @cached_property
    def counted(self) -> tuple[int, int]:  # type: ignore[override]
        rows = rejects = 0
        for raw in self._checker.source.batches(BATCH_ROWS, self._checker.needed):
            checked = self._checker.check(raw)
            rows += len(checked.rows)
            rejects += len({f.row for f in checked.findings if f.level is Level.REJECTED})
        return rows, rejects


class _PoolRows(_Rows):
    def __init__(self, place: PoolKind) -> None:
        self._place = place

    def batches(self, size: int) -> Iterator[pa.RecordBatch]:
        names = records_schema(self._place.kind).names
        for batch in self._place.batches(size):
            yield batch.select(names)

    @property
    def counted(self) -> tuple[int, int]:  # type: ignore[override]
        manifest = self._place.manifest()
        return manifest.rows, manifest.rejected


def open_records(
    source: str | Path, kind: str, home: NodeHome | None = None, mapping: Mapping | None = None
) -> Records:
    """The records of a file, or of a pool of the node's lake.

    source: a file (csv, tsv, json, jsonl, parquet), or a pool's name; a file wins over a pool of the same name, and
    the pool name of a file is its stem. kind: a record kind's name. home: the node (default: the one found from the
    working folder). mapping: how the file's columns become fields, where they do not have the fields' names.
    Raises PoolMissing, SourceError or MappingError.
    """
    record_kind = kind_named(kind)
    path = Path(source)
    if path.is_file():
        checker = Checker(record_kind, open_source(path, mapping.source if mapping else None), mapping)
        return Records(path.stem, record_kind, (path.resolve().parent,), _FileRows(checker, path.stem))
    home = home or find_home()
    name = str(source)
    if (path.suffix or len(path.parts) != 1) and name not in pool_names(home):
        raise SourceError(f"There is no file {source}.", mend="Name a file that exists, or a pool.")
    if name not in pool_names(home):
        raise PoolMissing(
            f"{name!r} is neither a file here nor a pool of {home.root}.",
            mend=f"Pools there: {', '.join(pool_names(home)) or 'none'}.",
        )
    held = pool_kinds(home, name)
    if kind not in held:
        raise PoolMissing(f"The pool {name!r} holds no {kind} records; it holds: {', '.join(held)}.")
    place = PoolKind(home, name, record_kind)
    folders = tuple(dict.fromkeys(Path(source.folder) for source in place.manifest().sources))
    return Records(name, record_kind, folders, _PoolRows(place))
