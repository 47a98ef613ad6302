"""Who may do what with evidence: pure functions of plain values."""

from __future__ import annotations

from joinder.office.exhibits.models import Exhibit
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed

#: Capacities that take or hand in evidence. A respondent hands evidence in with an answer to a notice, elsewhere.
TAKERS = (
    "inspector", "police_officer", "prosecutor", "customs_officer", "analyst", "counsel", "agent", "compliance",
    "notary", "appraiser",
)  # fmt: skip


def may_take(actor: Actor) -> bool:
    """Whether the actor may capture a page or hand in a package."""
    return actor.is_system or (actor.organisation_id is not None and actor.capacity in TAKERS)


def check_may_take(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may capture or hand in."""
    if not may_take(actor):
        raise NotAllowed(
            "您当前的身份不能固证。 Evidence is captured or handed in by a member acting as inspector, officer,"
            " counsel, agent, compliance officer, notary or appraiser."
        )


def may_show(actor: Actor, exhibit: Exhibit) -> bool:
    """Whether the actor may show the exhibit to another organisation: takers of the owner."""
    return actor.is_system or (actor.organisation_id == exhibit.owner_id and may_take(actor))


def check_may_show(actor: Actor, exhibit: Exhibit) -> None:
    """Raises NotAllowed unless the actor may show the exhibit to others."""
    if not may_show(actor, exhibit):
        raise NotAllowed(
            f"{exhibit.reference}只能由其所属单位出示。 {exhibit.reference} is shown to others by its owner only."
        )
