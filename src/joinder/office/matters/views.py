"""Clocks and histories as the plain data that the component tags draw."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from joinder.office.matters import selectors
from joinder.office.matters.models import Clock, Matter, Notice
from joinder.office.matters.notices.transitions import BY_VERB, LINE, State
from joinder.office.matters.notices.wording import OTHER_STEPS
from joinder.office.ui import components
from joinder.vocabulary.moments import BEIJING


def clock(kept: Clock) -> components.Clock:
    """A kept clock as the clock component: date, what is left, rule, explanation."""
    state = selectors.clock_state(kept)
    left = selectors.days_left(kept, timezone.now().astimezone(BEIJING).date())
    remainder = ""
    if state in ("running", "due_soon"):
        remainder = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    if kept.provisional and state != "stopped":
        provisional = _("provisional")
        remainder = f"{remainder} · {provisional}" if remainder else provisional
    ended = f"{kept.get_state_display()} {kept.stop_reason}".strip() if state == "stopped" else ""
    return components.Clock(
        due=kept.due_on,  # type: ignore[arg-type]  # a civil date; the tag shows days
        state=state,
        rule=f"{kept.title} · {kept.citation}",
        remainder=remainder or ended,
        paused_reason=kept.stop_reason if state == "paused" else "",
        explanation=kept.steps,
    )


def notice_events(notice: Notice) -> list[components.Event]:
    """The steps of a notice as a timeline: outward steps, the clock's, and what else was written."""
    events = []
    for step in notice.steps.select_related("organisation"):
        known = BY_VERB.get(step.verb)
        title = State(step.target).label if known else OTHER_STEPS.get(step.verb, step.verb)
        kind = "machine" if step.verb == "expire" else "outward" if known else "event"
        by = step.organisation if step.organisation else _("this node")
        events.append(components.Event(title, step.at, by, kind, _said(step.detail)))
    return events


def _said(detail: dict[str, object]) -> str:
    """The words that were given with a step."""
    reasons = detail.get("reasons")
    if isinstance(reasons, list):
        return " · ".join(
            f"{r.get('text', '')} → {r.get('repair', '')}" for r in reasons if isinstance(r, dict)
        )
    return str(detail.get("reason") or detail.get("proof") or "")


def notice_line(notice: Notice) -> list[dict[str, object]]:
    """The line of steps at the head of the page: each done, current or to come, with its moment."""
    reached = {step.target: step.at for step in notice.steps.all() if step.verb in BY_VERB}
    return [
        {"label": state.label, "at": reached.get(state.value), "current": notice.state == state.value}
        for state in LINE
    ]


def matter_events(matter: Matter) -> list[components.Event]:
    """The history of a matter as a timeline."""
    return [
        components.Event(
            event.text,
            event.at,
            event.organisation or _("this node"),
            "outward"
            if event.verb.startswith("notices.")
            else "decision"
            if event.verb == "matters.moved"
            else "event",
        )
        for event in matter.events.select_related("organisation")
    ]
