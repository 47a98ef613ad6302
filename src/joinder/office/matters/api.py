"""The machine door of matters and notices: the same services and the same gate as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from joinder.office.ledger import services as ledger
from joinder.office.matters import selectors, services
from joinder.office.matters.models import Clock, Fact, Matter, Notice
from joinder.office.matters.notices import services as notices
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation

router = Router(tags=["matters"])


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


class PartyIn(Schema):
    """An organisation by its number, and its role."""

    organisation: int
    role: str


class MatterIn(Schema):
    """A new matter."""

    title_zh: str = Field(max_length=200)
    title_en: str = Field("", max_length=200)
    leads: list[str] = []
    entities: list[str] = []
    exhibits: list[str] = []
    parties: list[PartyIn] = []
    act_on: date | None = None


class FactIn(Schema):
    """A new fact."""

    statement_zh: str = Field("", max_length=500)
    statement_en: str = Field("", max_length=500)
    elements: list[str] = []
    exhibits: list[str] = []


class ContentIn(Schema):
    """The content of a notice or of a counter-statement, as the law pack describes it."""

    content: dict[str, Any] = {}


class StepIn(Schema):
    """What a step needs, each step its own part; see the description of the step."""

    content: dict[str, Any] | None = None
    reasons: list[dict[str, str]] | None = None
    measures: list[dict[str, Any]] | None = None
    received_at: datetime | None = None
    action: str | None = None
    proof: str | None = None
    reason: str | None = None


#: verb → the service and the parts of StepIn that it takes
STEPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "submit": (notices.submit_notice, ("content",)),
    "accept": (notices.accept_notice, ()),
    "reject": (notices.reject_notice, ("reasons",)),
    "take_measures": (notices.take_measures, ("measures",)),
    "forward_to_seller": (notices.forward_to_seller, ()),
    "file_declaration": (notices.file_declaration, ("content",)),
    "forward_declaration": (notices.forward_declaration, ()),
    "receive_declaration": (notices.receive_declaration, ("received_at",)),
    "holder_acts": (notices.holder_acts, ("action", "proof")),
    "end_measures": (notices.end_measures, ()),
    "withdraw": (notices.withdraw_notice, ("reason",)),
}
#: what a step cannot go without, with the value that a missing one is read as
BLANK: dict[str, Any] = {"reasons": [], "action": "", "proof": "", "reason": ""}


@router.get("/matters", summary="Matters visible to the caller, newest first")
def list_matters(request: HttpRequest, limit: int = 50, offset: int = 0) -> dict[str, Any]:
    """At most 200 at a time."""
    visible = Matter.objects.visible_to(_actor(request))
    page = visible[max(0, offset) : max(0, offset) + max(1, min(limit, 200))]
    return {"items": [_matter(matter) for matter in page], "total": visible.count()}


@router.post("/matters", summary="Open a matter", response={201: dict[str, Any]})
def open_matter(request: HttpRequest, given: MatterIn) -> Status[dict[str, Any]]:
    """Parties must be in the caller's directory."""
    directory = Organisation.objects.visible_to(_actor(request))
    parties = [(get_object_or_404(directory, pk=party.organisation), party.role) for party in given.parties]
    opened = services.open_matter(
        _actor(request),
        given.title_zh,
        given.title_en,
        given.leads,
        given.entities,
        given.exhibits,
        parties,
        act_on=given.act_on,
    )
    return Status(201, _matter(opened))


@router.get("/matters/{number}", summary="One matter with its proof matrix and clocks")
def show_matter(request: HttpRequest, number: str) -> dict[str, Any]:
    """Elements with their standing, facts with their exhibits."""
    matter = get_object_or_404(Matter.objects.visible_to(_actor(request)), number=number)
    ledger.record_read(actor=_actor(request), target=f"matters/{matter.number}")
    return _matter(matter) | {
        "records": list(matter.records.values("kind", "key", "title")),
        "facts": [_fact(fact) for fact in matter.facts.prefetch_related("elements", "exhibits__record")],
        "elements": [
            {
                "key": row.key,
                "title_zh": row.rule.title_zh,
                "title_en": row.rule.title_en,
                "rule": row.rule.citation,
                "standing": row.standing.value,
                "facts": [cell.fact_id for cell in row.cells],
            }
            for row in selectors.proof(matter)
        ],
        "clocks": [_clock(clock) for clock in matter.clocks.all()],
    }


@router.post("/matters/{number}/facts", summary="State a fact", response={201: dict[str, Any]})
def add_fact(request: HttpRequest, number: str, given: FactIn) -> Status[dict[str, Any]]:
    """Elements by key, exhibits by the key under which they are joined."""
    matter = get_object_or_404(Matter.objects.visible_to(_actor(request)), number=number)
    fact = services.add_fact(
        _actor(request), matter, given.statement_zh, given.statement_en, given.elements, given.exhibits
    )
    return Status(201, _fact(fact))


@router.get("/notices", summary="Notices visible to the caller, newest first")
def list_notices(request: HttpRequest, limit: int = 50, offset: int = 0) -> dict[str, Any]:
    """At most 200 at a time."""
    visible = Notice.objects.visible_to(_actor(request))
    page = visible[max(0, offset) : max(0, offset) + max(1, min(limit, 200))]
    return {"items": [_notice(notice) for notice in page], "total": visible.count()}


@router.get("/notices/{reference}", summary="One notice with its steps, fix list and clock")
def show_notice(request: HttpRequest, reference: str) -> dict[str, Any]:
    """The fix list stands with a draft or a refused notice. Identity numbers go to the sender and the platform only."""
    actor = _actor(request)
    notice = get_object_or_404(Notice.objects.visible_to(actor), reference=reference)
    ledger.record_read(actor=actor, target=f"notices/{notice.reference}")
    fixing = notice.state in ("drafted", "rejected")
    content = dict(notice.content)
    claimant = content.get("claimant")
    if actor.organisation_id not in (notice.sender_id, notice.platform_id) and isinstance(claimant, dict):
        content["claimant"] = {key: value for key, value in claimant.items() if key != "identity_no"}
    return _notice(notice) | {
        "content": content,
        "measures": notice.measures,
        "refusals": notice.refusals,
        "declaration": notice.declaration,
        "findings": [finding.as_dict() for finding in notices.findings_of(notice)] if fixing else [],
        "steps": [
            {"verb": step.verb, "from": step.source, "to": step.target, "side": step.side, "at": step.at}
            for step in notice.steps.all()
        ],
        "clocks": [_clock(clock) for clock in notice.clocks.all()],
        "may": [step.verb for step in selectors.steps_for(actor, notice)],
    }


@router.post("/notices/{reference}/steps/{verb}", summary="Take a step with a notice")
def take_step(request: HttpRequest, reference: str, verb: str, given: StepIn) -> dict[str, Any]:
    """Refused with 403 for another side's step, 409 where it does not follow, 422 with an incomplete notice.

    Parts: submit content · reject reasons [{text, repair}] · take_measures measures [{object, measure, reason}] ·
    file_declaration content · receive_declaration received_at · holder_acts action, proof · withdraw reason.
    """
    notice = get_object_or_404(Notice.objects.visible_to(_actor(request)), reference=reference)
    service, parts = STEPS.get(verb, (None, ()))
    if service is None:
        get_object_or_404(Notice.objects.none(), reference=verb)
    arguments = {}
    for part in parts:
        value = getattr(given, part)
        if value is not None or part in BLANK:
            arguments[part] = BLANK[part] if value is None else value
    if verb == "file_declaration":
        arguments.setdefault("content", {})
    return _notice(service(_actor(request), notice, **arguments))


@router.get("/clocks", summary="Running time limits visible to the caller, soonest first")
def list_clocks(request: HttpRequest) -> dict[str, Any]:
    """With every step of the explanation."""
    running = Clock.objects.visible_to(_actor(request)).filter(state=Clock.State.RUNNING)
    return {"items": [_clock(clock) for clock in running.select_related("matter", "notice")[:200]]}


def _matter(matter: Matter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "title_zh": matter.title_zh,
        "title_en": matter.title_en,
        "status": matter.status,
        "offence": matter.offence,
        "act_on": matter.act_on,
        "opened_at": matter.opened_at,
        "handling_unit": matter.organisation_id,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "statement_zh": fact.statement_zh,
        "statement_en": fact.statement_en,
        "standing": fact.standing,
        "elements": [{"element": link.element, "stance": link.stance} for link in fact.elements.all()],
        "exhibits": [link.record.key for link in fact.exhibits.all()],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "reference": notice.reference,
        "state": notice.state,
        "sender": notice.sender_id,
        "platform": notice.platform_id,
        "respondent": notice.respondent_id,
        "shop_name": notice.shop_name,
        "objects": len(notice.objects_named),
        "submitted_at": notice.submitted_at,
        "forwarded_at": notice.forwarded_at,
    }


def _clock(clock: Clock) -> dict[str, Any]:
    return {
        "rule": clock.rule_id,
        "state": clock.state,
        "trigger_at": clock.trigger_at,
        "due_on": clock.due_on,
        "due_at": clock.due_at,
        "provisional": clock.provisional,
        "explanation": clock.explanation,
        "belongs_to": str(clock.notice or clock.matter),
    }
