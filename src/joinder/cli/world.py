"""`joinder world`: make a synthetic market, and serve it as a web site."""

from __future__ import annotations

import json
import os
import signal
import threading
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path

import click

from joinder.cli.output import emit, say
from joinder.cli.progress import TerminalProgress
from joinder.world import SCALES, Knobs, make
from joinder.world.files import FORMATS
from joinder.world.serve import running

_KNOB_HELP = "; ".join(f"{field.name}={field.default}" for field in fields(Knobs))


@click.group(name="world")
def command() -> None:
    """Make a synthetic market with known truth, and serve it as a web site."""


@command.command(name="make", epilog=f"Knobs and their defaults: {_KNOB_HELP}.")
@click.option(
    "--scale", type=click.Choice(list(SCALES)), default="small", show_default=True, help="How large it is."
)
@click.option(
    "--seed", type=click.IntRange(0, 10**9), default=7, show_default=True, help="Below 100: development."
)
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), required=True, help="The folder to make it in."
)
@click.option(
    "--format", type=click.Choice(FORMATS), default="parquet", show_default=True, help="Of the tables."
)
@click.option(
    "--knob", "settings", multiple=True, metavar="NAME=VALUE", help="Set a difficulty knob; repeatable."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
def make_command(
    scale: str, seed: int, folder: Path, format: str, settings: tuple[str, ...], as_json: bool, dry_run: bool
) -> None:
    """Make a world: tables of listings, accounts, rights and trade, pictures, and the hidden truth.

    A world that stands in the folder is replaced; a folder that holds anything else is left as it is.
    """
    knobs = Knobs().with_settings(settings)
    if dry_run:
        size = SCALES[scale]
        emit(f"Would make about {size.listings:,} listings and {size.accounts:,} accounts in {folder}.")
        return
    _stop_on_sigterm()  # what was begun is cleared away before the command ends
    world = make(folder, seed=seed, scale=scale, knobs=knobs, format=format, progress=TerminalProgress())
    counts = world.counts
    emit(
        {"folder": str(world.folder), "seed": seed, "scale": scale, "format": format, "counts": counts},
        as_json=as_json,
        text="\n".join(
            [
                f"World made in {world.folder}",
                *(f"  {name:<16}{count:>12,}" for name, count in counts.items()),
            ]
        ),
    )


@command.command(name="serve")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8443, show_default=True, help="0 takes a free one."
)
@click.option("--ca-dir", type=click.Path(path_type=Path), help="Where ca.pem goes; default: FOLDER/ca.")
@click.option(
    "--log", "log_file", type=click.Path(path_type=Path), help="Where a line of JSON per response goes."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the address and the CA's path as JSON, in one line."
)
def serve_command(
    folder: Path, host: str, port: int, ca_dir: Path | None, log_file: Path | None, as_json: bool
) -> None:
    """Show the world in FOLDER as a market place over TLS, until stopped with Ctrl-C.

    The certificate comes from a throw-away authority made at each start; its certificate is ca.pem. The log, written
    when the command stops, holds SHA-256 digests of each response's header block and body as they were sent.
    """
    _stop_on_sigterm()
    with running(folder, host=host, port=port, ca_dir=ca_dir) as site, suppress(KeyboardInterrupt):
        facts = {"address": site.base_url, "ca": str(site.ca_file), "pid": os.getpid()}
        click.echo(json.dumps(facts) if as_json else f"{site.base_url}\nCA: {site.ca_file}")
        say("Serving; Ctrl-C stops.")
        threading.Event().wait()
    if log_file is not None:
        lines = [json.dumps(asdict(sent)) + "\n" for sent in site.log]
        log_file.write_text("".join(lines), encoding="utf-8")
    say(f"Stopped after {len(site.log)} responses.")


def _stop_on_sigterm() -> None:
    """Treat SIGTERM like Ctrl-C, where this is the main thread (elsewhere Python allows no handlers)."""
    with suppress(ValueError):
        signal.signal(signal.SIGTERM, _stop)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
