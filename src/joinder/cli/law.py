"""``joinder law``: read the rule packs, compute a time limit, check a notice, sum an amount."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from joinder.cli.law_text import amount_text, clock_text, findings_text, list_text, rule_text
from joinder.cli.output import emit, say
from joinder.law import amount_rows, amounts, calendars, clocks, notices, packs
from joinder.law.amount_rows import decoded
from joinder.law.errors import NoticeUnreadable, RuleNotFound
from joinder.law.rules import RuleKind
from joinder.vocabulary.moments import BEIJING, parse_date, parse_time

JSON = click.option("--json", "as_json", is_flag=True, help="Write the result as JSON.")


@click.group(name="law")
def command() -> None:
    """Read the rule packs: show a rule, compute a time limit, check a notice, sum an amount."""


@command.command(name="list")
@click.option("--kind", type=click.Choice([kind.value for kind in RuleKind]), help="Only rules of this kind.")
@click.option("--on", "on_text", metavar="DATE", help="Only rules in force on this date.")
@JSON
def list_rules(kind: str | None, on_text: str | None, as_json: bool) -> None:
    """List the rules with their ids, kinds and how well they were checked."""
    book = packs.load(parse_date(on_text) if on_text else None)
    rules = [rule for rule in book if kind is None or rule.kind == kind]
    emit([rule.as_dict() for rule in rules], as_json=as_json, text=list_text(book, rules))


@command.command()
@click.argument("rule_id", metavar="ID")
@click.option(
    "--on", "on_text", metavar="DATE", help="The version that applied on this date; default: every version."
)
@JSON
def show(rule_id: str, on_text: str | None, as_json: bool) -> None:
    """Show a rule, or every rule of a pack, with source, dates and how well it was checked."""
    book = packs.load()
    if rule_id in book.packs:
        rules = [r for r in book.of_pack(rule_id) if on_text is None or r.in_force(parse_date(on_text))]
    elif on_text:
        rules = [book.rule(rule_id, parse_date(on_text))]
    else:
        rules = list(book.history(rule_id))
    emit(
        [rule.as_dict() for rule in rules],
        as_json=as_json,
        text="\n\n".join(rule_text(rule) for rule in rules),
    )


@command.command()
@click.argument("rule_id", metavar="ID")
@click.option(
    "--from", "from_text", required=True, metavar="DATE", help="Day or moment of the trigger; Beijing time."
)
@click.option(
    "--exclude",
    "spans",
    multiple=True,
    metavar="FIRST..LAST[:REASON]",
    help="Days that do not count, where the rule allows it; may be given several times.",
)
@click.option(
    "--provisional", is_flag=True, help="Count weekends only in a year without a holiday notice, and say so."
)
@JSON
def clock(rule_id: str, from_text: str, spans: tuple[str, ...], provisional: bool, as_json: bool) -> None:
    """Compute when a time limit ends, with every step of the reason.

    Exits 3 if a needed day lies in a year whose holiday notice is not loaded.
    """
    trigger = parse_time(from_text, BEIJING)
    rule = packs.load().rule(rule_id, _day_of(trigger))
    due = clocks.due(
        rule,
        trigger,
        exclusions=clocks.exclusions_from(_span(text) for text in spans),
        calendar=calendars.load(rule.jurisdiction, provisional=provisional),
    )
    emit(due.as_dict(), as_json=as_json, text=clock_text(rule, due))


@command.command()
@click.argument("notice", type=click.Path(path_type=Path))
@click.option(
    "--regime", default=notices.DEFAULT_REGIME, show_default=True, help="Which rules the notice must meet."
)
@click.option("--on", "on_text", metavar="DATE", help="The day of the check; default today in Beijing.")
@JSON
def check(notice: Path, regime: str, on_text: str | None, as_json: bool) -> int:
    """Check whether a notice (a JSON file) is complete, and list what to mend with an example each.

    Exits 0 if it is complete and 1 if something required is missing.
    """
    content = _notice(notice)
    regime = content.get("regime", regime) if isinstance(content, dict) else regime
    findings = notices.check(content, str(regime), on=parse_date(on_text) if on_text else None)
    result = {
        "complete": not notices.blocks(findings),
        "findings": [finding.as_dict() for finding in findings],
    }
    emit(result, as_json=as_json, text=findings_text(findings))
    return 1 if notices.blocks(findings) else 0


@command.command()
@click.argument("rows", type=click.Path(path_type=Path))
@click.option("--offence", required=True, metavar="ID", help="For example cn-crim-214 or cn-tm-selling.")
@click.option("--on", "on_text", metavar="DATE", help="The day whose law applies; default today in Beijing.")
@JSON
def amount(rows: Path, offence: str, on_text: str | None, as_json: bool) -> None:
    """Sum the rows of a CSV file as lower and upper bounds, and say how far it is to each threshold.

    Every row is listed as counted or left out, with the reason.
    """
    on = parse_date(on_text) if on_text else datetime.now(BEIJING).date()
    known = amounts.offences(on)
    if offence not in known:
        raise RuleNotFound(
            f"There are no thresholds for {offence!r} on {on}.", mend=f"Offences: {', '.join(known)}."
        )
    sheet = amounts.assess(amount_rows.read_rows(rows), offence, on=on)
    if any(zh for zh, _ in sheet.cautions):
        say(f"Unverified or secondary figures are used: {len(sheet.cautions)}.")
    emit(sheet.as_dict(), as_json=as_json, text=amount_text(sheet))


def _day_of(trigger: datetime) -> date:
    """The civil day in Beijing; of the first and last years, which have no such day, the day as written."""
    try:
        return trigger.astimezone(BEIJING).date()
    except OverflowError:
        return trigger.date()


def _span(text: str) -> tuple[date, date, str]:
    days, _, reason = text.partition(":")
    first, _, last = days.partition("..")
    return parse_date(first), parse_date(last or first), reason.strip()


def _notice(file: Path) -> Any:
    try:
        return json.loads(decoded(file.read_bytes()))
    except OSError as error:
        raise NoticeUnreadable(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise NoticeUnreadable(
            f"{file} is neither UTF-8, UTF-16 nor GB18030.", mend="Save the file as UTF-8."
        ) from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise NoticeUnreadable(
            f"{file} is not JSON: {error}.", mend="A notice is one JSON object."
        ) from error
