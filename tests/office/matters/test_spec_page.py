"""docs/spec/matters.md draws both transition tables. Write it anew with JOINDER_WRITE_SPEC=1."""

from __future__ import annotations

import os
from pathlib import Path

from joinder.office.matters import words
from joinder.office.matters.notices.transitions import TABLE, State
from joinder.office.matters.states import MOVES, Status

PAGE = Path(__file__).parents[3] / "docs" / "spec" / "matters.md"
HEAD = """# The life of a matter and of a notice

*Written by `tests/office/matters/test_spec_page.py` from the tables in the code; do not edit by hand.*

A step is taken by a member of the side named here, in the capacity of that side (right holder: counsel or agent;
platform: compliance; seller: respondent), and by nobody else. The clock's step is the node's own. Every step is written
to the ledger and is visible to every side from the moment that side sees the notice.
"""


def page() -> str:
    parts = [HEAD, "\n## Notice (E-Commerce Law 42, 43)\n\n```mermaid\nstateDiagram-v2\n  [*] --> drafted\n"]
    for step in TABLE:
        parts += [
            f"  {source.value} --> {step.target.value}: {step.verb} ({step.side.value})\n"
            for source in step.sources
        ]
    parts.append("```\n\n| step | side | from | to |\n|---|---|---|---|\n")
    for step in TABLE:
        en = words.both(step.label)[1]
        sources = ", ".join(words.both(State(source).label)[1] for source in step.sources)
        parts.append(
            f"| `{step.verb}` {en} | {step.side.value} | {sources} | {words.both(step.target.label)[1]} |\n"
        )
    parts.append("\n## Matter\n\n```mermaid\nstateDiagram-v2\n  [*] --> open\n")
    for move in MOVES:
        parts += [f"  {source.value} --> {move.target.value}: {move.verb}\n" for source in move.sources]
    parts.append("```\n\n| move | from | to | needs a reason |\n|---|---|---|---|\n")
    for move in MOVES:
        sources = ", ".join(words.both(Status(source).label)[1] for source in move.sources)
        target, needs = words.both(move.target.label)[1], "yes" if move.reason else ""
        parts.append(f"| `{move.verb}` {words.both(move.label)[1]} | {sources} | {target} | {needs} |\n")
    return "".join(parts)


def test_the_page_shows_the_tables():
    if os.environ.get("JOINDER_WRITE_SPEC"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(), "run JOINDER_WRITE_SPEC=1 pytest " + __file__
