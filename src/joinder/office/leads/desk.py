"""The leads' entry in the side bar and their panel on the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinder.office.leads import policies
from joinder.office.leads.models import Lead, Status
from joinder.office.ui import desk
from joinder.office.ui.navigation import Entry, register

SHOWN = 5


def _concerns(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and policies.may_judge(actor)


register(Entry("/leads/", gettext_lazy("Leads"), "lead", 10, "l", shown=_concerns))


@desk.register(order=30)
def undecided(request: HttpRequest) -> desk.Panel | None:
    """The strongest undecided leads of one's organisation."""
    if not _concerns(request):
        return None
    waiting = Lead.objects.visible_to(request.actor).filter(status=Status.UNDECIDED)  # type: ignore[attr-defined]
    count = waiting.count()
    if not count:
        return None
    items = [
        desk.Item(
            title=lead.title[:60] or lead.reference,
            url=lead.get_absolute_url(),
            note=f"{lead.platform} · {lead.mark}",
            status=_("Suspected: %(how)s") % {"how": lead.likelihood},
            tone="machine",
        )
        for lead in waiting.order_by("-score_milli", "pk")[:SHOWN]
    ]
    return desk.Panel("leads", _("Leads to decide"), items, count=count, url="/leads/")
