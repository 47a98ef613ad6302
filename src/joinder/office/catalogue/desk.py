"""The catalogue's entry in the side bar and its panel on the desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinder.office.catalogue.models import IngestRun, Pool
from joinder.office.jobs.states import State
from joinder.office.ui import desk
from joinder.office.ui.navigation import Entry, register


def _takes_part(request: HttpRequest) -> bool:
    acting = getattr(request, "acting", None)
    return acting is not None and request.actor.organisation_kind != "respondent"  # type: ignore[attr-defined]


register(Entry("/catalogue/", gettext_lazy("Data pools"), "pool", 62, "d", shown=_takes_part))
SHOWN = 6


@desk.register(order=70)
def to_renew(request: HttpRequest) -> desk.Panel | None:
    """One's own pools that should have been renewed, and intakes that failed."""
    own = Pool.objects.owned_by(request.actor)  # type: ignore[attr-defined]
    stale = [pool for pool in own.filter(fresh_days__isnull=False) if pool.is_stale]
    failed = IngestRun.objects.visible_to(request.actor).filter(  # type: ignore[attr-defined]
        job__state=State.FAILED, pool__in=own
    )
    items = [
        desk.Item(str(pool), pool.get_absolute_url(), status=_("renewal overdue"), tone="warn")
        for pool in stale
    ]
    items += [
        desk.Item(str(run.pool), run.get_absolute_url(), status=_("intake failed"), tone="bad")
        for run in failed.select_related("pool")[:SHOWN]
    ]
    if not items:
        return None
    return desk.Panel("catalogue", _("Data pools"), items[:SHOWN], count=len(items), url="/catalogue/")
