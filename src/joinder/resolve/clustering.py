"""From edges to entities: best edge first, and four guards.

Edges are taken in order of their bits. Two entities are joined unless

* **cannot-link**: they hold two different values of an attribute that one entity may hold once (two valid licences of
  companies), or a person judged records of them to be different;
* **one voice**: the edge rests on one group of evidence only, and on no exclusive identifier;
* **bridge**: both are large already, and the pairs compared across them, taken together, speak against it (or a
  single pair is weak): then one shared value would pull two operators into one;
* **ceiling**: the joined entity would pass the size that a person is asked about first.

A refused join is kept and reported, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from joinder.resolve.arrays import ABSENT, Bools, Codes, Floats, Ints

BRIDGE_SIZE = 2
"""Entities of this size on both sides need more than their best pair."""
LONE_BRIDGE_BITS = 5.0
"""Where one pair alone joins two large entities, without an exclusive identifier, it is this far above the line."""
CEILING = 500
"""Above this size a person looks first. The largest operators of the sample market have a few dozen accounts."""


class Guard(Enum):
    """Why a join was refused."""

    CANNOT_LINK = "cannot_link"
    """Two different values of an attribute that an entity holds once."""
    JUDGED_DIFFERENT = "judged_different"
    """A person judged records of the two to be different."""
    ONE_VOICE = "one_voice"
    """One group of evidence only, and no exclusive identifier."""
    BRIDGE = "bridge"
    """Two large entities whose other pairs speak against the join."""
    CEILING = "ceiling"
    """The entity would pass the size that a person is asked about first."""


@dataclass(frozen=True)
class Edges:
    """Scored pairs: records by position, bits, whether two groups of evidence or an exclusive identifier speak for
    each (``supported``), the number of groups that speak for it, and whether an exclusive identifier does (``alone``).
    """

    left: Ints
    right: Ints
    bits: Floats
    supported: Bools
    voices: Ints
    alone: Bools


@dataclass(frozen=True)
class Refusal:
    """One join that a guard refused: the edge's position and the sizes of the two entities at that moment."""

    edge: int
    guard: Guard
    sizes: tuple[int, int]


@dataclass(frozen=True)
class Clusters:
    """labels: per record the smallest position in its entity; refusals in the order they happened."""

    labels: Ints
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Constraints:
    """What holds whatever the evidence says.

    once: per attribute a code per record (ABSENT where none): an entity holds at most one code of each.
    same, different: judged pairs of record positions.
    """

    once: Mapping[str, Codes]
    same: Sequence[tuple[int, int]] = ()
    different: Sequence[tuple[int, int]] = ()


def cluster(records: int, edges: Edges, threshold_bits: float, constraints: Constraints) -> Clusters:
    """Join records into entities. Deterministic: ties in bits are taken in record order."""
    forest = _Forest(records, edges, constraints, threshold_bits)
    for left, right in sorted(constraints.same):
        forest.join_judged(left, right)
    order = np.lexsort((edges.right, edges.left, -edges.bits))
    order = order[edges.bits[order] >= threshold_bits]
    for edge in order.tolist():
        forest.consider(edge)
    return Clusters(forest.labels(), tuple(forest.refusals))


class _Forest:
    """Union-find over records, with what each entity holds."""

    def __init__(self, records: int, edges: Edges, constraints: Constraints, threshold: float) -> None:
        self.threshold = threshold
        self.parent = list(range(records))
        self.members: dict[int, list[int]] = {}
        self.edges = edges
        self.left, self.right = edges.left.tolist(), edges.right.tolist()
        self.once = [codes.tolist() for codes in constraints.once.values()]
        self.enemies: dict[int, set[int]] = {}
        for a, b in constraints.different:
            self.enemies.setdefault(a, set()).add(b)
            self.enemies.setdefault(b, set()).add(a)
        self.refusals: list[Refusal] = []
        self._neighbours: tuple[Ints, Ints, Ints] | None = None

    def find(self, record: int) -> int:
        parent = self.parent
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    def group(self, root: int) -> list[int]:
        return self.members.get(root) or [root]

    def labels(self) -> Ints:
        return np.array([self.find(record) for record in range(len(self.parent))], dtype=np.int64)

    def join_judged(self, left: int, right: int) -> None:
        """A person's "same" joins against every guard but a person's "different"."""
        a, b = self.find(left), self.find(right)
        if a != b and not self._judged_different(a, b):
            self._join(a, b, force=True)

    def consider(self, edge: int) -> None:
        a, b = self.find(self.left[edge]), self.find(self.right[edge])
        if a == b:
            return
        guard = self._refuse(edge, a, b)
        if guard is None:
            self._join(a, b)
        else:
            self.refusals.append(Refusal(edge, guard, (len(self.group(a)), len(self.group(b)))))

    def _refuse(self, edge: int, a: int, b: int) -> Guard | None:
        for codes in self.once:
            if codes[a] != codes[b] and codes[a] != ABSENT and codes[b] != ABSENT:
                return Guard.CANNOT_LINK
        if self.enemies and self._judged_different(a, b):
            return Guard.JUDGED_DIFFERENT
        if not self.edges.supported[edge]:
            return Guard.ONE_VOICE
        small, large = sorted((len(self.group(a)), len(self.group(b))))
        if small >= BRIDGE_SIZE and not self._bridge_holds(edge, a, b):
            return Guard.BRIDGE
        return Guard.CEILING if small + large > CEILING else None

    def _judged_different(self, a: int, b: int) -> bool:
        return any(self.find(one) == b for one in self.enemies.get(a, ()))

    def _bridge_holds(self, edge: int, a: int, b: int) -> bool:
        if len(self.group(a)) > len(self.group(b)):
            a, b = b, a
        starts, others, numbers = self._adjacency()
        total, seen = 0.0, 0
        for record in self.group(a):
            for place in range(starts[record], starts[record + 1]):
                if self.find(int(others[place])) == b:
                    total += float(self.edges.bits[numbers[place]])
                    seen += 1
        if seen == 1:
            strong = float(self.edges.bits[edge]) >= self.threshold + LONE_BRIDGE_BITS
            return bool(self.edges.alone[edge]) or (strong and int(self.edges.voices[edge]) >= 2)
        return total / seen >= 0

    def _adjacency(self) -> tuple[Ints, Ints, Ints]:
        """Every scored pair by record: (starts, other record, edge)."""
        if self._neighbours is None:
            ends = np.concatenate([self.edges.left, self.edges.right])
            order = np.argsort(ends, kind="stable")
            starts = np.searchsorted(ends[order], np.arange(len(self.parent) + 1))
            others = np.concatenate([self.edges.right, self.edges.left])[order]
            self._neighbours = (starts, others, order % max(len(self.edges.left), 1))
        return self._neighbours

    def _join(self, a: int, b: int, force: bool = False) -> None:
        keep, gone = min(a, b), max(a, b)
        self.parent[gone] = keep
        self.members[keep] = self.group(keep) + self.members.pop(gone, [gone])
        for codes in self.once:
            if codes[keep] == ABSENT:
                codes[keep] = codes[gone]
        if gone in self.enemies:
            self.enemies.setdefault(keep, set()).update(self.enemies.pop(gone))
