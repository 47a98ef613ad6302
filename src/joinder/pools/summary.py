"""What a node's pools hold, for lists and pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from joinder.pools.errors import PoolMissing
from joinder.pools.lake import PoolKind, Run, SourceFile, pool_kinds, pool_names
from joinder.vocabulary.kinds import kind_named
from joinder.vocabulary.node import NodeHome


@dataclass(frozen=True)
class PoolSummary:
    """One kind of one pool. rows: current records; versions: rows of all versions; unfinished: killed intakes."""

    pool: str
    kind: str
    rows: int
    versions: int
    rejected: int
    sources: tuple[SourceFile, ...]
    runs: tuple[Run, ...]
    mapping: str | None
    unfinished: int


def summarise_kind(home: NodeHome, pool: str, kind: str) -> PoolSummary:
    """What one kind of a pool holds. Raises PoolMissing if the pool holds none."""
    if kind not in pool_kinds(home, pool):
        raise PoolMissing(f"The pool {pool!r} holds no {kind} records.")
    place = PoolKind(home, pool, kind_named(kind))
    manifest = place.manifest()
    return PoolSummary(
        pool,
        kind,
        manifest.rows,
        manifest.versions,
        manifest.rejected,
        manifest.sources,
        manifest.runs,
        manifest.mapping,
        len(list((place.folder / ".staging").glob("*/position.json"))),
    )


def summarise(home: NodeHome, pool: str | None = None) -> list[PoolSummary]:
    """Every kind of every pool, or of one. Raises PoolMissing if that one does not exist."""
    names = pool_names(home) if pool is None else [pool]
    return [summarise_kind(home, name, kind) for name in names for kind in pool_kinds(home, name)]


def read_rejects(home: NodeHome, pool: str, kind: str | None = None) -> Iterator[dict[str, Any]]:
    """The findings of the files as last taken in, with ``kind``. Raises PoolMissing."""
    for held in pool_kinds(home, pool):
        if kind is not None and held != kind:
            continue
        path = PoolKind(home, pool, kind_named(held)).rejects_file
        if not path.exists():
            continue
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield {"kind": held, **json.loads(line)}


def versions_of(home: NodeHome, pool: str, kind: str, record: str) -> list[dict[str, Any]]:
    """All versions of one record, oldest first, with its source and row.

    record: the reference without its version (``RecordRef.record``). Empty where there is no such record.
    """
    if kind not in pool_kinds(home, pool):
        raise PoolMissing(f"The pool {pool!r} holds no {kind} records.")
    place = PoolKind(home, pool, kind_named(kind))
    found: list[dict[str, Any]] = []
    for batch in place.batches(20_000, all_versions=True):
        for index, ref in enumerate(batch.column("ref").to_pylist()):
            if ref.rpartition("@")[0] == record:
                found += batch.slice(index, 1).to_pylist()
    return found
