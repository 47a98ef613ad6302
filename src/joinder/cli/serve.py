"""`joinder serve`: serve the office's site."""

from __future__ import annotations

import click

from joinder.cli.output import say
from joinder.vocabulary.node import require_home


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes a free one.",
)
@click.option(
    "--no-worker", is_flag=True, help="Do not run a job worker beside; run `joinder work` elsewhere."
)
def command(host: str, port: int, no_worker: bool) -> None:
    """Serve the site of the node found from here, with one job worker beside it.

    Environment: JOINDER_HOME names the node, DATABASE_URL a PostgreSQL database. A node with demo members is served
    to this machine only.
    """
    home = require_home()
    from joinder.office.config.serving import serve

    def ready(address: str) -> None:
        say(f"Joinder serves {home.root} on {address}   (stop with Ctrl+C)")

    serve(home, host, port, with_worker=not no_worker, ready=ready)
