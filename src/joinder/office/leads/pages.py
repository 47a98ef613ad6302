"""Pages of the leads: the triage desk, one lead, the export."""

from __future__ import annotations

import copy
import csv
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from joinder.office.leads import policies, selectors
from joinder.office.leads.acts import sitting_of
from joinder.office.leads.grounds import DIGITS, Clearance, Ground, proposed_grounds
from joinder.office.leads.models import Judgement, Lead, Status
from joinder.office.ledger import services as ledger
from joinder.office.people.kinds import Capacity
from joinder.office.ui import components
from joinder.office.ui.components import Choice, Event, FilterField, Pager
from joinder.office.ui.lists import Listing

#: Parameters that are a place in the list, not a filter.
PLACE = ("after", "lead", "since")
OPEN = "open"


@login_required
@require_GET
def triage(request: HttpRequest) -> HttpResponse:
    """The queue on the left, the chosen lead beside it. Reading never decides."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_judge(actor)
    if "since" not in request.GET:
        query = request.GET.copy()
        query["since"] = str(int(timezone.now().timestamp()))
        return redirect(f"{request.path}?{query.urlencode()}")
    since = sitting_of(request.GET["since"])
    listing = _listing(request)
    queryset = listing.queryset
    if request.GET.get("status", OPEN) in (OPEN, ""):
        queryset = selectors.in_sitting(queryset, actor, since)
    after = selectors.Place.parse(request.GET.get("after", ""))
    rows, onward = selectors.page_of(queryset, after)
    chosen = _chosen(request, rows)
    following = selectors.next_open(rows, chosen) if chosen else None
    context: dict[str, Any] = {
        "listing": listing,
        "rows": rows,
        "chosen": chosen,
        "following": following,
        "pager": _pager(request, listing, rows, after, onward),
        "query": _query(request, drop=("lead",)),
        "since": request.GET["since"],
        "undo_key": uuid4().hex,
        "counts": selectors.counts_by_status(actor),
        "decided_here": [row for row in rows if row.decided_by == actor.id],
        "back": request.get_full_path(),
        "export_query": _query(request, drop=PLACE),
    }
    if chosen:
        context |= _panel(request, chosen)
    return render(request, "leads/triage.html", context)


def _listing(request: HttpRequest) -> Listing:
    actor = request.actor  # type: ignore[attr-defined]
    visible = Lead.objects.visible_to(actor)
    platforms = visible.order_by("platform").values_list("platform", flat=True).distinct()[:40]
    marks = visible.order_by("mark").values_list("mark", flat=True).distinct()[:200]
    bare = copy.copy(request)
    query = request.GET.copy()
    for name in PLACE:
        query.pop(name, None)
    bare.GET = query  # type: ignore[assignment]
    return Listing(
        bare,
        visible,
        order=("-score_milli", "pk"),
        search=("title", "mark", "account_id"),
        filters=(
            FilterField(
                "status",
                _("Status"),
                "choice",
                [Choice(OPEN, pgettext("lead", "Open")), *_choices(Status.choices[1:])],
            ),
            FilterField("platform", _("Platform"), "choice", [Choice(p, p) for p in platforms if p]),
            FilterField("mark", _("Mark"), "choice", [Choice(m, m) for m in marks if m]),
            FilterField("account", _("Account"), "text"),
        ),
        lookups={
            "account": "account_id",
            "status": "" if query.get("status", OPEN) in (OPEN, "") else "status",
        },
        search_label=_("Words in title, mark or account"),
    )


def _choices(pairs: Any) -> list[Choice]:
    return [Choice(value, label) for value, label in pairs]


def _chosen(request: HttpRequest, rows: list[Lead]) -> Lead | None:
    wanted = request.GET.get("lead", "")
    if wanted.isdigit() and len(wanted) < 12:
        on_page = next((row for row in rows if row.pk == int(wanted)), None)
        found = on_page or Lead.objects.visible_to(request.actor).filter(pk=wanted).first()  # type: ignore[attr-defined]
        if found:
            return found
    return next((row for row in rows if row.status == Status.UNDECIDED), rows[0] if rows else None)


def _query(request: HttpRequest, drop: tuple[str, ...] = (), **changes: str) -> str:
    kept = [(k, v) for k, vs in request.GET.lists() for v in vs if k not in drop and k not in changes]
    return urlencode([*kept, *changes.items()])


def _pager(
    request: HttpRequest,
    listing: Listing,
    rows: list[Lead],
    after: selectors.Place | None,
    onward: selectors.Place | None,
) -> Pager:
    passed = after.passed if after else 0
    drop = ("after", "lead")
    return Pager(
        first=passed + 1 if rows else 0,
        last=passed + len(rows),
        total=None,
        first_url=f"?{_query(request, drop)}" if after else "",
        next_url=f"?{_query(request, drop, after=str(onward))}" if onward else "",
    )


def _panel(request: HttpRequest, lead: Lead) -> dict[str, Any]:
    """What the page shows beside one lead."""
    actor = request.actor  # type: ignore[attr-defined]
    suggested = proposed_grounds(lead.explanation)
    standing = lead.judgements.filter(reverses__isnull=True, reversed_by__isnull=True).order_by("-pk").first()
    return {
        "lead": lead,
        "pieces": {name: selectors.marked(lead, name) for name in ("title", "brand", "description")},
        "reasons": selectors.reasons(lead),
        "not_checked": selectors.not_checked(lead),
        "machine": components.Verdict(_("Suspected: %(how)s") % {"how": lead.likelihood}),
        "standing": _decided(lead, standing, actor.id) if standing else None,
        "standing_note": standing.note if standing else "",
        "standing_grounds": standing.ground_labels if standing else [],
        "verdicts": [(digit, verdict.value, verdict.label) for digit, verdict in DIGITS.items()],
        "grounds": [(code, label, code in suggested) for code, label in Ground.choices],
        "clearances": Clearance.choices,
        "may_judge": policies.may_judge(actor, lead),
        "may_undo": bool(standing and standing.actor_key == actor.id),
        "verdict_key": uuid4().hex,
        "shop_leads": selectors.same_shop(actor, lead),
        "links": _links(lead),
    }


def _decided(lead: Lead, standing: Judgement, actor_id: str) -> components.Verdict:
    by = _("you") if standing.actor_key == actor_id else _("a colleague")
    capacity = dict(Capacity.choices).get(standing.capacity, standing.capacity)
    return components.Verdict(lead.get_status_display(), by, capacity, standing.at, lead.tone)


def _links(lead: Lead) -> dict[str, str]:
    """Pages of other rooms that go on from a lead, where this office has them."""
    links = {}
    for name, view, query in (
        ("matter", "matters:new", {"leads": lead.pk}),
        ("capture", "exhibits:capture", {"url": lead.shown.get("url", ""), "lead": lead.pk}),
    ):
        try:
            links[name] = f"{reverse(view)}?{urlencode(query)}"
        except NoReverseMatch:
            continue
    return links


@login_required
@require_GET
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """One lead: the listing as it was screened, the reasons, the verdicts so far."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = get_object_or_404(Lead.objects.visible_to(actor), pk=pk)
    ledger.record_read(actor=actor, target=f"leads/{shown.pk}")
    events = [
        Event(_("Suspected by screening"), shown.screened_at, _("this node"), "machine", shown.mark),
        *(_event(one, actor.id) for one in shown.judgements.select_related("reverses")),
    ]
    context = _panel(request, shown) | {"events": events, "back": shown.get_absolute_url()}
    return render(request, "leads/lead.html", context)


def _event(one: Judgement, actor_id: str) -> Event:
    by = _("you") if one.actor_key == actor_id else _("a colleague")
    capacity = dict(Capacity.choices).get(one.capacity, one.capacity)
    if one.reverses_id:
        taken = one.reverses.get_verdict_display() if one.reverses else ""
        return Event(
            _("Taken back: %(verdict)s") % {"verdict": taken}, one.at, f"{by} · {capacity}", "correction"
        )
    body = " · ".join([*one.ground_labels, one.note] if one.note else one.ground_labels)
    return Event(one.get_verdict_display(), one.at, f"{by} · {capacity}", "decision", body)


EXPORTED = (
    "reference", "listing", "right", "platform", "account_id", "title", "mark", "holder", "score", "channel",
    "status", "decided_capacity", "decided_at", "matter",
)  # fmt: skip


@login_required
@require_GET
def export(request: HttpRequest, suffix: str) -> StreamingHttpResponse:
    """The leads of the filters in force, as CSV or with all reasons as JSON lines; the ledger keeps who took them."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_judge(actor)
    queryset: QuerySet[Lead] = _listing(request).queryset
    if request.GET.get("status") == OPEN:
        queryset = queryset.filter(status=Status.UNDECIDED)
    detail = {"format": suffix, "count": queryset.count(), "filters": _query(request)}
    ledger.record_read(
        actor=actor, verb="leads.exported", target=f"people/{actor.organisation_id}", detail=detail
    )
    lines = _csv(queryset) if suffix == "csv" else _jsonl(queryset)
    kind = "text/csv; charset=utf-8" if suffix == "csv" else "application/x-ndjson"
    response = StreamingHttpResponse(lines, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="leads.{suffix}"'
    return response


def _values(lead: Lead) -> dict[str, Any]:
    told = {name: getattr(lead, name) for name in EXPORTED}
    told["decided_at"] = lead.decided_at.isoformat() if lead.decided_at else ""
    return told


class _Echo:
    def write(self, text: str) -> str:
        return text


def _csv(queryset: QuerySet[Lead]) -> Iterator[str]:
    writer = csv.writer(_Echo(), lineterminator="\n")
    # A byte order mark, without which a common spreadsheet reads Chinese as something else.
    yield "\ufeff" + writer.writerow(EXPORTED)
    for lead in queryset.iterator(chunk_size=500):
        yield writer.writerow([_harmless(value) for value in _values(lead).values()])


def _harmless(value: Any) -> Any:
    """A seller's title that begins like a formula is text to a spreadsheet."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def _jsonl(queryset: QuerySet[Lead]) -> Iterator[str]:
    for lead in queryset.iterator(chunk_size=500):
        told = {**_values(lead), "explanation": lead.explanation}
        yield json.dumps(told, ensure_ascii=False) + "\n"
