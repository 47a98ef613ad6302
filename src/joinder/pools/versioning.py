"""What is new in a staged run: which rows repeat what the pool holds, which replace it.

Rows are compared by their references: the name without the version says which record, the version says whether it
changed. DuckDB does the comparison and spills to disk, so it does not grow with the pool in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from joinder.pools.errors import DiskFull, LakeError

Places = dict[str, list[int]]
"""Rows by the name of their chunk."""


@dataclass(frozen=True)
class Comparison:
    """What a run brings. repeated, replaced: rows of staged chunks; outdated: rows of chunks already in the pool."""

    added: int
    changed: int
    unchanged: int
    repeated: Places
    replaced: Places
    outdated: Places


def compare(staged: list[Path], held: list[Path], superseded: Path | None, temp: Path) -> Comparison:
    """Compare staged chunks (in order of reading) with the chunks that a pool holds.

    superseded: the pool's list of replaced rows. A record that a run holds several times keeps its versions in
    order; only the last is current, and a version equal to the one before it is a repetition.
    """
    config: dict[str, Any] = {"threads": 2, "memory_limit": "2GB", "temp_directory": str(temp)}
    try:
        with duckdb.connect(config=config) as connection:
            connection.execute(f"CREATE TEMP VIEW staged AS {_rows(staged)}")
            connection.execute(f"CREATE TEMP VIEW held AS {_current(held, superseded)}")
            connection.execute(_MARKED)
            added, changed, unchanged = connection.execute(_COUNTS).fetchall()[0]
            return Comparison(
                added,
                changed,
                unchanged,
                _places(connection, "SELECT file, place FROM marked WHERE NOT kept"),
                _places(connection, "SELECT file, place FROM marked WHERE kept AND NOT last"),
                _places(
                    connection,
                    "SELECT file, place FROM held SEMI JOIN (SELECT record FROM marked WHERE kept) USING (record)",
                ),
            )
    except duckdb.Error as error:
        if "No space left" in str(error) or "max_temp_directory_size" in str(error):
            raise DiskFull(
                f"There is no room left in {temp} to compare the new rows with the pool; the pool is as it was.",
                mend="Free some space, then run the same command again.",
            ) from error
        raise LakeError(f"The new rows could not be compared with the pool: {error}") from error


# hv: the version that the pool holds; pv: the version of the same record just before in this run.
_MARKED = """
CREATE TEMP TABLE marked AS
WITH ordered AS (
    SELECT s.*, h.version AS hv,
           lag(s.version) OVER w AS pv, row_number() OVER w AS turn
    FROM staged s LEFT JOIN held h USING (record)
    WINDOW w AS (PARTITION BY record ORDER BY s.file, s.place)
), judged AS (
    SELECT *, version IS DISTINCT FROM coalesce(pv, hv) AS kept FROM ordered
)
SELECT file, place, record, hv, kept, turn,
       turn = max(CASE WHEN kept THEN turn END) OVER (PARTITION BY record) AS last,
       turn = min(CASE WHEN kept THEN turn END) OVER (PARTITION BY record) AS first
FROM judged
"""
_COUNTS = """
SELECT count(*) FILTER (WHERE kept AND first AND hv IS NULL),
       count(*) FILTER (WHERE kept AND NOT (first AND hv IS NULL)),
       count(*) FILTER (WHERE NOT kept)
FROM marked
"""


def _rows(paths: Iterable[Path]) -> str:
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    if not names:
        return (
            "SELECT NULL::VARCHAR AS file, NULL::BIGINT AS place, NULL::VARCHAR AS record, NULL::VARCHAR AS version "
            "WHERE false"
        )
    return (
        "SELECT parse_filename(filename) AS file, file_row_number AS place, "
        "left(ref, -13) AS record, right(ref, 12) AS version "
        f"FROM read_parquet([{names}], filename = true, file_row_number = true)"
    )


def _current(held: list[Path], superseded: Path | None) -> str:
    rows = _rows(held)
    if superseded is None:
        return rows
    name = str(superseded).replace("'", "''")
    return (
        f"SELECT * FROM ({rows}) AS h ANTI JOIN (SELECT chunk AS file, place FROM read_parquet('{name}')) AS s "
        "USING (file, place)"
    )


def _places(connection: duckdb.DuckDBPyConnection, query: str) -> Places:
    table: pa.Table = connection.sql(f"{query} ORDER BY file, place").to_arrow_table()
    places: Places = {}
    for batch in table.to_batches():
        for file, place in zip(batch["file"].to_pylist(), batch["place"].to_pylist(), strict=True):
            places.setdefault(file, []).append(place)
    return places


def temporary_folder() -> Path:
    """Where a comparison may spill."""
    return Path(tempfile.gettempdir()) / "joinder-duckdb"
