"""Who may do what with a right."""

from __future__ import annotations

from django.utils.translation import gettext as _

from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed
from joinder.office.people.kinds import ADMINISTRATIVE
from joinder.office.rights.models import EXAMINERS, Right

WRITERS = (
    "inspector",
    "reviewer",
    "analyst",
    "customs_officer",
    "appraiser",
    "counsel",
    "agent",
    "administrator",
)


def is_holder(actor: Actor, right: Right) -> bool:
    """Whether the actor's organisation holds the right."""
    return actor.organisation_id is not None and actor.organisation_id == right.holder_organisation_id


def may_see_price(actor: Actor, right: Right) -> bool:
    """Authorities, appraisers and the holder: a usual price tells sellers of fakes where to stay under."""
    return actor.is_system or actor.organisation_kind in EXAMINERS or is_holder(actor, right)


def may_see_sellers(actor: Actor, right: Right) -> bool:
    """Those who see prices, and platforms, who must leave authorised sellers alone."""
    return may_see_price(actor, right) or actor.organisation_kind == "platform"


def may_import(actor: Actor) -> bool:
    """Inspectors, analysts and administrators of administrative units."""
    return actor.is_system or (
        actor.organisation_kind in ADMINISTRATIVE
        and actor.capacity in ("inspector", "analyst", "administrator")
    )


def check_may_import(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may import rights."""
    if not may_import(actor):
        raise NotAllowed(_("Rights are imported by an inspector or administrator of an administrative unit."))


def may_authorise(actor: Actor, right: Right) -> bool:
    """The holder's members; where the holder does not take part, those who import rights."""
    if actor.is_system or (is_holder(actor, right) and actor.capacity in WRITERS):
        return True
    return right.holder_organisation_id is None and may_import(actor)


def check_may_authorise(actor: Actor, right: Right) -> None:
    """Raises NotAllowed unless the actor may say who sells with the holder's leave."""
    if not may_authorise(actor, right):
        raise NotAllowed(_("Only the holder of %(right)s says who may sell.") % {"right": right})


def may_write_note(actor: Actor, right: Right) -> bool:
    """The holder, authorities and appraisers, in a capacity that works with goods."""
    knows = is_holder(actor, right) or actor.organisation_kind in EXAMINERS
    return actor.is_system or (knows and actor.capacity in WRITERS)


def check_may_write_note(actor: Actor, right: Right) -> None:
    """Raises NotAllowed unless the actor may write about the goods."""
    if not may_write_note(actor, right):
        raise NotAllowed(_("Notes on the goods are written by the holder, an authority or an appraiser."))
