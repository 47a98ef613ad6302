"""Pages of evidence: the list, one exhibit in its views, capturing, handing in."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from joinder.evidence.verification import verifier_path
from joinder.office.exhibits import policies, selectors, services, store
from joinder.office.exhibits.forms import ShowForm
from joinder.office.exhibits.models import Exhibit, Source, Verdict
from joinder.office.ledger import services as ledger
from joinder.office.ui.components import Cell, Choice, Column, FilterField, Row, Table
from joinder.office.ui.lists import Listing
from joinder.vocabulary.errors import JoinderError

VIEWS = ("picture", "replay", "text", "files", "custody")
PICTURE = re.compile(r"views/screenshot-\d{3}\.png")
VERDICT_TONE = {Verdict.VALID: "ok", Verdict.INVALID: "bad", Verdict.UNKNOWN: "warn"}


def visible_exhibit(request: HttpRequest, reference: str) -> Exhibit:
    """The exhibit, if this actor may see it; else 404."""
    exhibits = Exhibit.objects.visible_to(request.actor).select_related("owner")  # type: ignore[attr-defined]
    return get_object_or_404(exhibits, reference=reference)


@login_required
@require_GET
def exhibits(request: HttpRequest) -> HttpResponse:
    """The exhibits of one's organisation, and those it was shown."""
    actor = request.actor  # type: ignore[attr-defined]
    state = FilterField(
        "complete",
        _("Completeness"),
        "choice",
        [Choice("True", _("complete")), Choice("False", _("incomplete"))],
    )
    source = FilterField("source", _("Source"), "choice", [Choice(s.value, s.label) for s in Source])
    listing = Listing(
        request,
        Exhibit.objects.visible_to(actor).select_related("owner").prefetch_related("verifications"),
        order=("-started_at", "-id"),
        search=("reference", "title", "url", "matter"),
        filters=(state, source),
        sorts={"matter": ("matter", "sequence", "-id")},
    )
    may_take = policies.may_take(actor)
    table = Table(
        (
            Column("title", _("Page")),
            Column("at", _("Captured"), "time"),
            Column("state", _("State")),
            Column("integrity", _("Integrity")),
            Column("matter", _("Case number"), sort="matter"),
            Column("owner", _("Owner")),
        ),
        [_row(exhibit) for exhibit in listing.page],
        caption=_("Exhibits"),
        empty=_("No exhibit matches."),
        empty_url="/exhibits/capture/" if may_take else "",
        empty_action=_("Capture a page"),
        sort=listing.sort,
        query=listing.query,
    )
    return render(
        request, "exhibits/exhibits.html", {"table": table, "listing": listing, "may_take": may_take}
    )


def _row(exhibit: Exhibit) -> Row:
    checked = next(iter(exhibit.verifications.all()), None)
    integrity = (
        Cell(checked.get_verdict_display(), tone=VERDICT_TONE[Verdict(checked.verdict)]) if checked else None
    )
    return Row(
        {
            "title": Cell(
                exhibit.title or exhibit.url,
                url=exhibit.get_absolute_url(),
                note=exhibit.reference,
                quoted=True,
            ),
            "at": exhibit.started_at,
            "state": Cell(*_state(exhibit)) if exhibit.complete else Cell(_("incomplete"), tone="warn"),
            "integrity": integrity,
            "matter": f"{exhibit.matter} · {exhibit.sequence}" if exhibit.matter else "",
            "owner": str(exhibit.owner),
        },
        url=exhibit.get_absolute_url(),
    )


def _state(exhibit: Exhibit) -> tuple[str, str, str]:
    return (_("sealed"), "", "sealed") if exhibit.official else (_("sealed, unofficial"), "", "sealed")


@login_required
@require_GET
def exhibit(request: HttpRequest, reference: str) -> HttpResponse:
    """What the page was, how it was taken, whether it is intact."""
    actor, shown = request.actor, visible_exhibit(request, reference)  # type: ignore[attr-defined]
    view = request.GET.get("view", "picture")
    view = view if view in VIEWS else "picture"
    ledger.record_read(
        actor=actor, verb="exhibits.seen", target=f"exhibits/{shown.reference}", detail={"view": view}
    )
    checked = selectors.latest(shown)
    context: dict[str, Any] = {
        "exhibit": shown,
        "view": view,
        "tabs": _tabs(shown),
        "checked": checked,
        "tone": VERDICT_TONE[Verdict(checked.verdict)] if checked else "",
        "lines": selectors.integrity(checked) if checked else [],
        "limits": selectors.does_not_prove(),
        "citation": selectors.citation(shown),
        "may_show": policies.may_show(actor, shown),
        "showings": shown.showings.filter(withdrawn_at__isnull=True).select_related("organisation"),
        "show_form": ShowForm(actor=actor),
        "environment": shown.facts.get("environment", {}),
        "stopped": _stop_reason(shown),
    }
    if view == "text":
        context["text"], context["text_whole"] = selectors.text_of(shown)
    elif view == "files":
        context["files"] = _files_table(shown)
    elif view == "custody":
        context["events"] = selectors.custody(shown, actor)
    return render(request, "exhibits/exhibit.html", context)


def _tabs(exhibit: Exhibit) -> list[tuple[str, str]]:
    labels = (_("Screenshot"), _("Replay"), _("Text"), _("Files"), _("Custody"))
    return list(zip(VIEWS, labels, strict=True))


def _stop_reason(exhibit: Exhibit) -> str:
    stop = exhibit.facts.get("stop_reason") or {}
    return str(stop.get("zh" if (get_language() or "").startswith("zh") else "en", ""))


def _files_table(exhibit: Exhibit) -> Table:
    rows = [
        Row(
            {
                "name": Cell(file["name"], url=f"{exhibit.get_absolute_url()}file/{file['name']}", code=True),
                "size": file["size"],
                "sha256": Cell(file["sha256"] or _("bound by the seal itself"), code=bool(file["sha256"])),
            }
        )
        for file in exhibit.files
    ]
    columns = (Column("name", _("File")), Column("size", _("Bytes"), "number"), Column("sha256", "SHA-256"))
    return Table(columns, rows, caption=_("Files of the package"))


@login_required
@require_GET
def picture(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """A tile of the screenshot, as a picture and nothing else."""
    shown = visible_exhibit(request, reference)
    if not PICTURE.fullmatch(name) or name not in shown.pictures:
        raise Http404
    response = HttpResponse(store.read_member(shown.digest, name), content_type="image/png")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600, immutable"
    return response


@login_required
@require_GET
def file(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One file of the package to keep: never shown as a page, because strangers wrote it."""
    shown = visible_exhibit(request, reference)
    if name not in {known["name"] for known in shown.files}:
        raise Http404
    data = store.read_member(shown.digest, name)
    services.note_download(actor=request.actor, exhibit=shown, name=name)  # type: ignore[attr-defined]
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = f'attachment; filename="{shown.reference}-{name.replace("/", "-")}"'
    return response


@login_required
@require_GET
def package(request: HttpRequest, reference: str) -> FileResponse:
    """The whole package, as it was sealed."""
    shown = visible_exhibit(request, reference)
    path = store.path_of(shown.digest)
    if not path.is_file():
        raise Http404
    services.note_download(actor=request.actor, exhibit=shown, name=shown.package_name)  # type: ignore[attr-defined]
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=shown.package_name, content_type="application/zip"
    )


@login_required
@require_GET
def verifier(request: HttpRequest) -> FileResponse:
    """The single-file verifier."""
    return FileResponse(verifier_path().open("rb"), as_attachment=True, content_type="text/x-python")


@login_required
@require_GET
def anchor(request: HttpRequest, name: str) -> FileResponse:
    """One of the node's trust anchors."""
    if name not in ("root.pem", "log.vkey"):
        raise Http404
    path = settings.HOME.trust / name
    return FileResponse(path.open("rb"), as_attachment=True, content_type="application/octet-stream")


@login_required
@require_POST
def verify(request: HttpRequest, reference: str) -> HttpResponse:
    """Run the verifier on the kept bytes once more."""
    shown = visible_exhibit(request, reference)
    checked = services.verify_again(actor=request.actor, exhibit=shown)  # type: ignore[attr-defined]
    if checked.verdict == Verdict.VALID:
        messages.success(request, _("Verified again: intact."))
    else:
        messages.error(request, _("The verification did not succeed. See the integrity panel."))
    return redirect(shown)


@login_required
@require_POST
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the exhibit to another organisation, or stop."""
    actor, shown = request.actor, visible_exhibit(request, reference)  # type: ignore[attr-defined]
    if request.POST.get("act") == "withdraw":
        showing = get_object_or_404(
            shown.showings, organisation_id=request.POST.get("organisation"), withdrawn_at=None
        )
        services.withdraw(actor=actor, exhibit=shown, organisation=showing.organisation)
        messages.success(request, _("No longer shown. What was downloaded stays with whoever has it."))
        return redirect(shown)
    form = ShowForm(request.POST, actor=actor)
    if not form.is_valid():
        messages.error(request, _("Choose an organisation and state the purpose."))
        return redirect(shown)
    try:
        services.show_to(actor=actor, exhibit=shown, **form.cleaned_data)
    except JoinderError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Shown to %(name)s.") % {"name": form.cleaned_data["organisation"]})
    return redirect(shown)
