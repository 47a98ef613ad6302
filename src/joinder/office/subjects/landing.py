"""A resolution lands: subjects keep their references, links are opened, renewed and closed.

A new group takes the reference of the subject that most of its accounts stood in (the older one on a tie); a subject
that splits keeps its reference with the larger part; one that loses all its accounts is retired and points to where
they went. Nothing is deleted: a link that no longer holds ends at the moment of the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from joinder.office.subjects.accounts import Account
from joinder.office.subjects.models import Entity, Link, Run, State
from joinder.resolve import Explanation, Portrait
from joinder.resolve.lookup import Result

BATCH = 1_000


def land(
    run: Run, result: Result, found: Sequence[Portrait], accounts: Mapping[str, Account]
) -> dict[str, int]:
    """Write what a run found; call inside a transaction. Returns counts for the job's result."""
    now = timezone.now()
    standing = {link.record: link for link in Link.objects.filter(owner_id=run.owner_id, until__isnull=True)}
    entities = _entities(run, result, found, standing)
    opened: list[Link] = []
    renewed: list[Link] = []
    closed: list[Link] = []
    for portrait, entity in zip(found, entities, strict=True):
        for position, explanation in zip(portrait.members, portrait.links, strict=True):
            record = result.name(position)
            link = standing.pop(record, None)
            if link is not None and link.entity_id == entity.pk:
                renewed.append(_filled(link, run, accounts[record], explanation))
                continue
            state: str = State.SUSPECTED
            if link is not None:
                state = link.state
                closed.append(_ended(link, now))
            fresh = Link(owner_id=run.owner_id, entity=entity, record=record, state=state, since=now)
            opened.append(_filled(fresh, run, accounts[record], explanation))
    # An account that was not compared this time keeps its link; one that was and stands alone now does not.
    closed += [_ended(link, now) for link in standing.values() if link.record in accounts]
    Link.objects.bulk_update(closed, ["state", "until"], batch_size=BATCH)
    Link.objects.bulk_create(opened, batch_size=BATCH)
    Link.objects.bulk_update(renewed, _RENEWED, batch_size=BATCH)
    moved = {link.record: link.entity_id for link in opened}
    retired = _retire_empty(run, closed, moved, now)
    return {
        "subjects": len(found), "opened": len(opened), "renewed": len(renewed), "closed": len(closed),
        "retired": retired,
    }  # fmt: skip


_RENEWED = ["run", "ref", "pool", "platform", "account_id", "name", "region", "shown", "bits", "probability",
            "prior_bits", "parts", "partner"]  # fmt: skip


def _entities(
    run: Run, result: Result, found: Sequence[Portrait], standing: Mapping[str, Link]
) -> list[Entity]:
    """The subject of each group: the one most of its accounts stood in, each given once; else a new one."""
    claims: list[tuple[int, int, int]] = []
    for number, portrait in enumerate(found):
        names = [result.name(position) for position in portrait.members]
        votes = Counter(standing[name].entity_id for name in names if name in standing)
        claims += [(-count, entity_id, number) for entity_id, count in votes.items()]
    given: dict[int, int] = {}
    for _count, entity_id, number in sorted(claims):
        if number not in given and entity_id not in given.values():
            given[number] = entity_id
    known = Entity.objects.in_bulk(list(given.values()))
    minted = iter(_minted(run, len(found) - len(given)))
    entities = [known[given[number]] if number in given else next(minted) for number in range(len(found))]
    for entity, portrait in zip(entities, found, strict=True):
        entity.shared, entity.run = _shared(result, portrait), run
        entity.retired_at = None
    Entity.objects.bulk_update(entities, ["shared", "run", "retired_at"], batch_size=BATCH)
    return entities


def _minted(run: Run, count: int) -> list[Entity]:
    """New subjects. The reference is a serial number of the node: it says nothing of the members."""
    last = Entity.objects.order_by("-id").values_list("id", flat=True).first() or 0
    fresh = [
        Entity(owner_id=run.owner_id, reference=f"E-{last + number}", run=run)
        for number in range(1, count + 1)
    ]
    return Entity.objects.bulk_create(fresh, batch_size=BATCH)


def _shared(result: Result, portrait: Portrait) -> list[dict[str, Any]]:
    return [
        {
            "evidence": value.evidence, "zh": value.title_zh, "en": value.title_en, "shown": value.shown,
            "records": value.records, "hub": value.hub, "members": [result.name(one) for one in value.members],
        }
        for value in portrait.shared
    ]  # fmt: skip


def _filled(link: Link, run: Run, account: Account, explanation: Explanation | None) -> Link:
    link.run, link.ref, link.pool = run, account.ref, account.pool
    link.platform, link.account_id, link.name = account.platform, account.account_id, account.name
    link.region, link.shown = account.region, account.shown
    link.bits, link.probability, link.prior_bits, link.parts, link.partner = None, None, 0.0, [], ""
    if explanation is not None:
        link.bits, link.probability = explanation.bits, explanation.probability
        link.prior_bits, link.partner = explanation.prior_bits, explanation.record_b
        link.parts = [_part(part) for part in explanation.parts]
    return link


def _part(part: Any) -> dict[str, Any]:
    return {
        "evidence": part.evidence, "zh": part.title_zh, "en": part.title_en, "level": part.level,
        "level_zh": part.level_zh, "level_en": part.level_en, "a": part.value_a, "b": part.value_b, "bits": part.bits,
        "one_in": part.one_in, "records": part.records, "hub": part.hub,
    }  # fmt: skip


def _ended(link: Link, now: datetime) -> Link:
    link.state, link.until = State.SUPERSEDED, now
    return link


def _retire_empty(run: Run, closed: Sequence[Link], moved: Mapping[str, int], now: datetime) -> int:
    """Retire subjects without a link; they point to where most of their accounts went, where any did."""
    empty = Entity.objects.filter(owner_id=run.owner_id, retired_at__isnull=True).exclude(
        pk__in=Link.objects.filter(owner_id=run.owner_id, until__isnull=True).values("entity_id")
    )
    retired = list(empty)
    went: dict[int, Counter[int]] = {}
    for link in closed:
        if link.record in moved:
            went.setdefault(link.entity_id, Counter())[moved[link.record]] += 1
    for entity in retired:
        entity.retired_at = now
        if entity.pk in went:
            entity.merged_into_id = went[entity.pk].most_common(1)[0][0]
    Entity.objects.bulk_update(retired, ["retired_at", "merged_into"], batch_size=BATCH)
    return len(retired)
