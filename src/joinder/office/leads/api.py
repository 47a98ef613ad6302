"""Leads for machines: the same services and the same gate as the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from joinder.office.catalogue.models import Pool
from joinder.office.leads import policies, selectors, services
from joinder.office.leads.models import Judgement, Lead
from joinder.office.people.actors import Actor

router = Router(tags=["leads"])


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


class LeadOut(Schema):
    """A lead without its reasons."""

    id: int
    reference: str
    listing: str
    right: str
    title: str
    mark: str
    platform: str
    account_id: str
    score: float
    status: str
    version: int
    decided_at: datetime | None
    matter: str


class LeadDetail(LeadOut):
    """A lead with the detector's explanation."""

    explanation: dict[str, Any]


class LeadsOut(Schema):
    """A page of leads; ``after`` is the place of the next page or null."""

    leads: list[LeadOut]
    after: str | None


class VerdictIn(Schema):
    """A verdict on a lead as it was seen."""

    verdict: str
    grounds: list[str] = []
    note: str = Field("", max_length=500)
    seen_version: int
    idempotency_key: str = Field(min_length=8, max_length=80)


class KeyIn(Schema):
    """A key under which the act is done once."""

    idempotency_key: str = Field(min_length=8, max_length=80)


class JudgementOut(Schema):
    """A verdict or a reversal as it was stored."""

    id: int
    lead: int
    verdict: str
    grounds: list[str]
    reverses: int | None
    version: int
    at: datetime


class ScreenIn(Schema):
    """Numbers of the pools to screen."""

    listings: int
    rights: int
    accounts: int | None = None
    idempotency_key: str = Field("", max_length=80)


class JobOut(Schema):
    """The job that screens."""

    job: str
    url: str


@router.get("/leads", response=LeadsOut)
def leads(request: HttpRequest, status: str = "", after: str = "") -> LeadsOut:
    """Leads of one's organisation by score, 50 a page."""
    policies.check_may_judge(_actor(request))
    queryset = Lead.objects.visible_to(_actor(request))
    if status:
        queryset = queryset.filter(status=status)
    rows, onward = selectors.page_of(queryset, selectors.Place.parse(after))
    return LeadsOut(
        leads=[LeadOut.from_orm(row) for row in rows], after=str(onward) if onward is not None else None
    )


@router.get("/leads/{lead_id}", response=LeadDetail)
def lead(request: HttpRequest, lead_id: int) -> Lead:
    """One lead with its reasons."""
    return _visible(request, lead_id)


@router.post("/leads/{lead_id}/judge", response=JudgementOut)
def judge(request: HttpRequest, lead_id: int, given: VerdictIn) -> JudgementOut:
    """Decide. 409 where somebody decided in the meantime; nothing is stored then."""
    return _told(services.judge(actor=_actor(request), lead=_visible(request, lead_id), **given.model_dump()))


@router.post("/leads/{lead_id}/undo", response=JudgementOut)
def undo(request: HttpRequest, lead_id: int, given: KeyIn) -> JudgementOut:
    """Take one's own last verdict back."""
    found = _visible(request, lead_id)
    return _told(services.undo(actor=_actor(request), lead=found, idempotency_key=given.idempotency_key))


@router.post("/leads/screen", response=JobOut)
def screen(request: HttpRequest, given: ScreenIn) -> JobOut:
    """Start a screening."""
    pools = Pool.objects.visible_to(_actor(request))
    job = services.start_screening(
        actor=_actor(request),
        listings=get_object_or_404(pools, pk=given.listings, kind="listing"),
        rights=get_object_or_404(pools, pk=given.rights, kind="right"),
        accounts=get_object_or_404(pools, pk=given.accounts, kind="account") if given.accounts else None,
        idempotency_key=given.idempotency_key,
    )
    return JobOut(job=job.reference, url=job.get_absolute_url())


def _visible(request: HttpRequest, lead_id: int) -> Lead:
    return get_object_or_404(Lead.objects.visible_to(_actor(request)), pk=lead_id)


def _told(one: Judgement) -> JudgementOut:
    return JudgementOut(
        id=one.pk,
        lead=one.lead_id,
        verdict=one.verdict,
        grounds=one.grounds,
        reverses=one.reverses_id,
        version=one.version,
        at=one.at,
    )
