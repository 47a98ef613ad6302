"""``joinder pool``: take data in, and look at what the pools hold."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import click

from joinder.cli.output import emit, say
from joinder.cli.progress import TerminalProgress
from joinder.pools import (
    IntakeReport,
    PoolSummary,
    intake,
    kept_mappings,
    load_mapping,
    propose_mapping,
    read_rejects,
    summarise,
)
from joinder.pools.sources import FORMATS, SourceOptions
from joinder.vocabulary.errors import UsageError
from joinder.vocabulary.node import NodeHome, find_home
from joinder.vocabulary.schemas import KINDS

_KINDS = click.Choice(list(KINDS))
_SHOWN_FINDINGS = 5


@click.group()
def command() -> None:
    """Take data in: add files to pools, and see what was stored and what was rejected.

    A pool is a named table of typed records, kept as Parquet in the node's folder. Files may be CSV, TSV, JSON,
    JSONL or Parquet, in UTF-8, UTF-16 or GB18030.
    """


@command.command("add")
@click.argument("name")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", required=True, type=_KINDS, help="What the records are.")
@click.option(
    "--mapping",
    "mapping_file",
    metavar="M.yaml",
    help="How the columns become fields: a YAML file, or the name of a mapping kept with Joinder.",
)
@click.option(
    "--owner",
    metavar="NAME",
    help="The organisation that owns a new pool; else the node's administrative unit.",
)
@click.option("--dry-run", is_flag=True, help="Read and check everything, store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
def add(
    name: str,
    files: tuple[Path, ...],
    kind: str,
    mapping_file: str | None,
    owner: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take FILES into the pool NAME.

    A file whose columns have the fields' names needs no mapping; for others make one with "joinder pool propose".
    Either all files become part of the pool or none does. The same file again changes nothing; a changed record
    becomes a new version. A row that cannot be stored is told in the rejects and does not stop the others. An
    intake that was killed goes on when the same command is run again. On a node with an office the pool is entered
    in its catalogue, kept to its owner until someone says who else may ask.
    """
    mapping = load_mapping(mapping_file) if mapping_file else None
    home = find_home()
    if owner is not None:
        _open(home)
        _owner(owner)  # an unknown owner is told before anything is stored
    report = intake(home, name, kind, files, mapping, dry_run, TerminalProgress())
    if home.exists and not dry_run:
        _enter(home, report, owner)
    emit(report.as_json(), as_json=as_json, text=_report_text(report))
    if not as_json:
        _say_findings(report)


@command.command("propose")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", required=True, type=_KINDS, help="What the records are.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    help="The file's format, if its ending does not say.",
)
@click.option("--records", metavar="PATH", help="In a JSON object, the dotted path to the list of records.")
def propose(file: Path, kind: str, format_name: str | None, records: str | None) -> None:
    """Propose a mapping of FILE's columns to the fields of a kind, as YAML on stdout, to be corrected by a person."""
    proposal = propose_mapping(file, kind, SourceOptions(format=format_name, records=records))
    emit(proposal.as_yaml().rstrip("\n"))
    for name in proposal.missing:
        say(f"No column was found for {name}, which names a {kind}: fill it in.")
    if proposal.needs_currency:
        say("The sums have no currency: fill it in.")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Write the list as JSON.")
def list_pools(as_json: bool) -> None:
    """List the node's pools with their kinds and numbers of records."""
    found = summarise(find_home())
    rows = [
        {"pool": one.pool, "kind": one.kind, "records": one.rows, "rejected": one.rejected} for one in found
    ]
    lines = [f"{one.pool}\t{one.kind}\t{one.rows:,} records\t{one.rejected:,} rejected" for one in found]
    emit(rows, as_json=as_json, text="\n".join(lines) or "No pools yet.")


@command.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Write it as JSON.")
def show(name: str, as_json: bool) -> None:
    """Show what the pool NAME holds: kinds, records, versions, the files it came from, and its intakes."""
    found = summarise(find_home(), name)
    emit(
        [_summary_json(one) for one in found],
        as_json=as_json,
        text="\n\n".join(_summary_text(one) for one in found),
    )


@command.command("rejects")
@click.argument("name")
@click.option("--kind", type=_KINDS, help="Only the records of this kind.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
def rejects(name: str, kind: str | None, limit: int | None, as_json: bool) -> None:
    """Show what was wrong with rows of the pool NAME: file, row, field, value, why, and how to mend it."""
    import json

    none = True
    for told in islice(read_rejects(find_home(), name, kind), limit):
        none = False
        emit(json.dumps(told, ensure_ascii=False) if as_json else _finding_text(told))
    if none and not as_json:
        say("Nothing was rejected.")


@command.command("mappings")
@click.argument("name", required=False)
def mappings(name: str | None) -> None:
    """List the mappings kept with Joinder, or print the one called NAME."""
    kept = kept_mappings()
    if name is None:
        emit("\n".join(kept))
    elif name in kept:
        emit(kept[name].rstrip("\n"))
    else:
        raise UsageError(f"There is no mapping {name!r}.", mend=f"Kept are: {', '.join(kept)}.")


def _enter(home: NodeHome, report: IntakeReport, owner: str | None) -> None:
    """Enter the intake in the office's catalogue; the data is in the pool whether or not that succeeds."""
    _open(home)
    from django.db import Error

    from joinder.office.catalogue import services
    from joinder.office.people.actors import Actor

    try:
        organisation = _owner(owner)
        if organisation is None:
            say("The office has no administrative unit yet, so the pool was not entered in its catalogue.")
            return
        services.note_intake(actor=Actor.system(), owner=organisation, report=report)
    except Error as error:
        say(f"The pool was not entered in the office's catalogue: {error}. Bring it up to date: joinder init")


def _open(home: NodeHome) -> None:
    from joinder.office.config.bootstrap import open_office

    open_office(home)


def _owner(name: str | None) -> Any:
    from django.db.models import Q

    from joinder.office.people.kinds import ADMINISTRATIVE
    from joinder.office.people.models import Organisation

    if name is None:
        return Organisation.objects.filter(kind__in=sorted(ADMINISTRATIVE)).order_by("pk").first()
    found = Organisation.objects.filter(Q(name=name) | Q(name_en=name)).first()
    if found is None:
        raise UsageError(
            f"There is no organisation {name!r} on this node.", mend="See them at /people/organisations/."
        )
    return found


def _report_text(report: IntakeReport) -> str:
    lines = [f"{report.pool}/{report.kind}: {report.read:,} rows read"]
    if report.dry_run:
        lines[0] += " (dry run: nothing was stored)"
    else:
        lines.append(f"  {report.added:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged")
    lines.append(
        f"  {report.rejected:,} rejected, {report.emptied:,} values left out, {report.doubtful:,} values to look at"
    )
    if report.resumed:
        lines.append(f"  went on after {report.resumed:,} rows of an intake that was cut short")
    lines += [f"  already in the pool: {file}" for file in report.already]
    if report.ignored:
        more = f" and {len(report.ignored) - 10} more" if len(report.ignored) > 10 else ""
        lines.append(f"  columns not used: {', '.join(report.ignored[:10])}{more}")
    if not report.dry_run:
        lines.append(f"  the pool now holds {report.rows_in_pool:,} records")
    return "\n".join(lines)


def _say_findings(report: IntakeReport) -> None:
    for told in report.findings[:_SHOWN_FINDINGS]:
        say(_finding_text(told))
    hidden = report.rejected + report.emptied + report.doubtful - _SHOWN_FINDINGS
    if hidden > 0:
        where = "" if report.dry_run else f"; see them all with: joinder pool rejects {report.pool}"
        say(f"… and {hidden:,} more{where}")


def _finding_text(told: dict[str, Any]) -> str:
    field = f" {told['field']}" if told["field"] else ""
    value = f" {told['value']!r}" if told["value"] else ""
    return f"{told['source']} row {told['row']}{field}{value}: {told['level']}, {told['reason_en']}. {told['mend_en']}."


def _summary_json(one: PoolSummary) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(one)


def _summary_text(one: PoolSummary) -> str:
    lines = [
        f"{one.pool}/{one.kind}: {one.rows:,} records ({one.versions:,} versions), {one.rejected:,} rows rejected",
        *(f"  from {file.name}: {file.rows:,} rows, {file.digest}" for file in one.sources),
        *(
            f"  intake {run.id} at {run.at}: {run.added:,} new, {run.changed:,} changed, {run.unchanged:,} unchanged"
            for run in one.runs
        ),
    ]
    if one.unfinished:
        lines.append(f"  {one.unfinished} intake(s) cut short: run the same command again to go on")
    return "\n".join(lines)
