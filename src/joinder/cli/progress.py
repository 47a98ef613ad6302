"""Progress on stderr: a bar where a person watches, a line per stage where a log is kept."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from joinder.cli.output import is_terminal, say
from joinder.vocabulary.progress import Stage


class _BarStage:
    def __init__(self, name: str, total: float | None) -> None:
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("[dim]{task.fields[note]}"),
            console=Console(stderr=True),
        )
        self._task: TaskID = self._bar.add_task(name, total=total, note="")

    def advance(self, amount: float = 1, note: str = "") -> None:
        """Move the bar."""
        self._bar.update(self._task, advance=amount, note=note)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


class _LineStage:
    """One line when the stage ends, and one every ten seconds of long work, so that a log shows life."""

    def __init__(self, name: str, total: float | None) -> None:
        self._name, self._total, self._done = name, total, 0.0
        self._began = self._spoke = time.monotonic()

    def advance(self, amount: float = 1, note: str = "") -> None:
        """Count, and speak when ten seconds have passed."""
        self._done += amount
        now = time.monotonic()
        if now - self._spoke >= 10:
            self._spoke = now
            of = f" of {self._total:,.0f}" if self._total else ""
            say(f"  {self._name}: {self._done:,.0f}{of}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            count = f"{self._done:,.0f}, " if self._done else ""
            say(f"  {self._name}: {count}{time.monotonic() - self._began:.1f} s")


class TerminalProgress:
    """The ``Progress`` of a command: bars on a terminal, lines elsewhere."""

    def stage(self, name: str, total: float | None = None) -> Stage:
        """Begin a stage."""
        return _BarStage(name, total) if is_terminal() else _LineStage(name, total)
