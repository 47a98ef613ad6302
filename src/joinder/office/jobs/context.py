"""What a handler may do with the job it carries out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from joinder.office.jobs import services
from joinder.office.jobs.errors import InputNeeded, JobCancelled
from joinder.office.jobs.models import Job
from joinder.office.people.actors import Actor

#: A progress call writes to the database at most this often; the rest are free.
BEAT_EVERY_S = 0.5


class JobContext:
    """The holder's side of a leased job: progress, cancel, finish under the fence."""

    def __init__(self, job: Job, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.job = job
        self.fence = job.fence
        self.finished = False
        self._clock = clock
        self._last_beat = float("-inf")
        self._cancelled = False

    @property
    def actor(self) -> Actor:
        """Who asked the job."""
        return self.job.asker

    def progress(self, fraction: float | None, message: str = "") -> None:
        """Tell how far the work is (0..1, or None if unknown) and prolong the lease.

        Raises LeaseLost if the job was given to another worker, JobCancelled if someone took it back.
        """
        now = self._clock()
        if now - self._last_beat >= BEAT_EVERY_S:
            self._last_beat = now
            self._cancelled = services.beat(
                job_id=self.job.pk, fence=self.fence, progress=fraction, message=message or None
            )
        if self._cancelled:
            raise JobCancelled(f"{self.job.reference} was cancelled.")

    def cancelled(self) -> bool:
        """Whether someone asked to cancel; asks the database. Raises LeaseLost."""
        self._cancelled = services.beat(job_id=self.job.pk, fence=self.fence)
        return self._cancelled

    def finish(self, apply: Callable[[], Any]) -> Any:
        """Let the effects land: ``apply`` runs in one transaction with the acceptance of its result.

        Raises LeaseLost, and then nothing of ``apply`` is written. Call it once, as the last thing.
        """
        job = services.finish(job=self.job, fence=self.fence, apply=apply)
        self.finished = True
        return job.result

    def ask_back(self, question: str) -> None:
        """Stop here and ask the asker; the handler runs again with the answer in ``payload['answers']``."""
        services.ask_back(job=self.job, fence=self.fence, question=question)
        self.finished = True
        raise InputNeeded(question)
