"""Which of a person's capacities is the acting one; the choice lives in the session."""

from __future__ import annotations

from django.http import HttpRequest

from joinder.office.people.actors import Actor
from joinder.office.people.models import ActingCapacity, User

SESSION_KEY = "acting_capacity"


def capacities_for(user: User) -> list[ActingCapacity]:
    """All capacities a person may act in now, over all memberships, oldest first."""
    return list(
        ActingCapacity.objects.filter(member__user=user, member__is_active=True, retired_at__isnull=True)
        .select_related("member__organisation__kind")
        .order_by("pk")
    )


def current(request: HttpRequest) -> ActingCapacity | None:
    """The acting capacity of this request: the chosen one if still held, else the first; None without any."""
    user = request.user
    if not user.is_authenticated:
        return None
    held = capacities_for(user)
    request.capacities = held  # type: ignore[attr-defined]
    chosen = request.session.get(SESSION_KEY)
    return next((c for c in held if c.pk == chosen), held[0] if held else None)


def actor_from(capacity: ActingCapacity | None) -> Actor:
    """The actor of an acting capacity, anonymous where there is none."""
    return Actor.acting(capacity) if capacity else Actor.anonymous()
