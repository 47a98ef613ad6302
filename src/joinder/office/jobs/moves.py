"""The one way a job changes state: a conditional update, its history line, its outbox message."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinder.office.jobs.errors import InvalidStateTransition, LeaseLost
from joinder.office.jobs.models import Job, JobEvent, OutboxMessage
from joinder.office.jobs.states import FINAL, State, may_follow
from joinder.office.people.actors import Actor

NO_LEASE: dict[str, Any] = {"lease_owner": "", "lease_until": None}


def move(
    job: Job, after: State, *, actor: Actor, note: str = "", held: int | None = None, **fields: Any
) -> Job:
    """Take ``job`` to ``after`` if it still stands where we saw it; with ``held`` only under that fence.

    Runs in a transaction of its own or the caller's. Raises InvalidStateTransition where the table does not allow the
    step or someone was faster; LeaseLost where the fencing number is no longer the job's. 0 rows change then.
    """
    before = State(job.state)
    if not may_follow(before, after):
        raise (LeaseLost if held is not None else InvalidStateTransition)(
            _("%(job)s is “%(before)s”; it cannot become “%(after)s”.")
            % {"job": job.reference, "before": before.label, "after": after.label},
            mend=_("Reload the page to see what happened."),
        )
    if after in FINAL:
        fields.setdefault("finished_at", timezone.now())
    if after is not State.LEASED:
        fields = {**NO_LEASE, **fields}
    matching = Job.objects.filter(pk=job.pk, state=before)
    if held is not None:
        matching = matching.filter(fence=held)
    with transaction.atomic():
        if matching.update(state=after, **fields) != 1:
            raise (LeaseLost if held is not None else InvalidStateTransition)(
                _("%(job)s changed meanwhile; nothing was written.") % {"job": job.reference},
                mend=_("Reload the page to see what happened."),
            )
        tell(job, before, after, actor=actor, note=note)
    job.refresh_from_db()
    return job


def tell(job: Job, before: State | str, after: State, *, actor: Actor, note: str = "") -> None:
    """The history line and the outbox message of a step, in the caller's transaction."""
    JobEvent.objects.create(
        job=job,
        before=before,
        after=after,
        actor_key=actor.id,
        capacity=actor.capacity,
        note=note[:300],
    )
    OutboxMessage.objects.create(
        job=job,
        topic=f"job.{after}",
        payload={"job": str(job.public_id), "kind": job.kind, "before": str(before), "after": str(after)},
    )
