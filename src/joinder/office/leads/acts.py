"""The acts on leads as pages send them: each answers with a redirect to where the reader was."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qs, urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from joinder.office.leads import services
from joinder.office.leads.errors import NothingToUndo, VerdictConflict, VerdictIncomplete
from joinder.office.leads.models import Lead


def _lead(request: HttpRequest, pk: int) -> Lead:
    return get_object_or_404(Lead.objects.visible_to(request.actor), pk=pk)  # type: ignore[attr-defined]


def _back(request: HttpRequest, lead: Lead | None, stay: bool = True) -> HttpResponse:
    """To the page the act was sent from, with the next lead chosen unless the reader should stay."""
    target = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/leads/"
    parts = urlsplit(target)
    if parts.path != "/leads/":
        return redirect(target)
    query = {k: v for k, v in parse_qs(parts.query).items() if k != "lead"}
    chosen = str(lead.pk) if stay and lead else request.POST.get("next", "")
    if chosen.isdigit():
        query["lead"] = [chosen]
    return redirect(f"/leads/?{urlencode(query, doseq=True)}" if query else "/leads/")


@login_required
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide, and go on to the next lead; a refused verdict stays where it was, with the reason."""
    lead = _lead(request, pk)
    verdict = request.POST.get("verdict", "")
    grounds = request.POST.getlist(f"grounds_{verdict}")
    seen = request.POST.get("seen_version", "")
    try:
        services.judge(
            actor=request.actor,  # type: ignore[attr-defined]
            lead=lead,
            verdict=verdict,
            grounds=grounds,
            note=request.POST.get("note", ""),
            seen_version=int(seen) if seen.isdigit() else -1,
            idempotency_key=request.POST.get("idempotency_key", "")[:80],
        )
    except (VerdictConflict, VerdictIncomplete) as error:
        messages.error(request, str(error))
        return _back(request, lead)
    return _back(request, lead, stay=False)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own verdict on this lead back."""
    lead = _lead(request, pk)
    try:
        services.undo(
            actor=request.actor,  # type: ignore[attr-defined]
            lead=lead,
            idempotency_key=request.POST.get("idempotency_key", "")[:80],
        )
        messages.info(request, _("The verdict on %(lead)s was taken back.") % {"lead": lead.reference})
    except NothingToUndo as error:
        messages.error(request, str(error))
    return _back(request, lead)


@login_required
@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """Take back the last verdict of this sitting (Z), and show its lead again."""
    try:
        reversal = services.undo_last(
            actor=request.actor,  # type: ignore[attr-defined]
            since=sitting_of(request.POST.get("since", "")),
            idempotency_key=request.POST.get("idempotency_key", "")[:80],
        )
    except NothingToUndo as error:
        messages.error(request, str(error))
        return _back(request, None)
    told = {"lead": reversal.lead.reference}
    messages.info(request, _("The verdict on %(lead)s was taken back.") % told)
    return _back(request, reversal.lead)


@login_required
@require_POST
def later(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the lead at the end of the queue and go on."""
    lead = _lead(request, pk)
    services.put_later(actor=request.actor, lead=lead)  # type: ignore[attr-defined]
    return _back(request, lead, stay=False)


def sitting_of(text: str) -> datetime:
    """When the sitting began (seconds since 1970 in the query string); now for anything else."""
    if text.isdigit() and len(text) < 12:
        return datetime.fromtimestamp(int(text), tz=timezone.get_current_timezone())
    return timezone.now()
