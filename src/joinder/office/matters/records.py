"""Looking up a lead, a subject or an exhibit that a matter refers to, through its own app's gate.

The apps stand below this one. A record is found by the field that its own pages use, and only if the actor may see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError

from joinder.office.people.actors import Actor

#: kind of record → (app, model, fields by which its pages name it; "pk" is tried last)
SOURCES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "lead": ("leads", "Lead", ()),
    "entity": ("subjects", "Entity", ("reference",)),
    "exhibit": ("exhibits", "Exhibit", ("reference",)),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A record as this actor may see it: the one key it is kept under, its title, its page and itself."""

    key: str
    title: str
    url: str = ""
    record: Any = None


def installed(kind: str) -> bool:
    """Whether the app that keeps this kind of record is part of this office."""
    app, model, _fields = SOURCES[kind]
    return apps.is_installed(f"joinder.office.{app}") and model.lower() in apps.all_models.get(app, {})


def look_up(kind: str, key: str, actor: Actor) -> Found | None:
    """The record of a key (its page's name or its number) if the actor may see it, else None."""
    if not installed(kind):
        return None
    app, model_name, fields = SOURCES[kind]
    model: Any = apps.get_model(app, model_name)
    visible = model.objects.visible_to(actor)
    #: people name a lead L-12 and its row 12
    plain = key.removeprefix("L-") if kind == "lead" else key
    for field in (*fields, "pk"):
        record = _first(model, visible, field, plain)
        if record is not None:
            url = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
            kept = getattr(record, fields[0] if fields else "pk")
            return Found(str(kept), str(record)[:300], url, record)
    return None


def note_matter(kind: str, found: Found, actor: Actor, number: str, url: str) -> None:
    """Let the record's own app show which matter joined it, where that app keeps such a note (leads do)."""
    if kind != "lead":
        return
    from joinder.office.leads import services as leads

    leads.attach_to_matter(actor=actor, lead=found.record, matter=number, url=url)


def _first(model: Any, visible: Any, field: str, key: str) -> Any:
    try:
        if field != "pk":
            model._meta.get_field(field)
        return visible.filter(**{field: key}).first()
    except (FieldDoesNotExist, ValueError, ValidationError, OverflowError):
        return None
