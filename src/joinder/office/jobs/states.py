"""The states of a job and the transitions between them, as data: the diagram in the documents is drawn from it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """Where a job stands."""

    PROPOSED = "proposed", pgettext_lazy("job", "Proposed")
    APPROVED = "approved", pgettext_lazy("job", "Approved")
    DENIED = "denied", pgettext_lazy("job", "Denied")
    QUEUED = "queued", pgettext_lazy("job", "Waiting")
    LEASED = "leased", pgettext_lazy("job", "Running")
    NEEDS_INPUT = "needs_input", pgettext_lazy("job", "Needs input")
    SUCCEEDED = "succeeded", pgettext_lazy("job", "Done")
    FAILED = "failed", pgettext_lazy("job", "Failed")
    CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("job", "Expired")


TRANSITIONS: dict[State, frozenset[State]] = {
    State.PROPOSED: frozenset({State.APPROVED, State.DENIED, State.CANCELLED, State.EXPIRED}),
    State.APPROVED: frozenset({State.QUEUED, State.CANCELLED, State.EXPIRED}),
    State.QUEUED: frozenset({State.LEASED, State.CANCELLED, State.EXPIRED}),
    #: back to queued when the lease runs out
    State.LEASED: frozenset(
        {
            State.QUEUED,
            State.NEEDS_INPUT,
            State.SUCCEEDED,
            State.FAILED,
            State.CANCELLED,
            State.EXPIRED,
        }
    ),
    State.NEEDS_INPUT: frozenset({State.QUEUED, State.LEASED, State.CANCELLED, State.EXPIRED}),
    State.DENIED: frozenset(),
    State.SUCCEEDED: frozenset(),
    State.FAILED: frozenset(),
    State.CANCELLED: frozenset(),
    State.EXPIRED: frozenset(),
}

FINAL = frozenset(state for state, onward in TRANSITIONS.items() if not onward)
OPEN = frozenset(State) - FINAL

#: What a partner that speaks OGC API Processes calls it.
OGC_STATUS: dict[State, str] = {
    State.PROPOSED: "accepted",
    State.APPROVED: "accepted",
    State.QUEUED: "accepted",
    State.LEASED: "running",
    State.NEEDS_INPUT: "running",
    State.SUCCEEDED: "successful",
    State.FAILED: "failed",
    State.EXPIRED: "failed",
    State.DENIED: "dismissed",
    State.CANCELLED: "dismissed",
}

#: How a status tag looks: what needs someone is coloured, what is done is plain.
TONE: dict[State, str] = {
    State.PROPOSED: "warn",
    State.APPROVED: "info",
    State.QUEUED: "info",
    State.LEASED: "info",
    State.NEEDS_INPUT: "warn",
    State.SUCCEEDED: "done",
    State.DENIED: "bad",
    State.FAILED: "bad",
    State.CANCELLED: "done",
    State.EXPIRED: "bad",
}


def may_follow(before: str, after: str) -> bool:
    """Whether the table allows the step."""
    return State(after) in TRANSITIONS[State(before)]


def diagram() -> str:
    """The table as a Mermaid state diagram for the documents."""
    lines = ["stateDiagram-v2"]
    for before, onward in TRANSITIONS.items():
        lines += [f"    {before} --> {after}" for after in State if after in onward]
        if not onward:
            lines.append(f"    {before} --> [*]")
    return "\n".join(lines)
