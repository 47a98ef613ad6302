"""How many current records of a pool fit a condition: the question that travels, while the data stays."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from joinder.pools.convert import Unreadable, convert_value
from joinder.pools.errors import PoolMissing
from joinder.pools.lake import PoolKind, pool_kinds
from joinder.vocabulary.errors import UsageError
from joinder.vocabulary.kinds import FieldType, RecordKind, kind_named
from joinder.vocabulary.node import NodeHome

_BATCH_ROWS = 100_000


def count_where(home: NodeHome, pool: str, kind: str, where: Mapping[str, str]) -> int:
    """How many current records have these values in these fields.

    where: field to value as a file would write it; all must fit. A list field fits where it holds the value. Sums
    are compared in the record's own currency. Only the columns asked for are read. Raises PoolMissing, and
    UsageError for no condition, an unknown field, or a value that is none of the field's type.
    """
    record_kind = kind_named(kind)
    if not where:
        raise UsageError("A question names at least one field and its value.")
    if kind not in pool_kinds(home, pool):
        raise PoolMissing(f"The pool {pool!r} holds no {kind} records.")
    wanted = {name: _stored(record_kind, name, value) for name, value in where.items()}
    columns = [record_kind.field(name).column for name in wanted]
    count = 0
    for batch in PoolKind(home, pool, record_kind).batches(_BATCH_ROWS, columns=columns):
        fits = pa.array([True] * batch.num_rows)
        for name, value in wanted.items():
            fits = pc.and_(fits, _fits(batch.column(record_kind.field(name).column), value))
        count += pc.sum(fits, min_count=0).as_py()
    return count


def _stored(kind: RecordKind, name: str, value: str) -> object:
    field = kind.field(name)
    if field.type is FieldType.MONEY:
        raise UsageError(f"A sum ({name}) cannot be asked for by its value.", mend="Ask by another field.")
    try:
        stored = convert_value(field, value)
    except Unreadable as problem:
        raise UsageError(f"{value!r} is no value of {name} ({problem.code}).") from None
    if stored is None:
        raise UsageError(f"No value was given for {name}.")
    if field.type is FieldType.LIST:
        return stored[0]
    return stored


def _fits(column: pa.Array, value: object) -> pa.Array:
    if pa.types.is_list(column.type):
        held = [value in (texts or ()) for texts in column.to_pylist()]
        return pa.array(held, pa.bool_())
    return pc.fill_null(pc.equal(column, pa.scalar(value, column.type)), False)
