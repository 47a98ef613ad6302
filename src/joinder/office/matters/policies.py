"""Who may do what in a matter: pure functions of the actor and plain values, each question with its demand."""

from __future__ import annotations

from django.utils.translation import gettext as _

from joinder.office.matters.errors import MatterError, NotAllowed
from joinder.office.matters.states import BY_VERB, Move
from joinder.office.people.actors import Actor
from joinder.office.people.kinds import ADMINISTRATIVE, Capacity, Kind

#: Kinds of organisation that handle matters.
HANDLERS = ADMINISTRATIVE | {Kind.CUSTOMS, Kind.POLICE}
#: Capacities in which a member of the handling unit works on the file.
WORKING = frozenset(
    {
        Capacity.INSPECTOR,
        Capacity.REVIEWER,
        Capacity.APPROVER,
        Capacity.POLICE_OFFICER,
        Capacity.CUSTOMS_OFFICER,
    }
)
#: Joining words of a sentence that probably holds two assertions.
JOINING_ZH = ("且", "并且", "同时", "以及")
JOINING_EN = (" and ", " also ", ";")


def may_open(actor: Actor) -> bool:
    """A member of an administrative unit, the customs or the police, in a working capacity; the node itself."""
    return actor.is_system or (actor.organisation_kind in HANDLERS and actor.capacity in WORKING)


def check_may_open(actor: Actor) -> None:
    """Raises NotAllowed unless the actor may open a matter."""
    if not may_open(actor):
        raise NotAllowed(
            _("A matter is opened by an inspector or officer of an authority that handles cases."),
            mend=_("Switch to that capacity, or send the authority a notice or a lead."),
        )


def may_work_on(actor: Actor, handler_id: int) -> bool:
    """A member of the handling unit in a working capacity; the node itself."""
    return actor.is_system or (actor.organisation_id == handler_id and may_open(actor))


def check_may_work_on(actor: Actor, handler_id: int) -> None:
    """Raises NotAllowed unless the actor may change the file."""
    if not may_work_on(actor, handler_id):
        raise NotAllowed(
            _("Only the unit that handles this matter changes its file."),
            mend=_("Switch to a capacity in that unit."),
        )


def check_move(status: str, verb: str, reason: str) -> Move:
    """The move of a verb from a status. Raises MatterError where the table has none, or a needed reason is missing."""
    move = BY_VERB.get(verb)
    if move is None or status not in move.sources:
        allowed = ", ".join(known.verb for known in BY_VERB.values() if status in known.sources) or "none"
        raise MatterError(
            _("A matter that is %(status)s cannot be moved by %(verb)s; moves from here: %(allowed)s.")
            % {"status": status, "verb": verb, "allowed": allowed}
        )
    if move.reason and not reason.strip():
        raise MatterError(
            _("%(label)s needs a reason.") % {"label": move.label}, mend=_("Say in one sentence why.")
        )
    return move


def doubts(statement: str) -> list[str]:
    """Joining words found in a fact that should be one assertion; empty for a plain sentence."""
    lowered = statement.lower()
    return [word.strip() for word in (*JOINING_ZH, *JOINING_EN) if word in lowered]
