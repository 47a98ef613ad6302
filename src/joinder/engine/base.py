"""What an algorithm needs of the place where it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeAlias

import pyarrow as pa

from joinder.engine.errors import KernelError
from joinder.vocabulary.progress import NO_PROGRESS, Progress

Kernel = Callable[[pa.RecordBatch], pa.RecordBatch]
"""A pure function of one batch; it may change the number of rows and the columns, never the world."""

TableSource: TypeAlias = pa.Table | Path | Iterable[pa.RecordBatch]
"""Where batches come from: a table in memory, a Parquet file (or a folder of them), or a stream of batches."""


class Engine(Protocol):
    """A place where tables are computed."""

    name: str

    def sql(self, query: str, **tables: pa.Table | Path) -> pa.Table:
        """The rows of one query over the named tables, all fetched.

        tables: names usable in the query; a Path is a Parquet file, a folder of them, or a CSV file with a header.
        Rows have an order only where the query says ``ORDER BY``. Raises EngineError with the engine's own words.
        """
        ...

    def map_batches(
        self,
        source: TableSource,
        kernel: Kernel,
        out_schema: pa.Schema,
        progress: Progress = NO_PROGRESS,
    ) -> Iterator[pa.RecordBatch]:
        """Every batch of ``source`` through ``kernel``, lazily and in order; empty results are left out.

        Raises KernelError if a result is not of ``out_schema``; what the kernel itself raises passes unchanged.
        """
        ...


def checked(batch: pa.RecordBatch, out_schema: pa.Schema) -> pa.RecordBatch:
    """The batch, if it has the promised schema (metadata aside). Raises KernelError naming the difference."""
    if batch.schema.equals(out_schema, check_metadata=False):
        return batch
    told = [f"{field.name}: {field.type}" for field in batch.schema]
    promised = [f"{field.name}: {field.type}" for field in out_schema]
    raise KernelError(
        "A kernel gave a batch of another schema than it promised. "
        f"Not promised: {', '.join(sorted(set(told) - set(promised))) or 'nothing'}; "
        f"missing: {', '.join(sorted(set(promised) - set(told))) or 'nothing (the order differs)'}."
    )
