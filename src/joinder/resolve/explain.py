"""Why two records are, or are not, one entity.

An explanation is a waterfall: the prior, then the bits of each piece of evidence for and against, and the sum. The
parts shown add up exactly to the sum shown. Where two records are one entity without a direct link, the path of
strongest links through the entity is given, with its weakest link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from joinder.resolve.arrays import ABSENT
from joinder.resolve.columns import Column
from joinder.resolve.errors import ResultError
from joinder.resolve.explain_text import text_en, text_zh
from joinder.resolve.lookup import Result, load_columns, open_result
from joinder.resolve.paths import Path as Links
from joinder.resolve.paths import strongest_path
from joinder.resolve.weights import Scores, chance, probability, score, shared_value, tf_key


@dataclass(frozen=True)
class Part:
    """One piece of evidence in the waterfall.

    bits: what it adds to the sum (positive for, negative against); raw_bits: before it was counted less for being
    correlated with stronger evidence of its group. one_in: the agreed value stands on one in so many owners or
    records by chance, None where the average of the level was used. hub: the value is shared by many owners and
    counts nothing.
    """

    evidence: str
    title_zh: str
    title_en: str
    level: str
    level_zh: str
    level_en: str
    value_a: str
    value_b: str
    bits: float
    group: str
    one_in: int | None
    records: int | None
    hub: bool


@dataclass(frozen=True)
class Explanation:
    """Why, or why not. ``prior_bits`` and the bits of ``parts`` add up to ``bits``."""

    record_a: str
    source_a: str
    record_b: str
    source_b: str
    entity_a: str
    entity_b: str
    same: bool
    linked: bool
    bits: float
    probability: float
    threshold_bits: float
    prior_bits: float
    parts: tuple[Part, ...]
    missing: tuple[tuple[str, str, str], ...]
    """Evidence that one of the two does not have: (name, zh, en)."""
    path: Links | None
    """The links through the entity, where the two are one entity without a direct link."""

    @property
    def text_en(self) -> str:
        """The waterfall in English."""
        return text_en(self)

    @property
    def text_zh(self) -> str:
        """The waterfall in Chinese."""
        return text_zh(self)

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data, with the text in both languages."""
        return {**asdict(self), "text_zh": self.text_zh, "text_en": self.text_en}


def explain(folder: str | Path | Result, a: str, b: str) -> Explanation:
    """Explain two records of a result. A record is named by its id, or SOURCE:ID where several inputs hold the id.

    Raises ResultError where the folder is no result, a record is unknown, or both names mean one record.
    """
    result = folder if isinstance(folder, Result) else open_result(folder)
    left, right = result.find(a), result.find(b)
    if left == right:
        raise ResultError(f"{a} and {b} are the same record.", mend="Name two different records.")
    found = explain_pairs(result, [(left, right)])[0]
    if found.same and not found.linked:
        return replace(found, path=strongest_path(result, left, right))
    return found


def explain_pairs(result: Result, pairs: Sequence[tuple[int, int]]) -> list[Explanation]:
    """Explain many pairs of record positions at once, without paths."""
    if not pairs:
        return []
    positions = sorted({position for pair in pairs for position in pair})
    place = {position: index for index, position in enumerate(positions)}
    columns = load_columns(result, positions)
    left = np.array([place[a] for a, _ in pairs])
    right = np.array([place[b] for _, b in pairs])
    scores = score(columns, result.model, left, right)
    likely = np.round(probability(scores.bits), 6)
    return [
        _explanation(
            result,
            columns,
            scores,
            number,
            pair,
            (int(left[number]), int(right[number])),
            float(likely[number]),
        )
        for number, pair in enumerate(pairs)
    ]


def _explanation(
    result: Result, columns: list[Column], scores: Scores, number: int, pair: tuple[int, int],
    ends: tuple[int, int], likely: float,
) -> Explanation:  # fmt: skip
    a, b = pair
    bits = float(scores.bits[number])
    return Explanation(
        record_a=result.name(a), source_a=result.source(a), record_b=result.name(b), source_b=result.source(b),
        entity_a=result.entity(a), entity_b=result.entity(b), same=result.entity(a) == result.entity(b),
        linked=bits >= result.threshold_bits, bits=bits, probability=likely, threshold_bits=result.threshold_bits,
        prior_bits=result.model.prior_bits, parts=_parts(result, columns, scores, number, ends),
        missing=_missing(columns, ends), path=None,
    )  # fmt: skip


def _parts(
    result: Result, columns: list[Column], scores: Scores, number: int, ends: tuple[int, int]
) -> tuple[Part, ...]:
    parts = []
    for i, column in enumerate(columns):
        level = int(scores.levels[number, i])
        if level != ABSENT:
            parts.append(_part(result, column, level, float(scores.contributions[number, i]), ends))
        held = [set(column.codes[end].tolist()) for end in ends]
        for code in sorted((held[0] & held[1]) - {ABSENT}):
            if column.hub[code]:
                parts.append(_hub_part(column, code))
    return tuple(sorted(parts, key=lambda part: (-part.bits, part.evidence)))


def _part(result: Result, column: Column, stored: int, bits: float, ends: tuple[int, int]) -> Part:
    kind = column.use.type
    key = tf_key(kind, stored) if stored else None
    one, other = np.array([ends[0]]), np.array([ends[1]])
    shared = int(shared_value(column, one, other, stored)[0])
    partner = int(shared_value(column, other, one, stored)[0])
    level = kind.level(stored)
    return Part(
        evidence=column.name, title_zh=kind.zh, title_en=kind.en,
        level=level.name, level_zh=level.zh, level_en=level.en,
        value_a=column.shown[shared], value_b=column.shown[partner], bits=bits, group=column.use.group,
        one_in=round(1 / float(chance(column, key, result.model.records)[shared])) if key else None,
        records=int(column.frequency[key][shared]) if key else None, hub=False,
    )  # fmt: skip


def _hub_part(column: Column, code: int) -> Part:
    """A value that both hold and that many owners share: said, and counted as nothing."""
    kind = column.use.type
    return Part(
        column.name, kind.zh, kind.en, "hub", "多主体共用值", "shared by many owners", column.shown[code],
        column.shown[code], 0.0, column.use.group, None, int(column.counts[code]), hub=True,
    )  # fmt: skip


def _missing(columns: list[Column], ends: tuple[int, int]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (column.name, column.use.type.zh, column.use.type.en)
        for column in columns
        if any((column.codes[end] == ABSENT).all() for end in ends)
    )
