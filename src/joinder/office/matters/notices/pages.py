"""Pages of notices: list, one notice, draft, check page, confirmation, the seller's answer, print."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from joinder.law import notices as law_notices
from joinder.office.exhibits.models import Exhibit, Showing
from joinder.office.ledger import services as ledger
from joinder.office.matters import clocks, selectors, views
from joinder.office.matters.errors import NotAllowed, NoticeIncomplete
from joinder.office.matters.models import Clock, Matter, Notice, Role, in_language
from joinder.office.matters.notices import policies, services
from joinder.office.matters.notices.forms import (
    MEASURE_LABELS,
    DeclarationForm,
    ExclusionForm,
    ForwardForm,
    HolderActionForm,
    LinkFormSet,
    MeasuresForm,
    NewNoticeForm,
    NoticeForm,
    RefusalForm,
    WithdrawalForm,
)
from joinder.office.matters.notices.transitions import BY_VERB, CAPACITIES, Side, State, Transition
from joinder.office.matters.notices.wording import OTHER_STEPS, THEN, WAITING_FOR
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.office.ui.components import Cell, Choice, Column, FilterField, Row, Table
from joinder.office.ui.lists import Listing

#: verb → what the service takes besides actor and notice
SERVICES: dict[str, Any] = {
    "submit": services.submit_notice,
    "accept": services.accept_notice,
    "reject": services.reject_notice,
    "take_measures": services.take_measures,
    "forward_to_seller": services.forward_to_seller,
    "forward_declaration": services.forward_declaration,
    "receive_declaration": services.receive_declaration,
    "holder_acts": services.holder_acts,
    "end_measures": services.end_measures,
    "withdraw": services.withdraw_notice,
}
FORMS: dict[str, type[forms.Form]] = {
    "reject": RefusalForm,
    "take_measures": MeasuresForm,
    "forward_to_seller": ForwardForm,
    "holder_acts": HolderActionForm,
    "withdraw": WithdrawalForm,
}


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _notice(request: HttpRequest, reference: str) -> Notice:
    visible = Notice.objects.visible_to(_actor(request)).select_related(
        "sender", "platform", "respondent", "matter"
    )
    return get_object_or_404(visible, reference=reference)


@login_required
def notices(request: HttpRequest) -> HttpResponse:
    """The notices that concern the actor's organisation."""
    visible = Notice.objects.visible_to(_actor(request)).select_related("sender", "platform")
    states = FilterField(
        "state", _("State"), "choice", [Choice(value, label) for value, label in State.choices]
    )
    listing = Listing(request, visible, search=("reference", "shop_name", "sender__name"), filters=[states])
    restore = dict(
        Clock.objects.filter(notice__in=listing.page, state=Clock.State.RUNNING).values_list(
            "notice_id", "due_on"
        )
    )
    rows = [
        Row(
            {
                "reference": notice.reference,
                "state": Cell(notice.get_state_display(), tone=notice.tone),
                "shop": Cell(notice.shop_name, quoted=True),
                "sides": f"{notice.sender} → {notice.platform}",
                "links": len(notice.objects_named),
                "restore": restore.get(notice.pk),
            },
            url=notice.get_absolute_url(),
        )
        for notice in listing.page
    ]
    columns = (
        Column("reference", _("Reference"), kind="code"),
        Column("state", _("State")),
        Column("shop", _("Shop")),
        Column("sides", _("From and to")),
        Column("links", _("Links"), kind="number"),
        Column("restore", _("Restore date"), kind="day"),
    )
    table = Table(columns, rows, caption=_("Notices"), empty=_("No notice concerns your organisation."))
    may_draft = _actor(request).capacity in CAPACITIES[Side.SENDER]
    return render(request, "notices/list.html", {"table": table, "listing": listing, "may_draft": may_draft})


@login_required
def notice(request: HttpRequest, reference: str) -> HttpResponse:
    """One notice: where it stands, each side's next act, the clock, links, evidence, history."""
    shown = _notice(request, reference)
    actor = _actor(request)
    ledger.record_read(actor=actor, target=f"notices/{shown.reference}")
    return render(request, "notices/notice.html", _context(actor, shown))


def _context(actor: Actor, shown: Notice) -> dict[str, Any]:
    steps = selectors.steps_for(actor, shown)
    findings = services.findings_of(shown) if shown.state in (State.DRAFTED, State.REJECTED) else []
    sides = policies.sides_of(shown.sender_id, shown.platform_id, shown.respondent_id)
    sends = policies.acts_for(actor, Side.SENDER, sides)
    return {
        "notice": shown,
        "steps": [step for step in steps if step.verb != "withdraw"],
        "may_withdraw": any(step.verb == "withdraw" for step in steps),
        "may_edit": sends and shown.state in (State.DRAFTED, State.REJECTED),
        "line": views.notice_line(shown),
        "waiting_for": WAITING_FOR[shown.state],
        "clocks": [views.clock(clock) for clock in shown.clocks.all()],
        "links": _links(shown),
        "may_leave_out": sends and shown.state == State.WAITING,
        "said": _said(shown.content),
        "evidence": _evidence(actor, shown),
        "declared": _titles(shown.declaration.get("evidence")),
        "refusals": shown.refusals[-1]["reasons"] if shown.refusals and shown.state == State.REJECTED else [],
        "findings": [_finding(finding) for finding in findings],
        "blocked": law_notices.blocks(findings),
        "events": views.notice_events(shown),
        "is_seller": actor.organisation_id == shown.respondent_id,
        "matter_url": _matter_url(actor, shown),
        "sees_identity": actor.organisation_id in (shown.sender_id, shown.platform_id),
    }


def _matter_url(actor: Actor, shown: Notice) -> str:
    """The matter's page for whoever sees its file; empty for the others."""
    matter = Matter.objects.visible_to(actor).filter(pk=shown.matter_id or 0).first()
    return matter.get_absolute_url() if matter else ""


def _links(shown: Notice) -> list[dict[str, Any]]:
    measures = {item["object"]: item for item in shown.measures}
    return [
        {
            "name": item.get("url") or item.get("item_id") or "—",
            "item_id": item.get("item_id", "") if item.get("url") else "",
            "ground": item.get("ground", ""),
            "measure": MEASURE_LABELS[measures[n]["measure"]] if n in measures else "",
            "reason": measures[n].get("reason", "") if n in measures else "",
        }
        for n, item in enumerate(shown.objects_named)
    ]


def _said(content: dict[str, Any]) -> dict[str, Any]:
    """The parts of a notice's content that hold documents, as lists of titles."""
    right = content.get("right")
    return {"proof": _titles(right.get("proof") if isinstance(right, dict) else None)}


def _evidence(actor: Actor, shown: Notice) -> list[dict[str, Any]]:
    """The evidence named: a title, and for an exhibit whether the reader was shown it.

    Naming an exhibit does not show it: only its owner shows it. The owner therefore reads which side cannot open it.
    """
    listed = shown.content.get("evidence")
    items = listed if isinstance(listed, list) else []
    named = [item if isinstance(item, dict) else {"title": item} for item in items]
    refs = [str(item.get("ref", "")) for item in named]
    seen = {
        exhibit.reference: exhibit for exhibit in Exhibit.objects.visible_to(actor).filter(reference__in=refs)
    }
    return [
        {
            "title": str(item.get("title", "")),
            "ref": ref,
            "url": seen[ref].get_absolute_url() if ref in seen else "",
            "unseen": ref.startswith("X-") and ref not in seen,
            "not_shown_to": _not_shown_to(actor, shown, seen.get(ref)),
        }
        for item, ref in zip(named, refs, strict=True)
    ]


def _not_shown_to(actor: Actor, shown: Notice, exhibit: Exhibit | None) -> list[Organisation]:
    """The sides that have the notice and cannot open the exhibit; only its owner is told."""
    if exhibit is None or exhibit.owner_id != actor.organisation_id:
        return []
    sides = [shown.sender]
    if shown.submitted_at is not None:
        sides.append(shown.platform)
    if shown.forwarded_at is not None and shown.respondent is not None:
        sides.append(shown.respondent)
    showings = Showing.objects.filter(exhibit=exhibit, withdrawn_at__isnull=True)
    able = {exhibit.owner_id, *showings.values_list("organisation_id", flat=True)}
    return [side for side in sides if side.pk not in able]


def _titles(listed: Any) -> list[str]:
    """Titles of documents, given as text or as {title, ref}."""
    items = listed if isinstance(listed, list) else []
    return [str(item.get("title", "")) if isinstance(item, dict) else str(item) for item in items]


def _finding(finding: law_notices.Finding) -> dict[str, str]:
    return {
        "text": in_language(finding.message_zh, finding.message_en),
        "example": finding.example,
        "basis": in_language(finding.basis, finding.basis_en),
        "caution": in_language(finding.caution_zh, finding.caution_en),
        "field": finding.field,
        "severity": finding.severity.value,
    }


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Draft a notice: the right holder for itself, or the handling unit for a right holder (``?matter=``)."""
    actor = _actor(request)
    matter = Matter.objects.visible_to(actor).filter(number=request.GET.get("matter", "")).first()
    organisations = Organisation.objects.visible_to(actor)
    form = NewNoticeForm(request.POST or None, organisations=organisations, names_sender=matter is not None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        respondent = matter.parties.filter(role=Role.RESPONDENT).first() if matter else None
        drafted = services.draft_notice(
            actor,
            data.get("sender") or get_object_or_404(Organisation, pk=actor.organisation_id),
            data["platform"],
            respondent.organisation if respondent else None,
            {},
            matter,
            data["shop_name"],
        )
        return redirect("notices:edit" if matter is None else "notices:notice", reference=drafted.reference)
    return render(request, "notices/new.html", {"form": form, "matter": matter})


@login_required
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft as a form; saving keeps it, sending goes through the check page."""
    shown = _notice(request, reference)
    form = NoticeForm(request.POST or None, initial=NoticeForm.initial_of(shown.content))
    links = LinkFormSet(request.POST or None, initial=shown.objects_named, prefix="links")
    if request.method == "POST" and form.is_valid() and links.is_valid():
        services.edit_draft(_actor(request), shown, form.content(links.links()))  # type: ignore[attr-defined]
        if request.POST.get("then") == "send":
            return redirect("notices:step", reference=shown.reference, verb="submit")
        return redirect(shown)
    form.mark_required()
    context = _context(_actor(request), shown) | {"form": form, "link_forms": links}
    return render(request, "notices/edit.html", context)


@login_required
def step(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The check page of an outward act: what will be sent, to whom, what follows; POST takes the step once."""
    shown = _notice(request, reference)
    if verb == "file_declaration":
        return redirect("notices:answer", reference=reference)
    sides = policies.sides_of(shown.sender_id, shown.platform_id, shown.respondent_id)
    state = State.EXPIRED if verb == "end_measures" and _waiting_is_over(shown) else shown.state
    taken = policies.check_may_take(_actor(request), verb, state, sides)
    form = _step_form(request, taken, shown)
    context = _context(_actor(request), shown) | {"step": taken, "form": form, "then": THEN[verb]}
    if request.method == "POST" and (form is None or form.is_valid()):
        arguments = form.arguments() if form is not None else {}  # type: ignore[attr-defined]
        try:
            done = SERVICES[verb](_actor(request), shown, **arguments)
        except NoticeIncomplete as error:
            context["findings"] = [_finding(finding) for finding in error.findings]
            return render(request, "notices/step.html", context, status=422)
        return redirect("notices:done", reference=reference, number=done.steps.latest("id").pk)
    return render(request, "notices/step.html", context)


def _waiting_is_over(shown: Notice) -> bool:
    """Whether the waiting period ended and the node has not yet taken the clock's step."""
    return shown.state == State.WAITING and clocks.is_over(services.waiting_clock(shown), timezone.now())


def _step_form(request: HttpRequest, taken: Transition, shown: Notice) -> forms.Form | None:
    kind = FORMS.get(taken.verb)
    if kind is None:
        return None
    extra: dict[str, Any] = {"notice": shown} if kind in (MeasuresForm, ForwardForm) else {}
    if kind is ForwardForm:
        extra["organisations"] = Organisation.objects.visible_to(_actor(request))
    return kind(request.POST or None, **extra)


@login_required
def done(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The confirmation of a step with its receipt number, what follows and by when."""
    shown = _notice(request, reference)
    taken = get_object_or_404(shown.steps.select_related("organisation"), pk=number)
    label = BY_VERB[taken.verb].label if taken.verb in BY_VERB else OTHER_STEPS[taken.verb]
    context = _context(_actor(request), shown) | {"taken": taken, "label": label}
    return render(request, "notices/done.html", context)


@login_required
def leave_out(request: HttpRequest, reference: str) -> HttpResponse:
    """The right holder states days that its waiting period does not count; the restore date is computed anew."""
    shown = _notice(request, reference)
    context = _context(_actor(request), shown)
    if not context["may_leave_out"]:
        raise NotAllowed(
            _("Days are left out at the right holder's request, while the waiting period runs."),
            mend=_("Reload the notice to see who acts next."),
        )
    form = ExclusionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.exclude_days(_actor(request), shown, **form.cleaned_data)
        taken = shown.steps.filter(verb="exclude_days").latest("id")
        return redirect("notices:done", reference=reference, number=taken.pk)
    return render(request, "notices/leave_out.html", context | {"form": form})


@login_required
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """The seller's page: what is said against the shop, by when, and how to answer; made for a phone."""
    shown = _notice(request, reference)
    actor = _actor(request)
    sides = policies.sides_of(shown.sender_id, shown.platform_id, shown.respondent_id)
    may = policies.may_take(actor, BY_VERB["file_declaration"], shown.state, sides)
    form = DeclarationForm(request.POST or None)
    context = _context(actor, shown) | {"form": form, "may_answer": may, "checking": False}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("then") != "send":
            return render(request, "notices/answer.html", context | {"checking": True})
        filed = services.file_declaration(actor, shown, form.content())
        return redirect("notices:done", reference=reference, number=filed.steps.latest("id").pk)
    return render(request, "notices/answer.html", context)


@login_required
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The notice as a document to print, sign and file."""
    shown = _notice(request, reference)
    ledger.record_read(actor=_actor(request), target=f"notices/{shown.reference}", verb="notices.printed")
    return render(request, "notices/paper.html", _context(_actor(request), shown))
