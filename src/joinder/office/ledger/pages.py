"""The ledger: what was done, and the proof that nothing was changed since."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from joinder.office.ledger import services, verifying
from joinder.office.ledger.leaves import leaf_of
from joinder.office.ledger.models import Entry
from joinder.office.ledger.sequencing import node_log
from joinder.office.ledger.wording import WORDS
from joinder.office.ui.components import Cell, Choice, Column, FilterField, Row, Table
from joinder.office.ui.lists import Listing


def _listing(request: HttpRequest) -> Listing:
    visible = Entry.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return Listing(
        request,
        visible,
        search=("verb", "target", "actor_id"),
        filters=(
            FilterField(
                "read", _("Kind"), "choice", [Choice("True", _("Reads")), Choice("False", _("Acts"))]
            ),
        ),
        lookups={"read": "is_read"},
    )


def _said(entry: Entry) -> Cell:
    url = f"/ledger/{entry.entry_id}/"
    if entry.verb in WORDS:
        return Cell(WORDS[entry.verb], url=url, note=entry.verb)
    return Cell(entry.verb, url=url, code=True)


@login_required
def entries(request: HttpRequest) -> HttpResponse:
    """The entries one may see, newest first."""
    listing = _listing(request)
    rows = [
        Row(
            {
                "at": entry.recorded_at,
                "verb": _said(entry),
                "target": entry.target,
                "actor": Cell(entry.actor_id, code=True, note=entry.capacity),
                "place": Cell(_("waiting"), tone="warn") if entry.leaf_index is None else entry.leaf_index,
            }
        )
        for entry in listing.page
    ]
    columns = (
        Column("at", _("When"), "time"),
        Column("verb", _("What")),
        Column("target", _("To what"), "code"),
        Column("actor", _("Who (opaque id)")),
        Column("place", _("Place in the log"), "number"),
    )
    table = Table(columns, rows, caption=_("Entries"), empty=_("No entry matches."))
    return render(request, "ledger/entries.html", {"table": table, "listing": listing, "report": None})


@login_required
def entry(request: HttpRequest, entry_id: str) -> HttpResponse:
    """One entry with its leaf and its inclusion proof."""
    shown = get_object_or_404(Entry.objects.visible_to(request.actor), entry_id=entry_id)  # type: ignore[attr-defined]
    proof = node_log().proof(shown.leaf_index) if shown.leaf_index is not None else ""
    context = {
        "entry": shown,
        "words": WORDS.get(shown.verb, ""),
        "leaf": leaf_of(shown).decode(),
        "detail": json.dumps(shown.detail, ensure_ascii=False, indent=1),
        "proof": proof,
    }
    return render(request, "ledger/entry.html", context)


@login_required
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Rebuild the log, compare every entry, and say what was found; the check itself is recorded."""
    report = verifying.verify()
    services.record(
        actor=request.actor,  # type: ignore[attr-defined]
        verb="ledger.verified",
        target="ledger",
        detail={"ok": report.ok, "size": report.log_size, "root": report.root_hex},
    )
    return render(request, "ledger/report.html", {"report": report})
