"""Reading pools: what they hold, and what was wrong with their rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings

from joinder.office.catalogue.models import Pool
from joinder.office.people.actors import Actor
from joinder.pools import PoolMissing, PoolSummary, read_rejects, summarise, summarise_kind


def held(pool: Pool) -> PoolSummary | None:
    """What the lake holds for a pool; None where nothing was taken in yet."""
    try:
        return summarise_kind(settings.HOME, pool.name, pool.kind)
    except PoolMissing:
        return None


def rejects(pool: Pool, start: int = 0, size: int | None = None) -> Iterator[dict[str, Any]]:
    """Findings about the rows of a pool's files, from the ``start``-th on."""
    try:
        told = read_rejects(settings.HOME, pool.name, pool.kind)
        yield from islice(told, start, None if size is None else start + size)
    except PoolMissing:
        return


def unregistered(actor: Actor) -> list[PoolSummary]:
    """Pools that lie in the lake but have no owner yet, for those who may register any: administrators."""
    if not (actor.is_system or actor.is_administrator):
        return []
    known = set(Pool.objects.values_list("name", "kind"))
    return [one for one in summarise(settings.HOME) if (one.pool, one.kind) not in known]
