"""Why two records are, or are not, one entity.

An explanation is a waterfall: the prior, then the bits of each piece of evidence for and against, and the sum. The
parts shown add up exactly to the sum shown. Where two records are one entity without a direct link, the path of
strongest links through the entity is given, with its weakest link.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
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

_ONE, _OTHER = np.array([0]), np.array([1])


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
    columns = load_columns(result, [left, right])
    scores = score(columns, result.model, _ONE, _OTHER)
    bits = float(scores.bits[0])
    same = result.entity(left) == result.entity(right)
    linked = bits >= result.threshold_bits
    return Explanation(
        record_a=result.name(left), source_a=result.source(left), record_b=result.name(right),
        source_b=result.source(right), entity_a=result.entity(left), entity_b=result.entity(right),
        same=same, linked=linked, bits=bits, probability=round(float(probability(scores.bits)[0]), 6),
        threshold_bits=result.threshold_bits, prior_bits=result.model.prior_bits,
        parts=_parts(result, columns, scores), missing=_missing(columns),
        path=strongest_path(result, left, right) if same and not linked else None,
    )  # fmt: skip


def _parts(result: Result, columns: list[Column], scores: Scores) -> tuple[Part, ...]:
    parts = []
    for i, column in enumerate(columns):
        if scores.levels[0, i] != ABSENT:
            parts.append(_part(result, column, int(scores.levels[0, i]), float(scores.contributions[0, i])))
        for code in sorted(set(column.codes[0].tolist()) & set(column.codes[1].tolist()) - {ABSENT}):
            if column.hub[code]:
                parts.append(_hub_part(column, code))
    return tuple(sorted(parts, key=lambda part: (-part.bits, part.evidence)))


def _part(result: Result, column: Column, stored: int, bits: float) -> Part:
    kind = column.use.type
    key = tf_key(kind, stored) if stored else None
    shared = int(shared_value(column, _ONE, _OTHER, stored)[0])
    other = int(shared_value(column, _OTHER, _ONE, stored)[0])
    level = kind.level(stored)
    return Part(
        evidence=column.name, title_zh=kind.zh, title_en=kind.en,
        level=level.name, level_zh=level.zh, level_en=level.en,
        value_a=column.shown[shared], value_b=column.shown[other], bits=bits, group=column.use.group,
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


def _missing(columns: list[Column]) -> tuple[tuple[str, str, str], ...]:
    return tuple((c.name, c.use.type.zh, c.use.type.en) for c in columns if not c.filled.all())
