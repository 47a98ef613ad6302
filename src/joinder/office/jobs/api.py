"""Jobs for machines: see, claim, beat, hand in the result, cancel. Outside providers speak the workers' protocol."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Body, Router, Schema, Status

from joinder.office.jobs import services
from joinder.office.jobs.errors import JobError, LeaseLost
from joinder.office.jobs.models import Job, Transport
from joinder.office.jobs.tokens import JobToken, token_for
from joinder.office.people.errors import NotAllowed

router = Router(tags=["jobs"])
CONTENT = Body(...)


class JobOut(Schema):
    """A job as seen by those who asked it or answer it."""

    id: UUID
    reference: str
    capability: str
    state: str
    ogc_status: str
    progress: float | None
    message: str
    result: Any
    error: Any
    policy: dict[str, Any]
    created_at: datetime
    finished_at: datetime | None


class LeaseOut(Schema):
    """A claimed job: its input, how long it is yours, the fence and the token to write with."""

    id: UUID
    capability: str
    payload: dict[str, Any]
    lease_until: datetime
    fence: int
    token: str


class BeatIn(Schema):
    """How far the work is."""

    progress: float | None = None
    message: str | None = None


class BeatOut(Schema):
    """Whether the asker wants it stopped."""

    cancel: bool


class ReasonIn(Schema):
    """Why."""

    reason: str = ""


def job_out(job: Job) -> JobOut:
    """The outside view of a job."""
    names = (
        "capability", "state", "ogc_status", "progress", "message", "result", "error", "policy",
        "created_at", "finished_at", "reference",
    )  # fmt: skip
    return JobOut(id=job.public_id, **{name: getattr(job, name) for name in names})


def _visible(request: HttpRequest, job_id: UUID) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.actor), public_id=job_id)  # type: ignore[attr-defined]


@router.get("/jobs/{uuid:job_id}", response=JobOut)
def job(request: HttpRequest, job_id: UUID) -> JobOut:
    """One job."""
    return job_out(_visible(request, job_id))


@router.post("/jobs:claim", response={200: LeaseOut, 204: None})
def claim(request: HttpRequest, response: HttpResponse) -> Any:
    """Lease the next job that waits for this organisation's machine; 204 where none does."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.organisation_id is None:
        raise NotAllowed("Only an organisation's machine claims jobs.")
    leased = services.claim(
        owner=actor.id, provider_id=actor.organisation_id, transport=Transport.PULL, actor=actor
    )
    if leased is None or leased.lease_until is None:
        return Status(204, None)
    return LeaseOut(
        id=leased.public_id,
        capability=leased.capability,
        payload=leased.payload,
        lease_until=leased.lease_until,
        fence=leased.fence,
        token=token_for(leased),
    )


def _held(request: HttpRequest, job_id: UUID) -> tuple[Job, int]:
    job, fence = request.auth  # type: ignore[attr-defined]
    if job.public_id != job_id:
        raise NotAllowed("This token is for another job.")
    return job, fence


@router.post("/jobs/{uuid:job_id}:beat", response=BeatOut, auth=JobToken())
def beat(request: HttpRequest, job_id: UUID, body: BeatIn) -> BeatOut:
    """Prolong the lease and tell how far the work is. 409 if the lease was lost."""
    job, fence = _held(request, job_id)
    cancel = services.beat(job_id=job.pk, fence=fence, progress=body.progress, message=body.message)
    return BeatOut(cancel=cancel)


@router.put("/jobs/{uuid:job_id}/result", response=JobOut, auth=JobToken())
def result(request: HttpRequest, job_id: UUID, fence: int, body: dict[str, Any] = CONTENT) -> JobOut:
    """Hand in the result; stored once, under the fence. 409 if the lease was lost."""
    job, held = _held(request, job_id)
    if fence != held:
        raise LeaseLost("The fence is not the one this token was given for.")
    if job.is_final:
        raise JobError(f"{job.reference} has ended.")
    return job_out(services.finish(job=job, fence=fence, result=body))


@router.post("/jobs/{uuid:job_id}:cancel", response=JobOut)
def cancel(request: HttpRequest, job_id: UUID, body: ReasonIn) -> JobOut:
    """Take the job back."""
    shown = _visible(request, job_id)
    return job_out(services.cancel(actor=request.actor, job=shown, reason=body.reason))  # type: ignore[attr-defined]
