"""Fellegi–Sunter weights: what one agreement is worth, in bits, and how correlated agreements add up.

    bits = log2(m / u)

m: how often records of one entity agree so far; u: how often two records of different entities do, by chance. u of an
agreed value is its own frequency (term frequency), so that agreeing on a rare name says more than on a common one.
Within a group of correlated evidence the strongest counts in full and the others ``REST`` of their bits.
Source: Fellegi & Sunter (1969), A Theory for Record Linkage; Winkler (2000) for the frequency-based weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from joinder.resolve.arrays import ABSENT, Floats, Ints, Levels
from joinder.resolve.columns import Column
from joinder.resolve.evidence import EvidenceType, TermFrequency
from joinder.resolve.levels import compare, compare_values

REST = 0.3
"""Share of the bits of the weaker evidence of a group."""
STRANGERS = 1 / 16
"""Of the identifiers that several records hold, at most this share is taken to join strangers (numbers handed on, forms
filled in with another's number). Chance agreement is then this share per record, whatever the size of the data."""
MOST_BITS = 24.0
"""No single agreement counts more: above it the chance of a clerical error is what remains."""
DIGITS = 6
"""Bits are rounded to a millionth, so that sums are the same on every machine."""

# At which levels the frequency of which form of the value replaces the average u.
_TF_KEYS: dict[str, dict[int, str]] = {
    "business": {4: "value", 3: "core", 2: "sound"},
    "address": {4: "room", 3: "building"},
    "person": {3: "value", 2: "sound"},
}


@dataclass(frozen=True)
class Weights:
    """Trained weights of one column of evidence. ``m`` and ``u`` run by stored level, 0 = disagreement."""

    use: str
    m: tuple[float, ...]
    u: tuple[float, ...]

    def bits(self, kind: EvidenceType) -> Floats:
        """Bits per stored level: clamped, and never less for a better level than for a worse one."""
        raw = np.log2(np.array(self.m) / np.array(self.u))
        raw = np.clip(raw, -kind.against, [min(kind.level(i).most, MOST_BITS) for i in range(len(self.m))])
        return np.asarray(np.round(np.maximum.accumulate(raw), DIGITS), dtype=np.float64)


@dataclass(frozen=True)
class Model:
    """What training found: the prior (log2 odds that any two records are one entity) and the weights per column."""

    prior_bits: float
    weights: dict[str, Weights]
    records: int


def tf_key(kind: EvidenceType, level: int) -> str | None:
    """The form of the value whose frequency replaces u at this level, or None where the average is used."""
    if kind.tf is TermFrequency.NONE:
        return None
    return _TF_KEYS.get(kind.comparator, {kind.best: "value"}).get(level)


def tf_keys(kind: EvidenceType) -> tuple[str, ...]:
    """Every form of the value whose frequency is used at some level."""
    keys = (tf_key(kind, level) for level in range(1, kind.best + 1))
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def frequencies(column: Column, key: str) -> Floats:
    """Per value of the column: how many records hold the same form of it."""
    if key not in column.frequency:
        column.frequency[key] = _counted(column, key)
    return column.frequency[key]


def _counted(column: Column, key: str) -> Floats:
    if key == "value":
        return column.counts.astype(np.float64)
    codes, forms = column.derived(key)
    known = codes != ABSENT
    per_form = np.bincount(codes[known], weights=column.counts[known], minlength=max(len(forms), 1))
    return np.where(known, per_form[np.where(known, codes, 0)], column.counts)


def column_bits(
    column: Column, weights: Weights, levels: Levels, left: Ints, right: Ints, records: int
) -> Floats:
    """Bits of one column for each pair, with term frequency; 0 where a side is empty."""
    kind = column.use.type
    table = weights.bits(kind)
    bits = np.where(levels == ABSENT, 0.0, table[np.maximum(levels, 0)])
    for level in range(1, kind.best + 1):
        at = np.flatnonzero(levels == level)
        if not len(at):
            continue
        key = tf_key(kind, level)
        if key is not None:
            shared = shared_value(column, left[at], right[at], level)
            u = chance(column, key, records)[shared]
            most = min(kind.level(level).most, MOST_BITS)
            bits[at] = np.clip(np.log2(weights.m[level] / u), -kind.against, most)
    return np.asarray(np.round(bits, DIGITS), dtype=np.float64)


def shared_value(column: Column, left: Ints, right: Ints, level: int) -> Ints:
    """The value code on the left that reached the level with some value on the right (the first where several do)."""
    codes = column.live
    found: Ints = codes[left, 0].astype(np.int64)
    if codes.shape[1] == 1:
        return found
    settled = np.zeros(len(left), dtype=bool)
    for one in range(codes.shape[1]):
        for other in range(codes.shape[1]):
            a, b = codes[left, one].astype(np.int64), codes[right, other].astype(np.int64)
            open_ = np.flatnonzero((a != ABSENT) & (b != ABSENT) & ~settled)
            reached = open_[compare_values(column, a[open_], b[open_]) == level]
            found[reached] = a[reached]
            settled[reached] = True
    return found


def one_owner_chance(kind: EvidenceType, records: int) -> float:
    """Chance agreement on an identifier that one owner seems to hold."""
    return float(min(STRANGERS / max(records, 1), 2.0**-kind.coincidence_bits))


def chance(column: Column, key: str, records: int) -> Floats:
    """Per value: the probability that another owner's record agrees on it by chance.

    Identifiers: ``one_owner_chance``, or owners / records where several owners seem to hold the value.
    Names: the share of the other records with the same form.
    """
    kind = column.use.type
    if kind.tf is TermFrequency.OWNERS and key in ("value", "room"):
        shared = column.owners / max(records, 1)
        return np.where(column.owners <= 1, one_owner_chance(kind, records), shared)
    return np.maximum(frequencies(column, key) - 1, 1) / max(column.whole, 2)


def grouped(bits: Floats, groups: Sequence[str]) -> Floats:
    """Contributions: bits (pairs × columns) with the weaker evidence of each group counted at ``REST``.

    Evidence for and evidence against are discounted apart, so that each keeps its strongest voice.
    """
    result = bits.copy()
    for group in dict.fromkeys(groups):
        members = [i for i, one in enumerate(groups) if one == group]
        if len(members) < 2:
            continue
        part = bits[:, members]
        rows = np.arange(len(part))
        factor = np.full(part.shape, REST)
        factor[rows, part.argmax(axis=1)] = np.where(part.max(axis=1) > 0, 1.0, REST)
        lowest = part.argmin(axis=1)
        factor[rows, lowest] = np.where(part.min(axis=1) < 0, 1.0, factor[rows, lowest])
        result[:, members] = part * factor
    return np.asarray(np.round(result, DIGITS), dtype=np.float64)


@dataclass(frozen=True)
class Scores:
    """Scores of pairs. contributions (pairs × columns) and the prior add up to ``bits``."""

    levels: Levels
    contributions: Floats
    bits: Floats


def score(columns: Sequence[Column], model: Model, left: Ints, right: Ints) -> Scores:
    """Score pairs of records by the one definition that batch, single record and explanation share."""
    levels = np.empty((len(left), len(columns)), dtype=np.int8)
    bits = np.empty((len(left), len(columns)))
    for position, column in enumerate(columns):
        levels[:, position] = compare(column, left, right)
        weights = model.weights[column.name]
        bits[:, position] = column_bits(column, weights, levels[:, position], left, right, model.records)
    contributions = grouped(bits, [column.use.group for column in columns])
    return Scores(levels, contributions, np.round(model.prior_bits + contributions.sum(axis=1), DIGITS))


def probability(bits: Floats) -> Floats:
    """The probability that log2 odds of ``bits`` stand for."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(bits, -60, 60))))


def odds_bits(p: float) -> float:
    """log2 odds of a probability."""
    return float(np.log2(p / (1 - p)))
