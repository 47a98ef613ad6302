"""The token a job carries: short-lived, for this job under this fence alone; never a person's or a machine's own."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest
from ninja.security import HttpBearer

from joinder.office.jobs.models import Job

SALT = "joinder.jobs.token"
LIFE_S = 24 * 3600


def token_for(job: Job) -> str:
    """A token for the present holder of the lease."""
    return signing.dumps({"job": str(job.public_id), "fence": job.fence}, salt=SALT)


def job_of_token(token: str) -> tuple[Job, int] | None:
    """The job and the fence a token is for, or None if it is not ours or too old."""
    try:
        named = signing.loads(token, salt=SALT, max_age=LIFE_S)
        job = Job.objects.filter(public_id=named["job"]).first()
    except (signing.BadSignature, KeyError, TypeError):
        return None
    return (job, int(named["fence"])) if job else None


class JobToken(HttpBearer):
    """Only what the holder of one job may do: beat, result."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The (job, fence) of the token, or None."""
        return job_of_token(token)
