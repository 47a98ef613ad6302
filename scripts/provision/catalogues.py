"""Translations: every locale/*/LC_MESSAGES/*.po under src/joinder compiled beside itself, when it is newer.

The compiled .mo files are never committed, so that a catalogue and its compilation cannot disagree.
"""

from __future__ import annotations

import os
from pathlib import Path

from .steps import run, say


def stale(source: Path) -> list[Path]:
    """The catalogues under `source` whose compiled file is missing or older."""
    found = sorted(source.rglob("locale/*/LC_MESSAGES/*.po"))
    return [po for po in found if not _is_current(po.with_suffix(".mo"), po)]


def ensure(root: Path) -> None:
    """Compile what is stale; each .mo is written whole or not at all."""
    catalogues = stale(root / "src" / "joinder")
    if not catalogues:
        return
    say(f"{len(catalogues)} message catalogue{'s' if len(catalogues) > 1 else ''}")
    for po in catalogues:
        mo = po.with_suffix(".mo")
        part = mo.with_name(mo.name + ".part")
        run(
            ["msgfmt", "--check-format", "-o", part, po],
            root=root,
            log="msgfmt.log",
            failing=f"{po.relative_to(root)} does not compile",
            mend="Mend the entry that msgfmt names.",
        )
        os.replace(part, mo)


def _is_current(mo: Path, po: Path) -> bool:
    return mo.is_file() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns
