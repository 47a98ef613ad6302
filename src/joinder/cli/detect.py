"""`joinder detect`: screen listings against rights and write suspicions with their reasons."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from joinder.cli.output import emit, say
from joinder.cli.progress import TerminalProgress
from joinder.detect import Suspicion, compile_rights, screen
from joinder.engine import ENGINES, engine_named
from joinder.pools import Records, open_records, read_table, write_rows
from joinder.pools.tables import check_writable

# Smaller than the usual batch, so that memory stays low and progress moves.
_BATCH_ROWS = 5_000


@click.command(name="detect")
@click.option("--rights", required=True, metavar="FILE|POOL", help="Rights: a file, or a pool of the node.")
@click.option(
    "--listings", required=True, metavar="FILE|POOL", help="Listings: a file, or a pool of the node."
)
@click.option("--accounts", metavar="FILE|POOL", help="Accounts, to read what shops call themselves.")
@click.option(
    "--signals", metavar="FILE", help="What is known of sellers: columns platform, account_id, signal."
)
@click.option(
    "--images",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the pictures lie. They are not compared yet; every result says so.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: .jsonl (one suspicion per line), .csv or .parquet.",
)
@click.option("--all", "keep_abstained", is_flag=True, help="Write what was abstained from, too.")
@click.option("--threshold", type=float, help="Log-odds from which a listing is suspected (published: 0).")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="duckdb", show_default=True, help="Where it is computed."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes on this machine."
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option(
    "--dry-run", is_flag=True, help="Compile the rights and say what would be screened; write nothing."
)
def command(
    rights: str,
    listings: str,
    accounts: str | None,
    signals: str | None,
    images: Path | None,
    out: Path,
    keep_abstained: bool,
    threshold: float | None,
    engine: str,
    workers: int,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Screen listings against rights and write suspected infringements with reasons.

    Tables are read by their ending (csv, tsv, json, jsonl, parquet) or by the name of a pool. Each result is one
    listing under one right, with the parts of its score, what speaks against the suspicion, and what was not
    checked. A person decides; nothing here does.
    """
    chosen = engine_named(engine)
    check_writable(out)
    started = time.monotonic()
    bundle = compile_rights(_rows(open_records(rights, "right")))
    source = open_records(listings, "listing")
    say(f"Compiled {len(bundle.rights)} rights, {bundle.left_out} left out: {bundle.version}")
    if dry_run:
        emit(f"Would screen {source.count():,} listings against {len(bundle.rights)} rights into {out}.")
        return
    counts: Counter[str] = Counter()
    found = screen(
        bundle,
        source.batches(_BATCH_ROWS),
        accounts=_rows(open_records(accounts, "account")) if accounts else None,
        signals=read_table(Path(signals)).to_pylist() if signals else None,
        threshold=threshold,
        keep_abstained=keep_abstained,
        engine=chosen,
        workers=workers,
        total=_total(source, listings),
        progress=TerminalProgress(),
    )
    write_rows(out, _told(found, counts, flat=out.suffix.lower() != ".jsonl"))
    summary = {
        "out": str(out),
        "suspected": counts["suspected"],
        "abstained": counts["abstained"] if keep_abstained else None,
        "listings_suspected": counts["listings"],
        "bundle": bundle.version,
        "seconds": round(time.monotonic() - started, 1),
    }
    text = f"{counts['suspected']:,} suspected in {counts['listings']:,} listings → {out}"
    emit(summary, as_json=as_json, text=text)


def _rows(records: Records) -> Iterator[Mapping[str, Any]]:
    for batch in records.batches():
        yield from batch.to_pylist()


def _total(records: Records, name: str) -> int | None:
    """How many listings there are, where that is cheap to know: a pool's manifest, a Parquet file's foot."""
    path = Path(name)
    if not path.is_file():
        return records.count()
    if path.suffix.lower() == ".parquet":
        import pyarrow.parquet as pq

        return int(pq.ParquetFile(path).metadata.num_rows)
    return None


def _told(found: Iterable[Suspicion], counts: Counter[str], *, flat: bool) -> Iterator[dict[str, Any]]:
    last = None
    for suspicion in found:
        counts[suspicion.verdict] += 1
        if suspicion.verdict == "suspected" and suspicion.listing != last:
            counts["listings"] += 1
            last = suspicion.listing
        told = suspicion.as_json()
        if flat:
            told = {
                k: json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for k, v in told.items()
            }
        yield told
