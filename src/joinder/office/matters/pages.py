"""Pages of matters: list, opening, and one matter with its tabs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from joinder.law.elements import STANDING_TEXTS, Row, Standing
from joinder.office.ledger import services as ledger
from joinder.office.matters import policies, records, selectors, services, views
from joinder.office.matters.forms import FactForm, MatterForm, PartyForm, RecordForm, TaskForm
from joinder.office.matters.models import Fact, Matter, MatterRecord, Notice, in_language
from joinder.office.matters.states import Status, moves_from
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.office.ui import components
from joinder.office.ui.components import Cell, Choice, Column, FilterField, Table
from joinder.office.ui.lists import Listing
from joinder.vocabulary.moments import BEIJING

STANDING_TONES = {
    Standing.GAP: "todo",
    Standing.UNSUPPORTED: "warn",
    Standing.CONTESTED: "warn",
    Standing.SUPPORTED: "ok",
}


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined]


def _matter(request: HttpRequest, number: str) -> Matter:
    visible = Matter.objects.visible_to(_actor(request)).select_related("organisation")
    return get_object_or_404(visible, number=number)


def _frame(request: HttpRequest, shown: Matter, tab: str) -> dict[str, Any]:
    """What every tab shows: the matter, its clocks, and what the actor may do."""
    ledger.record_read(actor=_actor(request), target=f"matters/{shown.number}")
    may_work = policies.may_work_on(_actor(request), shown.organisation_id)
    return {
        "matter": shown,
        "tab": tab,
        "may_work": may_work,
        "moves": moves_from(shown.status) if may_work else [],
        "clocks": [views.clock(clock) for clock in shown.clocks.all()],
        "open_elements": sum(row.standing is not Standing.SUPPORTED for row in selectors.proof(shown)),
    }


@login_required
def matters(request: HttpRequest) -> HttpResponse:
    """The matters of the actor's unit and those shared with it."""
    visible = Matter.objects.visible_to(_actor(request)).select_related("organisation")
    status = FilterField(
        "status", _("Status"), "many", [Choice(value, label) for value, label in Status.choices]
    )
    listing = Listing(request, visible, search=("number", "title_zh", "title_en"), filters=[status])
    rows = [
        components.Row(
            {
                "number": shown.number,
                "title": shown.title,
                "status": Cell(shown.get_status_display(), tone=shown.tone),
                "unit": str(shown.organisation),
                "opened": shown.opened_at,
            },
            url=shown.get_absolute_url(),
        )
        for shown in listing.page
    ]
    columns = (
        Column("number", _("Number"), kind="code"),
        Column("title", _("Title")),
        Column("status", _("Status")),
        Column("unit", _("Handling unit")),
        Column("opened", _("Opened"), kind="day"),
    )
    table = Table(
        columns, rows, caption=_("Matters"), empty=_("No matter yet. Open one from a lead, or here.")
    )
    context = {"table": table, "listing": listing, "may_open": policies.may_open(_actor(request))}
    return render(request, "matters/list.html", context)


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Open a matter; leads, subjects and exhibits come along in the query string (``?leads=1,2``)."""
    policies.check_may_open(_actor(request))
    names = ("leads", "entities", "exhibits")
    initial = {
        "act_on": timezone.now().astimezone(BEIJING).date(),
        **{n: request.GET.get(n, "") for n in names},
    }
    form = MatterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        keys = {name: [key for key in data[name].split(",") if key] for name in names}
        opened = services.open_matter(
            _actor(request),
            data["title_zh"],
            data["title_en"],
            keys["leads"],
            keys["entities"],
            keys["exhibits"],
            act_on=data["act_on"],
        )
        return redirect(opened)
    return render(request, "matters/new.html", {"form": form})


@login_required
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """The overview: status and ways on, records, parties, tasks, clocks."""
    shown = _matter(request, number)
    actor = _actor(request)
    joined = [
        {"record": record, "found": records.look_up(record.kind, record.key, actor)}
        for record in shown.records.all()
    ]
    context = _frame(request, shown, "overview") | {
        "records": joined,
        "parties": shown.parties.filter(left_at__isnull=True).select_related("organisation__kind"),
        "tasks": shown.tasks.select_related("organisation"),
        "task_form": TaskForm(),
        "record_form": RecordForm(),
        "party_form": PartyForm(organisations=Organisation.objects.visible_to(actor)),
        "notices": Notice.objects.visible_to(actor).filter(matter=shown).select_related("sender", "platform"),
    }
    return render(request, "matters/overview.html", context)


@login_required
def proof(request: HttpRequest, number: str) -> HttpResponse:
    """The proof matrix: elements × facts × exhibits, gaps named; ``?gaps=1`` shows only what is open."""
    shown = _matter(request, number)
    facts = list(shown.facts.prefetch_related("exhibits__record", "elements"))
    rows = [
        row
        for row in selectors.proof(shown)
        if not request.GET.get("gaps") or row.standing is not Standing.SUPPORTED
    ]
    context = _frame(request, shown, "proof") | {
        "facts": facts,
        "rows": [_matrix_row(row, facts) for row in rows],
        "gaps_only": bool(request.GET.get("gaps")),
        "standings": Fact.Standing.choices,
    }
    return render(request, "matters/proof.html", context)


def _matrix_row(row: Row, facts: list[Fact]) -> dict[str, Any]:
    cells = {cell.fact_id: cell for cell in row.cells}
    standing = in_language(*STANDING_TEXTS[row.standing])
    return {
        "key": row.key,
        "title": in_language(row.rule.title_zh, row.rule.title_en),
        "text": in_language(row.rule.text_zh, row.rule.text_en),
        "citation": in_language(row.rule.citation, row.rule.citation_en),
        "cells": [_cell(cells.get(fact.name), fact) for fact in facts],
        "standing": standing,
        "tone": STANDING_TONES[row.standing],
        "next": in_language(*row.next_step) if row.next_step else "",
    }


def _cell(cell: Any, fact: Fact) -> dict[str, Any]:
    """The sign of a cell (● supports, ◐ disputed or without exhibit, ╳ contradicts, — not concerned) with its words."""
    if cell is None:
        return {"sign": "—", "word": _("does not concern it"), "fact": fact, "count": 0}
    count = len(cell.exhibit_ids)
    if cell.stance == "contradicts":
        sign, word = "╳", _("contradicts")
    elif cell.disputed:
        sign, word = "◐", _("supports, disputed")
    elif not count:
        sign, word = "◐", _("supports, no exhibit")
    else:
        sign, word = "●", _("supports")
    return {"sign": sign, "word": word, "fact": fact, "count": count, "exhibits": cell.exhibit_ids}


@login_required
def timeline(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that happened, oldest first."""
    shown = _matter(request, number)
    return render(
        request,
        "matters/timeline.html",
        _frame(request, shown, "timeline") | {"events": views.matter_events(shown)},
    )


@login_required
def clocks(request: HttpRequest, number: str) -> HttpResponse:
    """The time limits of the matter and of its notices, each with its explanation opened."""
    shown = _matter(request, number)
    notices = Notice.objects.visible_to(_actor(request)).filter(matter=shown).prefetch_related("clocks")
    of_notices = [(notice, [views.clock(clock) for clock in notice.clocks.all()]) for notice in notices]
    context = _frame(request, shown, "clocks") | {"notice_clocks": [pair for pair in of_notices if pair[1]]}
    return render(request, "matters/clocks.html", context)


@login_required
def documents(request: HttpRequest, number: str) -> HttpResponse:
    """The documents that can be printed from this matter."""
    shown = _matter(request, number)
    notices = Notice.objects.visible_to(_actor(request)).filter(matter=shown)
    return render(
        request, "matters/documents.html", _frame(request, shown, "documents") | {"notices": notices}
    )


@login_required
def new_fact(request: HttpRequest, number: str) -> HttpResponse:
    """State a fact; a sentence that seems to hold two assertions is asked about once."""
    shown = _matter(request, number)
    policies.check_may_work_on(_actor(request), shown.organisation_id)
    exhibits = shown.records.filter(kind=MatterRecord.Kind.EXHIBIT)
    initial = {"elements": [request.GET["element"]] if "element" in request.GET else []}
    form = FactForm(request.POST or None, rows=selectors.proof(shown), exhibits=exhibits, initial=initial)
    doubts: list[str] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        doubts = [] if data["sure"] else policies.doubts(data["statement"])
        if not doubts:
            chinese = (get_language() or "").startswith("zh")
            services.add_fact(
                _actor(request),
                shown,
                data["statement"] if chinese else "",
                "" if chinese else data["statement"],
                [(element, data["stance"]) for element in data["elements"]],
                data["exhibits"],
                data["standing"],
            )
            return redirect("matters:proof", number=number)
    context = _frame(request, shown, "proof") | {"form": form, "doubts": doubts}
    return render(request, "matters/fact.html", context)


@login_required
@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """The small acts of the file: move it on, add a task or a party, finish a task, set a fact's standing."""
    shown = _matter(request, number)
    actor, data = _actor(request), request.POST
    if verb == "move":
        services.move_matter(
            actor=actor, matter=shown, verb=data.get("move", ""), reason=data.get("reason", "")
        )
    elif verb == "task":
        form = TaskForm(data)
        if form.is_valid():
            services.add_task(actor=actor, matter=shown, **form.cleaned_data)
    elif verb == "task-done":
        services.finish_task(actor=actor, task=get_object_or_404(shown.tasks, pk=_number(data.get("task"))))
    elif verb == "party":
        party = PartyForm(data, organisations=Organisation.objects.visible_to(actor))
        if party.is_valid():
            services.add_party(actor=actor, matter=shown, **party.cleaned_data)
    elif verb == "join":
        record = RecordForm(data)
        if record.is_valid():
            services.join_record(actor=actor, matter=shown, **record.cleaned_data)
    elif verb == "standing":
        fact = get_object_or_404(shown.facts, number=_number(data.get("fact")))
        services.set_standing(actor=actor, fact=fact, standing=data.get("standing", ""))
        messages.success(request, _("Saved."))
        return redirect("matters:proof", number=number)
    messages.success(request, _("Saved."))
    return redirect(shown)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0
