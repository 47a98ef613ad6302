"""The tables of a result, made from what the engine found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from joinder.resolve.arrays import ABSENT, Bools, Ints, Levels
from joinder.resolve.columns import Column
from joinder.resolve.inputs import Records
from joinder.resolve.weights import Scores, frequencies, probability, tf_keys


def entity_ids(labels: Ints) -> list[str]:
    """Ids minted in the order in which entities first appear: serial numbers that say nothing of their content."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    serial = np.empty(len(first), dtype=np.int64)
    serial[np.argsort(first, kind="stable")] = np.arange(1, len(first) + 1)
    return [f"E-{number:06d}" for number in serial[inverse].tolist()]


def entities_table(records: Records, ids: Sequence[str]) -> pa.Table:
    """record_id (unchanged), source, entity_id: one row per record in input order."""
    return pa.table({
        "record_id": pa.array(records.record_ids, pa.string()),
        "source": pa.array(records.sources, pa.string()),
        "entity_id": pa.array(ids, pa.string()),
    })  # fmt: skip


def edges_table(
    records: Records, columns: Sequence[Column], left: Ints, right: Ints, scores: Scores, linked: Bools
) -> pa.Table:
    """One row per pair worth keeping, the strongest first, with the bits of each piece of evidence."""
    order = np.lexsort((right, left, -scores.bits))
    left, right, linked = left[order], right[order], linked[order]
    levels, contributions, bits = scores.levels[order], scores.contributions[order], scores.bits[order]
    ids, sources = pa.array(records.record_ids, pa.string()), pa.array(records.sources, pa.string())
    table = {
        "record_a": ids.take(pa.array(left)),
        "source_a": sources.take(pa.array(left)),
        "record_b": ids.take(pa.array(right)),
        "source_b": sources.take(pa.array(right)),
        "bits": pa.array(bits, pa.float64()),
        "probability": pa.array(np.round(probability(bits), 6), pa.float64()),
        "linked": pa.array(linked),
        "pattern": _patterns(columns, levels),
    }
    for position, column in enumerate(columns):
        table[f"bits_{column.name}"] = pa.array(contributions[:, position], pa.float64())
    return pa.table(table)


def _patterns(columns: Sequence[Column], levels: Levels) -> pa.Array:
    """``phone=exact;address=room``: the level of each piece of evidence that both records have."""
    if not len(levels):
        return pa.array([], pa.string())
    packed = np.ascontiguousarray(levels).view(np.dtype((np.void, levels.shape[1]))).ravel()
    _, first, inverse = np.unique(packed, return_index=True, return_inverse=True)
    names = [
        ";".join(
            f"{column.name}={column.use.type.level(int(level)).name}"
            for column, level in zip(columns, levels[row], strict=True)
            if level != ABSENT
        )
        for row in first.tolist()
    ]
    return pa.array(names, pa.string()).take(pa.array(inverse.astype(np.int64)))


def records_table(records: Records, columns: Sequence[Column]) -> pa.Table:
    """The values of each record: per column of evidence a list of normalised values, and how they were written."""
    table: dict[str, pa.Array] = {
        "record_id": pa.array(records.record_ids, pa.string()),
        "source": pa.array(records.sources, pa.string()),
    }
    for column in columns:
        mask = column.codes != ABSENT
        offsets = pa.array(np.r_[0, np.cumsum(mask.sum(axis=1))].astype(np.int32))
        held = pa.array(column.codes[mask].astype(np.int64))
        for prefix, values in (("", column.values), ("shown_", column.shown)):
            texts = pa.array(values, pa.string()).take(held)
            table[prefix + column.name] = pa.ListArray.from_arrays(offsets, texts)
    return pa.table(table)


def values_table(columns: Sequence[Column]) -> pa.Table:
    """Per form of a value that more than one record holds: evidence, form, value, shown, records, owners, hub.

    form is ``value``, or the derived form (``core``, ``room`` …) whose frequency weighs an agreement.
    """
    parts = [
        _values(column, key)
        for column in columns
        for key in dict.fromkeys(("value", *tf_keys(column.use.type)))
    ]
    return pa.concat_tables(parts)


def _values(column: Column, key: str) -> pa.Table:
    counts = frequencies(column, key) if column.values else np.empty(0)
    forms = column.values
    first = np.arange(len(forms))
    if key != "value":
        codes, forms = column.derived(key)
        _, first = np.unique(codes, return_index=True)
        first = first[codes[first] != ABSENT]
        forms = [forms[code] for code in codes[first].tolist()]
    many = np.flatnonzero(counts[first] > 1)
    at, held = first[many], pa.array(many)
    return pa.table({
        "evidence": pa.array([column.name] * len(at), pa.string()),
        "form": pa.array([key] * len(at), pa.string()),
        "value": pa.array(forms, pa.string()).take(held),
        "shown": pa.array(column.shown, pa.string()).take(pa.array(at)),
        "records": pa.array(counts[at].astype(np.int64), pa.int64()),
        "owners": pa.array(column.owners[at], pa.float64()),
        "hub": pa.array(column.hub[at], pa.bool_()),
    })  # fmt: skip
