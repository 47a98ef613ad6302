"""DuckDB on one machine.

Each query has a connection of its own that is closed when its rows are fetched, so no state leaks from one concern
to the next and an engine may be shared between threads.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from joinder.engine.base import Kernel, TableSource, checked
from joinder.engine.errors import EngineError
from joinder.vocabulary.progress import NO_PROGRESS, Progress

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BATCH_ROWS = 20_000


class DuckDBEngine:
    """DuckDB, with bounded threads and memory; what does not fit is spilled to a temporary folder."""

    name = "duckdb"

    def __init__(
        self, *, threads: int = 2, memory_limit: str = "2GB", temp_directory: Path | None = None
    ) -> None:
        self._config: dict[str, Any] = {
            "threads": threads,
            "memory_limit": memory_limit,
            "temp_directory": str(temp_directory or Path(tempfile.gettempdir()) / "joinder-duckdb"),
            "preserve_insertion_order": False,
            # Nothing is ever loaded from the network on the quiet.
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }

    def sql(self, query: str, **tables: pa.Table | Path) -> pa.Table:
        """See :meth:`joinder.engine.base.Engine.sql`."""
        try:
            with duckdb.connect(config=self._config) as connection:
                for name, table in tables.items():
                    self._name_table(connection, name, table)
                if [s.type.name for s in connection.extract_statements(query)] != ["SELECT"]:
                    raise EngineError("The query gives no rows to fetch; it must be one SELECT.")
                return connection.sql(query).to_arrow_table()
        except duckdb.Error as error:
            raise EngineError(
                f"DuckDB could not run the query: {error}", mend="Check the query's tables and columns."
            ) from error

    def map_batches(
        self,
        source: TableSource,
        kernel: Kernel,
        out_schema: pa.Schema,
        progress: Progress = NO_PROGRESS,
    ) -> Iterator[pa.RecordBatch]:
        """See :meth:`joinder.engine.base.Engine.map_batches`."""
        batches, total = _batches_of(source)
        with progress.stage("batches", total) as stage:
            for batch in batches:
                result = checked(kernel(batch), out_schema)
                stage.advance(batch.num_rows)
                if result.num_rows:
                    yield result

    def _name_table(self, connection: Any, name: str, table: pa.Table | Path) -> None:
        if not _NAME.fullmatch(name):
            raise EngineError(f"{name!r} cannot be the name of a table; use letters, digits and _.")
        if isinstance(table, Path):
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {_reader(table)}')
        else:
            connection.register(name, table)


def _reader(path: Path) -> str:
    if not path.exists():
        raise EngineError(f"There is no table {path}.", mend="Name a Parquet or CSV file that exists.")
    text = str(path / "*.parquet" if path.is_dir() else path).replace("'", "''")
    if path.suffix.lower() in {".csv", ".tsv"}:
        return f"read_csv('{text}', header = true)"
    return f"read_parquet('{text}')"


def _batches_of(source: TableSource) -> tuple[Iterable[pa.RecordBatch], int | None]:
    if isinstance(source, pa.Table):
        return source.to_batches(max_chunksize=_BATCH_ROWS), source.num_rows
    if not isinstance(source, Path):
        return source, None
    paths = sorted(source.glob("*.parquet")) if source.is_dir() else [source]
    try:
        files = [pq.ParquetFile(path) for path in paths]
    except (OSError, pa.ArrowException) as error:
        raise EngineError(f"{source} is not readable as Parquet: {error}") from error
    rows = sum(file.metadata.num_rows for file in files)
    return (batch for file in files for batch in file.iter_batches(batch_size=_BATCH_ROWS)), rows
