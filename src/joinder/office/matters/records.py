"""Looking up a lead, a subject or an exhibit that a matter refers to, through its own app's gate.

The apps stand below this one. A record is found by the field that its own pages use, and only if the actor may see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError

from joinder.office.people.actors import Actor

#: kind of record → (app, model, names of the field that stands in an address, best first)
SOURCES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "lead": ("leads", "Lead", ("reference", "number", "public_id")),
    "entity": ("subjects", "Entity", ("entity_id", "reference", "public_id")),
    "exhibit": ("exhibits", "Exhibit", ("reference", "number", "public_id")),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A record as this actor may see it: its title and its page."""

    title: str
    url: str = ""


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
    for field in (*fields, "pk"):
        record = _first(model, visible, field, key)
        if record is not None:
            url = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
            return Found(str(record)[:300], url)
    return None


def _first(model: Any, visible: Any, field: str, key: str) -> Any:
    try:
        if field != "pk":
            model._meta.get_field(field)
        return visible.filter(**{field: key}).first()
    except (FieldDoesNotExist, ValueError, ValidationError, OverflowError):
        return None
