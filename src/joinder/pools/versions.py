"""References and versions of whole columns at once.

``RecordRef`` and ``content_version`` say what they are for one record; here the same text is put together for a
batch, because a market of a million listings is named in seconds that way. Rows that hold a character which JSON
writes as ``\\u00xx`` are left to ``content_version`` itself.
"""

from __future__ import annotations

from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from joinder.vocabulary.kinds import RecordKind
from joinder.vocabulary.refs import VERSION_DIGITS, RecordRef, content_version

_NONE = pa.scalar(None, pa.string())
_ESCAPES = (
    ("\\", "\\\\"),
    ('"', '\\"'),
    ("\n", "\\n"),
    ("\r", "\\r"),
    ("\t", "\\t"),
    ("\b", "\\b"),
    ("\f", "\\f"),
)
_ESCAPED = r'[\\"\x08-\x0d]'
_RARE = r"[\x00-\x07\x0b\x0e-\x1f]"
_ENCODED = r"[^A-Za-z0-9_.~-]|^\.{1,2}$"


def version_column(batch: pa.RecordBatch) -> pa.Array:
    """``content_version`` of every row of stored columns."""
    told = [_told(name, batch.column(name)) for name in sorted(batch.schema.names)]
    if not told or not batch.num_rows:
        return pa.array([content_version({})] * batch.num_rows, pa.string())
    # Arrow leaves out a row of which every part is null, so each row begins with an empty part, and a comma.
    empty = pa.array([""] * batch.num_rows, pa.string())
    bodies = (
        pc.binary_join_element_wise(empty, *told, ",", null_handling="skip").cast(pa.binary()).to_pylist()
    )
    versions = [sha256(b"{" + body[1:] + b"}").hexdigest()[:VERSION_DIGITS] for body in bodies]
    for index in _rare_rows(batch):
        versions[index] = content_version(batch.slice(index, 1).to_pylist()[0])
    return pa.array(versions, pa.string())


def key_column(kind: RecordKind, batch: pa.RecordBatch) -> pa.Array:
    """The percent-encoded key of every row (parts joined by ``/``), or null where it is incomplete."""
    keys: pa.Array | None = None
    for names in (kind.key, *kind.alternative_keys):
        parts = [_encoded(_as_text(batch.column(kind.field(name).column))) for name in names]
        joined = pc.binary_join_element_wise(*parts, "/", null_handling="emit_null")
        keys = joined if keys is None else pc.coalesce(keys, joined)
    return keys


def ref_column(pool: str, kind: str, keys: pa.Array, versions: pa.Array) -> pa.Array:
    """``pool/kind/key@version`` of every row."""
    head = str(RecordRef(pool, kind, ("k",), "0" * VERSION_DIGITS)).partition("/k@")[0] + "/"
    return pc.binary_join_element_wise(
        pc.binary_join_element_wise(pa.scalar(head), keys, ""), versions, "@", null_handling="emit_null"
    )


def _told(name: str, column: pa.Array) -> pa.Array:
    """``"name":value`` of every row; null where the value is empty and so does not count."""
    kind = column.type
    before, after = f'"{name}":', ""
    if pa.types.is_list(kind):
        quoted = pc.binary_join_element_wise('"', _escaped(column.flatten()), '"', "")
        value = pc.binary_join(pa.ListArray.from_arrays(_offsets(column), quoted), ",")
        empty = pc.fill_null(pc.equal(pc.list_value_length(column), 0), True)
        value = pc.if_else(empty, _NONE, value)
        before, after = before + "[", "]"
    elif pa.types.is_integer(kind):
        value = column.cast(pa.string())
    else:
        before, after = before + '"', '"'
        if pa.types.is_date32(kind):
            value = column.cast(pa.string())
        elif pa.types.is_timestamp(kind):
            value = _iso(column)
        else:
            value = pc.if_else(pc.equal(column, ""), _NONE, _escaped(column))
    return pc.binary_join_element_wise(before, value, after, "")


def _escaped(texts: pa.Array) -> pa.Array:
    # Most columns hold nothing to escape, and one look is cheaper than seven replacements.
    if _holds(texts, _ESCAPED):
        for plain, escaped in _ESCAPES:
            texts = pc.replace_substring(texts, plain, escaped)
    return texts


def _holds(texts: pa.Array, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(texts, pattern), min_count=0).as_py())


def _offsets(column: pa.Array) -> pa.Array:
    # ``flatten`` leaves out what a null or sliced list hides, so the offsets are counted anew.
    lengths = pc.fill_null(pc.list_value_length(column), 0)
    zero = pa.array([0], pa.int32())
    return pa.concat_arrays([zero, pc.cumulative_sum(lengths).cast(pa.int32())])


def _iso(column: pa.Array) -> pa.Array:
    naive = column.cast(pa.int64()).cast(pa.timestamp("us"))
    seconds = naive.cast(pa.timestamp("s"), safe=False)
    whole = pc.equal(naive, seconds.cast(pa.timestamp("us")))
    # Arrow writes "2026-11-22 01:14:03"; only moments with a fraction show their microseconds.
    texts = seconds.cast(pa.string())
    if not pc.all(whole, min_count=0).as_py():
        texts = pc.if_else(whole, texts, naive.cast(pa.string()))
    return pc.binary_join_element_wise(pc.binary_replace_slice(texts, 10, 11, "T"), "Z", "")


def _rare_rows(batch: pa.RecordBatch) -> list[int]:
    rare: set[int] = set()
    for column in batch.columns:
        if pa.types.is_string(column.type):
            hits = pc.fill_null(pc.match_substring_regex(column, _RARE), False)
            rare.update(pc.indices_nonzero(hits).to_pylist())
        elif pa.types.is_list(column.type):
            hits = pc.fill_null(pc.match_substring_regex(column.flatten(), _RARE), False)
            if pc.any(hits, min_count=0).as_py():
                parents = pc.list_parent_indices(column)
                rare.update(parents.filter(hits).to_pylist())
        elif pa.types.is_timestamp(column.type):
            # Before the year 1000 the two ways of writing a year differ.
            early = pc.less(column.cast(pa.int64()), -30_610_224_000_000_000)
            rare.update(pc.indices_nonzero(pc.fill_null(early, False)).to_pylist())
        elif pa.types.is_date32(column.type):
            early = pc.less(column.cast(pa.int32()), -354_285)
            rare.update(pc.indices_nonzero(pc.fill_null(early, False)).to_pylist())
    return sorted(rare)


def _as_text(column: pa.Array) -> pa.Array:
    texts = column if pa.types.is_string(column.type) else column.cast(pa.string())
    return pc.if_else(pc.equal(texts, ""), _NONE, texts)


def _encoded(texts: pa.Array) -> pa.Array:
    odd = pc.fill_null(pc.match_substring_regex(texts, _ENCODED), False)
    if not pc.any(odd, min_count=0).as_py():
        return texts
    mended = [
        RecordRef("p", "k", (text,), "0" * VERSION_DIGITS).record.removeprefix("p/k/")
        for text in texts.filter(odd).to_pylist()
    ]
    return pc.replace_with_mask(texts, odd, pa.array(mended, pa.string()))
