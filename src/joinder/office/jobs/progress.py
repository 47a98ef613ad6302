"""An engine's progress, told through the job that runs it."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from joinder.office.jobs.context import JobContext
from joinder.vocabulary.progress import Stage


class _Bar:
    """A stage that tells the job how much is done, and hears whether someone cancelled."""

    def __init__(self, context: JobContext, total: float | None, share: float) -> None:
        self._context, self._total, self._share, self._done = context, total, share, 0.0

    def advance(self, amount: float = 1, note: str = "") -> None:
        """Count. Raises JobCancelled, LeaseLost."""
        self._done += amount
        fraction = self._share * min(1.0, self._done / self._total) if self._total else None
        self._context.progress(fraction, f"{self._done:,.0f} {note}".strip())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class JobProgress:
    """The ``Progress`` of an engine with one long stage.

    share: how much of the job that stage is; the rest is storing what came of it.
    """

    def __init__(self, context: JobContext, share: float = 0.99) -> None:
        self._context, self._share = context, share

    def stage(self, name: str, total: float | None = None) -> Stage:
        """A stage told through the job."""
        return _Bar(self._context, total, self._share)
