"""Detection beside its peers on one synthetic market: `make bench ARGS=detect`.

Peers: exact Aho–Corasick over the folded title, and rapidfuzz partial_ratio ≥ 85 over title × mark (scored in C through
`process.cdist`, at its best). Each runs in a process of its own, so that peak memory is its own. The market has a seed
that was not used for choosing weights. The table goes to stdout and to the section `detect` of benchmarks/README.md.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from joinder.detect import compile_rights, screen
from joinder.pools import open_records
from joinder.vocabulary.refs import RecordRef
from joinder.vocabulary.script.fold import fold
from joinder.world import make

SEED = 101
WAYS = {"joinder": "joinder detect", "exact": "exact Aho–Corasick", "fuzzy": "rapidfuzz partial_ratio ≥ 85"}
README = Path(__file__).with_name("README.md")
Pairs = set[tuple[tuple[str, str], str]]


def rights_of(world: Path) -> list[dict[str, Any]]:
    """The rights as stored records."""
    return [r for b in open_records(world / "rights.parquet", "right").batches() for r in b.to_pylist()]


def ours(world: Path) -> Pairs:
    """Pairs of listing key and right id that Joinder suspects."""
    bundle = compile_rights(rights_of(world))
    batches = open_records(world / "listings.parquet", "listing").batches(5_000)
    found = screen(bundle, batches)
    return {(_key(s.listing), RecordRef.parse(s.right).key[0]) for s in found}


def _key(ref: str) -> tuple[str, str]:
    platform, number = RecordRef.parse(ref).key
    return platform, number


def _words(world: Path) -> list[tuple[str, str]]:
    """(folded word, right id) for every word of every right."""
    return [
        (fold(word).text, right["right_id"])
        for right in rights_of(world)
        if right["kind"] in ("word", "combined")
        for word in (right["mark"], *(right["aliases"] or ()))
        if word
    ]


def exact(world: Path) -> Pairs:
    """Every listing whose folded title contains a word of a right."""
    from ahocorasick_rs import AhoCorasick

    words = _words(world)
    automaton = AhoCorasick([word for word, _ in words])
    found: Pairs = set()
    for key, title in _titles(world):
        for which, _, _ in automaton.find_matches_as_indexes(fold(title).text, overlapping=True):
            found.add((key, words[which][1]))
    return found


def fuzzy(world: Path) -> Pairs:
    """Every title × word with partial_ratio of at least 85."""
    import numpy as np
    from rapidfuzz import fuzz, process

    words = _words(world)
    titles = list(_titles(world))
    found: Pairs = set()
    for low in range(0, len(titles), 5_000):
        part = titles[low : low + 5_000]
        folded = [fold(title).text for _, title in part]
        scores = process.cdist(
            folded,
            [w for w, _ in words],
            scorer=fuzz.partial_ratio,
            score_cutoff=85,
            dtype=np.uint8,
            workers=1,
        )
        found.update((part[i][0], words[j][1]) for i, j in zip(*np.nonzero(scores), strict=True))
    return found


def _titles(world: Path) -> Any:
    table = pq.read_table(world / "listings.parquet", columns=["platform", "listing_id", "title"])
    for row in table.to_pylist():
        yield (row["platform"], row["listing_id"]), row["title"] or ""


def measure(way: str, world: Path) -> dict[str, Any]:
    """Run one way in this process; figures as plain values."""
    began = time.perf_counter()
    found = {"joinder": ours, "exact": exact, "fuzzy": fuzzy}[way](world)
    seconds = time.perf_counter() - began
    truth = {
        (r["platform"], r["listing_id"]): r
        for r in pq.read_table(world / "truth" / "listings.parquet").to_pylist()
    }
    right = {key for key, right_id in found if truth[key]["right_id"] == right_id}
    all_of = Counter(r["evasion"] for r in truth.values() if r["right_id"])
    got = Counter(truth[key]["evasion"] for key in right)
    return {
        "recall": {evasion: got[evasion] / count for evasion, count in sorted(all_of.items())},
        "alerts": len(found),
        "precision": len([1 for k, r in found if truth[k]["right_id"] == r]) / max(1, len(found)),
        "per_second": len(truth) / seconds,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def table(figures: dict[str, dict[str, Any]]) -> str:
    """The figures as a Markdown table, one column per way."""
    ways = list(figures)
    rows = [f"| | {' | '.join(WAYS[w] for w in ways)} |", f"|---|{'---:|' * len(ways)}"]
    for evasion in figures[ways[0]]["recall"]:
        rows.append(
            f"| recall: {evasion} | "
            + " | ".join(f"{figures[w]['recall'][evasion]:.3f}" for w in ways)
            + " |"
        )
    for name, key, form in (
        ("alerts", "alerts", ",.0f"),
        ("precision", "precision", ".3f"),
        ("listings/s, one core, all told", "per_second", ",.0f"),
        ("peak MiB", "peak", ",.0f"),
    ):
        rows.append(f"| {name} | " + " | ".join(format(figures[w][key], form) for w in ways) + " |")
    return "\n".join(rows)


def write_section(text: str) -> None:
    """Put the section `detect` into benchmarks/README.md and leave the others as they are."""
    head, tail = "<!-- detect -->", "<!-- /detect -->"
    old = README.read_text("utf-8") if README.exists() else "# Published figures\n"
    section = f"{head}\n## detect\n\n{text}\n{tail}\n"
    if head in old and tail in old:
        new = old[: old.index(head)] + section + old[old.index(tail) + len(tail) + 1 :]
    else:
        new = old.rstrip("\n") + "\n\n" + section
    README.write_text(new, "utf-8")


def main() -> int:
    """Make the market, run each way, print and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder) / "world"
        made = make(world, scale="small", seed=SEED)
        figures = {}
        for way in WAYS:
            run = subprocess.run(
                [sys.executable, __file__, "--one", way, str(world)],
                check=True,
                capture_output=True,
                text=True,
            )
            figures[way] = json.loads(run.stdout)
    told = table(figures)
    print(told)
    write_section(
        f"`make bench ARGS=detect`: synthetic market, scale small, seed {SEED} (held out), "
        f"{made.counts['listings']:,} listings, {made.counts['rights']} rights. Titles are folded for the peers too. "
        "`exact` is the mark as registered: most of what is missed is offered at the usual price, without a word "
        "that tells; `image_only` needs the pictures, which are not compared yet. Time includes compiling the "
        "rights.\n\n" + told
    )
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        sys.exit(main())
