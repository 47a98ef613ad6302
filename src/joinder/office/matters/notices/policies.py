"""Who may take which step of a notice: pure questions, each with its demand."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from joinder.office.matters.errors import InvalidTransition, NotAllowed
from joinder.office.matters.notices.transitions import (
    BY_VERB,
    CAPACITIES,
    Side,
    State,
    Transition,
    steps_from,
)
from joinder.office.people.actors import Actor

Sides = Mapping[Side, int | None]


def sides_of(sender_id: int, platform_id: int, respondent_id: int | None) -> Sides:
    """Which organisation stands on which side."""
    return {
        Side.SENDER: sender_id,
        Side.PLATFORM: platform_id,
        Side.RESPONDENT: respondent_id,
        Side.CLOCK: None,
    }


def acts_for(actor: Actor, side: Side, sides: Sides) -> bool:
    """Whether the actor is a member of the side's organisation in a capacity of that side.

    The clock's step is the node's own. The node takes no other step: an outward act is always a member's.
    """
    if side is Side.CLOCK:
        return actor.is_system
    return (
        not actor.is_system
        and actor.organisation_id is not None
        and actor.organisation_id == sides[side]
        and actor.capacity in CAPACITIES[side]
    )


def may_take(actor: Actor, step: Transition, state: str, sides: Sides) -> bool:
    """Whether the step follows from the state and is the actor's."""
    return state in step.sources and acts_for(actor, step.side, sides)


def check_may_take(actor: Actor, verb: str, state: str, sides: Sides) -> Transition:
    """The step of a verb.

    Raises NotAllowed if it is another side's, InvalidTransition if it does not follow from the present state. Who is of
    no side learns only that; the state is told to the sides alone.
    """
    step = BY_VERB.get(verb)
    if step is None:
        raise InvalidTransition(
            _("There is no step %(verb)s; expected one of %(known)s.")
            % {"verb": verb, "known": ", ".join(BY_VERB)}
        )
    if not acts_for(actor, step.side, sides):
        raise NotAllowed(
            _("“%(label)s” is the step of: %(side)s.") % {"label": step.label, "side": step.side.label},
            mend=_("Sign in as a member of that organisation, in the capacity that answers notices."),
        )
    if state not in step.sources:
        following = ", ".join(str(known.label) for known in steps_from(state)) or "-"
        raise InvalidTransition(
            _("“%(label)s” does not follow from the present state (%(state)s).")
            % {"label": step.label, "state": State(state).label},
            mend=_("What may follow: %(following)s. Reload the page to see the present state.")
            % {"following": following},
        )
    return step


def steps_of(actor: Actor, state: str, sides: Sides) -> list[Transition]:
    """The steps that this actor may take now."""
    return [step for step in steps_from(state) if may_take(actor, step, state, sides)]
