"""Mending what workers and askers left behind: leases that ran out, jobs nobody took in time."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from joinder.office.jobs.errors import InvalidStateTransition, LeaseLost
from joinder.office.jobs.models import Job, Transport
from joinder.office.jobs.moves import move
from joinder.office.jobs.states import State
from joinder.office.people.actors import Actor

LOST = "The worker did not report in time."


def reap() -> int:
    """Give lost jobs back or end them, expire overdue ones; returns how many were changed.

    A lost job waits again while attempts are left, unless it may have had effects outside: then a person must look.
    """
    now, system, changed = timezone.now(), Actor.system(), 0
    lost = Job.objects.filter(state=State.LEASED, lease_until__lt=now)
    for job in lost:
        again = job.transport != Transport.LOCAL or (
            job.attempts < job.max_attempts and not job.effects_external
        )
        changed += _try(job, State.CANCELLED if job.cancel_requested_at else None, again, system)
    overdue = Job.objects.filter(
        expires_at__lt=now,
        state__in=[State.PROPOSED, State.APPROVED, State.QUEUED, State.NEEDS_INPUT],
    ).exclude(expires_at=F("created_at"))
    for job in overdue:
        changed += _try(job, State.EXPIRED, False, system)
    return changed


def _try(job: Job, ending: State | None, again: bool, system: Actor) -> int:
    """One step, if nobody was faster."""
    try:
        if ending is not None:
            move(job, ending, actor=system)
        elif again:
            move(job, State.QUEUED, actor=system, note=LOST, held=job.fence)
        else:
            move(job, State.FAILED, actor=system, note=LOST, error={"message": LOST}, held=job.fence)
    except (InvalidStateTransition, LeaseLost):
        return 0
    return 1
