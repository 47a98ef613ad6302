"""The demo's stages: each one announced, timed and remembered."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from joinder.cli.output import say


@dataclass
class Stages:
    """Names and seconds of what was done, in order."""

    total: int
    seconds: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    @property
    def elapsed(self) -> float:
        """Seconds since the demo began."""
        return round(time.monotonic() - self.began, 1)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Announce and time one stage; a stage that fails is not counted."""
        say(f"[{len(self.seconds) + 1}/{self.total}] {name}")
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 2)
