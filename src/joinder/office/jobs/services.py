"""The verbs of a job: ask, decide, claim, beat, finish, fail, cancel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinder.office.jobs import acceptance, policies
from joinder.office.jobs.errors import IdempotencyConflict, LeaseLost
from joinder.office.jobs.models import Job, Transport
from joinder.office.jobs.moves import move, tell
from joinder.office.jobs.states import State
from joinder.office.ledger import services as ledger
from joinder.office.people.actors import Actor
from joinder.vocabulary.digests import canonical_json, digest_bytes

LEASE_S = 30
PEOPLE_LEASE = timedelta(days=7)


def enqueue(
    *,
    kind: str,
    payload: Mapping[str, Any],
    actor: Actor,
    title_zh: str,
    title_en: str,
    idempotency_key: str = "",
    capability: str = "",
    provider_id: int | None = None,
    transport: str = Transport.LOCAL,
    state: State = State.QUEUED,
    effects_external: bool = False,
    policy: Mapping[str, Any] | None = None,
    priority: int = 0,
    max_attempts: int = 3,
    expires_at: datetime | None = None,
) -> Job:
    """Ask a job. The same key with the same body returns the job asked first; with another body it is refused.

    payload: JSON values, all the handler gets. state: PROPOSED where the provider must approve. Raises
    IdempotencyConflict.
    """
    job = Job(
        kind=kind,
        capability=capability,
        title_zh=title_zh,
        title_en=title_en,
        payload=dict(payload),
        actor=actor.to_json(),
        actor_key=actor.id,
        organisation_id=actor.organisation_id,
        provider_id=provider_id,
        transport=transport,
        effects_external=effects_external,
        idempotency_key=idempotency_key,
        policy=dict(policy or {}),
        state=state,
        priority=priority,
        max_attempts=max_attempts,
        expires_at=expires_at,
    )
    job.body_digest = digest_bytes(canonical_json(job.body()))
    job.policy_digest = digest_bytes(canonical_json(job.policy)) if policy else ""
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            tell(job, "", state, actor=actor)
            _record(actor, "jobs.asked", job, kind=kind, capability=capability, policy=job.policy_digest)
    except IntegrityError:
        earlier = _asked_before(job)
        if earlier is None:
            raise
        return earlier
    return job


def _asked_before(job: Job) -> Job | None:
    if not job.idempotency_key:
        return None
    earlier = Job.objects.filter(
        actor_key=job.actor_key,
        kind=job.kind,
        capability=job.capability,
        idempotency_key=job.idempotency_key,
    ).first()
    if earlier is not None and earlier.body_digest != job.body_digest:
        raise IdempotencyConflict(
            _("The key %(key)s was used for %(job)s with another body.")
            % {"key": job.idempotency_key, "job": earlier.reference},
            mend=_("Send the first body again, or use a new key for a new job."),
        )
    return earlier


def approve(*, actor: Actor, job: Job) -> Job:
    """The provider lets a proposed job run. Raises NotAllowed, InvalidStateTransition."""
    policies.check_may_decide(actor, job)
    with transaction.atomic():
        move(job, State.APPROVED, actor=actor)
        move(job, State.QUEUED, actor=actor, run_after=timezone.now())
        _record(actor, "jobs.approved", job)
    return job


def deny(*, actor: Actor, job: Job, reason: str) -> Job:
    """The provider refuses a proposed job and says why."""
    policies.check_may_decide(actor, job)
    with transaction.atomic():
        move(job, State.DENIED, actor=actor, note=reason, error={"message": reason})
        _record(actor, "jobs.denied", job, reason=reason)
    return job


def claim(
    *,
    owner: str,
    kinds: Iterable[str] | None = None,
    provider_id: int | None = None,
    transport: str = Transport.LOCAL,
    actor: Actor | None = None,
    lease: timedelta = timedelta(seconds=LEASE_S),
) -> Job | None:
    """Lease the next waiting job to ``owner`` with a new fencing number, or None.

    Two claimers never get the same job: the update is conditional on the state and fence seen.
    """
    now = timezone.now()
    waiting = Job.objects.filter(
        state=State.QUEUED, transport=transport, run_after__lte=now, cancel_requested_at__isnull=True
    ).order_by("-priority", "id")
    if kinds is not None:
        waiting = waiting.filter(kind__in=list(kinds))
    if provider_id is not None:
        waiting = waiting.filter(provider_id=provider_id)
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        job = waiting.first()
        if job is None:
            return None
        return take(job, owner=owner, actor=actor or Actor.system(), lease=lease)


def take(job: Job, *, owner: str, actor: Actor, lease: timedelta) -> Job:
    """Lease this very job to ``owner``. Raises InvalidStateTransition if it no longer waits."""
    now = timezone.now()
    return move(
        job,
        State.LEASED,
        actor=actor,
        lease_owner=owner,
        lease_until=now + lease,
        fence=job.fence + 1,
        attempts=job.attempts + 1,
        started_at=job.started_at or now,
        progress=None,
        message="",
    )


def accept(*, actor: Actor, job: Job) -> Job:
    """A member of the provider takes on a job that people answer."""
    policies.check_may_answer(actor, job)
    with transaction.atomic():
        take(job, owner=actor.id, actor=actor, lease=PEOPLE_LEASE)
        _record(actor, "jobs.accepted", job)
    return job


def beat(
    *,
    job_id: int,
    fence: int,
    progress: float | None = None,
    message: str | None = None,
    lease: timedelta = timedelta(seconds=LEASE_S),
) -> bool:
    """Prolong the lease and note progress; returns whether someone asked to cancel. Raises LeaseLost."""
    changes: dict[str, Any] = {"lease_until": timezone.now() + lease}
    if progress is not None:
        changes["progress"] = min(1.0, max(0.0, progress))
    if message is not None:
        changes["message"] = message[:300]
    held = Job.objects.filter(pk=job_id, fence=fence, state=State.LEASED)
    if held.update(**changes) != 1:
        raise LeaseLost(f"J-{job_id} is no longer leased under fence {fence}.")
    return bool(held.filter(cancel_requested_at__isnull=False).exists())


def finish(
    *,
    job: Job,
    fence: int,
    result: Any = None,
    apply: Callable[[], Any] | None = None,
    actor: Actor | None = None,
) -> Job:
    """Accept the result under the fence and let its effects land in the same transaction.

    apply: called after the fence was checked, inside the transaction; what it returns is the result if not None.
    A late finisher gets LeaseLost, and neither its result nor its effects are written; the same holds where the
    result is not what was promised (``acceptance``).
    """
    by = actor or Actor.system()
    with transaction.atomic():
        job.state = State.LEASED
        move(job, State.SUCCEEDED, actor=by, held=fence, progress=1.0)
        if apply is not None:
            made = apply()
            result = made if made is not None else result
        result = acceptance.accepted(job, result)
        Job.objects.filter(pk=job.pk).update(result=result)
        _record(by, "jobs.succeeded", job, result=digest_bytes(canonical_json(result)))
    job.refresh_from_db()
    return job


def fail(*, job: Job, fence: int, message: str, mend: str | None = None, retry: bool = False) -> Job:
    """The attempt failed. With ``retry`` it waits again if attempts are left and nothing went outside."""
    system = Actor.system()
    job.state = State.LEASED
    if retry and job.attempts < job.max_attempts and not job.effects_external:
        pause = timedelta(seconds=2**job.attempts)
        return move(
            job, State.QUEUED, actor=system, held=fence, note=message, run_after=timezone.now() + pause
        )
    with transaction.atomic():
        move(
            job,
            State.FAILED,
            actor=system,
            held=fence,
            note=message,
            error={"message": message, "mend": mend},
        )
        _record(system, "jobs.failed", job, message=message[:200])
    return job


def cancel(*, actor: Actor, job: Job, reason: str = "") -> Job:
    """Take a job back: at once if it waits, at its next progress call if it runs."""
    policies.check_may_cancel(actor, job)
    with transaction.atomic():
        _record(actor, "jobs.cancel_asked", job, reason=reason)
        if job.state == State.LEASED and job.transport != Transport.PEOPLE:
            Job.objects.filter(pk=job.pk, state=State.LEASED).update(cancel_requested_at=timezone.now())
            job.refresh_from_db()
            return job
        return move(job, State.CANCELLED, actor=actor, note=reason)


def stop(*, job: Job, fence: int) -> Job:
    """The handler heard that it is to stop."""
    job.state = State.LEASED
    return move(job, State.CANCELLED, actor=Actor.system(), held=fence)


def ask_back(*, job: Job, fence: int, question: str, actor: Actor | None = None) -> Job:
    """The holder cannot go on without an answer from the asker."""
    job.state = State.LEASED
    return move(
        job,
        State.NEEDS_INPUT,
        actor=actor or Actor.system(),
        held=fence,
        note=question,
        question=question,
    )


def give_input(*, actor: Actor, job: Job, answer: str) -> Job:
    """The asker answers the question; the job waits again with the answer in its payload."""
    policies.check_may_give_input(actor, job)
    answers = [*job.payload.get("answers", []), {"question": job.question, "answer": answer}]
    with transaction.atomic():
        move(
            job,
            State.QUEUED,
            actor=actor,
            note=answer,
            question="",
            payload={**job.payload, "answers": answers},
            run_after=timezone.now(),
        )
        _record(actor, "jobs.input_given", job)
    return job


def answer(*, actor: Actor, job: Job, result: Mapping[str, Any]) -> Job:
    """A person of the provider answers the job they accepted. Raises NotAllowed, LeaseLost."""
    policies.check_may_answer(actor, job)
    if job.lease_owner != actor.id:
        raise LeaseLost(
            _("%(job)s was not accepted by you, or another member took it over.") % {"job": job.reference},
            mend=_("Accept it first."),
        )
    return finish(job=job, fence=job.fence, result=dict(result), actor=actor)


def _record(actor: Actor, verb: str, job: Job, **detail: Any) -> None:
    ledger.record(actor=actor, verb=verb, target=f"jobs/{job.pk}", detail=detail)
