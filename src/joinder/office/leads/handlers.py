"""The job that screens a pool of listings against a pool of rights."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings

from joinder.detect import compile_rights, screen
from joinder.office.jobs import registry
from joinder.office.jobs.context import JobContext
from joinder.office.jobs.progress import JobProgress
from joinder.office.leads.importing import Found, import_suspicions
from joinder.pools import Records, open_records

BATCH = 5_000


@registry.handler("leads.screen")
def screen_pool(payload: dict[str, Any], context: JobContext) -> Any:
    """Screen, keep the suspicions in a temporary file, and store them as leads under the fence."""
    home = settings.HOME
    listings = open_records(payload["listings"], "listing", home)
    rights = {row["ref"]: row for row in _rows(open_records(payload["rights"], "right", home))}
    accounts = _rows(open_records(payload["accounts"], "account", home)) if payload["accounts"] else None
    bundle = compile_rights(rights.values())
    with tempfile.TemporaryDirectory(prefix="joinder-screen-") as folder:
        path = Path(folder) / "suspicions.jsonl"
        with path.open("w", encoding="utf-8") as kept:
            for suspicion in screen(
                bundle,
                listings.batches(BATCH),
                accounts=accounts,
                total=listings.count(),
                progress=JobProgress(context, share=0.95),
            ):
                kept.write(suspicion.line() + "\n")

        def land() -> dict[str, Any]:
            done = import_suspicions(
                actor=context.actor,
                owner_id=payload["owner"],
                found=_joined(path, listings, rights),
                source=f"{payload['listings']} × {payload['rights']} · {bundle.version}",
            )
            return {**asdict(done), "bundle": bundle.version}

        return context.finish(land)


def _rows(records: Records) -> Iterator[dict[str, Any]]:
    for batch in records.batches():
        yield from batch.to_pylist()


def _joined(path: Path, listings: Records, rights: dict[str, dict[str, Any]]) -> Iterator[Found]:
    """Suspicions with their listings. Both come in the order of the pool, so one batch at a time is enough."""
    with path.open(encoding="utf-8") as kept:
        waiting = next(kept, None)
        for batch in listings.batches(BATCH):
            place = {ref: i for i, ref in enumerate(batch.column("ref").to_pylist())}
            while waiting is not None:
                told = json.loads(waiting)
                if told["listing"] not in place:
                    break
                row = batch.slice(place[told["listing"]], 1).to_pylist()[0]
                yield told, row, rights[told["right"]]
                waiting = next(kept, None)
