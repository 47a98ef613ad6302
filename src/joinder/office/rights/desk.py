"""The rights' entry in the side bar and the holder's panel on the desk."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinder.office.rights.models import Right
from joinder.office.ui import desk
from joinder.office.ui.navigation import Entry, register


def _takes_part(request: HttpRequest) -> bool:
    acting = getattr(request, "acting", None)
    return acting is not None and request.actor.organisation_kind != "respondent"  # type: ignore[attr-defined]


register(Entry("/rights/", gettext_lazy("Rights"), "right", 60, "r", shown=_takes_part))
#: A trade mark is renewed within the twelve months before its term ends.
AHEAD = timedelta(days=365)
SHOWN = 6


@desk.register(order=75)
def to_renew(request: HttpRequest) -> desk.Panel | None:
    """The organisation's own rights whose term ends within a year."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.organisation_kind != "right_holder":
        return None
    ending = Right.objects.visible_to(actor).filter(
        holder_organisation_id=actor.organisation_id, expires_on__lte=timezone.localdate() + AHEAD
    )
    count = ending.count()
    if not count:
        return None
    items = [
        desk.Item(
            str(right),
            right.get_absolute_url(),
            note=right.registration_no,
            status=_("expired") if right.has_expired else _("renew in time"),
            tone="bad" if right.has_expired else "warn",
            due=right.expires_on,
        )
        for right in ending.order_by("expires_on", "pk")[:SHOWN]
    ]
    return desk.Panel(
        "rights", _("Rights to renew"), items, count=count, url="/rights/?holder=own&sort=expires"
    )
