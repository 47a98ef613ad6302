"""The Parquet lake of a node: ``pools/<pool>/<kind>/``.

What a pool holds is what its ``manifest.json`` lists, and that file is replaced in one step: whatever else lies in
the folder (the work of an intake that was killed) is invisible to readers. Chunks are never changed once listed. A
row that a later version replaced stays in its chunk and is listed, by chunk and place, in the ``superseded`` file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from joinder.pools.disk import write_safely
from joinder.pools.errors import LakeError, PoolMissing
from joinder.vocabulary.errors import UsageError
from joinder.vocabulary.kinds import RecordKind
from joinder.vocabulary.node import NodeHome

FORMAT = 1
_NAME = re.compile(r"\w[\w.-]{0,63}")
LINEAGE = (pa.field("source_digest", pa.string()), pa.field("source_row", pa.int64()))


def check_pool_name(name: str) -> str:
    """The name, if it can be a folder on any machine. Raises UsageError otherwise."""
    if not _NAME.fullmatch(name) or name.endswith("."):
        raise UsageError(
            f"{name!r} cannot name a pool.",
            mend="Use up to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit.",
        )
    return name


def chunk_schema(kind: RecordKind) -> pa.Schema:
    """The columns of a chunk: the reference, the canonical columns, and where the row came from."""
    return pa.schema([pa.field("ref", pa.string()), *kind.arrow_schema(), *LINEAGE])


@dataclass(frozen=True)
class Chunk:
    """One Parquet file of rows. file: its name in the kind's folder."""

    file: str
    rows: int
    run: str


@dataclass(frozen=True)
class SourceFile:
    """One file that was taken in. folder: where it lay, which relative image paths start from."""

    digest: str
    name: str
    folder: str
    rows: int
    run: str
    mapping: str | None = None


@dataclass(frozen=True)
class Run:
    """One intake that was committed, with its counts; see ``IntakeReport``."""

    id: str
    at: str
    read: int
    added: int
    changed: int
    unchanged: int
    rejected: int
    emptied: int
    doubtful: int


@dataclass(frozen=True)
class Manifest:
    """What one kind of one pool holds.

    mapping: the text of the mapping last used, kept for the next file. rejected: rows in ``rejects.jsonl`` that were
    rejected, of the files as last taken in.
    """

    kind: str
    sequence: int = 0
    chunks: tuple[Chunk, ...] = ()
    superseded: str | None = None
    superseded_rows: int = 0
    sources: tuple[SourceFile, ...] = ()
    runs: tuple[Run, ...] = ()
    mapping: str | None = None
    rejected: int = 0
    format: int = field(default=FORMAT)

    @property
    def versions(self) -> int:
        """Rows of all versions."""
        return sum(chunk.rows for chunk in self.chunks)

    @property
    def rows(self) -> int:
        """Current rows: one for each record."""
        return self.versions - self.superseded_rows

    def with_run(self, run: Run, **changes: Any) -> Manifest:
        """The next manifest."""
        return replace(self, sequence=self.sequence + 1, runs=(*self.runs, run), **changes)


@dataclass(frozen=True)
class PoolKind:
    """One kind of one pool: the folder that holds it."""

    home: NodeHome
    pool: str
    kind: RecordKind

    @property
    def folder(self) -> Path:
        """Its folder, which need not exist."""
        return self.home.pools / self.pool / self.kind.name

    @property
    def rejects_file(self) -> Path:
        """What was wrong with the rows of the files as last taken in."""
        return self.folder / "rejects.jsonl"

    def manifest(self) -> Manifest:
        """What it holds; an empty manifest where nothing was committed. Raises LakeError if it is damaged."""
        path = self.folder / "manifest.json"
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Manifest(self.kind.name)
        except (OSError, ValueError) as error:
            raise LakeError(f"{path} cannot be read: {error}.", mend="Restore it from a backup.") from error
        if told.get("format") != FORMAT:
            raise LakeError(
                f"{path} is of format {told.get('format')!r}; this version reads {FORMAT}.",
                mend="Read it with the version that wrote it.",
            )
        return Manifest(
            **{
                **told,
                "chunks": tuple(Chunk(**chunk) for chunk in told["chunks"]),
                "sources": tuple(SourceFile(**source) for source in told["sources"]),
                "runs": tuple(Run(**run) for run in told["runs"]),
            }
        )

    def write_manifest(self, manifest: Manifest) -> None:
        """Replace the manifest: the moment at which an intake becomes visible."""
        write_safely(self.folder / "manifest.json", _json(asdict(manifest)))

    def superseded(self, manifest: Manifest) -> dict[str, np.ndarray[Any, Any]]:
        """Places of replaced rows by chunk file."""
        if manifest.superseded is None:
            return {}
        table = pq.read_table(self.folder / manifest.superseded)
        chunks = np.asarray(table["chunk"].combine_chunks().dictionary_encode().indices)
        names = table["chunk"].combine_chunks().dictionary_encode().dictionary.to_pylist()
        places = np.asarray(table["place"].combine_chunks())
        return {name: np.sort(places[chunks == index]) for index, name in enumerate(names)}

    def batches(
        self, size: int, *, all_versions: bool = False, columns: list[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The rows as stored (``chunk_schema``, or only ``columns``), current ones only unless ``all_versions``."""
        manifest = self.manifest()
        hidden = {} if all_versions else self.superseded(manifest)
        for chunk in manifest.chunks:
            yield from self._chunk_batches(chunk, hidden.get(chunk.file), size, columns)

    def _chunk_batches(
        self, chunk: Chunk, hidden: np.ndarray[Any, Any] | None, size: int, columns: list[str] | None
    ) -> Iterator[pa.RecordBatch]:
        full = chunk_schema(self.kind)
        schema = pa.schema([full.field(name) for name in columns]) if columns is not None else full
        done = 0
        try:
            with pq.ParquetFile(self.folder / chunk.file, pre_buffer=False) as file:
                for batch in file.iter_batches(batch_size=size, columns=schema.names):
                    batch = pa.record_batch([batch.column(name) for name in schema.names], schema=schema)
                    if hidden is not None:
                        mask = np.ones(batch.num_rows, dtype=bool)
                        inside = hidden[(hidden >= done) & (hidden < done + batch.num_rows)]
                        mask[inside - done] = False
                        done += batch.num_rows
                        batch = batch.filter(pa.array(mask))
                    yield batch
        except (pa.ArrowException, OSError) as error:
            raise LakeError(
                f"{self.folder / chunk.file} cannot be read: {error}.",
                mend="Restore it from a backup, or remove the pool and take its files in again.",
            ) from error


def pool_kinds(home: NodeHome, pool: str) -> list[str]:
    """The kinds that a pool holds. Raises PoolMissing if there is no such pool."""
    folder = home.pools / check_pool_name(pool)
    kinds = sorted(path.parent.name for path in folder.glob("*/manifest.json"))
    if not kinds:
        raise PoolMissing(
            f"There is no pool {pool!r} in {home.pools}.",
            mend=f"Pools here: {', '.join(pool_names(home)) or 'none'}. Make one with: joinder pool add",
        )
    return kinds


def pool_names(home: NodeHome) -> list[str]:
    """The pools of a node."""
    return sorted({path.parts[-3] for path in home.pools.glob("*/*/manifest.json")})


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
