"""The work of an intake before it is committed: chunks of checked rows, and how far it got.

A run is named by what it takes in (kind, mapping, digests of the files), so the same command finds the work of a
killed one and goes on after its last whole chunk. Nothing here is visible to readers of the pool.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from joinder.pools.checking import Checked, Checker
from joinder.pools.disk import write_parquet_safely, write_safely
from joinder.pools.lake import PoolKind, chunk_schema
from joinder.pools.rejects import Finding, Level
from joinder.pools.versions import ref_column, version_column
from joinder.vocabulary.progress import Stage

BATCH_ROWS = 20_000
CHUNK_ROWS = 100_000


@dataclass(frozen=True)
class Incoming:
    """One file to be taken in."""

    path: Path
    digest: str
    checker: Checker

    @property
    def mapping_digest(self) -> str | None:
        """The digest of the mapping it is read with."""
        return self.checker.mapping.digest if self.checker.mapping else None


@dataclass
class Position:
    """How far a run got: whole batches of a file, chunks written, and counts so far."""

    file: int = 0
    batches: int = 0
    batch_rows: int = BATCH_ROWS
    chunks: list[str] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    levels: dict[str, int] = field(default_factory=lambda: {level.value: 0 for level in Level})
    complete: bool = False


def run_id(place: PoolKind, incoming: Iterable[Incoming]) -> str:
    """The name of a run: the first 16 hex digits of a hash of what it takes in."""
    told = [place.pool, place.kind.name, *(f"{one.digest} {one.mapping_digest}" for one in incoming)]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


class Staging:
    """The folder of one run."""

    def __init__(self, place: PoolKind, incoming: list[Incoming], chunk_rows: int = CHUNK_ROWS) -> None:
        self.place = place
        self.incoming = incoming
        self.run = run_id(place, incoming)
        self.folder = place.folder / ".staging" / self.run
        self.position = self._read_position()
        self.resumed_rows = sum(self.position.read)
        self._chunk_rows = chunk_rows
        self._waiting: list[pa.RecordBatch] = []
        self._findings: list[str] = []

    def fill(self, stage: Stage) -> None:
        """Read what is not yet staged, chunk by chunk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        stage.advance(self.resumed_rows, note="")
        position = self.position
        while position.file < len(self.incoming):
            one = self.incoming[position.file]
            if len(position.read) <= position.file:
                position.read.append(0)
            batches = one.checker.source.batches(BATCH_ROWS, one.checker.needed)
            for raw in islice(batches, position.batches, None):
                checked = one.checker.check(raw)
                self._gather(one, checked)
                position.batches += 1
                position.read[position.file] += checked.read
                stage.advance(checked.read, note=one.path.name)
                if sum(batch.num_rows for batch in self._waiting) >= self._chunk_rows:
                    self._write_chunk()
            position.file, position.batches = position.file + 1, 0
        if not position.complete:
            position.complete = True
            self._write_chunk()

    def chunk_paths(self) -> list[Path]:
        """The chunks in the order in which they were read."""
        return [self.folder / name for name in self.position.chunks]

    def findings(self) -> Iterator[dict[str, Any]]:
        """All findings of the run."""
        for path in sorted(self.folder.glob("findings-*.jsonl")):
            with path.open(encoding="utf-8") as stream:
                for line in stream:
                    yield json.loads(line)

    def discard(self) -> None:
        """Remove the work, and folders that would be left empty."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for folder in (self.folder.parent, self.place.folder, self.place.folder.parent):
            try:
                folder.rmdir()
            except OSError:
                return

    def _gather(self, one: Incoming, checked: Checked) -> None:
        kind = self.place.kind
        refs = ref_column(self.place.pool, kind.name, checked.keys, version_column(checked.batch))
        digest = pa.array([one.digest] * len(refs), pa.string())
        self._waiting.append(
            pa.record_batch([refs, *checked.batch.columns, digest, checked.rows], schema=chunk_schema(kind))
        )
        told = _one_rejection_a_row(checked.findings)
        for finding in told:
            self.position.levels[finding.level.value] += 1
            line = {"source": one.path.name, "digest": one.digest, "run": self.run, **finding.as_json()}
            self._findings.append(json.dumps(line, ensure_ascii=False) + "\n")

    def _write_chunk(self) -> None:
        """Make what was gathered last: the chunk, its findings, and then the position that counts them."""
        number = len(self.position.chunks) + 1
        table = pa.Table.from_batches(self._waiting, chunk_schema(self.place.kind))
        name = f"chunk-{number:06}.parquet"
        write_parquet_safely(self.folder / name, table)
        write_safely(self.folder / f"findings-{number:06}.jsonl", "".join(self._findings).encode())
        self.position.chunks.append(name)
        self._waiting, self._findings = [], []
        write_safely(self.folder / "position.json", json.dumps(asdict(self.position)).encode())

    def _read_position(self) -> Position:
        try:
            told = json.loads((self.folder / "position.json").read_text(encoding="utf-8"))
            position = Position(**told)
        except (OSError, ValueError, TypeError):
            return Position()
        # Batches are counted, so work staged with another batch size cannot be gone on with.
        return position if position.batch_rows == BATCH_ROWS else Position()


def _one_rejection_a_row(findings: list[Finding]) -> list[Finding]:
    """Findings in the order of rows; a row that was rejected is told once, by its first rejection."""
    rejected: set[int] = set()
    told: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.row, f.level is not Level.REJECTED)):
        if finding.row in rejected:
            continue
        if finding.level is Level.REJECTED:
            rejected.add(finding.row)
        told.append(finding)
    return told
