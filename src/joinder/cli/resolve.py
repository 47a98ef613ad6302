"""``joinder resolve``: which records stand for the same entity, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from joinder.cli.output import emit, say
from joinder.cli.progress import TerminalProgress
from joinder.vocabulary.errors import NotBuiltYet

if TYPE_CHECKING:
    from joinder.resolve import Judgement, Report

_INPUT = click.Path(path_type=Path)


@click.group()
def command() -> None:
    """Find which records stand for the same entity, and explain why.

    Inputs are csv, tsv, json, jsonl or parquet files with any columns; a resolve spec says what they mean.
    """


@command.command()
@click.argument("inputs", nargs=-1, required=True, type=_INPUT)
def propose(inputs: tuple[Path, ...]) -> None:
    """Write a first resolve spec to stdout by looking at the columns and values of INPUTS."""
    from joinder.resolve import propose as propose_spec

    emit(propose_spec(inputs).rstrip("\n"))


@command.command()
@click.argument("spec")
@click.argument("inputs", nargs=-1, required=True, type=_INPUT)
@click.option(
    "--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the result.",
)  # fmt: skip
@click.option("--truth", metavar="COLUMN", help="A column of known labels to measure the result against.")
@click.option(
    "--judgements", type=_INPUT, help="A file of judged pairs: a, b, verdict (same, different, unsure)."
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="Where to compute.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option("--dry-run", is_flag=True, help="Read and check the spec and the inputs; write nothing.")
def run(
    spec: str, inputs: tuple[Path, ...], folder: Path, truth: str | None, judgements: Path | None, engine: str,
    as_json: bool, dry_run: bool,
) -> None:  # fmt: skip
    """Resolve the records of INPUTS by SPEC (a file, or `account`) and write the result to a folder.

    With a spec named after a kind of record, an input may also be a pool of the node; a file wins over a pool.

    The result is entities.parquet (record_id, source, entity_id), edges.parquet and report.json.
    """
    from joinder.resolve import load_spec
    from joinder.resolve import run as run_resolve
    from joinder.resolve.inputs import read_inputs

    if engine == "spark":
        raise NotBuiltYet("Resolving on Spark", instead="Leave --engine out; one machine resolves it.")
    if dry_run:
        records = read_inputs(load_spec(spec), inputs, truth)
        say(f"{len(records):,} records can be resolved; nothing was written.")
        return
    report = run_resolve(
        spec, inputs, folder, truth=truth, judgements=_judgements(judgements), progress=TerminalProgress()
    )
    for alarm in report.alarms:
        if alarm.code not in ("review", "hub"):
            say(f"! {alarm.text_en}")
    emit(report.as_dict(), as_json=as_json, text=_summary(report, folder))


def _judgements(path: Path | None) -> list[Judgement]:
    from joinder.pools.tables import read_table
    from joinder.resolve.judgements import read_judgements

    return read_judgements(read_table(path).to_pylist()) if path else []


def _summary(report: Report, folder: Path) -> str:
    lines = [
        f"{report.records:,} records are {report.entities:,} entities; the largest has {report.largest:,}.",
        f"{report.pairs_compared:,} pairs compared, {report.links:,} linked, {len(report.alarms):,} alarms.",
    ]
    if report.metrics:
        for name, rates in (
            ("pairs", report.metrics.pairs), ("clusters", report.metrics.clusters), ("B³", report.metrics.b_cubed),
        ):  # fmt: skip
            lines.append(
                f"{name:9} precision {rates.precision:.4f}  recall {rates.recall:.4f}  F1 {rates.f1:.4f}"
            )
    return "\n".join([*lines, f"Written to {folder}: entities.parquet, edges.parquet, report.json."])


@command.command()
@click.argument("folder", type=_INPUT)
@click.argument("a")
@click.argument("b")
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of the text."
)
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON, in both languages.")
def explain(folder: Path, a: str, b: str, lang: str, as_json: bool) -> None:
    """Explain why records A and B are, or are not, one entity in the result FOLDER.

    A record is named by its id, or SOURCE:ID where several inputs hold that id.
    """
    from joinder.resolve import explain as explain_pair

    found = explain_pair(folder, a, b)
    emit(found.as_dict(), as_json=as_json, text=found.text_zh if lang == "zh" else found.text_en)


@command.command()
@click.argument("folder", type=_INPUT)
def serve(folder: Path) -> None:
    """Resolve records given on stdin, one JSON object per line, against the result FOLDER."""
    raise NotBuiltYet("Resolving one record at a time", instead="Add the record to an input and run again.")
