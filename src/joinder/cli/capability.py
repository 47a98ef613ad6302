"""`joinder capability`: publish, check and call what organisations can do for one another."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from joinder.cli.output import emit, say
from joinder.vocabulary.errors import NotBuiltYet, Undecided, UsageError
from joinder.vocabulary.node import require_home

#: A called job is carried out in this process; it is not taken from it before this.
LEASE = timedelta(minutes=10)


@click.group(name="capability")
def command() -> None:
    """Publish, check and call what organisations can do for one another."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--organisation", help="The provider's name; not needed where the node has one organisation.")
@click.option("--dry-run", is_flag=True, help="Check the descriptor, and publish nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def publish(file: Path, organisation: str | None, dry_run: bool, as_json: bool) -> None:
    """Publish the descriptor in FILE (JSON) in the catalogue of the node found from here.

    The same content again changes nothing; other content under the same id retires the version before.
    """
    from joinder.office.config.bootstrap import open_office

    open_office(require_home())
    from joinder.office.capabilities import services
    from joinder.office.capabilities.descriptor import read_file
    from joinder.office.people.actors import Actor

    descriptor = read_file(file)
    provider = _provider(organisation)
    result = {"id": descriptor["id"], "version": descriptor["version"], "digest": descriptor.digest}
    if not dry_run:
        services.publish(actor=Actor.system(), provider=provider, descriptor=descriptor)
    verb = "is in order" if dry_run else "is published"
    emit(
        result,
        as_json=as_json,
        text=f"{descriptor['id']} {descriptor['version']} {verb}: {descriptor.digest}",
    )


def _provider(name: str | None) -> Any:
    from joinder.office.people.models import Organisation

    found = list(Organisation.objects.filter(name=name) if name else Organisation.objects.all()[:2])
    if len(found) == 1:
        return found[0]
    if name:
        raise UsageError(
            f"There is no organisation {name!r} on this node.", mend="See /people/organisations/."
        )
    raise UsageError("Say which organisation provides it: --organisation NAME.")


@command.command()
@click.argument("url")
def check(url: str) -> None:
    """Run a provider's examples, schema fuzz, lease loss and duplicate delivery against URL (not built yet)."""
    raise NotBuiltYet(
        "The conformance check of another node's capability",
        instead="Check a descriptor's schemas and examples with: joinder capability publish FILE --dry-run",
    )


@command.command()
@click.argument("key", metavar="ID")
@click.option(
    "--input",
    "input_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The input, a JSON file.",
)
@click.option("--purpose", default="case", show_default=True, help="What it is asked for.")
@click.option("--legal-basis", default="", help="The legal basis it is asked on.")
@click.option("--key", "idempotency_key", default="", help="Ask once, however often the command is run.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def call(
    key: str, input_file: Path, purpose: str, legal_basis: str, idempotency_key: str, as_json: bool
) -> None:
    """Ask capability ID as this node's operator, and print its answer.

    What this node itself can do is done at once. What waits for people or another machine is asked, and the command
    leaves with exit code 3, naming the job.
    """
    from joinder.office.config.bootstrap import open_office

    open_office(require_home())
    from joinder.office.capabilities import services
    from joinder.office.jobs.states import State
    from joinder.office.people.actors import Actor

    try:
        inputs = json.loads(input_file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UsageError(f"{input_file} is not JSON: {error}.") from None
    if not isinstance(inputs, dict):
        raise UsageError(f"{input_file} holds {type(inputs).__name__}; expected an object.")
    job = services.call(
        actor=Actor.system(),
        capability=_capability(key),
        inputs=inputs,
        purpose=purpose,
        legal_basis=legal_basis,
        idempotency_key=idempotency_key,
    )
    if job.transport == "local" and job.state == State.QUEUED:
        _carry_out(job)
    if job.state == State.SUCCEEDED:
        emit(job.result, as_json=True)
        return
    if job.is_final:
        said = (job.error or {}).get("message", job.get_state_display())
        raise click.ClickException(f"{job.reference}: {said}")
    say(f"{job.reference} is {job.state}; it is answered by {job.provider}.")
    raise Undecided(f"{job.reference} is not answered yet.", mend=f"See /jobs/{job.pk}/ on the site.")


def _capability(key: str) -> Any:
    from joinder.office.capabilities.models import Capability

    found = Capability.objects.current().filter(key=key).first()
    if found is None:
        known = ", ".join(Capability.objects.current().values_list("key", flat=True)) or "none"
        raise UsageError(f"There is no capability {key!r} here; published: {known}.")
    return found


def _carry_out(job: Any) -> None:
    from joinder.office.jobs import services, worker
    from joinder.office.people.actors import Actor

    services.take(job, owner=worker.owner_name(), actor=Actor.system(), lease=LEASE)
    worker.carry_out(job)
    job.refresh_from_db()
