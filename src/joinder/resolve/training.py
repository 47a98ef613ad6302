"""Training without labels: one pass to agreement patterns, u counted, m by EM with priors.

Two things keep it honest and fast. (1) EM runs on *patterns* (a few hundred rows), not on pairs. (2) It is set over
all pairs, not over the compared ones: the pairs that blocking left out share nothing and are non-matches, so u is
known (counted from the values; sampled for near agreement) and the blocked keys bias nothing. What EM believes to be
matches is taken out of u each round. Everything is deterministic: the one sample has a fixed seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from joinder.resolve.arrays import ABSENT, Floats, Levels
from joinder.resolve.blocking import Blocks
from joinder.resolve.columns import Column
from joinder.resolve.evidence import TermFrequency
from joinder.resolve.levels import compare
from joinder.resolve.weights import Model, Weights, grouped, one_owner_chance, probability

SAMPLE_PAIRS = 200_000
TRAINING_PAIRS = 2_000_000
ITERATIONS = 40
PRIOR_STRENGTH = 30.0
"""The start values of the evidence table count as much as this many matched pairs, plus ``PRIOR_SHARE`` of them."""
PRIOR_SHARE = 0.02
FEWEST_MATCHES, MOST_MATCHES = 0.02, 20.0
"""Bounds on the matched pairs per record that EM may believe in."""
_TINY = 1e-9
_SEED = 20_260_101


@dataclass(frozen=True)
class Patterns:
    """Distinct combinations of levels (patterns × columns) and how many pairs show each."""

    levels: Levels
    counts: Floats


def patterns_of(levels: Levels, weight: float = 1.0) -> Patterns:
    """Group pairs by their levels."""
    if not len(levels):
        return Patterns(levels, np.empty(0))
    packed = np.ascontiguousarray(levels).view(np.dtype((np.void, levels.shape[1]))).ravel()
    _, first, counts = np.unique(packed, return_index=True, return_counts=True)
    return Patterns(levels[first], np.asarray(counts * weight, dtype=np.float64))


@dataclass(frozen=True)
class Training:
    """The model and how it was found."""

    model: Model
    patterns: int
    iterations: int
    expected_matches: float
    converged: bool


def train(columns: Sequence[Column], blocks: Blocks, records: int) -> Training:
    """Fit the model on the candidate pairs (evenly thinned above ``TRAINING_PAIRS``)."""
    step = max(1, -(-len(blocks.left) // TRAINING_PAIRS))
    left, right = blocks.left[::step], blocks.right[::step]
    levels = np.empty((len(left), len(columns)), dtype=np.int8)
    for position, column in enumerate(columns):
        levels[:, position] = compare(column, left, right)
    found = patterns_of(levels, float(step))
    everywhere = [_chance_levels(column, records, found, i) for i, column in enumerate(columns)]
    return _expectation_maximisation(columns, found, everywhere, records)


def _chance_levels(column: Column, records: int, found: Patterns, position: int) -> tuple[Floats, float]:
    """For one column: the share of each level among all pairs with both values, and the number of such pairs."""
    kind = column.use.type
    filled = int(column.filled.sum())
    pairs = max(filled * (filled - 1) / 2, 1.0)
    share = np.zeros(kind.best + 1)
    if kind.comparator != "exact" and filled > 1:
        rows = np.flatnonzero(column.filled)
        rng = np.random.default_rng(_SEED)
        size = int(min(SAMPLE_PAIRS, pairs))
        a, b = rows[rng.integers(0, filled, size)], rows[rng.integers(0, filled, size)]
        keep = a != b
        sampled = compare(column, a[keep], b[keep])
        share = np.bincount(sampled[sampled >= 0], minlength=kind.best + 1) / max(keep.sum(), 1)
    counts = np.where(column.hub, 0, column.counts)
    share[kind.best] = float((counts * (counts - 1) / 2).sum()) / pairs
    for level in range(1, kind.best + 1):
        seen = float(found.counts[found.levels[:, position] == level].sum()) if len(found.counts) else 0.0
        share[level] = max(share[level], seen / pairs)
    share[0] = max(1.0 - share[1:].sum(), 0.01)
    return share, pairs


def _expectation_maximisation(
    columns: Sequence[Column], found: Patterns, everywhere: Sequence[tuple[Floats, float]], records: int
) -> Training:
    pairs = max(records * (records - 1) / 2, 1.0)
    start = [np.array([level.m for level in reversed(column.use.type.levels)]) for column in columns]
    groups = [column.use.group for column in columns]
    m = [values.copy() for values in start]
    u = [_others(share, size, np.zeros_like(share), column, records) for (share, size), column in
         zip(everywhere, columns, strict=True)]  # fmt: skip
    matches = 0.3 * records
    converged, rounds = False, 0
    while rounds < ITERATIONS and not converged:
        rounds += 1
        belief = _belief(columns, m, u, found, groups, matches / pairs) * found.counts
        before = matches
        matches = float(np.clip(belief.sum(), FEWEST_MATCHES * records, MOST_MATCHES * records))
        for i, column in enumerate(columns):
            seen = _per_level(found.levels[:, i], belief, len(m[i]))
            strength = PRIOR_STRENGTH + PRIOR_SHARE * matches
            m[i] = (seen + strength * start[i]) / (seen.sum() + strength)
            u[i] = _others(*everywhere[i], seen, column, records)
        converged = abs(matches - before) < 1e-4 * before
    weights = {
        column.name: Weights(column.name, tuple(np.round(m[i], 8)), tuple(np.round(u[i], 12)))
        for i, column in enumerate(columns)
    }
    prior = round(float(np.log2(matches / max(pairs - matches, 1.0))), 6)
    return Training(Model(prior, weights, records), len(found.counts), rounds, matches, converged)


def _others(share: Floats, pairs: float, matched: Floats, column: Column, records: int) -> Floats:
    """u: the levels among pairs that are not matches, never below a twentieth of what was counted."""
    rest = np.maximum(share * pairs - matched, 0.05 * share * pairs) / max(pairs - matched.sum(), 1.0)
    floor = np.full_like(rest, _TINY)
    if column.use.type.tf is TermFrequency.OWNERS:
        rest[-1] = max(float(rest[-1]), one_owner_chance(column.use.type, records))
    rest = np.maximum(rest, floor)
    # A looser agreement is at least as likely by chance as a closer one, however few were seen.
    rest[1:] = np.maximum.accumulate(rest[:0:-1])[::-1]
    return np.asarray(rest / rest.sum())


def _per_level(levels: Levels, weight: Floats, size: int) -> Floats:
    known = levels != ABSENT
    return np.bincount(levels[known], weights=weight[known], minlength=size).astype(np.float64)


def _belief(
    columns: Sequence[Column], m: Sequence[Floats], u: Sequence[Floats], found: Patterns, groups: Sequence[str],
    share: float,
) -> Floats:  # fmt: skip
    """Posterior of each pattern, by the same clamps and groups that scoring uses."""
    bits = np.zeros(found.levels.shape)
    for i, column in enumerate(columns):
        table = Weights(column.name, tuple(m[i]), tuple(u[i])).bits(column.use.type)
        levels = found.levels[:, i]
        bits[:, i] = np.where(levels == ABSENT, 0.0, table[np.maximum(levels, 0)])
    return probability(np.log2(share / (1 - share)) + grouped(bits, groups).sum(axis=1))
