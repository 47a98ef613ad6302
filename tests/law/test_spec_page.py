"""docs/spec/law.md lists every rule as it is loaded. Write it anew with JOINDER_WRITE_SPEC=1."""

from __future__ import annotations

import os
from pathlib import Path

from joinder.law import calendars, packs
from joinder.law.rules import WORDING, Rule

PAGE = Path(__file__).parents[2] / "docs" / "spec" / "law.md"
HEAD = """# The law packs

*Written by `tests/law/test_spec_page.py` from what is loaded; do not edit by hand.*

A pack is a YAML file `{pack, title_zh, title_en, defaults, rules}`; a rule is `{id, jurisdiction, source, article,
effective_from, effective_to, kind, value, unit, calendar, trigger, consequence, checked, title_zh, title_en, text_zh,
text_en, terms}`, checked against `src/joinder/law/pack.schema.json`. `effective_to` is the last day in force. `kind` is
field, clock, threshold, role, artefact, element or provision (a topic whose article number depends on the date).
`calendar` is calendar (every day counts, a last day that is a rest day rolls over), working or hours. Texts are our own
summaries. `checked` says how well a rule was confirmed; everything but *primary* is said wherever the rule shows.

Counting days (CN): the day of the trigger is not counted, the period ends at 24:00 Beijing time of its last day, and a
last day that is a rest day moves to the next working day. Days not counted are skipped one by one, up to their cap. A
year without a holiday notice is refused, unless a provisional date is asked for.

`joinder law check` exits 0 for a notice that can be sent and 1 for one that lacks something required. `joinder law
clock` exits 3 where a year has no notice; `joinder law amount` exits 3 where no row can be counted.
"""


def page() -> str:
    book = packs.load()
    years = ", ".join(f"{n} ({y.checked})" for n, y in sorted(calendars.load("CN").years.items()))
    parts = [HEAD, f"\nHoliday notices loaded for CN: {years}.\n"]
    for pack in book.packs.values():
        parts.append(f"\n## {pack.title_zh} · {pack.title_en}\n\n`{pack.id}`")
        parts += [f"\n\n{pack.note_zh} {pack.note_en}"] if pack.note_zh else []
        parts.append("\n\n| id | kind | figure | source | from | checked |\n|---|---|---|---|---|---|\n")
        parts += [line(rule) for rule in book.of_pack(pack.id)]
    return "".join(parts)


def line(rule: Rule) -> str:
    figure = (
        ""
        if rule.value is None
        else f"{rule.value:,} {rule.unit}" + (f", {rule.calendar}" if rule.calendar else "")
    )
    return (
        f"| `{rule.id}`<br>{rule.title_zh} · {rule.title_en} | {rule.kind} | {figure} | {rule.citation} "
        f"| {rule.effective_from} | {rule.checked}: {WORDING[rule.checked][0]} |\n"
    )


def test_the_page_lists_what_is_loaded():
    if os.environ.get("JOINDER_WRITE_SPEC"):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run JOINDER_WRITE_SPEC=1 pytest tests/law/test_spec_page.py"
    )
