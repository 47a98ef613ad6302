"""Subjects for machines: list, read, judge, undo, compare."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from joinder.office.ledger import services as ledger
from joinder.office.subjects import selectors, services
from joinder.office.subjects.models import Entity, Judgement, Link

router = Router(tags=["subjects"])
LARGEST_LIST = 200


class SubjectOut(Schema):
    """A subject in a list."""

    reference: str
    petname: str
    accounts: int
    undecided: int
    created_at: datetime


class LinkOut(Schema):
    """An account of a subject, and why."""

    id: int
    ref: str
    platform: str
    account_id: str
    name: str
    state: str
    bits: float | None
    probability: float | None
    prior_bits: float
    parts: list[dict[str, Any]]
    partner: str
    since: datetime
    until: datetime | None


class SubjectDetailOut(Schema):
    """One subject with the links that the caller may see; ``hidden`` counts the others."""

    reference: str
    petname: str
    as_of: datetime | None
    hidden: int
    links: list[LinkOut]


class JudgementIn(Schema):
    """A decision about a link."""

    verdict: str
    reason: str


class JudgementOut(Schema):
    """A decision as it was recorded."""

    id: int
    link: int
    verdict: str
    state: str
    at: datetime


class ResolveIn(Schema):
    """Which pools to compare; none means all that may be."""

    pools: list[str] = []
    idempotency_key: str = ""


class JobOut(Schema):
    """The job that was asked."""

    job: str
    state: str


@router.get("/subjects", response=list[SubjectOut])
def subjects(request: HttpRequest, q: str = "") -> list[SubjectOut]:
    """Subjects of the caller's organisation, the largest first, at most 200."""
    found = selectors.subjects(request.actor).order_by("-accounts", "pk")  # type: ignore[attr-defined]
    if q:
        found = found.filter(links__name__icontains=q).distinct()
    return [
        SubjectOut(
            reference=one.reference, petname=one.petname, accounts=one.accounts, undecided=one.undecided,
            created_at=one.created_at,
        )
        for one in found[:LARGEST_LIST]
    ]  # fmt: skip


@router.post("/subjects/resolve", response={202: JobOut})
def resolve(request: HttpRequest, asked: ResolveIn) -> Status[JobOut]:
    """Start a comparison of pools of accounts."""
    job = services.start_resolution(
        actor=request.actor,  # type: ignore[attr-defined]
        pools=asked.pools,
        idempotency_key=asked.idempotency_key,
    )
    return Status(202, JobOut(job=str(job.public_id), state=job.state))


@router.get("/subjects/{reference}", response=SubjectDetailOut)
def subject(request: HttpRequest, reference: str, at: datetime | None = None) -> SubjectDetailOut:
    """One subject, now or at a past moment. The reading is in the ledger."""
    actor = request.actor  # type: ignore[attr-defined]
    entity = get_object_or_404(Entity.objects.visible_to(actor), reference=reference)
    shown = selectors.subject(actor, entity, at)
    ledger.record_read(actor=actor, target=f"subjects/{entity.reference}", detail={"door": "api"})
    return SubjectDetailOut(
        reference=entity.reference, petname=entity.petname, as_of=at, hidden=shown.hidden,
        links=[_link(link) for link in shown.links],
    )  # fmt: skip


def _link(link: Link) -> LinkOut:
    return LinkOut(
        id=link.pk, ref=link.ref, platform=link.platform, account_id=link.account_id, name=link.name, state=link.state,
        bits=link.bits, probability=link.probability, prior_bits=link.prior_bits, parts=link.parts,
        partner=link.partner, since=link.since, until=link.until,
    )  # fmt: skip


@router.post("/subjects/{reference}/links/{link_id}/judge", response=JudgementOut)
def judge(request: HttpRequest, reference: str, link_id: int, decision: JudgementIn) -> JudgementOut:
    """Decide about a link: same, different or unsure, with a reason."""
    actor = request.actor  # type: ignore[attr-defined]
    link = get_object_or_404(Link.objects.visible_to(actor), entity__reference=reference, pk=link_id)
    made = services.judge(actor=actor, link=link, verdict=decision.verdict, reason=decision.reason)
    return _judgement(made)


@router.post("/subjects/{reference}/judgements/{judgement_id}/undo", response=JudgementOut)
def undo(request: HttpRequest, reference: str, judgement_id: int) -> JudgementOut:
    """Take a decision back."""
    actor = request.actor  # type: ignore[attr-defined]
    mine = Judgement.objects.visible_to(actor)
    judgement = get_object_or_404(mine, link__entity__reference=reference, pk=judgement_id)
    return _judgement(services.undo(actor=actor, judgement=judgement))


def _judgement(made: Judgement) -> JudgementOut:
    made.link.refresh_from_db()
    return JudgementOut(
        id=made.pk, link=made.link_id, verdict=made.verdict, state=made.link.state, at=made.at
    )
