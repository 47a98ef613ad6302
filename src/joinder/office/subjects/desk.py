"""The subjects' entry in the side bar and their panel on the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from joinder.office.subjects import policies, selectors
from joinder.office.ui import desk
from joinder.office.ui.navigation import Entry, register

SHOWN = 5


def _works_on_subjects(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and policies.may_judge(actor)


register(Entry("/subjects/", gettext_lazy("Subjects"), "subject", 20, "s", shown=_works_on_subjects))


@desk.register(order=40)
def to_decide(request: HttpRequest) -> desk.Panel | None:
    """The largest subjects with links that nobody has decided yet."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policies.may_judge(actor):
        return None
    waiting = selectors.subjects(actor).filter(undecided__gt=0).order_by("-undecided", "pk")
    items = [
        desk.Item(
            entity.petname or entity.reference,
            entity.get_absolute_url(),
            note=ngettext("%(n)s account", "%(n)s accounts", entity.accounts) % {"n": entity.accounts},
            status=ngettext("%(n)s link to decide", "%(n)s links to decide", entity.undecided)
            % {"n": entity.undecided},
            tone="machine",
        )
        for entity in waiting[:SHOWN]
    ]
    if not items:
        return None
    return desk.Panel(
        "subjects", _("Suspected subjects"), items, count=waiting.count(), url="/subjects/?sort=undecided"
    )
