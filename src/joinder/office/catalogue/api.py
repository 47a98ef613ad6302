"""Pools for machines: which there are, and a question to one."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from joinder.office.catalogue import services
from joinder.office.catalogue.models import Pool

router = Router(tags=["catalogue"])
LARGEST_LIST = 200


class PoolOut(Schema):
    """A pool in the catalogue."""

    id: int
    name: str
    kind: str
    title_zh: str
    title_en: str
    owner: str
    purposes: list[str]
    granularity: str
    records: int
    renewed_at: datetime | None


class QuestionIn(Schema):
    """Which records, for what purpose, on which legal basis."""

    where: dict[str, str]
    purpose: str
    legal_basis: str = ""
    matter: str = ""


class AnswerOut(Schema):
    """As fine as the pool answers: ``count`` is null where it says yes or no only."""

    granularity: str
    exists: bool
    count: int | None
    as_of: datetime | None


@router.get("/pools", response=list[PoolOut])
def pools(request: HttpRequest, q: str = "") -> list[PoolOut]:
    """Pools that the caller may know of, at most 200; narrow them with ``q``."""
    found = Pool.objects.visible_to(request.actor).select_related("owner")  # type: ignore[attr-defined]
    if q:
        found = found.filter(name__icontains=q)
    return [
        PoolOut(
            id=pool.pk,
            name=pool.name,
            kind=pool.kind,
            title_zh=pool.title_zh,
            title_en=pool.title_en,
            owner=pool.owner.name,
            purposes=pool.purposes,
            granularity=pool.granularity,
            records=pool.records,
            renewed_at=pool.renewed_at,
        )
        for pool in found[:LARGEST_LIST]
    ]


@router.post("/pools/{pool_id}/ask", response=AnswerOut)
def ask(request: HttpRequest, pool_id: int, question: QuestionIn) -> AnswerOut:
    """How many records fit; the question and the answer are in the ledger."""
    pool = get_object_or_404(Pool.objects.visible_to(request.actor), pk=pool_id)  # type: ignore[attr-defined]
    answer = services.ask(
        actor=request.actor,  # type: ignore[attr-defined]
        pool=pool,
        where=question.where,
        purpose=question.purpose,
        legal_basis=question.legal_basis,
        matter=question.matter,
    )
    return AnswerOut(
        granularity=answer.granularity, exists=answer.exists, count=answer.count, as_of=answer.as_of
    )
