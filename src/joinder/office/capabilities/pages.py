"""The catalogue of capabilities, and one of them with the form to ask it."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from joinder.office.capabilities import services
from joinder.office.capabilities.errors import InputInvalid
from joinder.office.capabilities.forms import CallForm, hint_of, label_of
from joinder.office.capabilities.forms import shown as shown_value
from joinder.office.capabilities.models import Capability, Kind
from joinder.office.capabilities.purposes import Purpose
from joinder.office.people.kinds import Capacity
from joinder.office.people.models import OrganisationKind
from joinder.office.ui.components import Cell, Choice, Column, FilterField, Row, Table
from joinder.office.ui.lists import Listing


@login_required
def capabilities(request: HttpRequest) -> HttpResponse:
    """Everything organisations can do for one another."""
    visible = Capability.objects.visible_to(request.actor).current().select_related("provider")  # type: ignore[attr-defined]
    kinds = [Choice(kind.value, kind.label) for kind in Kind]
    listing = Listing(
        request,
        visible,
        order=("kind", "key"),
        search=("title_zh", "title_en", "key", "provider__name"),
        filters=(FilterField("kind", _("Kind"), "choice", kinds),),
    )
    rows = [
        Row(
            {
                "title": Cell(str(c), note=c.key),
                "kind": c.get_kind_display(),
                "provider": str(c.provider),
                "bases": "；".join(c.descriptor.get("legal_bases", [])),
                "time": c.descriptor.get("expected_duration", ""),
                "version": c.version,
            },
            url=c.get_absolute_url(),
        )
        for c in listing.page
    ]
    columns = (
        Column("title", _("Capability")),
        Column("kind", _("Kind")),
        Column("provider", _("Provided by")),
        Column("bases", _("Legal bases")),
        Column("time", _("Usual time")),
        Column("version", _("Version"), "code"),
    )
    table = Table(columns, rows, caption=_("Capabilities"), empty=_("No capability matches."))
    return render(request, "capabilities/list.html", {"table": table, "listing": listing})


@login_required
def capability(request: HttpRequest, key: str) -> HttpResponse:
    """One capability: what goes in and out, who may ask; fill in, check, send."""
    visible = Capability.objects.visible_to(request.actor).current().select_related("provider__kind")  # type: ignore[attr-defined]
    shown = get_object_or_404(visible, key=key)
    form = CallForm(shown, request.POST or None)
    context: dict[str, Any] = {"capability": shown, "form": form, **_described(shown)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "capabilities/capability.html", context)
    value, cleaned = form.value(), form.cleaned_data
    try:
        shown.parsed.check_input(value)
    except InputInvalid as error:
        for place, fault in error.faults:
            form.add_error(place if place in form.fields else None, fault)
        return render(request, "capabilities/capability.html", context, status=422)
    asked = {
        "purpose": cleaned["_purpose"],
        "legal_basis": cleaned["_legal_basis"],
        "matter": cleaned["_matter"],
    }
    if request.POST.get("step") != "send":
        return _check_page(request, shown, form, value, asked)
    job = services.call(
        actor=request.actor,  # type: ignore[attr-defined]
        capability=shown,
        inputs=value,
        idempotency_key=request.POST.get("key", "")[:120],
        **asked,
    )
    messages.success(request, _("Asked as %(reference)s.") % {"reference": job.reference})
    return redirect(job)


def _check_page(
    request: HttpRequest, shown: Capability, form: CallForm, value: dict[str, Any], asked: dict[str, str]
) -> HttpResponse:
    """What travels, to whom, and what the policy says, before anything is sent."""
    decision = shown.decision_for(request.actor, asked["purpose"], asked["legal_basis"])  # type: ignore[attr-defined]
    properties = shown.descriptor["input"].get("properties", {})
    travelling = [
        (label_of(name, properties.get(name, {})), shown_value(part)) for name, part in value.items()
    ]
    travelling += [
        (str(form.fields[f"_{name}"].label), str(_choice_label(form, name, part)))
        for name, part in asked.items()
        if part
    ]
    return render(
        request,
        "capabilities/check.html",
        {
            "capability": shown,
            "form": form,
            "decision": decision,
            "obligations": [_obligation(o) for o in decision.obligations],
            "travelling": travelling,
            "key": uuid.uuid4(),
            "posted": [
                (name, part)
                for name, parts in request.POST.lists()
                for part in parts
                if name not in {"csrfmiddlewaretoken", "step", "key"}
            ],
        },
    )


def _choice_label(form: CallForm, name: str, value: str) -> Any:
    choices = dict(getattr(form.fields[f"_{name}"], "choices", ()))
    return choices.get(value, value)


def _described(shown: Capability) -> dict[str, Any]:
    """Schemas as rows, rules as sentences' parts, examples as JSON."""
    kinds = {kind.code: str(kind) for kind in OrganisationKind.objects.all()}
    example = next(iter(shown.descriptor.get("examples", [])), None)
    return {
        "inputs": _rows(shown.descriptor["input"]),
        "outputs": _rows(shown.descriptor["output"]),
        "rules": [_rule(rule, kinds) for rule in shown.descriptor["policy"]["rules"]],
        "example": json.dumps(example, ensure_ascii=False, indent=1) if example else "",
    }


def _rows(schema: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (label_of(name, part), _type_of(part), hint_of(part))
        for name, part in schema.get("properties", {}).items()
    ]


def _type_of(part: dict[str, Any]) -> str:
    """What a reader may expect: the values of a list, or a kind of value in words."""
    if "enum" in part:
        return " / ".join(str(value) for value in part["enum"])
    words = {
        "string": pgettext("schema", "text"),
        "integer": pgettext("schema", "number"),
        "number": pgettext("schema", "number"),
        "boolean": pgettext("schema", "yes or no"),
        "array": pgettext("schema", "list"),
        "object": pgettext("schema", "record"),
    }
    return str(words.get(str(part.get("type")), part.get("type", "")))


def _rule(rule: dict[str, Any], kinds: dict[str, str]) -> dict[str, Any]:
    """A rule with the names of kinds, capacities and purposes instead of their codes."""
    capacities = {str(value): str(label) for value, label in Capacity.choices}
    purposes = {str(value): str(label) for value, label in Purpose.choices}
    who = [kinds.get(code, code) for code in rule.get("organisation_kinds", [])]
    who += [capacities.get(code, code) for code in rule.get("capacities", [])]
    why = [purposes.get(code, code) for code in rule.get("purposes", [])]
    comma = pgettext("between names", ", ")
    return {"effect": rule["effect"], "who": comma.join(who), "why": comma.join(why)}


def _obligation(obligation: dict[str, Any]) -> str:
    """An obligation in words; one that is not known here is shown as it stands."""
    fineness = {"boolean": _("yes or no"), "count": _("a count"), "record": pgettext("capability", "records")}
    if obligation.get("type") == "granularity" and obligation.get("value") in fineness:
        return _("The answer is no finer than: %(what)s") % {"what": fineness[obligation["value"]]}
    return shown_value(obligation)
