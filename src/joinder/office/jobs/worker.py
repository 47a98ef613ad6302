"""The worker: claims jobs, carries them out, survives being killed.

Killed anywhere, it loses no accepted job and applies no result twice: the lease runs out, the reaper gives the job
back, and what the dead worker may still write is refused by its old fencing number.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connection, transaction
from django.db.utils import OperationalError

from joinder.office.jobs import reaper, registry, services
from joinder.office.jobs.context import JobContext
from joinder.office.jobs.errors import InputNeeded, JobCancelled, LeaseLost
from joinder.office.jobs.models import Job
from joinder.vocabulary.errors import JoinderError

log = logging.getLogger(__name__)

BEAT_S = services.LEASE_S / 3
REAP_EVERY_S = 5.0
IDLE_S = 0.5


def owner_name() -> str:
    """This worker's name on its leases."""
    return f"{socket.gethostname()}:{os.getpid()}"[:80]


def run_one(owner: str | None = None) -> Job | None:
    """Claim and carry out one job; None where nothing waits."""
    job = services.claim(owner=owner or owner_name(), kinds=registry.kinds())
    if job is None:
        return None
    carry_out(job)
    job.refresh_from_db()
    return job


def carry_out(job: Job) -> None:
    """Run the handler of a leased job and store what came of it. Raises nothing of the handler's."""
    context = JobContext(job)
    try:
        result = registry.handler_of(job.kind)(dict(job.payload), context)
        if not context.finished:
            services.finish(job=job, fence=context.fence, result=result)
    except InputNeeded:
        return
    except LeaseLost:
        log.warning("%s: lost its lease; the result was not accepted.", job.reference)
    except JobCancelled:
        _quietly(lambda: services.stop(job=job, fence=context.fence))
    except JoinderError as error:
        message, mend = error.message, error.mend
        _quietly(lambda: services.fail(job=job, fence=context.fence, message=message, mend=mend))
    except Exception as error:
        log.exception("%s failed", job.reference)
        said = f"{type(error).__name__}: {error}"
        _quietly(lambda: services.fail(job=job, fence=context.fence, message=said, retry=True))


def _quietly(act: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            act()
    except LeaseLost:
        log.warning("The job's outcome came too late and was not accepted.")


def run_until_idle(limit: int = 1000) -> int:
    """Carry out all waiting jobs in this thread; returns how many. For tests and the demo."""
    done = 0
    while done < limit and run_one() is not None:
        done += 1
    return done


class Heart(threading.Thread):
    """Prolongs the lease of the job in hand while its handler computes without reporting."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="job-heart")
        self.job: Job | None = None
        self.stopped = threading.Event()

    def run(self) -> None:
        """Beat until stopped; a lost lease is noticed by the handler itself."""
        while not self.stopped.wait(BEAT_S):
            job = self.job
            if job is None:
                continue
            try:
                services.beat(job_id=job.pk, fence=job.fence)
            except (LeaseLost, OperationalError):
                continue
        connection.close()


def run_forever(stop: threading.Event, *, notice: Callable[[Job], None] | None = None) -> None:
    """Work until ``stop`` is set: reap, claim, carry out, catch up the ledger's log."""
    from joinder.office.ledger import sequencing

    heart, last_reap, owner = Heart(), float("-inf"), owner_name()
    heart.start()
    while not stop.is_set():
        close_old_connections()
        try:
            if time.monotonic() - last_reap > REAP_EVERY_S:
                last_reap = time.monotonic()
                reaper.reap()
                sequencing.sequence()
            job = services.claim(owner=owner, kinds=registry.kinds())
        except OperationalError:
            log.exception("The database did not answer; trying again.")
            stop.wait(REAP_EVERY_S)
            continue
        if job is None:
            stop.wait(IDLE_S)
            continue
        heart.job = job
        carry_out(job)
        heart.job = None
        if notice is not None:
            job.refresh_from_db()
            notice(job)
    heart.stopped.set()
