"""The life of a notice as a table: which side moves it from which state to which.

``docs/spec/matters.md`` draws its diagram from this table, and the tests try every verb with each kind of organisation.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from joinder.office.people.kinds import Capacity


class State(models.TextChoices):
    """Where a notice stands."""

    DRAFTED = "drafted", _("Draft")
    SUBMITTED = "submitted", _("Sent to the platform")
    REJECTED = "rejected", _("Refused: to be mended")
    ACCEPTED = "accepted", _("Accepted")
    MEASURES_TAKEN = "measures_taken", _("Measures taken")
    FORWARDED_TO_SELLER = "forwarded_to_seller", _("Forwarded to the seller")
    DECLARATION_RECEIVED = "declaration_received", _("Counter-statement received")
    FORWARDED_TO_HOLDER = "forwarded_to_holder", _("Counter-statement forwarded")
    WAITING = "waiting", _("Waiting period")
    HOLDER_ACTED = "holder_acted", _("Right holder complained or sued")
    EXPIRED = "expired", _("Waiting period over")
    MEASURES_ENDED = "measures_ended", _("Measures ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Side(models.TextChoices):
    """Whose step it is."""

    SENDER = "sender", _("Right holder")
    PLATFORM = "platform", _("Platform")
    RESPONDENT = "respondent", _("Seller")
    CLOCK = "clock", _("Clock")


#: In which capacity a member of a side acts; an administrator or auditor of the same organisation does not.
CAPACITIES: dict[Side, frozenset[str]] = {
    Side.SENDER: frozenset({Capacity.COUNSEL, Capacity.AGENT}),
    Side.PLATFORM: frozenset({Capacity.COMPLIANCE}),
    Side.RESPONDENT: frozenset({Capacity.RESPONDENT}),
    Side.CLOCK: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One step. ``label``: the act in words; ``needs``: what must be given with it (content, reasons, measures)."""

    verb: str
    sources: tuple[State, ...]
    target: State
    side: Side
    label: object
    needs: str = ""


_S = State
TABLE: tuple[Transition, ...] = (
    Transition(
        "submit", (_S.DRAFTED, _S.REJECTED), _S.SUBMITTED, Side.SENDER, _("Send the notice"), "content"
    ),
    Transition("accept", (_S.SUBMITTED,), _S.ACCEPTED, Side.PLATFORM, _("Accept the notice")),
    Transition("reject", (_S.SUBMITTED,), _S.REJECTED, Side.PLATFORM, _("Refuse and ask to mend"), "reasons"),
    Transition(
        "take_measures",
        (_S.ACCEPTED,),
        _S.MEASURES_TAKEN,
        Side.PLATFORM,
        _("Record the measures"),
        "measures",
    ),
    Transition(
        "forward_to_seller",
        (_S.MEASURES_TAKEN,),
        _S.FORWARDED_TO_SELLER,
        Side.PLATFORM,
        _("Forward to the seller"),
    ),
    Transition(
        "file_declaration",
        (_S.FORWARDED_TO_SELLER,),
        _S.DECLARATION_RECEIVED,
        Side.RESPONDENT,
        _("File a counter-statement"),
        "declaration",
    ),
    Transition(
        "forward_declaration",
        (_S.DECLARATION_RECEIVED,),
        _S.FORWARDED_TO_HOLDER,
        Side.PLATFORM,
        _("Forward the counter-statement"),
    ),
    Transition(
        "receive_declaration", (_S.FORWARDED_TO_HOLDER,), _S.WAITING, Side.SENDER, _("Confirm receipt")
    ),
    Transition(
        "holder_acts",
        (_S.WAITING,),
        _S.HOLDER_ACTED,
        Side.SENDER,
        _("Tell that you complained or sued"),
        "proof",
    ),
    Transition("expire", (_S.WAITING,), _S.EXPIRED, Side.CLOCK, _("The waiting period ends")),
    Transition("end_measures", (_S.EXPIRED,), _S.MEASURES_ENDED, Side.PLATFORM, _("End the measures")),
    Transition(
        "withdraw",
        (
            _S.SUBMITTED,
            _S.REJECTED,
            _S.ACCEPTED,
            _S.MEASURES_TAKEN,
            _S.FORWARDED_TO_SELLER,
            _S.DECLARATION_RECEIVED,
            _S.FORWARDED_TO_HOLDER,
            _S.WAITING,
        ),
        _S.WITHDRAWN,
        Side.SENDER,
        _("Withdraw the notice"),
        "reason",
    ),
)
BY_VERB = {step.verb: step for step in TABLE}

TONES = {
    State.DRAFTED: "todo",
    State.SUBMITTED: "info",
    State.REJECTED: "warn",
    State.ACCEPTED: "info",
    State.MEASURES_TAKEN: "info",
    State.FORWARDED_TO_SELLER: "info",
    State.DECLARATION_RECEIVED: "info",
    State.FORWARDED_TO_HOLDER: "info",
    State.WAITING: "warn",
    State.HOLDER_ACTED: "ok",
    State.EXPIRED: "warn",
    State.MEASURES_ENDED: "done",
    State.WITHDRAWN: "done",
}

#: The steps of the line at the head of the page, in order; other states stand beside it.
LINE = (
    State.SUBMITTED,
    State.ACCEPTED,
    State.MEASURES_TAKEN,
    State.FORWARDED_TO_SELLER,
    State.DECLARATION_RECEIVED,
    State.FORWARDED_TO_HOLDER,
    State.WAITING,
)
FINAL = frozenset({State.HOLDER_ACTED, State.MEASURES_ENDED, State.WITHDRAWN})
#: From here on the seller sees the notice.
SEEN_BY_RESPONDENT = frozenset(
    {
        State.FORWARDED_TO_SELLER,
        State.DECLARATION_RECEIVED,
        State.FORWARDED_TO_HOLDER,
        State.WAITING,
        State.HOLDER_ACTED,
        State.EXPIRED,
        State.MEASURES_ENDED,
    }
)


def steps_from(state: str) -> list[Transition]:
    """The steps that may follow a state, in the order of the table."""
    return [step for step in TABLE if state in step.sources]
