"""Reading subjects: everything through ``visible_to``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from joinder.office.catalogue.models import Pool
from joinder.office.people.actors import Actor
from joinder.office.subjects import policies
from joinder.office.subjects.models import STATE_OF, Entity, Judgement, Link, Run, State, Verdict


@dataclass(frozen=True)
class Shown:
    """A subject as one actor may see it, now or at a past moment. hidden: links withheld from this actor."""

    entity: Entity
    links: list[Link]
    hidden: int
    judgements: list[Judgement]
    at: datetime | None


def subjects(actor: Actor) -> QuerySet[Any]:
    """Subjects with the number of links in force (``accounts``) and of those not yet decided (``undecided``)."""
    mine = Link.objects.visible_to(actor).in_force()
    return (
        Entity.objects.visible_to(actor)
        .filter(retired_at__isnull=True)
        .annotate(
            accounts=Count("links", filter=Q(links__in=mine), distinct=True),
            undecided=Count("links", filter=Q(links__in=mine, links__state=State.SUSPECTED), distinct=True),
        )
    )


def subject(actor: Actor, entity: Entity, at: datetime | None = None) -> Shown:
    """One subject with its links and judgements, as of a moment where one is given."""
    visible = Link.objects.visible_to(actor).filter(entity=entity)
    standing = Prefetch("judgements", Judgement.objects.order_by("id"))
    links = list(visible.in_force(at).prefetch_related(standing))
    for link in links:
        if at is not None:
            link.state = state_at(link, at)
    everything = Link.objects.filter(entity=entity).in_force(at).count()
    judgements = Judgement.objects.visible_to(actor).filter(link__entity=entity).select_related("link")
    if at is not None:
        judgements = judgements.filter(at__lte=at)
    return Shown(entity, links, everything - len(links), list(judgements), at)


def state_at(link: Link, at: datetime) -> str:
    """What a link in force at a past moment was then, by the judgements of that time."""
    state: str = State.SUSPECTED
    for judgement in link.judgements.all():
        if judgement.at <= at and (judgement.retired_at is None or judgement.retired_at > at):
            state = STATE_OF[Verdict(judgement.verdict)]
    return state


def comparable_pools(actor: Actor) -> list[Pool]:
    """Pools of accounts that this actor's organisation may compare."""
    pools = Pool.objects.visible_to(actor).filter(kind="account").select_related("owner")
    return [pool for pool in pools if policies.may_compare(actor, pool)]


def last_run(actor: Actor) -> Run | None:
    """The latest resolution of the actor's organisation."""
    run: Run | None = Run.objects.visible_to(actor).first()
    return run
