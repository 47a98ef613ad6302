"""`joinder demo`: the main job, end to end, on a market with known truth.

Everything is made anew in the demo's folder: a seeded market, a node with its members, the pools; then the engines
and the office do their work as they would for anyone, each party acting through its own member. The summary says how
well it went against the truth that the engines never saw.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from joinder import world
from joinder.cli.demo.folder import DemoFolder, make_anew
from joinder.cli.demo.stages import Stages
from joinder.cli.output import emit, say
from joinder.cli.progress import TerminalProgress

_SCALES = list(world.SCALES)


@click.command(name="demo")
@click.option("--no-serve", is_flag=True, help="Stop after the summary instead of serving the site.")
@click.option(
    "--scale", type=click.Choice(_SCALES), default="small", show_default=True, help="Size of the market."
)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True, help="The market's seed.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where; an earlier demo there is replaced, anything else is left alone.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The site's port."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def command(no_serve: bool, scale: str, seed: int, folder: Path, port: int, as_json: bool) -> None:
    """Make a market, run the main job on it from listing to case, and serve the site.

    The folder is made anew each run. The site is served on this machine only, with one sign-in per role.
    """
    if not no_serve:
        _check_port(port)
    place = make_anew(folder)
    # The demo's node stands for itself: whatever node or database the environment names is left alone.
    for name in ("DATABASE_URL", "JOINDER_SECRET_KEY"):
        os.environ.pop(name, None)
    os.environ["JOINDER_HOME"] = str(place.home.root)
    stages = Stages(total=13)
    with stages.stage("Making the market 生成样例市场"):
        market = world.make(place.world, seed=seed, scale=scale, progress=TerminalProgress())
    with stages.stage("Making the node 建立节点"):
        from joinder.office.config import making
        from joinder.office.config.bootstrap import open_office

        making.make_node(place.home.root, name="Joinder demo")
        open_office(place.home)
    from joinder.cli.demo.course import run

    with run(place, market, stages, port=port) as (summary, sign_ins):
        if as_json:
            emit(summary, as_json=True)
        else:
            from joinder.cli.demo.summary import show

            show(summary, sign_ins)
        if not no_serve:
            _serve(place, port)


def _check_port(port: int) -> None:
    """Say that the port is taken before the work is done, not after it. Raises OfficeError."""
    from joinder.office.config.serving import listen

    listen("127.0.0.1", port).close()


def _serve(place: DemoFolder, port: int) -> None:
    from joinder.office.config.serving import serve

    say("")
    serve(
        place.home, "127.0.0.1", port, with_worker=True,
        ready=lambda address: say(f"The site is on {address}   (stop with Ctrl+C)"),
    )  # fmt: skip
