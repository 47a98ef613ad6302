"""The component tags. Each draws one plain value of ``components`` through one small template.

``{% load ui %}``: asset, icon, status, verdict, why, clock, table, filters, pager, empty_state, form_fields, field,
name, timeline, progress, moment, day, money, share, and the block tag-free rest is plain HTML with component classes.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from joinder.office.ui import assets, components, moments
from joinder.office.ui.icons import ICONS

register = template.Library()


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


@register.simple_tag
def asset(name: str) -> str:
    """The hashed address of a built asset."""
    return assets.address(name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; decorative unless it has a label."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"No icon {name!r}; there are {', '.join(sorted(ICONS))}.")
    sprite = assets.address("icons.svg")
    if label:
        return format_html(
            '<svg class="icon" width="16" height="16" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            sprite,
            name,
        )
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true"><use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


@register.simple_tag
def status(tone: str, text: Any) -> SafeString:
    """A status in words. tone: todo, info, ok, warn, bad, machine, sealed, or done (plain text)."""
    return format_html('<span class="status status--{}">{}</span>', tone or "done", text)


@register.inclusion_tag("ui/component/verdict.html")
def verdict(verdict: components.Verdict) -> dict[str, Any]:
    """Suspected by the machine (dotted, violet) or decided by a person (solid, name, capacity, time)."""
    return {"verdict": verdict}


@register.inclusion_tag("ui/component/why.html")
def why(reasons: list[components.Reason], total: float | None = None, unit: str = "") -> dict[str, Any]:
    """Reasons with a sum line; ``total`` is what the weights must add up to."""
    return {"reasons": reasons, "total": total, "unit": unit}


@register.inclusion_tag("ui/component/clock.html")
def clock(clock: components.Clock) -> dict[str, Any]:
    """A time limit: date, remainder, rule, and its explanation when opened."""
    return {"clock": clock}


@register.inclusion_tag("ui/component/table.html")
def table(table: components.Table) -> dict[str, Any]:
    """A table with its caption, sort links, empty state and the number of rows not visible."""
    return {"table": table, "rows": [_cells(table, row) for row in table.rows]}


def _cells(table: components.Table, row: components.Row) -> dict[str, Any]:
    cells = []
    for number, column in enumerate(table.columns):
        value = row.cells.get(column.key)
        cell = value if isinstance(value, components.Cell) else components.Cell(value)
        url = cell.url or (row.url if number == 0 else "")
        cells.append({"column": column, "cell": cell, "url": url, "text": _shown(column, cell.text)})
    return {"row": row, "cells": cells}


def _shown(column: components.Column, value: Any) -> Any:
    if value is None or value == "":
        return "—"
    if column.kind == "time" and isinstance(value, datetime):
        return moments.moment(value)
    if column.kind == "day" and isinstance(value, date):
        return moments.day(value)
    if column.kind == "number" and isinstance(value, int | float):
        return f"{value:,}"
    return value


@register.inclusion_tag("ui/component/filters.html")
def filters(filters: components.Filters) -> dict[str, Any]:
    """The filter panel with what is in force as removable chips."""
    return {"filters": filters}


@register.inclusion_tag("ui/component/pager.html")
def pager(pager: components.Pager) -> dict[str, Any]:
    """First, previous, next, and which rows these are."""
    return {"pager": pager}


@register.inclusion_tag("ui/component/empty.html")
def empty_state(text: Any, url: str = "", action: Any = "") -> dict[str, Any]:
    """Nothing here: why, and the next act."""
    return {"text": text, "url": url, "action": action}


@register.inclusion_tag("ui/component/form.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form with an error summary that links to them."""
    return {"form": form}


@register.inclusion_tag("ui/component/field.html")
def field(field: BoundField) -> dict[str, Any]:
    """One field: label, hint, control, error."""
    described = [f"{field.auto_id}-hint"] if field.help_text else []
    described += [f"{field.auto_id}-error"] if field.errors else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if field.errors:
        attrs["aria-invalid"] = "true"
    widget = field.field.widget
    # A group of boxes has the input type of one box, but a legend of its own.
    group = isinstance(widget, CheckboxSelectMultiple)
    kind = (
        "checkboxselectmultiple"
        if group
        else getattr(widget, "input_type", "") or type(widget).__name__.lower()
    )
    return {"field": field, "control": field.as_widget(attrs=attrs), "kind": kind}


@register.inclusion_tag("ui/component/name.html")
def name(name: components.Name) -> dict[str, Any]:
    """A stranger's name: ours, its own in quotes, its key."""
    return {"name": name}


@register.inclusion_tag("ui/component/timeline.html")
def timeline(events: list[components.Event]) -> dict[str, Any]:
    """What happened, oldest first."""
    return {"events": events}


@register.inclusion_tag("ui/component/progress.html")
def progress(fraction: float | None, message: str = "", label: Any = "") -> dict[str, Any]:
    """A progress bar with words; unknown progress has no value."""
    percent = None if fraction is None else round(fraction * 100)
    return {"percent": percent, "message": message, "label": label}


@register.simple_tag
def moment(value: datetime | None) -> SafeString:
    """A moment with its zone as <time>, UTC in its title; — where missing."""
    if value is None:
        return format_html("<span>{}</span>", "—")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        value.isoformat(),
        moments.utc(value),
        moments.moment(value),
    )


@register.simple_tag
def day(value: date | datetime | None) -> SafeString:
    """A civil date as <time>; — where missing."""
    if value is None:
        return format_html("<span>{}</span>", "—")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), moments.day(value))


@register.simple_tag
def money(minor: int | None, currency: str = "CNY") -> str:
    """Minor units as an amount with thousands separators and the currency."""
    if minor is None:
        return "—"
    return f"{moments.amount(minor, currency)} {'元' if _chinese() and currency == 'CNY' else currency}"
