"""Which pairs are compared: those that share a typed key.

Strong keys (a telephone, the core of a name, an address down to the building) are used alone; weak ones (a city, a
given name) only two together, from different columns, the most selective first, while the pair budget lasts. A block
above the cap makes no k² pairs: its records are set in order and each meets its nearest neighbours, so that a large
operator stays connected; a block above ``SATURATED`` makes none and is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from joinder.resolve.arrays import ABSENT, Codes, Ints, distinct, encode, pack, run_lengths
from joinder.resolve.columns import Column
from joinder.resolve.normalise import KEYS

BLOCK_CAP = 60
NEIGHBOURS = 4
"""Records that each record of an oversized block meets."""
SATURATED = 20_000
PAIRS_PER_RECORD = 40
LEAST_BUDGET = 1_000_000
RARE_KEYS = 3
"""Rarest words (or character pairs) of a name or title that are keys of their own."""


@dataclass(frozen=True)
class BlockingKey:
    """One key: its name, and the (record, key code) incidence."""

    name: str
    rows: Ints
    codes: Ints


@dataclass(frozen=True)
class KeyReport:
    """What one key contributed."""

    name: str
    pairs: int
    new_pairs: int
    oversized: int
    saturated: int
    used: bool


@dataclass(frozen=True)
class Blocks:
    """The candidate pairs (left < right, sorted, distinct) and what each key contributed."""

    left: Ints
    right: Ints
    keys: tuple[KeyReport, ...]


def block(columns: Sequence[Column], records: int, budget: int | None = None) -> Blocks:
    """All candidate pairs under the pair budget; deterministic."""
    budget = budget or max(LEAST_BUDGET, PAIRS_PER_RECORD * records)
    made: list[_Made] = [_make(key, records) for key in _strong(columns)]
    left_out: list[KeyReport] = []
    spent = sum(len(one.pairs) for one in made)
    for key, expected in _weak(columns, records):
        if spent + expected > budget:
            left_out.append(KeyReport(key.name, expected, 0, 0, 0, used=False))
            continue
        made.append(_make(key, records))
        spent += len(made[-1].pairs)
    return _united(made, left_out, records)


@dataclass(frozen=True)
class _Made:
    """The packed pairs of one key."""

    name: str
    pairs: Ints
    oversized: int
    saturated: int


def _make(key: BlockingKey, records: int) -> _Made:
    return _Made(key.name, *pairs_of(key, records))


def _united(made: Sequence[_Made], left_out: Sequence[KeyReport], records: int) -> Blocks:
    """The distinct pairs of all keys; a pair is credited to the first key that made it."""
    together = np.concatenate([one.pairs for one in made]) if made else np.empty(0, dtype=np.int64)
    pairs, first = np.unique(together, return_index=True)
    ends = np.cumsum([len(one.pairs) for one in made])
    credit = np.bincount(np.searchsorted(ends, first, side="right"), minlength=len(made))
    reports = [
        KeyReport(one.name, len(one.pairs), int(credit[i]), one.oversized, one.saturated, used=True)
        for i, one in enumerate(made)
    ]
    width = max(records, 1)
    return Blocks(pairs // width, pairs % width, (*reports, *left_out))


def pairs_of(key: BlockingKey, records: int) -> tuple[Ints, int, int]:
    """Packed pairs (left × records + right) of one key, and the numbers of oversized and saturated blocks."""
    order = np.lexsort((key.rows, key.codes))
    rows, codes = key.rows[order], key.codes[order]
    starts = (
        np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]]) if len(codes) else np.empty(0, dtype=np.int64)
    )
    sizes = np.diff(np.r_[starts, len(codes)])
    size = np.repeat(sizes, sizes)
    place = np.arange(len(codes)) - np.repeat(starts, sizes)
    reach = np.where(size <= BLOCK_CAP, size, np.where(size <= SATURATED, NEIGHBOURS + 1, 0))
    found: list[Ints] = []
    alive = np.arange(len(codes))
    for step in range(1, int(reach.max(initial=0))):
        alive = alive[(place[alive] + step < size[alive]) & (step < reach[alive])]
        if not len(alive):
            break
        a, b = rows[alive], rows[alive + step]
        keep = a != b
        found.append(np.minimum(a, b)[keep] * records + np.maximum(a, b)[keep])
    packed = distinct(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    return packed, int(((sizes > BLOCK_CAP) & (sizes <= SATURATED)).sum()), int((sizes > SATURATED).sum())


def _strong(columns: Sequence[Column]) -> Iterator[BlockingKey]:
    for column in columns:
        for name in column.use.type.strong_keys:
            yield column_key(column, name)


def column_key(column: Column, name: str) -> BlockingKey:
    """One key of one column; hubs have none."""
    rows, codes = column.incidence()
    useful = ~column.hub[codes]
    rows, codes = rows[useful], codes[useful]
    label = f"{column.name}:{name}"
    if name == "value":
        return BlockingKey(label, rows, codes)
    if name in ("rare", "rare1"):
        return _rare(column, label, rows, codes, RARE_KEYS if name == "rare" else 1)
    derived, _ = column.derived(name)
    keys = derived[codes].astype(np.int64)
    return BlockingKey(label, rows[keys != ABSENT], keys[keys != ABSENT])


def _rare(column: Column, label: str, rows: Ints, codes: Ints, keep: int) -> BlockingKey:
    """The rarest words of each value that at least two values share."""
    tokens = [tuple(dict.fromkeys(KEYS["tokens"](value))) for value in column.values]
    flat, distinct = encode(token for value in tokens for token in value)
    frequency = np.bincount(
        flat, weights=np.repeat(column.counts, [len(t) for t in tokens]), minlength=len(distinct)
    )
    chosen: list[list[int]] = []
    position = 0
    for value in tokens:
        mine = flat[position : position + len(value)].tolist()
        position += len(value)
        mine.sort(key=lambda token: (frequency[token], token))
        chosen.append([token for token in mine if frequency[token] > 1][:keep])
    width = np.array([len(value) for value in chosen], dtype=np.int64)
    starts = np.r_[0, np.cumsum(width)]
    table = np.array([token for value in chosen for token in value], dtype=np.int64)
    repeat = width[codes]
    offsets = np.arange(int(repeat.sum())) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    return BlockingKey(label, np.repeat(rows, repeat), table[np.repeat(starts[codes], repeat) + offsets])


def _weak(columns: Sequence[Column], records: int) -> list[tuple[BlockingKey, int]]:
    """Two weak keys of different columns together, the most selective first."""
    singles: list[tuple[str, str, Codes, int]] = []
    for column in columns:
        for name in column.use.type.weak_keys:
            codes, size = _first_key(column, name, records)
            singles.append((column.name, f"{column.name}:{name}", codes, size))
    compounds = []
    for (column_a, name_a, a, size_a), (column_b, name_b, b, size_b) in combinations(singles, 2):
        if column_a == column_b or not size_a or not size_b:
            continue
        rows = np.flatnonzero((a != ABSENT) & (b != ABSENT))
        both = pack(a[rows], b[rows], size_b)
        compounds.append((BlockingKey(f"{name_a}+{name_b}", rows, both), _expected(both)))
    return sorted(compounds, key=lambda one: (one[1], one[0].name))


def _first_key(column: Column, name: str, records: int) -> tuple[Codes, int]:
    key = column_key(column, name)
    codes = np.full(records, ABSENT, dtype=np.int32)
    rows, first = np.unique(key.rows, return_index=True)
    codes[rows] = key.codes[first]
    return codes, int(codes.max(initial=ABSENT)) + 1


def _expected(codes: Ints) -> int:
    """Pairs that a key makes, with the cap."""
    sizes = run_lengths(np.sort(codes))
    small = sizes <= BLOCK_CAP
    return int((sizes[small] * (sizes[small] - 1) // 2).sum() + NEIGHBOURS * sizes[~small].sum())
