"""A worker killed in the middle of a job loses nothing and applies nothing twice; a real process, a real SIGKILL."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from joinder.office.jobs import reaper, services, worker
from joinder.office.jobs.models import Job
from joinder.office.jobs.states import State
from joinder.office.people.actors import Actor

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import slow_handler  # noqa: E402, F401  (the same handler in this process)

PATIENCE_S = 30


def start_worker() -> subprocess.Popen[bytes]:
    """A worker on the test's own database, in its own process."""
    settings = connection.settings_dict
    url = (
        f"sqlite:///{settings['NAME']}"
        if connection.vendor == "sqlite"
        else os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{settings['NAME']}"
    )
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(HERE)}
    return subprocess.Popen([sys.executable, str(HERE / "slow_handler.py")], env=environment)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "the worker did not get that far"
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle(actor_of: Callable[..., Actor], tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    job = services.enqueue(
        kind="test.slow",
        payload={"begun": str(begun)},
        actor=actor_of("market_regulator"),
        title_zh="慢",
        title_en="Slow",
    )
    process = start_worker()
    try:
        wait_for(begun.exists)
        assert Job.objects.get(pk=job.pk).state == State.LEASED
    finally:
        process.kill()
        process.wait()
    held = Job.objects.get(pk=job.pk)
    assert (held.state, held.result) == (State.LEASED, None)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert reaper.reap() == 1
    Job.objects.filter(pk=job.pk).update(payload={"begun": str(begun), "quick": True})
    assert worker.run_until_idle() == 1
    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.attempts, done.result) == (State.SUCCEEDED, 2, {"applied": 1})
