"""Who may change whom."""

from __future__ import annotations

from django.utils.translation import gettext as _

from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed
from joinder.office.people.kinds import ADMINISTRATIVE
from joinder.office.people.models import Organisation


def may_add_organisation(actor: Actor) -> bool:
    """The node itself, or an administrator of an administrative unit."""
    return actor.is_system or (actor.is_administrator and actor.organisation_kind in ADMINISTRATIVE)


def check_may_add_organisation(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may add organisations."""
    if not may_add_organisation(actor):
        raise NotAllowed(_("Only an administrator of an administrative unit adds organisations."))


def may_manage(actor: Actor, organisation: Organisation) -> bool:
    """Its own administrator, or whoever may add organisations."""
    own = actor.is_administrator and actor.organisation_id == organisation.pk
    return own or may_add_organisation(actor)


def check_may_manage(actor: Actor, organisation: Organisation) -> None:
    """Raises NotAllowed unless the actor may manage the organisation's members."""
    if not may_manage(actor, organisation):
        raise NotAllowed(
            _("Members of %(organisation)s are managed by its administrator.")
            % {"organisation": organisation}
        )
