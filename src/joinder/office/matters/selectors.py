"""Reading matters and their duties, always through ``visible_to``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from joinder.law import elements
from joinder.law.elements import Row, Stance, Support
from joinder.office.matters.models import Clock, Fact, Matter, Notice, Task
from joinder.office.matters.notices import policies as notice_policies
from joinder.office.matters.notices.transitions import FINAL, State, Transition
from joinder.office.people.actors import Actor
from joinder.vocabulary.moments import BEIJING

#: Facts in these standings make their elements contested.
DISPUTED = frozenset({Fact.Standing.DENIED, Fact.Standing.UNCERTAIN})
SOON = timedelta(days=3)
#: A desk is a beginning, not the list; what is beyond stands on the list's own page.
LISTED = 200


class Urgency(StrEnum):
    """The groups of the desk, most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    NO_DATE = "no_date"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the desk: what is due, by when, by which rule, and where to do it."""

    title: str
    url: str
    urgency: Urgency
    due_on: date | None = None
    rule: str = ""
    note: str = ""
    provisional: bool = False


def proof(matter: Matter) -> list[Row]:
    """The proof matrix of a matter, one row per element of its offence under the law of the day of the act."""
    supports = [
        Support(
            element=link.element,
            fact_id=fact.name,
            exhibit_ids=tuple(str(exhibit.record) for exhibit in fact.exhibits.all()),
            stance=Stance(link.stance),
            disputed=fact.standing in DISPUTED,
        )
        for fact in matter.facts.prefetch_related("elements", "exhibits__record")
        for link in fact.elements.all()
    ]
    return elements.matrix(matter.offence, supports, on=matter.act_on)


def urgency_of(due_on: date | None, today: date) -> Urgency:
    """The group of a civil date: overdue, today, up to Sunday of this week, later, or without date."""
    if due_on is None:
        return Urgency.NO_DATE
    if due_on < today:
        return Urgency.OVERDUE
    if due_on == today:
        return Urgency.TODAY
    return Urgency.THIS_WEEK if due_on <= today + timedelta(days=6 - today.weekday()) else Urgency.LATER


def clock_state(clock: Clock, now: datetime | None = None) -> str:
    """How a clock shows: running, due_soon, overdue, paused or stopped."""
    if clock.state == Clock.State.PAUSED:
        return "paused"
    if clock.state != Clock.State.RUNNING:
        return "stopped"
    left = clock.due_at - (now or timezone.now())
    if left <= timedelta(0):
        return "overdue"
    return "due_soon" if left <= SOON else "running"


def days_left(clock: Clock, today: date) -> int:
    """Civil days from today to the last day; negative when it has passed."""
    return (clock.due_on - today).days


def steps_for(actor: Actor, notice: Notice) -> list[Transition]:
    """The steps that the actor may take with a notice now."""
    sides = notice_policies.sides_of(notice.sender_id, notice.platform_id, notice.respondent_id)
    return notice_policies.steps_of(actor, notice.state, sides)


def duties(actor: Actor, now: datetime | None = None) -> list[Duty]:
    """What the actor's organisation must do, and what it waits for, most urgent first."""
    if actor.organisation_id is None:
        return []
    today = (now or timezone.now()).astimezone(BEIJING).date()
    found = [*_clock_duties(actor, today), *_task_duties(actor, today), *_notice_duties(actor)]
    order = list(Urgency)
    return sorted(found, key=lambda duty: (order.index(duty.urgency), duty.due_on or date.max, duty.title))


def _clock_duties(actor: Actor, today: date) -> list[Duty]:
    running = Clock.objects.visible_to(actor).filter(state=Clock.State.RUNNING)
    return [
        Duty(
            title=f"{clock.title} · {clock.notice or clock.matter}",
            url=(clock.notice or clock.matter).get_absolute_url(),  # type: ignore[union-attr]
            urgency=urgency_of(clock.due_on, today)
            if clock.organisation_id == actor.organisation_id
            else Urgency.OTHERS,
            due_on=clock.due_on,
            rule=clock.citation,
            provisional=clock.provisional,
        )
        for clock in running.select_related("notice", "matter")
    ]


def _task_duties(actor: Actor, today: date) -> list[Duty]:
    tasks = Task.objects.filter(matter__in=Matter.objects.visible_to(actor), done_at__isnull=True)
    return [
        Duty(
            title=task.title,
            url=task.matter.get_absolute_url(),
            urgency=urgency_of(task.due_on, today)
            if task.organisation_id == actor.organisation_id
            else Urgency.OTHERS,
            due_on=task.due_on,
            note=task.matter.number,
        )
        for task in tasks.select_related("matter")
    ]


def _notice_duties(actor: Actor) -> list[Duty]:
    """Notices whose next step is ours; the rest of our open notices wait for others.

    A notice in its waiting period is left out: its clock already stands on the desk.
    """
    found = []
    for notice in open_notices(actor).exclude(state=State.WAITING)[:LISTED]:
        steps = [step for step in steps_for(actor, notice) if step.verb not in ("withdraw", "holder_acts")]
        if steps:
            found.append(
                Duty(
                    title=f"{notice.reference} {notice.shop_name}".strip(),
                    url=notice.get_absolute_url(),
                    urgency=Urgency.NO_DATE,
                    note=str(steps[0].label),
                )
            )
        elif actor.organisation_id in (notice.sender_id, notice.platform_id, notice.respondent_id):
            found.append(
                Duty(
                    title=f"{notice.reference} {notice.shop_name}".strip(),
                    url=notice.get_absolute_url(),
                    urgency=Urgency.OTHERS,
                    note=str(notice.get_state_display()),
                )
            )
    return found


def open_notices(actor: Actor) -> QuerySet[Notice]:
    """Visible notices that are not at their end, newest first."""
    return Notice.objects.visible_to(actor).exclude(state__in=FINAL)
