"""Showing a job's progress on the terminal while it is carried out in this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from joinder.cli.progress import TerminalProgress
from joinder.office.jobs.models import Job

_EVERY_S = 0.5


@contextmanager
def watched(job: Job) -> Iterator[None]:
    """Show the job's own progress until the block ends; percent where the job tells it."""
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(job.pk, job.title_en, stop), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()


def _watch(job_id: int, title: str, stop: threading.Event) -> None:
    with TerminalProgress().stage(title, 100) as bar:
        shown = 0.0
        while not stop.wait(_EVERY_S):
            told = Job.objects.filter(pk=job_id).values_list("progress", "message").first()
            percent = 100 * (told[0] or 0.0) if told else 0.0
            bar.advance(max(0.0, percent - shown), told[1] if told else "")
            shown = max(shown, percent)
        bar.advance(100 - shown, "")
    connection.close()  # this thread's own
