"""Who may resolve and who may judge: pure functions of plain values."""

from __future__ import annotations

from django.utils.translation import gettext as _

from joinder.office.catalogue.models import Granularity, Pool, Purpose
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed

#: Capacities that work on subjects.
JUDGES = (
    "inspector", "reviewer", "analyst", "police_officer", "prosecutor", "customs_officer", "counsel", "agent",
    "compliance",
)  # fmt: skip


def may_judge(actor: Actor, owner_id: int | None = None) -> bool:
    """Members of the owner in a capacity that decides; never the node itself: a person decides."""
    if actor.is_system or actor.organisation_id is None or actor.capacity not in JUDGES:
        return False
    return owner_id is None or owner_id == actor.organisation_id


def check_may_judge(actor: Actor, owner_id: int | None = None) -> None:
    """Raises NotAllowed unless the actor may decide about the owner's subjects."""
    if not may_judge(actor, owner_id):
        raise NotAllowed(
            _(
                "Links are decided by the inspectors, analysts or counsel of the organisation that resolved them."
            ),
            mend=_("Switch to such a capacity."),
        )


def may_resolve(actor: Actor) -> bool:
    """Who may judge may resolve; the node itself may resolve for an organisation."""
    return actor.is_system or may_judge(actor)


def check_may_resolve(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may compare accounts."""
    if not may_resolve(actor):
        check_may_judge(actor)


def may_compare(actor: Actor, pool: Pool) -> bool:
    """One's own pool of accounts, or one that gives records for handling cases or for screening."""
    if pool.kind != "account":
        return False
    if actor.is_system or pool.owner_id == actor.organisation_id:
        return True
    purposes = set(pool.purposes) & {Purpose.CASE.value, Purpose.SCREENING.value}
    return pool.granularity == Granularity.RECORD and bool(purposes)
