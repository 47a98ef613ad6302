"""The list of jobs and one job with its progress."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from joinder.office.jobs import answers, policies, services
from joinder.office.jobs.models import Job
from joinder.office.jobs.states import State
from joinder.office.jobs.wording import GRANULARITIES, RESULT_WORDS
from joinder.office.people.kinds import Capacity
from joinder.office.ui.components import Cell, Choice, Column, Event, FilterField, Row, Table
from joinder.office.ui.lists import Listing
from joinder.vocabulary.errors import JoinderError


def _visible(request: HttpRequest, pk: int) -> Job:
    jobs = Job.objects.visible_to(request.actor).select_related("organisation", "provider")  # type: ignore[attr-defined]
    return get_object_or_404(jobs, pk=pk)


@login_required
def jobs(request: HttpRequest) -> HttpResponse:
    """Jobs asked by and of one's organisation."""
    actor, side = request.actor, request.GET.get("side", "")  # type: ignore[attr-defined]
    sides = {"asked": Job.objects.asked_by(actor), "received": Job.objects.asked_of(actor)}
    visible = sides.get(side, Job.objects.visible_to(actor)).select_related("organisation", "provider")
    listing = Listing(
        request,
        visible,
        search=("title_zh", "title_en", "kind"),
        filters=(
            FilterField(
                "side",
                _("Side"),
                "choice",
                [Choice("received", _("Asked of us")), Choice("asked", _("Asked by us"))],
            ),
            FilterField("state", _("State"), "many", [Choice(s.value, s.label) for s in State]),
        ),
        lookups={"side": ""},
    )
    rows = [
        Row(
            {
                "reference": job.reference,
                "title": job.title,
                "state": Cell(job.get_state_display(), tone=job.tone),
                "asker": str(job.organisation) if job.organisation else _("this node"),
                "provider": str(job.provider) if job.provider else _("this node"),
                "at": job.created_at,
            },
            url=job.get_absolute_url(),
        )
        for job in listing.page
    ]
    columns = (
        Column("reference", _("Job"), "code"),
        Column("title", _("What")),
        Column("state", _("State")),
        Column("asker", _("Asked by")),
        Column("provider", _("Carried out by")),
        Column("at", _("Asked at"), "time"),
    )
    table = Table(columns, rows, caption=_("Jobs"), empty=_("No jobs match."))
    return render(request, "jobs/list.html", {"table": table, "listing": listing})


@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: question, state, history, result, and what the reader may do."""
    return render(request, "jobs/job.html", _context(request, _visible(request, pk)))


@login_required
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The part that is polled while the job runs; a final one asks for no more."""
    return render(request, "jobs/state.html", _context(request, _visible(request, pk)))


def _context(request: HttpRequest, shown: Job) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "job": shown,
        "payload": answers.asked(shown) or _pairs(shown.payload),
        "result": [(RESULT_WORDS.get(key, key), _said(value)) for key, value in _pairs(shown.result)],
        "events": [_event(event) for event in shown.events.all()],
        "may_cancel": policies.may_cancel(actor, shown),
        "may_decide": policies.may_decide(actor, shown),
        "may_accept": policies.may_answer(actor, shown) and shown.state == State.QUEUED,
        "may_answer": policies.may_answer(actor, shown)
        and shown.state == State.LEASED
        and shown.lease_owner == actor.id,
        "may_give_input": policies.may_give_input(actor, shown),
        "answer_form": answers.form_for(shown),
    }


def _event(event: Any) -> Event:
    machine = event.actor_key == "system"
    by = _("this node") if machine else dict(Capacity.choices).get(event.capacity, event.actor_key)
    return Event(event.state_label, event.at, by, "machine" if machine else "decision", event.note)


def _said(value: str) -> str:
    """A JSON value in words where it is a plain yes, no or nothing."""
    words = {"true": _("yes"), "false": _("no"), "null": "—"}
    return str(words.get(value) or GRANULARITIES.get(value, value))


def _pairs(value: Any) -> list[tuple[str, str]]:
    """A flat view of JSON values for a definition list; nested ones as JSON text."""
    if value is None:
        return []
    items = value.items() if isinstance(value, dict) else [(_("Result"), value)]
    return [
        (str(k), v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, indent=1)) for k, v in items
    ]


@login_required
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel, approve, deny, accept, answer, ask back, give input."""
    shown, actor = _visible(request, pk), request.actor  # type: ignore[attr-defined]
    verb, text = request.POST.get("act", ""), request.POST.get("text", "").strip()
    if verb in {"deny", "ask_back", "give_input"} and not text:
        messages.error(request, _("Say why, or what is asked: the other side reads it."))
        return redirect("jobs:job", pk=pk)
    if verb == "cancel":
        services.cancel(actor=actor, job=shown, reason=text)
    elif verb == "approve":
        services.approve(actor=actor, job=shown)
    elif verb == "deny":
        services.deny(actor=actor, job=shown, reason=text)
    elif verb == "accept":
        services.accept(actor=actor, job=shown)
    elif verb == "ask_back":
        policies.check_may_answer(actor, shown)
        services.ask_back(job=shown, fence=shown.fence, question=text, actor=actor)
    elif verb == "give_input":
        services.give_input(actor=actor, job=shown, answer=text)
    elif verb == "answer":
        return _answer(request, shown)
    messages.success(request, _("Saved."))
    return redirect("jobs:job", pk=pk)


def _answer(request: HttpRequest, shown: Job) -> HttpResponse:
    form = answers.form_for(shown, request.POST)
    if not form.is_valid():
        context = {**_context(request, shown), "answer_form": form}
        return render(request, "jobs/job.html", context, status=422)
    try:
        result = answers.result_of(shown, form.cleaned_data)
        services.answer(actor=request.actor, job=shown, result=result)  # type: ignore[attr-defined]
    except JoinderError as error:
        form.add_error(None, error.message)
        shown.refresh_from_db()
        context = {**_context(request, shown), "answer_form": form}
        return render(request, "jobs/job.html", context, status=422)
    messages.success(request, _("Answered; %(reference)s is done.") % {"reference": shown.reference})
    return redirect("jobs:job", pk=shown.pk)
