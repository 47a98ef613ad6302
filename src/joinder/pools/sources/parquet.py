"""Rows of a Parquet file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from joinder.pools.errors import SourceError
from joinder.pools.sources.base import RawBatch


class ParquetSource:
    """Columns are read only where they are needed, so a wide file costs no more than its used part."""

    format = "parquet"
    nested = False

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as file:
            self._schema = file.schema_arrow
            self.rows = file.metadata.num_rows

    def columns(self) -> list[str]:
        """See :class:`Source`."""
        return list(self._schema.names)

    def batches(self, size: int, needed: frozenset[str] | None = None) -> Iterator[RawBatch]:
        """See :class:`Source`."""
        names = [name for name in self._schema.names if needed is None or name in needed]
        done = 0
        with self._open() as file:
            try:
                for batch in file.iter_batches(batch_size=size, columns=names):
                    yield RawBatch(range(done + 1, done + 1 + batch.num_rows), batch)
                    done += batch.num_rows
            except (pa.ArrowException, OSError) as error:
                raise SourceError(
                    f"{self.path} is damaged after row {done}: {error}.", mend="Fetch the file again."
                ) from error

    def _open(self) -> pq.ParquetFile:
        try:
            return pq.ParquetFile(self.path, memory_map=False, pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            raise SourceError(
                f"{self.path} is not readable as Parquet: {error}.",
                zh=f"{self.path}不能按Parquet读取，文件可能不完整。请重新获取。",
                mend="Fetch the file again, or name its format in the mapping.",
            ) from error
