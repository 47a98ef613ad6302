"""Starting, pausing and stopping a time limit; its date and its explanation come from ``law.clocks`` and are kept.

A date that ends in a year without a holiday notice is provisional and says so on every page; ``recompute`` brings it up
to date when the notice is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from joinder.law import calendars, packs
from joinder.law import clocks as law_clocks
from joinder.office.matters.models import Clock, Matter, Notice
from joinder.vocabulary.moments import BEIJING, parse_date

WAITING = "cn-ecl-43-waiting"
CASE_DECISION = "cn-case-decision"


def start(
    *,
    rule_id: str,
    trigger_at: datetime,
    organisation_id: int,
    matter: Matter | None = None,
    notice: Notice | None = None,
    trigger_target: str = "",
) -> Clock:
    """A running clock of a rule from a moment, with its explanation. Raises LawError for an unknown rule."""
    rule = packs.load(trigger_at.astimezone(BEIJING).date()).rule(rule_id)
    clock = Clock(
        matter=matter,
        notice=notice,
        rule_id=rule_id,
        rule_citation_zh=rule.citation,
        rule_citation_en=rule.citation_en,
        title_zh=rule.title_zh,
        title_en=rule.title_en,
        trigger_at=trigger_at,
        trigger_target=trigger_target,
        organisation_id=organisation_id,
    )
    return recompute(clock)


def recompute(clock: Clock) -> Clock:
    """Count anew with the days not counted and the calendar of today, and save."""
    rule = packs.load(clock.trigger_at.astimezone(BEIJING).date()).rule(clock.rule_id)
    spans = [(parse_date(s["first"]), parse_date(s["last"]), s["reason"]) for s in clock.exclusions]
    due = law_clocks.due(
        rule,
        clock.trigger_at,
        exclusions=law_clocks.exclusions_from(spans),
        calendar=calendars.load(rule.jurisdiction, provisional=True),
    )
    clock.due_on, clock.due_at = due.date, due.utc_deadline
    clock.explanation, clock.provisional = due.as_dict(), due.provisional
    clock.save()
    return clock


def exclude(clock: Clock, first: date, last: date, reason: str) -> Clock:
    """Leave days out and count anew. Raises ClockInputInvalid where the rule knows no such days."""
    clock.exclusions = [
        *clock.exclusions,
        {"first": first.isoformat(), "last": last.isoformat(), "reason": reason},
    ]
    return recompute(clock)


def pause(clocks: Iterable[Clock], reason: str, on: date) -> None:
    """Pause running clocks from a day on; the days until they resume will not be counted."""
    for clock in clocks:
        clock.state, clock.paused_on, clock.stop_reason = Clock.State.PAUSED, on, reason
        clock.save()


def resume(clocks: Iterable[Clock], on: date) -> None:
    """Let paused clocks run again; the days from the pause to the day before are left out."""
    for clock in clocks:
        since, reason = clock.paused_on, clock.stop_reason
        clock.state, clock.paused_on, clock.stop_reason = Clock.State.RUNNING, None, ""
        last = on - timedelta(days=1)
        if since is not None and since <= last:
            exclude(clock, since, last, reason)
        else:
            clock.save()


def stop(clock: Clock, state: Clock.State, reason: str, at: datetime | None = None) -> Clock:
    """End a clock: met, stopped by an event, or over."""
    clock.state, clock.stopped_at, clock.stop_reason = state, at or timezone.now(), reason
    clock.paused_on = None
    clock.save()
    return clock


def is_over(clock: Clock, now: datetime) -> bool:
    """Whether the deadline has passed."""
    return now >= clock.due_at
