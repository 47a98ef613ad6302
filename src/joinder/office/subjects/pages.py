"""Pages of subjects: the list, one subject, its graph, unlinking, and "why not linked?"."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from joinder.office.ledger import services as ledger
from joinder.office.subjects import policies, selectors, services, views
from joinder.office.subjects.forms import JudgeForm, NameForm, ResolveForm, WhyForm
from joinder.office.subjects.graph import picture
from joinder.office.subjects.models import Entity, Judgement, Link, State
from joinder.office.ui.components import Cell, Choice, Column, FilterField, Row, Table
from joinder.office.ui.lists import Listing
from joinder.resolve import explain
from joinder.vocabulary.errors import JoinderError

FILTER = "links__state"


@login_required
@require_GET
def subjects(request: HttpRequest) -> HttpResponse:
    """The subjects of one's organisation, and the pools that may be compared."""
    actor = request.actor  # type: ignore[attr-defined]
    states = [
        Choice(value, label) for value, label in State.choices if value not in ("retracted", "superseded")
    ]
    listing = Listing(
        request,
        selectors.subjects(actor).filter(accounts__gt=0).distinct(),
        order=("-accounts", "pk"),
        search=("reference", "petname", "links__name", "links__account_id", "links__platform"),
        filters=(FilterField("state", pgettext("subject", "Links"), "choice", states),),
        lookups={"state": FILTER},
        sorts={"new": ("-created_at", "-pk"), "undecided": ("-undecided", "-accounts", "pk")},
        search_label=_("Name, account or reference"),
    )
    columns = (
        Column("subject", _("Subject")),
        Column("accounts", _("Accounts"), "number"),
        Column("undecided", _("Not yet decided"), "number", sort="undecided"),
        Column("where", _("Platforms")),
        Column("since", _("Found"), "time", sort="new"),
    )
    table = Table(
        columns,
        [_row(actor, entity) for entity in listing.page],
        caption=_("Subjects"),
        empty=_("No subject matches.") if listing.words else _("No accounts have been compared yet."),
        sort=listing.sort,
        query=listing.query,
    )
    context = {
        "table": table, "listing": listing, "run": selectors.last_run(actor),
        "may_resolve": policies.may_resolve(actor),
    }  # fmt: skip
    return render(request, "subjects/list.html", context)


def _row(actor: Any, entity: Any) -> Row:
    links = list(Link.objects.visible_to(actor).filter(entity=entity).in_force()[:50])
    platforms = sorted({link.platform for link in links if link.platform})
    names = [link.name for link in links if link.name][:3]
    title = entity.petname or ("、" if views.chinese() else ", ").join(names) or entity.reference
    return Row(
        {
            "subject": Cell(
                title, url=entity.get_absolute_url(), note=entity.reference, quoted=not entity.petname
            ),
            "accounts": entity.accounts,
            "undecided": entity.undecided,
            "where": " · ".join(platforms),
            "since": entity.created_at,
        },
        url=entity.get_absolute_url(),
    )


@login_required
def compare(request: HttpRequest) -> HttpResponse:
    """Choose pools and start a comparison."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_resolve(actor)
    pools = selectors.comparable_pools(actor)
    form = ResolveForm(request.POST or None, pools=pools)
    if request.method == "POST" and form.is_valid():
        job = services.start_resolution(actor=actor, pools=form.cleaned_data["pools"])
        messages.success(request, _("The comparison was started."))
        return redirect(job.get_absolute_url())
    status = 422 if form.errors else 200
    return render(request, "subjects/compare.html", {"form": form, "pools": pools}, status=status)


def visible_subject(request: HttpRequest, reference: str) -> Entity:
    """The subject, if this actor may see it; else 404."""
    mine = Entity.objects.visible_to(request.actor).select_related("run", "merged_into")  # type: ignore[attr-defined]
    return get_object_or_404(mine, reference=reference)


def visible_link(request: HttpRequest, reference: str, pk: int) -> Link:
    """A link of a subject, if this actor may see it; else 404."""
    mine = Link.objects.visible_to(request.actor).select_related("entity")  # type: ignore[attr-defined]
    return get_object_or_404(mine, entity__reference=reference, pk=pk)


@login_required
def subject(request: HttpRequest, reference: str) -> HttpResponse:
    """One subject: what links each account, what people decided, as it is or as it was."""
    actor, entity = request.actor, visible_subject(request, reference)  # type: ignore[attr-defined]
    at, wrong_date = _as_of(request)
    shown = selectors.subject(actor, entity, at)
    everything = list(Link.objects.visible_to(actor).filter(entity=entity))
    names = views.people([*shown.judgements, *(one for link in shown.links for one in link.judgements.all())])
    ledger.record_read(
        actor=actor, target=f"subjects/{entity.reference}", detail={"at": at.isoformat()} if at else {}
    )
    context = {
        "entity": entity,
        "cards": [_card(link, names) for link in shown.links],
        "unlinked": [
            _card(link, names) for link in everything if link.state == State.RETRACTED and at is None
        ],
        "hidden": shown.hidden,
        "hubs": [value for value in entity.shared if value["hub"]],
        "platforms": sorted({link.platform for link in shown.links if link.platform}),
        "regions": sorted({link.region for link in shown.links if link.region}),
        "events": views.history(
            shown.judgements, [one for one in everything if at is None or one.since <= at], names
        ),
        "at": at,
        "wrong_date": wrong_date,
        "at_text": request.GET.get("at", ""),
        "name_form": NameForm(initial={"petname": entity.petname}),
        "may_judge": policies.may_judge(actor, entity.owner_id) and at is None and entity.retired_at is None,
        "tongue": "zh" if views.chinese() else "en",
    }
    return render(request, "subjects/subject.html", context)


def _as_of(request: HttpRequest) -> tuple[datetime | None, bool]:
    """The end of the day asked for, and whether the parameter could not be read."""
    text = request.GET.get("at", "").strip()
    if not text:
        return None, False
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, True
    return timezone.make_aware(datetime.combine(day, time.max)), False


def _card(link: Link, names: dict[str, str]) -> dict[str, Any]:
    standing = [one for one in link.judgements.all() if one.retired_at is None]
    bits = link.bits if link.bits is not None else 0.0
    return {
        "link": link,
        "voice": views.voice(link, names),
        "score": views.likelihood(link),
        "reasons": views.reasons(link.prior_bits, link.parts, bits) if link.bits is not None else [],
        "total": round(bits, 2),
        "partner": unquote("/".join(link.partner.split("/")[2:])),
        "standing": standing[-1] if standing else None,
    }


@login_required
@require_POST
def judge(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Confirm or dispute a link. Unlinking has a page of its own that says what would move."""
    link = visible_link(request, reference, pk)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A judgement needs a reason."))
        return redirect(f"{link.entity.get_absolute_url()}#link-{link.pk}")
    services.judge(actor=request.actor, link=link, **form.cleaned_data)  # type: ignore[attr-defined]
    messages.success(request, _("Recorded. It can be undone in the history of the link."))
    return redirect(f"{link.entity.get_absolute_url()}#link-{link.pk}")


@login_required
def unlink(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What would move if this account were unlinked; then unlink it."""
    link = visible_link(request, reference, pk)
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_judge(actor, link.owner_id)
    form = JudgeForm(request.POST or None, initial={"verdict": "different"})
    if request.method == "POST" and form.is_valid():
        services.judge(actor=actor, link=link, verdict="different", reason=form.cleaned_data["reason"])
        messages.success(request, _("Unlinked. It can be undone on this page."))
        return redirect(link.entity)
    others = Link.objects.visible_to(actor).filter(entity=link.entity).in_force().exclude(pk=link.pk)
    hanging = [other for other in others if other.partner == link.record]
    context = {"link": link, "entity": link.entity, "form": form, "others": others, "hanging": hanging}
    return render(request, "subjects/unlink.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def undo(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a judgement back."""
    mine = Judgement.objects.visible_to(request.actor).select_related("link__entity")  # type: ignore[attr-defined]
    judgement = get_object_or_404(mine, link__entity__reference=reference, pk=pk)
    services.undo(actor=request.actor, judgement=judgement)  # type: ignore[attr-defined]
    messages.success(request, _("Undone. The judgement stays in the history."))
    return redirect(f"{judgement.link.entity.get_absolute_url()}#link-{judgement.link_id}")


@login_required
@require_POST
def rename(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the subject its working name."""
    entity = visible_subject(request, reference)
    form = NameForm(request.POST)
    if form.is_valid():
        services.rename(actor=request.actor, entity=entity, petname=form.cleaned_data["petname"])  # type: ignore[attr-defined]
        messages.success(request, _("Saved."))
    return redirect(entity)


@login_required
@require_GET
def graph(request: HttpRequest, reference: str) -> HttpResponse:
    """The value graph and its equal table."""
    actor, entity = request.actor, visible_subject(request, reference)  # type: ignore[attr-defined]
    shown = selectors.subject(actor, entity)
    drawn = picture(shown.links, entity.shared, "zh" if views.chinese() else "en")
    ledger.record_read(actor=actor, target=f"subjects/{entity.reference}", detail={"page": "graph"})
    columns = (
        Column("account", _("Account")), Column("evidence", _("Shared value of kind")), Column("value", _("Value")),
        Column("records", _("On accounts in all"), "number"), Column("weight", _("Weight")),
    )  # fmt: skip
    rows = [
        Row({
            "account": Cell(row.name or row.account, note=row.account, quoted=bool(row.name)),
            "evidence": row.evidence, "value": Cell(row.value, quoted=True), "records": row.records,
            "weight": Cell(_("weak: shared by many"), tone="warn") if row.hub else Cell(_("counts")),
        })
        for row in drawn.rows
    ]  # fmt: skip
    table = Table(
        columns, rows, caption=_("Accounts and the values they share"), empty=_("No shared values.")
    )
    context = {"entity": entity, "drawn": drawn, "table": table, "hidden": shown.hidden}
    return render(request, "subjects/graph.html", context)


@login_required
@require_GET
def why(request: HttpRequest) -> HttpResponse:
    """Why two accounts are, or are not, one subject, by the latest comparison."""
    actor = request.actor  # type: ignore[attr-defined]
    run = selectors.last_run(actor)
    if run is None:
        raise Http404
    form = WhyForm(request.GET or None)
    found = error = None
    if form.is_bound and form.is_valid():
        try:
            found = explain(Path(run.folder), *(_record(actor, form.cleaned_data[end]) for end in ("a", "b")))
        except JoinderError as refused:
            error = refused
        else:
            ledger.record_read(
                actor=actor,
                target=f"subjects/runs/{run.pk}",
                detail={"a": found.record_a, "b": found.record_b},
            )
    context: dict[str, Any] = {"form": form, "run": run, "found": found, "error": error}
    if found is not None:
        parts = [_plain(part) for part in found.parts]
        context["reasons"] = views.reasons(found.prior_bits, parts, found.bits)
        context["total"], context["threshold"] = round(found.bits, 2), round(found.threshold_bits, 2)
        tongue = "zh" if views.chinese() else "en"
        context["missing"] = [zh if tongue == "zh" else en for _name, zh, en in found.missing]
    return render(request, "subjects/why.html", context)


def _record(actor: Any, text: str) -> str:
    """The record of an account named by its number or reference; withheld records are not found."""
    from joinder.office.catalogue.models import Pool

    text = text.strip().rsplit("@", 1)[0]
    links = Link.objects.visible_to(actor)
    found = links.filter(account_id=text).values_list("record", flat=True).first()
    record = found or text
    pool = record.split("/")[0]
    known = Pool.objects.filter(kind="account", name=pool)
    if known.exists() and not known.filter(pk__in=Pool.objects.visible_to(actor)).exists():
        return "?"
    return record


def _plain(part: Any) -> dict[str, Any]:
    return {
        "evidence": part.evidence, "zh": part.title_zh, "en": part.title_en, "level": part.level,
        "level_zh": part.level_zh, "level_en": part.level_en, "a": part.value_a, "b": part.value_b,
        "bits": part.bits, "one_in": part.one_in, "records": part.records, "hub": part.hub,
    }  # fmt: skip
