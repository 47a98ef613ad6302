"""``joinder evidence``: capture a page as a sealed package, and verify one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import click

from joinder.cli.output import emit, say
from joinder.cli.progress import TerminalProgress
from joinder.evidence import CaptureRequest, authority, verifier_command
from joinder.evidence import capture as take
from joinder.vocabulary.node import NodeHome, find_home


@click.group()
def command() -> None:
    """Capture a page as a sealed package, and verify one."""


@command.command()
@click.argument("url")
@click.option("--out", "out", required=True, type=click.Path(path_type=Path), metavar="F.evz",
              help="The package to write; a file that exists is never written over.")  # fmt: skip
@click.option("--matter", metavar="NO", help="The number of the case that the package belongs to.")
@click.option("--operator", "operators", multiple=True, metavar="NAME",
              help="Who captures; give two for an official capture.")  # fmt: skip
@click.option("--allow-host", "allow_hosts", multiple=True, metavar="HOST",
              help="Let the page reach HOST on every port, even on a private network.")  # fmt: skip
@click.option("--ca-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="PEM",
              help="Trust this authority for the visit, as Chromium's own store would.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def capture(
    url: str,
    out: Path,
    matter: str | None,
    operators: tuple[str, ...],
    allow_hosts: tuple[str, ...],
    ca_file: Path | None,
    as_json: bool,
) -> int:
    """Visit URL with Chromium and seal what the server sent into one *.evz package.

    The package holds the traffic byte for byte, screenshots, PDF and text of the frozen page, the record of
    extraction in Chinese and English, and is bound by signature, time stamp and log. Without two operators it is
    marked unofficial. Exit codes: 0 complete, 3 sealed as incomplete.
    """
    request = CaptureRequest(
        url=url, out=out, matter=matter, operators=operators, allow_hosts=allow_hosts, ca_file=ca_file
    )
    result = take(request, _home(), TerminalProgress())
    facts = result.summary
    reasons = [reason["en"] for reason in facts["incomplete_because"]]
    summary = {
        "package": str(result.path),
        "sha256": result.sha256,
        "complete": result.complete,
        "incomplete_because": reasons,
        "official": facts["official"],
        "self_issued": facts["authority"]["self_issued"],
        "matter": facts["matter"],
        "sequence": facts["sequence"],
        "responses": facts["completeness"]["responses"],
        "title": facts["page"]["title"],
        "status": facts["page"]["status"],
        "stop_reason": (facts["stop_reason"] or {}).get("en"),
    }
    state = "complete" if result.complete else "INCOMPLETE: " + "; ".join(reasons)
    marks = [] if facts["official"] else ["unofficial"]
    marks += ["self-issued"] if facts["authority"]["self_issued"] else []
    text = (
        f"{result.path}\n  {result.sha256}\n  {state}{' · ' if marks else ''}{' · '.join(marks)}\n"
        f"  HTTP {summary['status'] or '—'} · {facts['page']['title']} · {summary['responses']} responses"
        f" · stopped: {summary['stop_reason'] or '—'}"
    )
    emit(summary, as_json=as_json, text=text)
    return 0 if result.complete else 3


@command.command()
@click.argument("package", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--trust", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="DIR",
              help="The folder with your trust anchors; without it, that of this node.")  # fmt: skip
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), help="The language of the answer; else that of LANG."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify(package: Path, trust: Path | None, lang: str | None, as_json: bool) -> int:
    """Check PACKAGE with the single-file verifier, in a process of its own.

    Exit codes: 0 valid, 1 not valid (the member is named), 3 cannot tell (no trust anchors).
    """
    options = [*(("--lang", lang) if lang else ()), *(("--json",) if as_json else ())]
    done = subprocess.run(verifier_command(package, trust or find_home().trust, *options), check=False)
    return done.returncode


def _home() -> NodeHome:
    """The node, made on the spot with self-issued keys where there is none yet."""
    home = find_home()
    if not authority.Authority(home).complete:
        authority.make(home)
        say(f"There was no node with keys here, so one was made in {home.root}. Its keys are self-issued.")
    return home
