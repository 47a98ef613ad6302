"""How long work says how far it is.

An engine takes a ``Progress`` and knows nothing of terminals or pages; the command line and the job worker supply
one. ``NO_PROGRESS`` is silence.
"""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self


class Stage(Protocol):
    """One stretch of work; leaving the ``with`` block ends it."""

    def advance(self, amount: float = 1, note: str = "") -> None:
        """``amount`` more units are done; ``note`` says what is in hand."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Progress(Protocol):
    """Something that shows stages."""

    def stage(self, name: str, total: float | None = None) -> Stage:
        """Begin a stage of ``total`` units; None where the length is unknown."""
        ...


class _SilentStage:
    def advance(self, amount: float = 1, note: str = "") -> None:
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class _Silent:
    def stage(self, name: str, total: float | None = None) -> Stage:
        return _SilentStage()


NO_PROGRESS: Progress = _Silent()
