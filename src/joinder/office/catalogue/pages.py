"""Pages of the catalogue: pools, one pool, its rules, its intakes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from joinder.office.catalogue import policies, selectors, services
from joinder.office.catalogue.errors import said
from joinder.office.catalogue.forms import AskForm, PoolForm
from joinder.office.catalogue.models import Audience, IngestRun, Pool
from joinder.office.ledger import services as ledger
from joinder.office.people.models import Organisation
from joinder.office.ui.components import Cell, Choice, Column, FilterField, Row, Table
from joinder.office.ui.lists import Listing
from joinder.vocabulary.errors import JoinderError
from joinder.vocabulary.schemas import KINDS

REJECTS_A_PAGE = 50
LEVEL_TONE = {"rejected": "bad", "emptied": "warn", "doubtful": "info"}


def visible_pool(request: HttpRequest, pk: int) -> Pool:
    """The pool, if this actor may know of it; else 404."""
    pools = Pool.objects.visible_to(request.actor).select_related("owner__kind")  # type: ignore[attr-defined]
    return get_object_or_404(pools, pk=pk)


def kept_pool(request: HttpRequest, pk: int) -> Pool:
    """The pool, if this actor keeps it. Raises NotAllowed for one that only sees it."""
    pool = visible_pool(request, pk)
    policies.check_may_manage(request.actor, pool)  # type: ignore[attr-defined]
    return pool


@login_required
@require_GET
def pools(request: HttpRequest) -> HttpResponse:
    """The pools that one may ask, and one's own."""
    actor = request.actor  # type: ignore[attr-defined]
    chinese = (get_language() or "").startswith("zh")
    kinds = [Choice(k, v.title_zh if chinese else v.title_en) for k, v in KINDS.items()]
    listing = Listing(
        request,
        Pool.objects.visible_to(actor).select_related("owner"),
        order=("name", "kind"),
        search=("name", "title_zh", "title_en", "owner__name", "owner__name_en"),
        filters=(FilterField("kind", _("Kind of record"), "choice", kinds),),
        sorts={"records": ("-records", "name")},
    )
    rows = [_pool_row(pool) for pool in listing.page]
    columns = (
        Column("title", _("Pool")),
        Column("kind", _("Kind of record")),
        Column("owner", _("Owner of the pool")),
        Column("records", _("Records"), "number", sort="records"),
        Column("answers", _("Answers others with")),
        Column("fresh", _("Renewed"), "time"),
        Column("state", _("State")),
    )
    may_register = policies.may_register(actor)
    table = Table(
        columns,
        rows,
        caption=_("Data pools"),
        empty=_("No pool matches."),
        empty_url="/catalogue/add/" if may_register else "",
        empty_action=_("Register a pool"),
        sort=listing.sort,
        query=listing.query,
    )
    context = {
        "table": table,
        "listing": listing,
        "may_register": may_register,
        "unregistered": selectors.unregistered(actor),
    }
    return render(request, "catalogue/pools.html", context)


def _pool_row(pool: Pool) -> Row:
    state = Cell(_("renewal overdue"), tone="warn") if pool.is_stale else Cell(_("in order"), tone="done")
    if pool.renewed_at is None:
        state = Cell(_("empty"), tone="todo")
    return Row(
        {
            "title": Cell(str(pool), url=pool.get_absolute_url(), note=pool.name),
            "kind": pool.kind_title,
            "owner": str(pool.owner),
            "records": pool.records,
            "answers": pool.get_granularity_display(),
            "fresh": pool.renewed_at,
            "state": state,
        },
        url=pool.get_absolute_url(),
    )


@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Register a pool of one's organisation."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_register(actor)
    named = {name: request.GET[name] for name in ("name", "kind") if name in request.GET}
    form = PoolForm(request.POST or None, initial=named)
    if request.method == "POST" and form.is_valid():
        try:
            pool = services.register_pool(
                actor=actor, owner=Organisation.objects.get(pk=actor.organisation_id), **form.cleaned_data
            )
        except JoinderError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("The pool %(name)s was registered.") % {"name": pool})
            return redirect(pool)
    status = 422 if form.errors else 200
    return render(request, "catalogue/pool_form.html", {"form": form, "pool": None}, status=status)


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a pool's titles and rules."""
    pool = kept_pool(request, pk)
    form = PoolForm(request.POST or None, pool=pool)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_pool(actor=request.actor, pool=pool, **form.cleaned_data)  # type: ignore[attr-defined]
        except JoinderError as error:
            form.add_error(None, said(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(pool)
    status = 422 if form.errors else 200
    return render(request, "catalogue/pool_form.html", {"form": form, "pool": pool}, status=status)


@login_required
def pool(request: HttpRequest, pk: int) -> HttpResponse:
    """One pool: its rules, what it holds, where it came from; and a question to it."""
    shown, actor = visible_pool(request, pk), request.actor  # type: ignore[attr-defined]
    form, answer = AskForm(request.POST or None, pool=shown), None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            answer = services.ask(
                actor=actor,
                pool=shown,
                where={told["field"]: told["value"]},
                purpose=told["purpose"],
                legal_basis=told["legal_basis"],
            )
        except JoinderError as error:
            form.add_error(None, said(error))
    may_manage = policies.may_manage(actor, shown)
    runs = IngestRun.objects.visible_to(actor).filter(pool=shown).select_related("job")[:10]
    context = {
        "pool": shown,
        "form": form,
        "answer": answer,
        "may_manage": may_manage,
        "held": selectors.held(shown) if may_manage else None,
        "runs": _runs_table(list(runs)) if may_manage else None,
        "fields": _fields(shown),
        "is_owner": actor.organisation_id == shown.owner_id,
        "shared": shown.audience != Audience.OWN,
    }
    return render(request, "catalogue/pool.html", context, status=422 if form.errors else 200)


def _fields(pool: Pool) -> list[dict[str, str]]:
    chinese = (get_language() or "").startswith("zh")
    return [
        {
            "name": field.name,
            "meaning": field.meaning_zh if chinese else field.meaning_en,
            "sensitivity": field.sensitivity.value,
        }
        for field in KINDS[pool.kind].fields
    ]


def _runs_table(runs: list[IngestRun]) -> Table:
    rows = []
    for run in runs:
        counts = run.counts
        rows.append(
            Row(
                {
                    "file": Cell(", ".join(file["name"] for file in run.files[:3]), quoted=True),
                    "at": run.started_at,
                    "state": run_state(run),
                    "read": counts["read"],
                    "added": counts["added"],
                    "changed": counts["changed"],
                    "rejected": counts["rejected"],
                },
                url=run.get_absolute_url(),
            )
        )
    columns = (
        Column("file", _("File")),
        Column("at", _("Started"), "time"),
        Column("state", _("State")),
        Column("read", _("Rows read"), "number"),
        Column("added", _("New"), "number"),
        Column("changed", _("Changed"), "number"),
        Column("rejected", _("Rejected"), "number"),
    )
    return Table(columns, rows, caption=_("Intakes"), empty=_("Nothing was taken in yet."))


def run_state(run: IngestRun) -> Cell:
    """How an intake stands, in words."""
    if run.report is not None:
        return Cell(_("tried out"), tone="info") if run.dry_run else Cell(_("taken in"), tone="ok")
    if run.job is None:
        return Cell(_("unknown"), tone="todo")
    return Cell(run.job.get_state_display(), tone=run.job.tone)


@login_required
@require_GET
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """What was wrong with the rows of a pool's files."""
    pool, start = kept_pool(request, pk), _number(request.GET.get("from"))
    found = list(selectors.rejects(pool, start, REJECTS_A_PAGE + 1))
    ledger.record_read(actor=request.actor, verb="catalogue.rejects_read", target=f"catalogue/{pool.pk}")  # type: ignore[attr-defined]
    context = {
        "pool": pool,
        "table": findings_table(found[:REJECTS_A_PAGE]),
        "previous": max(0, start - REJECTS_A_PAGE) if start else None,
        "next": start + REJECTS_A_PAGE if len(found) > REJECTS_A_PAGE else None,
    }
    return render(request, "catalogue/rejects.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0


def findings_table(found: list[dict[str, Any]]) -> Table:
    """Findings as a table in the reader's language."""
    tongue = "zh" if (get_language() or "").startswith("zh") else "en"
    labels = {"rejected": _("row left out"), "emptied": _("value left out"), "doubtful": _("to be looked at")}
    rows = [
        Row(
            {
                "source": Cell(told.get("source", ""), quoted=True),
                "row": told["row"],
                "field": told["field"],
                "value": Cell(told["value"], quoted=True),
                "level": Cell(labels[told["level"]], tone=LEVEL_TONE[told["level"]]),
                "reason": Cell(told[f"reason_{tongue}"], note=told[f"mend_{tongue}"]),
            }
        )
        for told in found
    ]
    columns = (
        Column("source", _("File")),
        Column("row", _("Row"), "number"),
        Column("field", _("Field"), "code"),
        Column("value", _("Value")),
        Column("level", _("What became of it")),
        Column("reason", _("Why, and how to mend it")),
    )
    return Table(columns, rows, caption=_("Findings"), empty=_("Nothing was wrong with the rows."))


class _Echo:
    """A file that hands back what is written to it, for streaming."""

    def write(self, text: str) -> str:
        return text


@login_required
@require_GET
def rejects_file(request: HttpRequest, pk: int, suffix: str) -> StreamingHttpResponse:
    """All findings as CSV or JSONL, streamed; the export is in the ledger."""
    pool = kept_pool(request, pk)
    ledger.record_read(
        actor=request.actor,  # type: ignore[attr-defined]
        verb="catalogue.rejects_exported",
        target=f"catalogue/{pool.pk}",
        detail={"format": suffix},
    )
    lines = _csv_lines(pool) if suffix == "csv" else _json_lines(pool)
    kind = "text/csv; charset=utf-8" if suffix == "csv" else "application/jsonl; charset=utf-8"
    response = StreamingHttpResponse(lines, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{pool.name}-{pool.kind}-rejects.{suffix}"'
    return response


_EXPORTED = ("source", "row", "field", "value", "level", "reason_zh", "reason_en", "mend_zh", "mend_en")


def _csv_lines(pool: Pool) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # The byte-order mark lets spreadsheets read the Chinese; a leading ' keeps a value from being run as a formula.
    yield "\ufeff" + str(writer.writerow(_EXPORTED))
    for told in selectors.rejects(pool):
        yield str(writer.writerow([_harmless(told.get(name, "")) for name in _EXPORTED]))


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value


def _json_lines(pool: Pool) -> Iterator[str]:
    for told in selectors.rejects(pool):
        yield json.dumps(told, ensure_ascii=False) + "\n"
