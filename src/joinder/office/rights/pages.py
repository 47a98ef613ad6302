"""Pages of rights: the list, one right, and what is added to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from joinder.office.ledger import services as ledger
from joinder.office.rights import logos, policies, selectors, services
from joinder.office.rights.forms import NoteForm, SellerForm
from joinder.office.rights.models import AuthorisedSeller, Kind, ProductNote, Right
from joinder.office.ui.components import Cell, Choice, Column, FilterField, Row, Table
from joinder.office.ui.lists import Listing
from joinder.vocabulary.errors import JoinderError


def _visible(request: HttpRequest, pk: int) -> Right:
    rights = Right.objects.visible_to(request.actor).select_related("holder_organisation__kind")  # type: ignore[attr-defined]
    return get_object_or_404(rights, pk=pk)


@login_required
@require_GET
def rights(request: HttpRequest) -> HttpResponse:
    """All rights, searched by mark, other writing, holder or number."""
    actor = request.actor  # type: ignore[attr-defined]
    visible = Right.objects.visible_to(actor)
    if request.GET.get("holder") == "own":
        visible = visible.filter(holder_organisation_id=actor.organisation_id)
    listing = Listing(
        request,
        visible,
        order=("mark", "right_id"),
        search=("search_text",),
        filters=(
            FilterField(
                "kind", _("Kind of right"), "choice", [Choice(kind.value, kind.label) for kind in Kind]
            ),
            FilterField("holder", _("Holder"), "choice", [Choice("own", _("My organisation"))]),
        ),
        lookups={"holder": ""},
        sorts={"expires": ("expires_on", "pk"), "registered": ("-registered_on", "pk")},
        search_label=_("Mark, holder or number"),
    )
    rows = [
        Row(
            {
                "mark": Cell(
                    str(right), url=right.get_absolute_url(), note=" · ".join(right.aliases[:3]), quoted=True
                ),
                "kind": right.get_kind_display(),
                "number": right.registration_no or right.right_id,
                "holder": Cell(right.holder, quoted=True),
                "classes": ", ".join(right.classes),
                "expires": _expiry(right),
            },
            url=right.get_absolute_url(),
        )
        for right in listing.page
    ]
    columns = (
        Column("mark", _("Mark or title")),
        Column("kind", _("Kind of right")),
        Column("number", _("Number"), "code"),
        Column("holder", _("Holder")),
        Column("classes", _("Classes")),
        Column("expires", _("Expires on"), "day", sort="expires"),
    )
    table = Table(
        columns,
        rows,
        caption=_("Rights"),
        empty=_("No right matches."),
        sort=listing.sort,
        query=listing.query,
    )
    may_import = policies.may_import(actor)
    context = {"table": table, "listing": listing, "may_import": may_import}
    return render(request, "rights/rights.html", context)


def _expiry(right: Right) -> Any:
    return Cell(_("expired"), tone="warn") if right.has_expired else right.expires_on


@login_required
@require_GET
def right(request: HttpRequest, pk: int) -> HttpResponse:
    """One right with what the reader may know of it."""
    return _show(request, _visible(request, pk))


def _show(request: HttpRequest, shown: Right, **forms: Any) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    sees_price, sees_sellers = policies.may_see_price(actor, shown), policies.may_see_sellers(actor, shown)
    notes = selectors.notes_of(actor, shown)
    if notes:
        detail = {"notes": [note.pk for note in notes]}
        ledger.record_read(actor=actor, verb="rights.notes_read", target=f"rights/{shown.pk}", detail=detail)
    may_authorise = policies.may_authorise(actor, shown)
    context = {
        "right": shown,
        "sees_price": sees_price,
        "sees_sellers": sees_sellers,
        "sellers": selectors.sellers_of(actor, shown),
        "notes": notes,
        "own_notes": {note.pk for note in notes if note.organisation_id == actor.organisation_id},
        "may_authorise": may_authorise,
        "may_write": policies.may_write_note(actor, shown),
        "seller_form": SellerForm(auto_id="seller-%s"),
        "note_form": NoteForm(auto_id="note-%s"),
        **forms,
    }
    return render(request, "rights/right.html", context, status=422 if forms else 200)


@login_required
@require_POST
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note on the goods."""
    shown, form = _visible(request, pk), NoteForm(request.POST, auto_id="note-%s")
    if form.is_valid():
        try:
            services.add_note(actor=request.actor, right=shown, **form.cleaned_data)  # type: ignore[attr-defined]
        except JoinderError as error:
            if getattr(error, "http_status", 400) == 403:
                raise
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The note was saved."))
            return redirect(shown)
    return _show(request, shown, note_form=form)


@login_required
@require_POST
def retire_note(request: HttpRequest, pk: int, note: int) -> HttpResponse:
    """Take a note back."""
    shown, actor = _visible(request, pk), request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(ProductNote.objects.visible_to(actor), right=shown, pk=note)
    services.retire_note(actor=actor, note=found)
    messages.success(request, _("The note was taken back."))
    return redirect(shown)


@login_required
@require_POST
def add_seller(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who may sell."""
    shown, form = _visible(request, pk), SellerForm(request.POST, auto_id="seller-%s")
    if form.is_valid():
        try:
            services.authorise_seller(actor=request.actor, right=shown, **form.cleaned_data)  # type: ignore[attr-defined]
        except JoinderError as error:
            if getattr(error, "http_status", 400) == 403:
                raise
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The seller was authorised."))
            return redirect(shown)
    return _show(request, shown, seller_form=form)


@login_required
@require_POST
def end_seller(request: HttpRequest, pk: int, seller: int) -> HttpResponse:
    """End an authorisation."""
    shown, actor = _visible(request, pk), request.actor  # type: ignore[attr-defined]
    found = get_object_or_404(AuthorisedSeller.objects.visible_to(actor), right=shown, pk=seller)
    services.end_authorisation(actor=actor, seller=found)
    messages.success(request, _("The authorisation was ended."))
    return redirect(shown)


@login_required
@require_GET
def logo(request: HttpRequest, pk: int) -> FileResponse:
    """The picture of a right."""
    shown = _visible(request, pk)
    path = logos.path_of(shown.logo) if shown.logo else None
    if path is None or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@login_required
def import_pool(request: HttpRequest) -> HttpResponse:
    """Choose a rights pool of this node and import it as a job."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_import(actor)
    if request.method == "POST":
        job = services.ask_import(actor=actor, pool=request.POST.get("pool", ""))
        return redirect(job)
    return render(request, "rights/import.html", {"pools": selectors.pools_of_rights()})
