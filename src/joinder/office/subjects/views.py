"""What the pages show, as plain values for the components."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from joinder.office.people.kinds import Capacity
from joinder.office.people.models import Member
from joinder.office.subjects.models import Judgement, Link, State, Verdict
from joinder.office.ui.components import Event, Reason
from joinder.office.ui.components import Verdict as Voice
from joinder.resolve.explain_text import rounded_to_sum


def chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def reasons(prior_bits: float, parts: Sequence[dict[str, Any]], bits: float) -> list[Reason]:
    """The waterfall: the prior and every piece of evidence, rounded so that the column adds up to the sum."""
    tongue = "zh" if chinese() else "en"
    shown = rounded_to_sum([prior_bits, *(part["bits"] for part in parts)], bits)
    found = [Reason(_("Before any evidence: two accounts drawn by chance"), shown[0], "learned")]
    for part, weight in zip(parts, shown[1:], strict=True):
        kind = "weak" if part["hub"] else "positive" if weight >= 0 else "negative"
        colon = "：" if tongue == "zh" else ": "
        text = f"{part[tongue]}{colon}{part[f'level_{tongue}']}"
        found.append(Reason(text, weight, kind, _detail(part)))
    return found


def _detail(part: dict[str, Any]) -> str:
    values = part["a"] if part["a"] == part["b"] else f"{part['a']} | {part['b']}"
    if part["level"] == "different":
        return values
    notes = []
    if part["one_in"] and not part["hub"]:
        notes.append(_("by chance 1 in %(n)s") % {"n": f"{part['one_in']:,}"})
    if part["records"] and part["records"] > 2:
        notes.append(_("on %(n)s accounts in all") % {"n": f"{part['records']:,}"})
    return " · ".join([values, *notes])


def likelihood(link: Link) -> str:
    """The score in words and number, never the number alone."""
    if link.probability is None:
        return _("by judgement alone")
    word = (
        _("very likely")
        if link.probability >= 0.99
        else _("likely")
        if link.probability >= 0.9
        else _("doubtful")
    )
    return f"{word} {min(link.probability, 0.9999):.4f}".rstrip("0")


def people(judgements: Sequence[Judgement]) -> dict[str, str]:
    """Names of who decided, by opaque id; an id whose name was forgotten stays an id."""
    ids = {one.by for one in judgements} | {one.retired_by for one in judgements if one.retired_by}
    return {member.opaque_id: member.name for member in Member.objects.filter(opaque_id__in=ids)}


def voice(link: Link, names: dict[str, str]) -> Voice:
    """The machine's suspicion, or a person's decision with name, capacity and time."""
    standing = [one for one in link.judgements.all() if one.retired_at is None]
    if not standing or link.state == State.SUSPECTED:
        return Voice(link.get_state_display())
    last = standing[-1]
    return Voice(
        link.get_state_display(), names.get(last.by, last.by), _capacity(last.capacity), last.at, link.tone
    )


def _capacity(code: str) -> str:
    return str(Capacity(code).label) if code in Capacity.values else code


def history(judgements: Sequence[Judgement], links: Sequence[Link], names: dict[str, str]) -> list[Event]:
    """What the machine did and what people decided, oldest first; what was taken back is struck and kept."""
    events = []
    for link in links:
        events.append(
            Event(_("%(account)s linked") % {"account": link}, link.since, _("resolution"), "machine")
        )
        if link.until and link.state == State.SUPERSEDED:
            title = _("%(account)s: link superseded") % {"account": link}
            events.append(Event(title, link.until, _("resolution"), "machine"))
    for one in judgements:
        kind = "correction" if one.retired_at else "decision"
        body = one.reason
        if one.retired_at:
            body += " · " + _("taken back or replaced by %(name)s") % {
                "name": names.get(one.retired_by, one.retired_by)
            }
        by = f"{names.get(one.by, one.by)} · {_capacity(one.capacity)}"
        events.append(Event(f"{one.link}{_sep()}{Verdict(one.verdict).label}", one.at, by, kind, body))
    return sorted(events, key=lambda event: event.at.timestamp() if event.at else 0)


def _sep() -> str:
    return "：" if chinese() else ": "
