"""The life of a matter as a table; the diagram in docs/spec/matters.md is written from it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a matter stands."""

    OPEN = "open", _("Registered")
    INVESTIGATING = "investigating", _("Under investigation")
    SUSPENDED = "suspended", _("Suspended")
    DECIDED = "decided", _("Decided")
    REFERRED = "referred", _("Referred to the police")
    CLOSED = "closed", _("Closed")


TONES = {
    Status.OPEN: "todo",
    Status.INVESTIGATING: "info",
    Status.SUSPENDED: "warn",
    Status.DECIDED: "ok",
    Status.REFERRED: "ok",
    Status.CLOSED: "done",
}


@dataclass(frozen=True, slots=True)
class Move:
    """One way on: from which states to which, under which verb, and whether a reason must be given."""

    verb: str
    sources: tuple[Status, ...]
    target: Status
    label: object
    reason: bool = False


MOVES: tuple[Move, ...] = (
    Move("investigate", (Status.OPEN,), Status.INVESTIGATING, _("Start the investigation")),
    Move("suspend", (Status.INVESTIGATING,), Status.SUSPENDED, _("Suspend"), reason=True),
    Move("resume", (Status.SUSPENDED,), Status.INVESTIGATING, _("Resume")),
    Move("decide", (Status.INVESTIGATING,), Status.DECIDED, _("Record the decision"), reason=True),
    Move(
        "refer",
        (Status.INVESTIGATING, Status.DECIDED),
        Status.REFERRED,
        _("Refer to the police"),
        reason=True,
    ),
    Move("close", (Status.OPEN, Status.DECIDED, Status.REFERRED), Status.CLOSED, _("Close"), reason=True),
    Move("reopen", (Status.CLOSED,), Status.INVESTIGATING, _("Reopen"), reason=True),
)
BY_VERB = {move.verb: move for move in MOVES}


def moves_from(status: str) -> list[Move]:
    """The moves that lead on from a status, in the order of the table."""
    return [move for move in MOVES if status in move.sources]
