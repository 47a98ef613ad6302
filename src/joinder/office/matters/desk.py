"""The entries of matters and notices in the side bar, and the duties on the desk in groups of urgency."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinder.office.matters import policies, selectors
from joinder.office.matters.models import SEES_FILE, MatterParty
from joinder.office.matters.selectors import Duty, Urgency
from joinder.office.ui import desk
from joinder.office.ui.navigation import Entry, register

SHOWN = 10
TITLES = {
    Urgency.OVERDUE: gettext_lazy("Overdue"),
    Urgency.TODAY: gettext_lazy("Due today"),
    Urgency.THIS_WEEK: gettext_lazy("Due this week"),
    Urgency.LATER: gettext_lazy("Due later"),
    Urgency.NO_DATE: gettext_lazy("To do, no fixed day"),
    Urgency.OTHERS: gettext_lazy("Waiting for others"),
}
TONES = {Urgency.OVERDUE: "bad", Urgency.TODAY: "warn"}


def _works_on_matters(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    if actor is None or actor.organisation_id is None:
        return False
    shared = MatterParty.objects.filter(
        organisation_id=actor.organisation_id, role__in=SEES_FILE, left_at__isnull=True
    )
    return actor.organisation_kind in policies.HANDLERS or shared.exists()


register(Entry("/matters/", gettext_lazy("Matters"), "matter", 30, "m", shown=_works_on_matters))
register(
    Entry(
        "/notices/",
        gettext_lazy("Notices"),
        "notice",
        40,
        "n",
        shown=lambda request: getattr(request, "acting", None) is not None,
    )
)


@desk.register(order=10)
def duties(request: HttpRequest) -> list[desk.Panel]:
    """Clocks, tasks and next steps, grouped overdue, today, this week, later, without date, waiting for others."""
    grouped: dict[Urgency, list[Duty]] = {}
    for duty in selectors.duties(request.actor):  # type: ignore[attr-defined]
        grouped.setdefault(duty.urgency, []).append(duty)
    return [
        desk.Panel(
            key=f"duties-{urgency.value}",
            title=str(TITLES[urgency]),
            items=[_item(duty) for duty in grouped[urgency][:SHOWN]],
            count=len(grouped[urgency]),
        )
        for urgency in Urgency
        if urgency in grouped
    ]


def _item(duty: Duty) -> desk.Item:
    tone = TONES.get(duty.urgency, "")
    provisional = _("provisional") if duty.provisional else ""
    note = " · ".join(part for part in (duty.note, provisional) if part)
    status = str(TITLES[duty.urgency]) if tone else ""
    return desk.Item(
        duty.title, duty.url, note=note, tone=tone, status=status, due=duty.due_on, rule=duty.rule
    )
