"""What people decided about pairs of records; a run takes it as given.

"same" joins against every guard, "different" keeps apart whatever the evidence says, "unsure" changes nothing. Where
judgements contradict one another the cautious one holds: the records stay apart, and an alarm says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from joinder.resolve.errors import InputError


class Verdict(Enum):
    """What a person decided about two records."""

    SAME = "same"
    """One operator stands behind both."""
    DIFFERENT = "different"
    """Two operators."""
    UNSURE = "unsure"
    """Seen, and left open."""


@dataclass(frozen=True)
class Judgement:
    """One decision. a, b: (source, record id); by and reason are carried, not interpreted."""

    a: tuple[str, str]
    b: tuple[str, str]
    verdict: Verdict
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Judged:
    """Judgements by record position. contradictions: pairs judged different that the others make one."""

    same: tuple[tuple[int, int], ...] = ()
    different: tuple[tuple[int, int], ...] = ()
    contradictions: tuple[tuple[int, int], ...] = ()
    unknown: int = 0
    """Judgements about records that are not in this run."""


def read_judgements(rows: Sequence[Mapping[str, object]]) -> list[Judgement]:
    """Judgements from rows with a, b, verdict and optionally source_a, source_b, by, reason. Raises InputError."""
    found = []
    for number, row in enumerate(rows, 1):
        try:
            verdict = Verdict(str(row.get("verdict", "")).strip())
        except ValueError:
            raise InputError(
                f"Judgement {number} has the verdict {row.get('verdict')!r}.",
                mend="Use same, different or unsure.",
            ) from None
        ends = [(str(row.get(f"source_{end}") or ""), str(row.get(end) or "")) for end in ("a", "b")]
        if not ends[0][1] or not ends[1][1]:
            raise InputError(f"Judgement {number} does not name two records in a and b.")
        found.append(
            Judgement(ends[0], ends[1], verdict, str(row.get("by") or ""), str(row.get("reason") or ""))
        )
    return found


def place(judgements: Sequence[Judgement], sources: Sequence[str], record_ids: Sequence[str]) -> Judged:
    """Judgements by position. A record is found by (source, id), or by id alone where the source is ""."""
    exact = {(source, one): i for i, (source, one) in enumerate(zip(sources, record_ids, strict=True))}
    loose: dict[str, int] = {}
    for position, one in enumerate(record_ids):
        loose.setdefault(one, position)
    same, different, unknown = set(), set(), 0
    for judgement in judgements:
        ends = [exact.get(end) if end[0] else loose.get(end[1]) for end in (judgement.a, judgement.b)]
        if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            unknown += 1
            continue
        pair = (min(ends[0], ends[1]), max(ends[0], ends[1]))
        if judgement.verdict is Verdict.SAME:
            same.add(pair)
        elif judgement.verdict is Verdict.DIFFERENT:
            different.add(pair)
    return Judged(tuple(sorted(same)), tuple(sorted(different)), _contradictions(same, different), unknown)


def _contradictions(
    same: set[tuple[int, int]], different: set[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    parent: dict[int, int] = {}

    def find(one: int) -> int:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for a, b in sorted(same):
        parent[find(a)] = find(b)
    return tuple(sorted(pair for pair in different if find(pair[0]) == find(pair[1])))
