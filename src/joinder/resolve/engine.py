"""The run from records to entities, stage by stage; writes nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from joinder.resolve.arrays import Bools, Floats, Ints
from joinder.resolve.blocking import Blocks, block
from joinder.resolve.clustering import Clusters, Constraints, Edges, cluster
from joinder.resolve.columns import Column, build_columns
from joinder.resolve.evidence import Conflict, Exclusivity
from joinder.resolve.hubs import HubValue, find_hubs
from joinder.resolve.inputs import Records
from joinder.resolve.judgements import Judged
from joinder.resolve.spec import Spec
from joinder.resolve.training import Training, train
from joinder.resolve.weights import Model, Scores, odds_bits, score
from joinder.vocabulary.progress import NO_PROGRESS, Progress

CHUNK = 400_000
KEEP_BITS = -7.0
"""Pairs below this (under 1 in 128) are forgotten, except inside an entity; nobody asks about them."""
VOICE_BITS = 1.0
"""A group of evidence speaks for a pair when it gives at least this much."""
DECISIVE_BITS = 8.0
"""An exclusive identifier joins alone when it gives at least this much."""


@dataclass
class Clock:
    """Seconds per stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str, progress: Progress) -> Iterator[None]:
        """Time a stage and show it."""
        began = time.perf_counter()
        with progress.stage(name):
            yield
        self.seconds[name] = round(time.perf_counter() - began, 3)


@dataclass(frozen=True)
class Resolution:
    """Everything a run found, by record position."""

    columns: list[Column]
    hubs: list[HubValue]
    blocks: Blocks
    training: Training
    edges: Edges
    scores: Scores
    clusters: Clusters
    threshold_bits: float
    clock: Clock


def resolve(
    spec: Spec, records: Records, judged: Judged | None = None, progress: Progress = NO_PROGRESS
) -> Resolution:
    """Resolve records. Deterministic: the same records in the same order give the same result."""
    judged = judged or Judged()
    clock = Clock()
    with clock.stage("normalise", progress):
        columns = build_columns(spec, records)
        hubs = find_hubs(columns)
    with clock.stage("block", progress):
        blocks = block(columns, len(records))
    with clock.stage("train", progress):
        training = train(columns, blocks, len(records))
    with clock.stage("score", progress):
        edges, scores = score_pairs(columns, training.model, blocks.left, blocks.right)
    threshold = odds_bits(spec.threshold)
    with clock.stage("cluster", progress):
        once = {c.name: c.codes[:, 0] for c in columns if c.use.type.conflict is Conflict.FORBID}
        constraints = Constraints(once, judged.same, judged.different)
        clusters = cluster(len(records), edges, threshold, constraints)
    return Resolution(columns, hubs, blocks, training, edges, scores, clusters, threshold, clock)


def score_pairs(columns: Sequence[Column], model: Model, left: Ints, right: Ints) -> tuple[Edges, Scores]:
    """Score candidate pairs in chunks and keep those of at least ``KEEP_BITS``."""
    kept: list[tuple[Ints, Ints, Scores]] = []
    for start in range(0, len(left), CHUNK):
        a, b = left[start : start + CHUNK], right[start : start + CHUNK]
        scores = score(columns, model, a, b)
        keep = np.flatnonzero(scores.bits >= KEEP_BITS)
        kept.append(
            (a[keep], b[keep], Scores(scores.levels[keep], scores.contributions[keep], scores.bits[keep]))
        )
    if not kept:
        width = len(columns)
        empty = np.empty(0, dtype=np.int64)
        kept = [(empty, empty, Scores(np.empty((0, width), np.int8), np.empty((0, width)), np.empty(0)))]
    a = np.concatenate([one[0] for one in kept])
    b = np.concatenate([one[1] for one in kept])
    scores = Scores(
        np.concatenate([one[2].levels for one in kept]),
        np.concatenate([one[2].contributions for one in kept]),
        np.concatenate([one[2].bits for one in kept]),
    )
    voices = count_voices(columns, scores.contributions)
    alone = decisive(columns, scores)
    return Edges(a, b, scores.bits, (voices >= 2) | alone, voices, alone), scores


def count_voices(columns: Sequence[Column], contributions: Floats) -> Ints:
    """Per pair: the number of groups of evidence that speak for it. What many share (a city) has no voice."""
    groups = ["" if one.use.type.exclusivity is Exclusivity.MANY else one.use.group for one in columns]
    voices = np.zeros(len(contributions), dtype=np.int64)
    for group in dict.fromkeys(filter(None, groups)):
        members = [i for i, one in enumerate(groups) if one == group]
        voices += contributions[:, members].max(axis=1) >= VOICE_BITS
    return voices


def decisive(columns: Sequence[Column], scores: Scores) -> Bools:
    """Per pair: does an exclusive identifier agree with enough weight to join alone?"""
    alone = np.zeros(len(scores.bits), dtype=bool)
    for position, column in enumerate(columns):
        if column.use.type.exclusivity is Exclusivity.ONE:
            full = scores.levels[:, position] == column.use.type.best
            alone |= full & (scores.contributions[:, position] >= DECISIVE_BITS)
    return alone
