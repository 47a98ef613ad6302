"""Reading records back out of a result folder, in the form in which they were compared.

The explanation scores a pair with the same code and the same weights as the run did, over columns that hold only the
records asked about; how often a value occurs is read from the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinder.resolve.arrays import ABSENT
from joinder.resolve.columns import Column, column_from_values
from joinder.resolve.errors import ResultError
from joinder.resolve.spec import Spec, parse_spec
from joinder.resolve.store import read_document, read_rows
from joinder.resolve.weights import Model, Weights, tf_keys


@dataclass(frozen=True)
class Result:
    """An opened result folder."""

    folder: Path
    spec: Spec
    model: Model
    threshold_bits: float
    entities: pa.Table
    filled: dict[str, int]

    @cached_property
    def names(self) -> list[str]:
        """The id of each record."""
        return list(self.entities.column("record_id").to_pylist())

    @cached_property
    def sources(self) -> list[str]:
        """The stem of the input of each record."""
        return list(self.entities.column("source").to_pylist())

    @cached_property
    def entity_ids(self) -> list[str]:
        """The entity of each record."""
        return list(self.entities.column("entity_id").to_pylist())

    def find(self, name: str) -> int:
        """The position of a record named by its id or SOURCE:ID. Raises ResultError if none or several."""
        ids, sources = self.entities.column("record_id"), self.entities.column("source")
        at = pc.indices_nonzero(pc.equal(ids, name)).to_pylist()
        if not at and ":" in name:
            source, _, one = name.partition(":")
            at = pc.indices_nonzero(pc.and_(pc.equal(ids, one), pc.equal(sources, source))).to_pylist()
        if len(at) == 1:
            return int(at[0])
        if not at:
            raise ResultError(
                f"{self.folder} holds no record {name!r}.", mend="Name it by its id, or SOURCE:ID."
            )
        found = ", ".join(f"{sources[i].as_py()}:{name}" for i in at)
        raise ResultError(f"Several inputs hold a record {name!r}.", mend=f"Name one of: {found}.")

    def name(self, position: int) -> str:
        """The record's id."""
        return self.names[position]

    def source(self, position: int) -> str:
        """The stem of the input that the record came from."""
        return self.sources[position]

    def entity(self, position: int) -> str:
        """The entity of the record."""
        return self.entity_ids[position]

    def members(self, entity_id: str) -> list[int]:
        """The positions of an entity's records."""
        return [
            int(i)
            for i in pc.indices_nonzero(pc.equal(self.entities.column("entity_id"), entity_id)).to_pylist()
        ]


def open_result(folder: str | Path) -> Result:
    """Open a result folder. Raises ResultError where it is none."""
    path = Path(folder)
    model = read_document(path, "model.json")
    weights = {
        name: Weights(name, tuple(one["m"]), tuple(one["u"])) for name, one in model["weights"].items()
    }
    return Result(
        path,
        parse_spec(model["spec"], "model.json"),
        Model(float(model["prior_bits"]), weights, int(model["records"])),
        float(model["threshold_bits"]),
        read_rows(path, "entities.parquet"),
        {name: int(count) for name, count in model["filled"].items()},
    )


def load_columns(result: Result, positions: Sequence[int]) -> list[Column]:
    """The evidence of some records, with the frequencies that the run counted."""
    names = [use.name for use in result.spec.uses]
    wanted = [*names, *(f"shown_{name}" for name in names)]
    rows = read_rows(result.folder, "records.parquet", columns=wanted).take(pa.array(positions, pa.int64()))
    columns = []
    for use in result.spec.uses:
        column = column_from_values(
            use, rows.column(use.name).to_pylist(), rows.column(f"shown_{use.name}").to_pylist()
        )
        _count(result, column)
        columns.append(column)
    return columns


def _count(result: Result, column: Column) -> None:
    """Put the run's frequencies, owners and hubs into a column of a few records."""
    column.whole = result.filled[column.name]
    for key in dict.fromkeys(("value", *tf_keys(column.use.type))):
        codes, forms = (
            (np.arange(len(column.values)), column.values) if key == "value" else column.derived(key)
        )
        known = _known(result, column.name, key, forms)
        rows = [known.get(forms[code]) if code != ABSENT else None for code in codes.tolist()]
        counts = np.array([float(row["records"]) if row else 1.0 for row in rows])
        if key == "value":
            column.counts = counts.astype(np.int64)
            column.owners = np.array([float(row["owners"]) if row else 1.0 for row in rows])
            column.hub = np.array([bool(row and row["hub"]) for row in rows], dtype=bool)
        else:
            counts = np.where(codes == ABSENT, column.counts, counts)
        column.frequency[key] = counts


def _known(result: Result, evidence: str, form: str, values: Sequence[str]) -> dict[str, dict[str, Any]]:
    if not values:
        return {}
    filters = [("evidence", "=", evidence), ("form", "=", form), ("value", "in", list(values))]
    return {
        row["value"]: row for row in read_rows(result.folder, "values.parquet", filters=filters).to_pylist()
    }
