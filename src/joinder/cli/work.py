"""`joinder work`: carry out the node's queued jobs."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

import click

from joinder.cli.output import emit, say
from joinder.vocabulary.node import require_home


@click.command(name="work")
@click.option(
    "--until-idle", is_flag=True, help="Stop when no job waits, and print how many were carried out."
)
@click.option("--beside", type=int, hidden=True, help="Stop when this process is no longer the parent.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(until_idle: bool, beside: int | None, as_json: bool) -> None:
    """Carry out the queued jobs of the node found from here, one after another, until stopped.

    Several workers may run; a worker that is killed loses no job, and no result is accepted twice.
    """
    home = require_home()
    from joinder.office.config.bootstrap import open_office

    open_office(home)
    from joinder.office.jobs import worker

    if until_idle:
        done = worker.run_until_idle()
        emit({"carried_out": done}, as_json=as_json, text=f"{done} jobs carried out")
        return
    stop = threading.Event()

    def asked_to_stop(*_: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, asked_to_stop)
    signal.signal(signal.SIGINT, asked_to_stop)
    if beside is None:
        say(f"Working for {home.root}   (stop with Ctrl+C)")
    else:
        threading.Thread(target=_watch_parent, args=(beside, stop), daemon=True).start()
    worker.run_forever(stop, notice=lambda job: say(f"{job.reference} {job.title_en}: {job.state}"))


def _watch_parent(parent: int, stop: threading.Event) -> None:
    """A worker must not outlive the server it was started beside."""
    while not stop.wait(1.0):
        if os.getppid() != parent:
            stop.set()
