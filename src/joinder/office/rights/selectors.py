"""Reading rights as far as an actor may see them."""

from __future__ import annotations

from django.conf import settings

from joinder.office.people.actors import Actor
from joinder.office.rights import policies
from joinder.office.rights.models import AuthorisedSeller, ProductNote, Right
from joinder.pools import PoolSummary, summarise


def right_of(actor: Actor, ref: str) -> Right | None:
    """The right that a reference names, in whatever version it is held now; None if absent or not visible."""
    record = ref.rpartition("@")[0] or ref
    return Right.objects.visible_to(actor).filter(ref__startswith=f"{record}@").first()


def sellers_of(actor: Actor, right: Right) -> list[AuthorisedSeller]:
    """Who sells with the holder's leave today; empty for those who may not see it."""
    if not policies.may_see_sellers(actor, right):
        return []
    return list(AuthorisedSeller.objects.visible_to(actor).current().filter(right=right))


def notes_of(actor: Actor, right: Right) -> list[ProductNote]:
    """The notes in use that the actor may read."""
    notes = ProductNote.objects.visible_to(actor).filter(right=right, retired_at__isnull=True)
    return list(notes.select_related("organisation"))


def pools_of_rights() -> list[PoolSummary]:
    """The pools of this node that hold rights."""
    return [one for one in summarise(settings.HOME) if one.kind == "right"]
