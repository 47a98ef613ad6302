"""Entities as a person looks at them: members, what links each of them, and the values they share.

Each member is linked to its entity by its strongest link to another member, explained; the shared values are the value
graph (record → value ← record), in which k records on one value cost k edges. Made for showing and keeping, in one pass
over a result folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from joinder.resolve.arrays import ABSENT
from joinder.resolve.columns import Column
from joinder.resolve.explain import Explanation, explain_pairs
from joinder.resolve.lookup import Result, load_columns, open_result
from joinder.resolve.store import read_rows

CHUNK = 2_000
"""Records that are read back and explained at a time."""


@dataclass(frozen=True)
class SharedValue:
    """A value that several members hold. hub: many others hold it too, so it is no reason. members: positions."""

    evidence: str
    title_zh: str
    title_en: str
    shown: str
    records: int
    hub: bool
    members: tuple[int, ...]


@dataclass(frozen=True)
class Portrait:
    """One entity of at least two records.

    members: positions in the result; links: per member its strongest link to another member, ``record_a`` being the
    member (None where only a judgement joins it).
    """

    entity_id: str
    members: tuple[int, ...]
    links: tuple[Explanation | None, ...]
    shared: tuple[SharedValue, ...]


def portraits(folder: str | Path | Result) -> Iterator[Portrait]:
    """Every entity of several records, in the order of their ids. Raises ResultError where the folder is no result."""
    result = folder if isinstance(folder, Result) else open_result(folder)
    groups: dict[str, list[int]] = {}
    for position, entity_id in enumerate(result.entity_ids):
        groups.setdefault(entity_id, []).append(position)
    several = {entity: members for entity, members in sorted(groups.items()) if len(members) > 1}
    partners = _strongest(result)
    waiting: dict[str, list[int]] = {}
    for entity, members in several.items():
        waiting[entity] = members
        if sum(map(len, waiting.values())) >= CHUNK:
            yield from _drawn(result, waiting, partners)
            waiting = {}
    yield from _drawn(result, waiting, partners)


def _strongest(result: Result) -> dict[int, int]:
    """Per record the other end of its strongest link inside its entity."""
    place = {
        (source, name): position
        for position, (source, name) in enumerate(zip(result.sources, result.names, strict=True))
    }
    wanted = ["record_a", "source_a", "record_b", "source_b"]
    filters = [("linked", "=", True), ("bits", ">=", result.threshold_bits)]
    partners: dict[int, int] = {}
    # The edges are kept strongest first.
    for row in read_rows(result.folder, "edges.parquet", columns=wanted, filters=filters).to_pylist():
        a, b = place[row["source_a"], row["record_a"]], place[row["source_b"], row["record_b"]]
        partners.setdefault(a, b)
        partners.setdefault(b, a)
    return partners


def _drawn(result: Result, groups: dict[str, list[int]], partners: dict[int, int]) -> Iterator[Portrait]:
    members = [position for group in groups.values() for position in group]
    pairs = [(position, partners[position]) for position in members if position in partners]
    explained = dict(zip([a for a, _ in pairs], explain_pairs(result, pairs), strict=True))
    columns = load_columns(result, members) if members else []
    start = 0
    for entity_id, group in groups.items():
        rows = range(start, start + len(group))
        start += len(group)
        shared = tuple(value for column in columns for value in _shared(column, rows, group))
        yield Portrait(entity_id, tuple(group), tuple(explained.get(one) for one in group), shared)


def _shared(column: Column, rows: range, group: list[int]) -> Iterator[SharedValue]:
    holders: dict[int, list[int]] = {}
    for row, position in zip(rows, group, strict=True):
        for code in column.codes[row].tolist():
            if code != ABSENT:
                holders.setdefault(code, []).append(position)
    for code, members in sorted(holders.items()):
        if len(members) > 1:
            kind = column.use.type
            yield SharedValue(
                column.name, kind.zh, kind.en, column.shown[code], int(column.counts[code]), bool(column.hub[code]),
                tuple(members),
            )  # fmt: skip
