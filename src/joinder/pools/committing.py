"""Make a staged run part of its pool, in one step.

Everything is put beside the pool's files first, under names that no manifest lists; then the manifest is replaced.
A kill before that leaves the pool as it was, and the next run does the same again.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from joinder.pools.disk import write_parquet_safely, write_safely
from joinder.pools.lake import Chunk, Manifest, PoolKind, Run, SourceFile
from joinder.pools.rejects import Level
from joinder.pools.staging import Staging
from joinder.pools.versioning import Comparison, compare, temporary_folder
from joinder.vocabulary.moments import iso, utc_now

_SUPERSEDED = pa.schema([("chunk", pa.string()), ("place", pa.int64())])


@dataclass(frozen=True)
class Committed:
    """What a commit did."""

    run: Run
    manifest: Manifest


def commit(staging: Staging, mapping_text: str | None) -> Committed:
    """Add a complete staged run to its pool and remove the staged work. Returns the run as recorded."""
    place = staging.place
    old = place.manifest()
    found = compare(
        staging.chunk_paths(),
        [place.folder / chunk.file for chunk in old.chunks],
        place.folder / old.superseded if old.superseded else None,
        temporary_folder(),
    )
    chunks, replaced = _place_chunks(staging, found)
    replaced.update({file: places for file, places in found.outdated.items() if places})
    superseded, superseded_rows = _write_superseded(place, old, replaced)
    rejected = _write_rejects(staging)
    run = _run(staging, found)
    manifest = old.with_run(
        run,
        chunks=(*old.chunks, *chunks),
        superseded=superseded,
        superseded_rows=superseded_rows,
        sources=(*old.sources, *_sources(staging)),
        mapping=mapping_text if mapping_text is not None else old.mapping,
        rejected=rejected,
    )
    _write_pool_file(place)
    place.write_manifest(manifest)
    staging.discard()
    _sweep(place, manifest, old)
    return Committed(run, manifest)


def _place_chunks(staging: Staging, found: Comparison) -> tuple[list[Chunk], dict[str, list[int]]]:
    """Put staged chunks beside the pool's, without the rows that repeat what is there."""
    chunks: list[Chunk] = []
    replaced: dict[str, list[int]] = {}
    for path in staging.chunk_paths():
        name = f"{staging.run}-{path.name.removeprefix('chunk-')}"
        target = staging.place.folder / name
        repeated = np.asarray(found.repeated.get(path.name, ()), dtype=np.int64)
        places = np.asarray(found.replaced.get(path.name, ()), dtype=np.int64)
        if len(repeated):
            table = pq.read_table(path)
            mask = np.ones(table.num_rows, dtype=bool)
            mask[repeated] = False
            rows = int(mask.sum())
            if rows:
                write_parquet_safely(target, table.filter(pa.array(mask)))
            # Places move up by the number of rows that were left out before them.
            places = places - np.searchsorted(repeated, places)
        else:
            rows = pq.read_metadata(path).num_rows
            if rows:
                _link(path, target)
        if rows:
            chunks.append(Chunk(name, rows, staging.run))
        if len(places):
            replaced[name] = places.tolist()
    return chunks, replaced


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        # File systems without hard links (FAT, some network shares): copy instead.
        part = target.with_name(f".{target.name}.part")
        try:
            shutil.copyfile(source, part)
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)


def _write_superseded(place: PoolKind, old: Manifest, new: dict[str, list[int]]) -> tuple[str | None, int]:
    if not new:
        return old.superseded, old.superseded_rows
    files = [file for file, places in new.items() for _ in places]
    table = pa.table([files, [p for places in new.values() for p in places]], schema=_SUPERSEDED)
    if old.superseded:
        table = pa.concat_tables([pq.read_table(place.folder / old.superseded).cast(_SUPERSEDED), table])
    name = f"superseded-{old.sequence + 1:06}.parquet"
    write_parquet_safely(place.folder / name, table)
    return name, table.num_rows


def _write_rejects(staging: Staging) -> int:
    """Replace the findings of the files taken in; those of other files stay. Returns the rows rejected in all."""
    path = staging.place.rejects_file
    again = {one.digest for one in staging.incoming}
    names = {one.path.name for one in staging.incoming}
    part = path.with_name(f".{path.name}.part")
    rejected = 0
    try:
        with part.open("w", encoding="utf-8") as out:
            if path.exists():
                with path.open(encoding="utf-8") as lines:
                    for line in lines:
                        told = json.loads(line)
                        if told["digest"] not in again and told["source"] not in names:
                            rejected += told["level"] == Level.REJECTED.value
                            out.write(line)
            for told in staging.findings():
                rejected += told["level"] == Level.REJECTED.value
                out.write(json.dumps(told, ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return rejected


def _sources(staging: Staging) -> list[SourceFile]:
    return [
        SourceFile(
            one.digest, one.path.name, str(one.path.resolve().parent), read, staging.run, one.mapping_digest
        )
        for one, read in zip(staging.incoming, staging.position.read, strict=True)
    ]


def _run(staging: Staging, found: Comparison) -> Run:
    levels = staging.position.levels
    return Run(
        id=staging.run,
        at=iso(utc_now()),
        read=sum(staging.position.read),
        added=found.added,
        changed=found.changed,
        unchanged=found.unchanged,
        rejected=levels[Level.REJECTED.value],
        emptied=levels[Level.EMPTIED.value],
        doubtful=levels[Level.DOUBTFUL.value],
    )


def _write_pool_file(place: PoolKind) -> None:
    folder = place.folder.parent
    kinds = {path.parent.name for path in folder.glob("*/manifest.json")} | {place.kind.name}
    told = {"pool": place.pool, "kinds": sorted(kinds)}
    write_safely(folder / "pool.json", json.dumps(told, ensure_ascii=False, indent=1).encode())


def _sweep(place: PoolKind, manifest: Manifest, old: Manifest) -> None:
    """Remove lists of replaced rows that neither this manifest nor the last one names (a reader may hold that)."""
    named = {manifest.superseded, old.superseded}
    for path in place.folder.glob("superseded-*.parquet"):
        if path.name not in named:
            path.unlink(missing_ok=True)
