"""Many claimers at once: every job is attempted exactly once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection

from joinder.office.jobs import services
from joinder.office.jobs.models import Job
from joinder.office.people.actors import Actor

JOBS, CLAIMERS = 40, 4


@pytest.mark.django_db(transaction=True)
def test_every_job_is_claimed_by_one(actor_of: Callable[..., Actor]) -> None:
    actor = actor_of("market_regulator")
    for number in range(JOBS):
        services.enqueue(kind="t", payload={"n": number}, actor=actor, title_zh="样例", title_en="Sample")
    claimed: list[int] = []

    def claim_all(owner: str) -> None:
        while (job := services.claim(owner=owner)) is not None:
            claimed.append(job.pk)
            services.finish(job=job, fence=job.fence, result=owner)
        connection.close()

    threads = [threading.Thread(target=claim_all, args=(f"w{n}",)) for n in range(CLAIMERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Counter(claimed).values()) == {1}
    assert Job.objects.filter(state="succeeded", attempts=1).count() == JOBS
