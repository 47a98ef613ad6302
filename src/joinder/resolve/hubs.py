"""Hubs: values that many unrelated owners share.

A logistics firm's telephone stands on hundreds of shops. Joining on it makes one blob of them (in the project's survey:
23,540 of 93,916 records). A value is a hub when at least ``HUB_RECORDS`` records hold it and, by every owner
attribute that speaks (person, company, licence, payee, e-mail, messenger), more than half of those records have owners
of their own; or, from ``SMALL_HUB_RECORDS`` on, when nearly all of what several attributes say is different. A hub
never joins; it becomes a node of its own, and a lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from joinder.resolve.arrays import ABSENT, Bools, Floats, Ints, distinct, pack
from joinder.resolve.columns import Column
from joinder.resolve.evidence import Hub, TermFrequency

HUB_RECORDS = 8
"""Fewer records than this are no hub, however different their names: an operator uses several straw men."""
HUB_DISTINCT = 0.5
SMALL_HUB_RECORDS = 4
SMALL_HUB_DISTINCT = 0.85
SMALL_HUB_SAYS = 4
"""A small hub needs this many comparisons of owners in all, nearly all different: one straw man is not a provider."""
OWNER_COVERAGE = 0.3
"""An owner attribute speaks about a value when at least this share of its records has one."""


@dataclass(frozen=True)
class HubValue:
    """One value demoted to a service-provider node."""

    evidence: str
    value: str
    records: int
    owners: int


@dataclass(frozen=True)
class Owners:
    """What the owner attributes say about each value of a column.

    least: the share of its records with an owner of their own, by the attribute that finds fewest (0 where none
    speaks). pooled: the same over all attributes together. says: the comparisons that pooled rests on.
    """

    least: Floats
    pooled: Floats
    says: Floats


def find_hubs(columns: Sequence[Column]) -> list[HubValue]:
    """Mark hubs and count owners in every column whose policy asks for it; returns the hubs, largest first."""
    found: list[HubValue] = []
    for column in columns:
        if column.use.type.tf is TermFrequency.OWNERS or column.use.type.hub is Hub.DETECT:
            _mark(column, owners_of(column, [one for one in columns if one is not column]))
            found += [
                HubValue(column.name, column.shown[code], int(column.counts[code]), int(column.owners[code]))
                for code in np.flatnonzero(column.hub).tolist()
            ]
    return sorted(found, key=lambda hub: (-hub.records, hub.evidence, hub.value))


def owners_of(column: Column, others: Sequence[Column]) -> Owners:
    """What the other columns say about the owners of each value.

    The attribute that finds fewest decides, for an operator hides behind many names but wants the money in one place.
    """
    rows, codes = column.incidence()
    least = np.full(len(column.values), np.inf)
    different, says = np.zeros(len(column.values)), np.zeros(len(column.values))
    for other in others:
        if other.use.type.owner:
            apart, compared, speaks = _apart(column, other, rows, codes)
            least = np.where(speaks, np.minimum(least, apart / np.maximum(compared, 1)), least)
            different, says = different + np.where(speaks, apart, 0), says + np.where(speaks, compared, 0)
    return Owners(np.where(np.isinf(least), 0.0, least), different / np.maximum(says, 1), says)


def _apart(column: Column, other: Column, rows: Ints, codes: Ints) -> tuple[Floats, Floats, Bools]:
    """Per value: owners beyond the first, records beyond the first that name one, and whether enough do."""
    size = len(column.values)
    owner = other.codes[rows, 0]
    known = owner != ABSENT
    pairs = distinct(pack(codes[known], owner[known], len(other.values)))
    owners = np.bincount(pairs // max(len(other.values), 1), minlength=size)
    speaking = np.bincount(codes[known], minlength=size)
    speaks = np.asarray(speaking >= np.maximum(2, OWNER_COVERAGE * column.counts))
    return (
        np.maximum(owners - 1, 0).astype(np.float64),
        np.maximum(speaking - 1, 0).astype(np.float64),
        speaks,
    )


def _mark(column: Column, owners: Owners) -> None:
    large = (column.counts >= HUB_RECORDS) & (owners.least > HUB_DISTINCT)
    small = (
        (column.counts >= SMALL_HUB_RECORDS)
        & (owners.least > HUB_DISTINCT)
        & (owners.pooled >= SMALL_HUB_DISTINCT)
        & (owners.says >= SMALL_HUB_SAYS)
    )
    many = large | small
    column.hub = many if column.use.type.hub is Hub.DETECT else np.zeros_like(many)
    # A value that is no hub is taken to have one owner with several records.
    column.owners = np.where(many, np.maximum(1.0, owners.least * column.counts), 1.0)
