"""The result folder: written whole or not at all, read back for explanations.

entities.parquet   record_id, source, entity_id: one row per input record
edges.parquet      record_a, source_a, record_b, source_b, bits, probability, linked, pattern, and bits per evidence
records.parquet    the normalised values and how they were written, one list per column of evidence
values.parquet     per value that more than one record holds: records, owners, hub
model.json         spec, prior, weights, threshold
report.json        counts, times, peak memory, weights, alarms
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from joinder.resolve.errors import ResultError

FILES = (
    "entities.parquet",
    "edges.parquet",
    "records.parquet",
    "values.parquet",
    "model.json",
    "report.json",
)


def write_result(folder: Path, tables: Mapping[str, pa.Table], documents: Mapping[str, Any]) -> None:
    """Write tables (*.parquet) and documents (*.json) beside the folder, then move them in.

    Other files of the folder are left alone. Raises ResultError where it cannot be written.
    """
    part = folder.with_name(f".{folder.name}.part")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        for name, table in tables.items():
            pq.write_table(table, part / name, compression="zstd")
        for name, document in documents.items():
            text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
            (part / name).write_text(text + "\n", encoding="utf-8")
        folder.mkdir(exist_ok=True)
        for name in [*tables, *documents]:
            (part / name).replace(folder / name)
    except OSError as error:
        raise ResultError(f"Cannot write the result to {folder}: {error.strerror or error}.") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def read_document(folder: Path, name: str) -> dict[str, Any]:
    """One of the JSON files. Raises ResultError where the folder is no result."""
    try:
        document: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _no_result(folder, name, error) from None
    return document


def read_rows(folder: Path, name: str, **options: Any) -> pa.Table:
    """One of the tables. Raises ResultError where the folder is no result."""
    try:
        return pq.read_table(folder / name, **options)
    except (OSError, pa.ArrowInvalid) as error:
        raise _no_result(folder, name, error) from None


def _no_result(folder: Path, name: str, error: Exception) -> ResultError:
    return ResultError(
        f"{folder} is not a result of resolve: {name} cannot be read ({type(error).__name__}).",
        mend="Make one with: joinder resolve run SPEC.yaml INPUT... --out DIR",
    )
