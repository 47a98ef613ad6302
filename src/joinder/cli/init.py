"""`joinder init`: make a node."""

from __future__ import annotations

from pathlib import Path

import click

from joinder.cli.output import emit, say
from joinder.vocabulary.errors import UsageError
from joinder.vocabulary.node import NodeHome, find_home


@click.command(name="init")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--name", default="Joinder", show_default=True, help="What the node calls itself.")
@click.option("--organisation", help="Also add this administrative unit; with --administrator.")
@click.option(
    "--administrator", help="The sign-in name of its first administrator; the password is printed once."
)
@click.option("--dry-run", is_flag=True, help="Say what would be made, and make nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(
    folder: Path | None,
    name: str,
    organisation: str | None,
    administrator: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a node in FOLDER: configuration, self-issued keys, database, store.

    Without FOLDER the node is $JOINDER_HOME, else the nearest joinder.toml upwards, else the user's data folder.
    Doing it again completes what is missing, brings the database to this version and changes nothing else.
    """
    if (organisation is None) != (administrator is None):
        raise UsageError("--organisation and --administrator belong together; give both or neither.")
    home = NodeHome(folder.expanduser().resolve()) if folder else find_home()
    if dry_run:
        what = "complete the node" if home.exists else "make a node"
        emit({"node": str(home.root), "would": what}, as_json=as_json, text=f"Would {what} in {home.root}")
        return
    from joinder.office.config import making

    made = making.make_node(home.root, name=name)
    say(
        f"{'Made' if made.new else 'Completed' if made.made else 'Nothing to do for'} the node in {home.root}"
    )
    for part in made.made:
        say(f"  + {part}")
    result: dict[str, object] = {"node": str(home.root), "new": made.new, "made": list(made.made)}
    if organisation and administrator:
        password = making.add_first_administrator(organisation, administrator)
        result |= {"administrator": administrator, "password": password}
        say(f"  + {organisation}, administrator {administrator}")
    lines = [str(home.root)]
    if "password" in result:
        lines += [f"sign-in: {administrator}", f"password: {result['password']}"]
    emit(result, as_json=as_json, text="\n".join(lines))
