"""The job that rings when a waiting period ends. Its moment is set to the deadline; a moved deadline rings again."""

from __future__ import annotations

from joinder.office.jobs import services as jobs
from joinder.office.jobs.models import Job
from joinder.office.matters.models import Clock, Notice
from joinder.office.people.actors import Actor

KIND = "matters.expire_notice"


def set_for(notice: Notice, clock: Clock) -> Job:
    """Ask the job for the clock's deadline, in the caller's transaction; the same deadline is asked once."""
    job = jobs.enqueue(
        kind=KIND,
        payload={"reference": notice.reference, "due_at": clock.due_at.isoformat()},
        actor=Actor.system(),
        title_zh=f"等待期届满：{notice.reference}",
        title_en=f"End of the waiting period: {notice.reference}",
        idempotency_key=f"{notice.reference}@{clock.due_at.isoformat()}",
    )
    Job.objects.filter(pk=job.pk).update(run_after=clock.due_at)
    return job
