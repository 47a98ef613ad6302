"""A mark found in a listing: where, how, and by which operations the found text differs from the mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from joinder.detect.forms import Channel


@dataclass(frozen=True)
class Op:
    """One difference. position: in the mark. cost: 0 for none to the eye or ear, 1 for another sign."""

    position: int
    was: str
    now: str
    kind: str
    cost: float

    def as_json(self) -> dict[str, Any]:
        return {"pos": self.position, "from": self.was, "to": self.now, "kind": self.kind, "cost": self.cost}


@dataclass(frozen=True)
class Match:
    """A form found in the raw text of a listing between `start` and `end`.

    visual, aural: likeness in 0..1 after first position and length are taken into account.
    strength: how far the guards let the finding count (1 in full).
    """

    form: int
    channel: Channel
    start: int
    end: int
    ops: tuple[Op, ...]
    visual: float
    aural: float
    strength: float = 1.0
