"""The exhibits' entry in the side bar and their panel on the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinder.office.exhibits import policies
from joinder.office.exhibits.models import Exhibit, Verdict
from joinder.office.exhibits.services import CAPTURE
from joinder.office.jobs.models import Job
from joinder.office.jobs.states import OPEN, State
from joinder.office.ui import desk
from joinder.office.ui.navigation import Entry, register

SHOWN = 6


def _concerned(request: HttpRequest) -> bool:
    actor = getattr(request, "actor", None)
    if actor is None or actor.organisation_id is None:
        return False
    return policies.may_take(actor) or Exhibit.objects.visible_to(actor).exists()


register(Entry("/exhibits/", gettext_lazy("Exhibits"), "exhibit", 25, "e", shown=_concerned))


@desk.register(order=40)
def captures(request: HttpRequest) -> desk.Panel | None:
    """Captures that run or failed, incomplete ones, and exhibits whose last verification did not succeed."""
    actor = request.actor  # type: ignore[attr-defined]
    asked = Job.objects.asked_by(actor).filter(kind=CAPTURE)
    items = [
        desk.Item(job.title, f"/exhibits/capture/{job.pk}/", status=job.get_state_display(), tone=job.tone)
        for job in asked.filter(state__in=[*sorted(OPEN), State.FAILED])[:SHOWN]
    ]
    own = (
        Exhibit.objects.visible_to(actor)
        .filter(owner_id=actor.organisation_id)
        .prefetch_related("verifications")
    )
    for exhibit in own[:100]:
        checked = next(iter(exhibit.verifications.all()), None)
        if checked is not None and checked.verdict != Verdict.VALID:
            items.append(
                desk.Item(str(exhibit), exhibit.get_absolute_url(), status=_("not intact"), tone="bad")
            )
        elif not exhibit.complete:
            items.append(
                desk.Item(str(exhibit), exhibit.get_absolute_url(), status=_("incomplete"), tone="warn")
            )
    if not items:
        return None
    return desk.Panel("exhibits", _("Exhibits"), items[:SHOWN], count=len(items), url="/exhibits/")
