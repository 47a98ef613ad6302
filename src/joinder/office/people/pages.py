"""Pages about people: one's own sign-in, the members of an organisation, the directory."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from joinder.office.people import policies, services
from joinder.office.people.errors import PeopleError
from joinder.office.people.forms import ClientForm, MemberForm, grantable
from joinder.office.people.models import ActingCapacity, ApiClient, Member, Organisation, User
from joinder.office.ui.components import Cell, Column, Row, Table
from joinder.office.ui.lists import Listing

YEAR_S = 365 * 24 * 3600


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next", "/")
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if allowed else "/"


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language: with the person if signed in, and in a cookie."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(_next(request))
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=language)
    translation.activate(language)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_S, samesite="Lax")
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember the colours: with the person if signed in, and in a cookie so that the first paint is right."""
    theme = request.POST.get("theme", "")
    response = HttpResponseRedirect(_next(request))
    if theme not in User.Theme.values:
        return response
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(theme=theme)
    response.set_cookie("joinder_theme", theme, max_age=YEAR_S, samesite="Lax")
    return response


@login_required
@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Switch the acting capacity and say so."""
    number = request.POST.get("capacity", "")
    chosen = services.act_as(request=request, capacity_id=int(number) if number.isdigit() else 0)
    messages.info(
        request,
        _("You now act as %(capacity)s of %(organisation)s.")
        % {"capacity": chosen, "organisation": chosen.member.organisation},
    )
    return HttpResponseRedirect(_next(request))


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """One's own sign-in: capacities, language, colours, second factor, password."""
    return render(request, "people/me.html", {"languages": settings.LANGUAGES, "themes": User.Theme.choices})


@login_required
def members(request: HttpRequest) -> HttpResponse:
    """The members of one's organisation."""
    visible = (
        Member.objects.visible_to(request.actor)  # type: ignore[attr-defined]
        .select_related("user", "organisation")
        .prefetch_related("capacities")
    )
    listing = Listing(request, visible, order=("name", "pk"), search=("name", "user__username"))
    rows = [
        Row(
            cells={
                "name": member.name,
                "sign_in": member.user.username,
                "capacities": ", ".join(str(c) for c in member.capacities.all() if not c.retired_at),
                "state": Cell(_("active"), tone="done")
                if member.is_active
                else Cell(_("deactivated"), tone="warn"),
            },
            url=f"/people/members/{member.opaque_id}/",
        )
        for member in listing.page
    ]
    columns = (
        Column("name", _("Name")),
        Column("sign_in", _("Sign-in name")),
        Column("capacities", _("Capacities")),
        Column("state", _("State")),
    )
    table = Table(columns, rows, caption=_("Members"), empty=_("No member matches."))
    context = {"table": table, "listing": listing, "may_manage": _may_manage(request)}
    return render(request, "people/members.html", context)


def _may_manage(request: HttpRequest) -> bool:
    acting = request.acting  # type: ignore[attr-defined]
    return bool(acting and policies.may_manage(request.actor, acting.member.organisation))  # type: ignore[attr-defined]


@login_required
def add_member(request: HttpRequest) -> HttpResponse:
    """Add a member to one's organisation."""
    organisation = request.acting.member.organisation if request.acting else None  # type: ignore[attr-defined]
    if organisation is None:
        return redirect("people:members")
    policies.check_may_manage(request.actor, organisation)  # type: ignore[attr-defined]
    form = MemberForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        try:
            member = services.add_member(
                actor=request.actor,  # type: ignore[attr-defined]
                organisation=organisation,
                username=form.cleaned_data["username"],
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                capacities=form.cleaned_data["capacities"],
            )
        except PeopleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(name)s was added.") % {"name": member.name})
            return redirect("people:member", opaque_id=member.opaque_id)
    return render(request, "people/add_member.html", {"form": form, "organisation": organisation})


@login_required
def member(request: HttpRequest, opaque_id: str) -> HttpResponse:
    """One member: capacities to grant or retire, letting in or keeping out."""
    actor = request.actor  # type: ignore[attr-defined]
    shown = get_object_or_404(
        Member.objects.visible_to(actor).select_related("user", "organisation__kind"), opaque_id=opaque_id
    )
    if request.method == "POST":
        _change(request, shown)
        return redirect("people:member", opaque_id=opaque_id)
    held = shown.capacities.filter(retired_at__isnull=True)
    context = {
        "member": shown,
        "held": held,
        "grantable": grantable(shown, held),
        "may_manage": policies.may_manage(actor, shown.organisation),
    }
    return render(request, "people/member.html", context)


def _change(request: HttpRequest, shown: Member) -> None:
    actor = request.actor  # type: ignore[attr-defined]
    act, value = request.POST.get("act", ""), request.POST.get("value", "")
    if act == "grant":
        services.grant_capacity(actor=actor, member=shown, capacity=value)
    elif act == "retire":
        held = get_object_or_404(ActingCapacity, member=shown, capacity=value, retired_at__isnull=True)
        services.retire_capacity(actor=actor, capacity=held)
    elif act in {"activate", "deactivate"}:
        services.set_active(actor=actor, member=shown, active=act == "activate")
    messages.success(request, _("Saved."))


@login_required
def organisations(request: HttpRequest) -> HttpResponse:
    """The directory of organisations that take part."""
    visible = Organisation.objects.visible_to(request.actor).select_related("kind", "superior")  # type: ignore[attr-defined]
    listing = Listing(
        request, visible, order=("kind__order", "name", "pk"), search=("name", "name_en", "region")
    )
    rows = [
        Row(
            cells={
                "name": str(o),
                "kind": str(o.kind),
                "region": o.region,
                "superior": str(o.superior) if o.superior else "",
                "uscc": o.uscc,
            }
        )
        for o in listing.page
    ]
    columns = (
        Column("name", _("Name")),
        Column("kind", _("Kind")),
        Column("region", _("Region")),
        Column("superior", _("Superior")),
        Column("uscc", _("Credit code"), kind="code"),
    )
    table = Table(columns, rows, caption=_("Organisations"), empty=_("No organisation matches."))
    return render(request, "people/organisations.html", {"table": table, "listing": listing})


@login_required
def api_clients(request: HttpRequest) -> HttpResponse:
    """The machines of one's organisation; a new one's secret is shown once."""
    acting, actor = request.acting, request.actor  # type: ignore[attr-defined]
    if acting is None:
        return redirect("people:members")
    organisation = acting.member.organisation
    policies.check_may_manage(actor, organisation)
    form, fresh = ClientForm(organisation=organisation), None
    if request.method == "POST" and "revoke" in request.POST:
        client = get_object_or_404(
            ApiClient, organisation=organisation, client_id=request.POST["revoke"], revoked_at__isnull=True
        )
        services.revoke_api_client(actor=actor, client=client)
        return redirect("people:clients")
    if request.method == "POST":
        form = ClientForm(request.POST, organisation=organisation)
        if form.is_valid():
            fresh = services.add_api_client(actor=actor, organisation=organisation, **form.cleaned_data)
            form = ClientForm(organisation=organisation)
    shown = ApiClient.objects.filter(organisation=organisation).order_by("revoked_at", "name")
    return render(request, "people/clients.html", {"clients": shown, "form": form, "fresh": fresh})
