"""docs/spec/world.md lists files, columns and knobs as the code has them. Write it anew with JOINDER_WRITE_SPEC=1."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

from joinder.world import SCALES, Knobs
from joinder.world.entities import Role
from joinder.world.evasions import Evasion
from joinder.world.files import SCHEMAS
from joinder.world.listings import Nature

PAGE = Path(__file__).parents[2] / "docs" / "spec" / "world.md"
HEAD = """# The synthetic market

*Written by `tests/world/test_spec_page.py` from the code; do not edit by hand.*

`joinder world make --scale S --seed N --out DIR [--format parquet|csv|jsonl] [--knob NAME=VALUE]` writes a market whose
truth is known. The same seed, scale, knobs and format give the same bytes. **Seeds below 100 are for development; those
from 100 on are kept for evaluation.** A world that stands in DIR is replaced when the new one is whole; a folder that
holds anything else is refused.

`joinder world serve DIR` shows it as a market place over TLS. A listing's `url`, such as
`https://taobei.example/item/L1`, is found under `/taobei/item/L1`; `/shop/…`, `/licence/…`, `/go/…` (a redirect that
sets two cookies) and `/search?q=…` are there too.

`world.json` says how the world was made and how many rows each table has. `images/` holds the pictures that the records
name. Money is a decimal text in major units beside its currency; lists are `|`-separated in CSV; times are UTC.

At the default difficulty equal names find under half of the linkable pairs of accounts, and a keyword search finds
under half of the evasive listings (`tests/world/test_difficulty.py`).
"""
TRUTH = {
    "truth/listings": "One row per listing: the right it infringes (or none), how the mark is shown, whose it is.",
    "truth/accounts": "One row per account: the operator behind it; `linkable`: it shares with a sibling at least one "
    "value that is the operator's own and is shown; `link_group`: accounts tied together by such values.",
    "truth/rights": "One row per right; `visible`: a listing can be seen to infringe it (patents cannot).",
    "truth/hubs": "Logistics firms and licence mills, whose values many operators show.",
}


def page() -> str:
    parts = [HEAD, "\n## Scales\n\n| scale | listings (about) | accounts | rights |\n|---|---:|---:|---:|\n"]
    parts += [f"| {s.name} | {s.listings:,} | {s.accounts:,} | {s.rights:,} |\n" for s in SCALES.values()]
    parts.append("\n## Tables\n\n| file | columns |\n|---|---|\n")
    for name, schema in SCHEMAS.items():
        about = f"{TRUTH[name]}<br>" if name in TRUTH else ""
        parts.append(f"| `{name}` | {about}{', '.join(schema.names)} |\n")
    for title, column, kinds in (
        ("How a mark is shown", "evasion", Evasion),
        ("What a listing is", "nature", Nature),
        ("What an operator is", "role", Role),
    ):
        parts.append(f"\n## {title} (`{column}`)\n\n{', '.join(f'`{kind.value}`' for kind in kinds)}\n")
    parts.append("\n## Knobs\n\n| knob | default | share |\n|---|---:|---|\n")
    parts += [f"| `{knob.name}` | {knob.default} | {knob.metadata['meaning']} |\n" for knob in fields(Knobs)]
    return "".join(parts)


def test_the_page_says_what_the_code_does() -> None:
    if os.environ.get("JOINDER_WRITE_SPEC"):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run JOINDER_WRITE_SPEC=1 pytest tests/world/test_spec_page.py"
    )
