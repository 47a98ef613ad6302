"""The strongest chain of links between two records of one entity, and its weakest link."""

from __future__ import annotations

import heapq
import itertools
from dataclasses import dataclass

from joinder.resolve.lookup import Result
from joinder.resolve.store import read_rows


@dataclass(frozen=True)
class Link:
    """One step: the two records, the bits between them and the pattern of agreement."""

    record_a: str
    record_b: str
    bits: float
    pattern: str


@dataclass(frozen=True)
class Path:
    """Links from one record to the other; ``weakest`` is the position of the link with the fewest bits."""

    links: tuple[Link, ...]
    weakest: int


def strongest_path(result: Result, left: int, right: int) -> Path | None:
    """The path inside the entity whose weakest link is strongest; None where the records are joined by a judgement.

    Among paths with equally strong weakest links the shorter is taken.
    """
    start, goal = (result.source(left), result.name(left)), (result.source(right), result.name(right))
    steps = entity_links(result, left)
    best: dict[tuple[str, str], float] = {}
    pushed = itertools.count()  # two ways to the same record may tie in all else, and links have no order
    queue: list[tuple[float, int, tuple[str, str], int, tuple[Link, ...]]] = [
        (-float("inf"), 0, start, next(pushed), ())
    ]
    while queue:
        strength, length, at, _, links = heapq.heappop(queue)
        if at in best:
            continue
        best[at] = strength
        if at == goal:
            bits = [link.bits for link in links]
            return Path(links, bits.index(min(bits)))
        for to, link in steps.get(at, ()):
            if to not in best:
                heapq.heappush(
                    queue, (max(strength, -link.bits), length + 1, to, next(pushed), (*links, link))
                )
    return None


def entity_links(result: Result, position: int) -> dict[tuple[str, str], list[tuple[tuple[str, str], Link]]]:
    """Every link above the threshold inside the entity of a record, from both of its ends."""
    members = result.members(result.entity(position))
    names = {(result.source(i), result.name(i)) for i in members}
    filters = [("record_a", "in", [one for _, one in names]), ("bits", ">=", result.threshold_bits)]
    wanted = ["record_a", "source_a", "record_b", "source_b", "bits", "pattern"]
    steps: dict[tuple[str, str], list[tuple[tuple[str, str], Link]]] = {}
    for row in read_rows(result.folder, "edges.parquet", columns=wanted, filters=filters).to_pylist():
        a, b = (row["source_a"], row["record_a"]), (row["source_b"], row["record_b"])
        if a in names and b in names:
            steps.setdefault(a, []).append((b, Link(a[1], b[1], row["bits"], row["pattern"])))
            steps.setdefault(b, []).append((a, Link(b[1], a[1], row["bits"], row["pattern"])))
    return steps
