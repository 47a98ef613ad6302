"""Hubs: values that many unrelated owners share.

A logistics firm's telephone stands on hundreds of shops. Joining on it makes one blob of them (in the project's survey:
23,540 of 93,916 records). A value is a hub when at least ``HUB_RECORDS`` records hold it and, by every owner
attribute that speaks (person, company, licence, payee), more than half of those records have owners of their own. A
hub never joins; it becomes a node of its own, and a lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from joinder.resolve.arrays import ABSENT, Floats, Ints, distinct, pack
from joinder.resolve.columns import Column
from joinder.resolve.evidence import Hub, TermFrequency

HUB_RECORDS = 8
"""Fewer records than this are no hub, however different their names: an operator uses several straw men."""
HUB_DISTINCT = 0.5
OWNER_COVERAGE = 0.3
"""An owner attribute speaks about a value when at least this share of its records has one."""


@dataclass(frozen=True)
class HubValue:
    """One value demoted to a service-provider node."""

    evidence: str
    value: str
    records: int
    owners: int


def find_hubs(columns: Sequence[Column]) -> list[HubValue]:
    """Mark hubs and count owners in every column whose policy asks for it; returns the hubs, largest first."""
    found: list[HubValue] = []
    for column in columns:
        if column.use.type.tf is TermFrequency.OWNERS or column.use.type.hub is Hub.DETECT:
            share = distinct_owners(column, [one for one in columns if one is not column])
            _mark(column, share)
            found += [
                HubValue(column.name, column.shown[code], int(column.counts[code]), int(column.owners[code]))
                for code in np.flatnonzero(column.hub).tolist()
            ]
    return sorted(found, key=lambda hub: (-hub.records, hub.evidence, hub.value))


def distinct_owners(column: Column, others: Sequence[Column]) -> Floats:
    """Per value: the share of its records that have an owner of their own, by the owner attribute that finds fewest.

    0 where no owner attribute speaks. The attribute that finds fewest decides, for an operator hides behind many
    names but wants the money in one place.
    """
    rows, codes = column.incidence()
    shares = np.full(len(column.values), np.inf)
    for other in others:
        if other.use.type.owner:
            shares = np.minimum(shares, _distinct_share(column, other, rows, codes))
    return np.where(np.isinf(shares), 0.0, shares)


def _distinct_share(column: Column, other: Column, rows: Ints, codes: Ints) -> Floats:
    size = len(column.values)
    owner = other.codes[rows, 0]
    known = owner != ABSENT
    pairs = distinct(pack(codes[known], owner[known], len(other.values)))
    owners = np.bincount(pairs // max(len(other.values), 1), minlength=size)
    speaking = np.bincount(codes[known], minlength=size)
    share = (owners - 1) / np.maximum(speaking - 1, 1)
    return np.where(speaking >= np.maximum(2, OWNER_COVERAGE * column.counts), share, np.inf)


def _mark(column: Column, share: Floats) -> None:
    many = (column.counts >= HUB_RECORDS) & (share > HUB_DISTINCT)
    column.hub = many if column.use.type.hub is Hub.DETECT else np.zeros_like(many)
    # Below the hub size an exclusive value is taken to have one owner with several records.
    column.owners = np.where(many, np.maximum(1.0, share * column.counts), 1.0)
