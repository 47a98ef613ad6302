"""The jobs' entry in the side bar and their panel on the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinder.office.jobs.models import Job, JobQuerySet, Transport
from joinder.office.jobs.states import State
from joinder.office.ui import desk
from joinder.office.ui.navigation import Entry, register

register(
    Entry(
        "/jobs/",
        gettext_lazy("Jobs"),
        "job",
        50,
        "j",
        shown=lambda request: getattr(request, "acting", None) is not None,
    )
)
SHOWN = 8


@desk.register(order=60)
def to_answer(request: HttpRequest) -> desk.Panel | None:
    """What other organisations wait for from us."""
    actor = request.actor  # type: ignore[attr-defined]
    waiting = Job.objects.asked_of(actor).filter(
        state__in=[State.PROPOSED, State.QUEUED, State.LEASED], transport=Transport.PEOPLE
    )
    return _panel("jobs-to-answer", _("Asked of us"), waiting, "/jobs/?side=received")


@desk.register(order=65)
def waiting_for(request: HttpRequest) -> desk.Panel | None:
    """What we wait for from others, and what asks us back."""
    actor = request.actor  # type: ignore[attr-defined]
    waiting = Job.objects.asked_by(actor).filter(
        state__in=[State.PROPOSED, State.QUEUED, State.LEASED, State.NEEDS_INPUT], provider__isnull=False
    )
    return _panel("jobs-waiting", _("Waiting for others"), waiting, "/jobs/?side=asked")


def _panel(key: str, title: str, jobs: JobQuerySet, url: str) -> desk.Panel | None:
    count = jobs.count()
    if not count:
        return None
    items = [
        desk.Item(
            title=f"{job.reference} {job.title}",
            url=job.get_absolute_url(),
            status=job.get_state_display(),
            tone=job.tone,
            due=job.expires_at,
        )
        for job in jobs.order_by("expires_at", "id")[:SHOWN]
    ]
    return desk.Panel(key, title, items, count=count, url=url)
