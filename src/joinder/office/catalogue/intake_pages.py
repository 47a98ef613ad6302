"""Pages of an intake: hand a file in, correct the proposed mapping, follow the job, read what came of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from joinder.office.catalogue import editing, selectors, services
from joinder.office.catalogue.errors import said
from joinder.office.catalogue.forms import UploadForm
from joinder.office.catalogue.models import IngestRun, Upload
from joinder.office.catalogue.pages import findings_table, kept_pool, run_state
from joinder.office.ui.components import Column, Row, Table
from joinder.vocabulary.errors import JoinderError


@login_required
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a file for a pool."""
    pool = kept_pool(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.receive_file(
                actor=request.actor,  # type: ignore[attr-defined]
                pool=pool,
                name=file.name,
                chunks=file.chunks(),
            )
        except JoinderError as error:
            form.add_error("file", said(error))
        else:
            return redirect("catalogue:mapping", pk=pool.pk, upload=made.pk)
    waiting = Upload.objects.visible_to(request.actor).filter(pool=pool, removed_at__isnull=True)[:10]  # type: ignore[attr-defined]
    context = {"pool": pool, "form": form, "waiting": waiting}
    return render(request, "catalogue/upload.html", context, status=422 if form.errors else 200)


@login_required
def mapping(request: HttpRequest, pk: int, upload: int) -> HttpResponse:
    """The proposed mapping of a file, to be corrected; from here the intake is tried out or started."""
    pool = kept_pool(request, pk)
    uploads = Upload.objects.visible_to(request.actor).filter(pool=pool, removed_at__isnull=True)  # type: ignore[attr-defined]
    file = get_object_or_404(uploads, pk=upload)
    held = selectors.held(pool)
    draft = editing.draft_for(file, held.mapping if held else None)
    error, text, posted = "", draft.text, request.POST
    if request.method == "POST":
        try:
            if posted.get("by") == "text":
                text = posted.get("text", "").replace("\r\n", "\n")
            else:
                text = editing.text_from(pool, file, posted.dict(), draft.proposal)
            run = services.start_intake(
                actor=request.actor,  # type: ignore[attr-defined]
                pool=pool,
                upload=file,
                mapping=text,
                dry_run=posted.get("act") != "take_in",
            )
        except JoinderError as refused:
            error = said(refused)
        else:
            return redirect(run)
    context = {
        "pool": pool,
        "upload": file,
        "draft": draft,
        "lines": _lines(draft, posted if error else None),
        "text": text,
        "error": error,
        "by_text": posted.get("by") == "text" or draft.kept,
    }
    return render(request, "catalogue/mapping.html", context, status=422 if error else 200)


def _lines(draft: editing.Draft, posted: Any) -> list[dict[str, Any]]:
    return [
        {
            "line": line,
            "column": posted.get(f"column-{line.field}", "") if posted is not None else line.column,
            "constant": posted.get(f"constant-{line.field}", "") if posted is not None else line.constant,
        }
        for line in draft.lines
    ]


@login_required
@require_GET
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One intake: how far it is, what came of it, and what was wrong with rows."""
    runs = IngestRun.objects.visible_to(request.actor).select_related("pool__owner", "job", "upload")  # type: ignore[attr-defined]
    shown = get_object_or_404(runs, pk=pk)
    report = shown.report or {}
    context = {
        "run": shown,
        "pool": shown.pool,
        "state": run_state(shown),
        "counts": [
            (label, shown.counts[name]) for name, label in _count_labels() if shown.counts[name] is not None
        ],
        "findings": findings_table(report.get("findings", [])),
        "sample": _sample(report.get("sample", [])),
        "ignored": report.get("ignored", []),
        "already": report.get("already", []),
        "may_take_in": shown.dry_run
        and shown.report is not None
        and shown.upload
        and not shown.upload.removed_at,
    }
    return render(request, "catalogue/run.html", context)


@login_required
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the real intake after a trial, with the same file and mapping."""
    runs = IngestRun.objects.visible_to(request.actor).select_related("pool", "upload")  # type: ignore[attr-defined]
    tried = get_object_or_404(runs, pk=pk)
    if request.method != "POST" or tried.upload is None:
        return redirect(tried)
    made = services.start_intake(
        actor=request.actor,  # type: ignore[attr-defined]
        pool=tried.pool,
        upload=tried.upload,
        mapping=tried.mapping,
    )
    messages.success(request, _("The intake was started."))
    return redirect(made)


def _count_labels() -> list[tuple[str, str]]:
    return [
        ("read", _("Rows read")),
        ("added", _("New")),
        ("changed", _("Changed")),
        ("unchanged", _("Unchanged")),
        ("rejected", _("Rows left out")),
        ("emptied", _("Values left out")),
        ("doubtful", _("Values to be looked at")),
    ]


def _sample(rows: list[dict[str, Any]]) -> Table | None:
    if not rows:
        return None
    names = [name for name in rows[0] if any(row.get(name) not in (None, "", []) for row in rows)]
    shown = [Row({name: _text(row.get(name)) for name in names}) for row in rows]
    return Table(
        [Column(name, name) for name in names], shown, caption=_("First rows as they would be stored")
    )


def _text(value: Any) -> str:
    return (
        " | ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)[:120]
    )
