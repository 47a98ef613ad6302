"""How far two values agree: the comparators that the evidence table names.

Each comparator gets a column and two arrays of value codes that differ, and returns the stored level of each pair
(0 = disagreement, higher = better, never the full agreement, which is equality of codes). It is called once per
distinct pair of values. The same functions serve the batch, one record, and the explanation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from joinder.resolve.arrays import ABSENT, Bools, Codes, Floats, Ints, Levels, pack
from joinder.resolve.columns import Column
from joinder.resolve.normalise.text import has_han

Comparator = Callable[[Column, Ints, Ints], Levels]

# Jaro-Winkler .92 and .80: "jonathan/jonathon" is .97, "smith/smyth" .89, "anna/emma" .67.
_NAME_CLOSE, _NAME_NEAR = 0.92, 0.80
# Share of matching characters in business cores: one character of four changed is 75.
_CORE_CLOSE, _CORE_NEAR = 88.0, 72.0
_TEXT_CLOSE, _TEXT_NEAR = 88.0, 68.0


def compare(column: Column, left: Ints, right: Ints) -> Levels:
    """The stored level of each pair of records: ABSENT where a side has no value, else the best over all slots.

    Hubs count as no value.
    """
    best = np.full(len(left), ABSENT, dtype=np.int8)
    codes = column.live
    for one in range(codes.shape[1]):
        for other in range(codes.shape[1]):
            a, b = codes[left, one], codes[right, other]
            both = np.flatnonzero((a != ABSENT) & (b != ABSENT))
            if len(both):
                best[both] = np.maximum(best[both], compare_values(column, a[both], b[both]))
    return best


def compare_values(column: Column, a: Codes | Ints, b: Codes | Ints) -> Levels:
    """The stored level of each pair of value codes (none ABSENT)."""
    kind = column.use.type
    levels = np.zeros(len(a), dtype=np.int8)
    equal = a == b
    levels[equal] = kind.best
    comparator = COMPARATORS[kind.comparator]
    differ = np.flatnonzero(~equal)
    if comparator is None or not len(differ):
        return levels
    low, high = np.minimum(a[differ], b[differ]), np.maximum(a[differ], b[differ])
    pairs, inverse = np.unique(pack(low, high, len(column.values)), return_inverse=True)
    width = np.int64(len(column.values))
    levels[differ] = comparator(column, pairs // width, pairs % width)[inverse]
    return levels


def _texts(values: list[str], codes: Ints) -> list[str]:
    return [values[code] for code in codes.tolist()]


def _pairwise(scorer: Any, values: list[str], a: Ints, b: Ints) -> Floats:
    """The scorer over pairs of values by code, each distinct value looked up once."""
    scores = process.cpdist(_texts(values, a), _texts(values, b), scorer=scorer, dtype=np.float32)
    return np.asarray(scores, dtype=np.float64)


def _same(column: Column, key: str, a: Ints, b: Ints) -> Bools:
    codes, _ = column.derived(key)
    return np.asarray((codes[a] == codes[b]) & (codes[a] != ABSENT))


def _ladder(size: int, *steps: Bools) -> Levels:
    """Levels from conditions, best first: the first that holds counts; none holding is 0."""
    levels = np.zeros(size, dtype=np.int8)
    for rank, step in enumerate(reversed(steps), start=1):
        levels[step] = rank
    return levels


def _typo(column: Column, a: Ints, b: Ints) -> Levels:
    return _ladder(len(a), _pairwise(DamerauLevenshtein.distance, column.values, a, b) <= 1)


def _name(column: Column, a: Ints, b: Ints) -> Levels:
    close = _pairwise(JaroWinkler.similarity, column.values, a, b)
    return _ladder(len(a), (close >= _NAME_CLOSE) | _same(column, "sound", a, b), close >= _NAME_NEAR)


def _person(column: Column, a: Ints, b: Ints) -> Levels:
    """Full names: order and sound, then near by Jaro-Winkler; a Chinese name of two characters is never near."""
    close = _pairwise(JaroWinkler.similarity, column.values, a, b)
    same = _same(column, "sorted", a, b) | _same(column, "sound", a, b)
    short = np.array(
        [min(len(column.values[i]), len(column.values[j])) < 3 for i, j in zip(a, b, strict=True)]
    )
    return _ladder(len(a), same, (close >= 0.88) & ~short)


def _business(column: Column, a: Ints, b: Ints) -> Levels:
    codes, cores = column.derived("core")
    left, right = codes[a].astype(np.int64), codes[b].astype(np.int64)
    ratio = np.maximum(
        _pairwise(fuzz.ratio, cores, left, right), _pairwise(fuzz.token_sort_ratio, cores, left, right)
    )
    sound = _same(column, "sound", a, b) | (ratio >= _CORE_CLOSE)
    return _ladder(len(a), left == right, sound, ratio >= _CORE_NEAR)


def _text(column: Column, a: Ints, b: Ints) -> Levels:
    whole = _pairwise(fuzz.token_sort_ratio, column.values, a, b)
    inside = _pairwise(fuzz.token_set_ratio, column.values, a, b)
    ratio = np.maximum(whole, 0.95 * inside)
    return _ladder(len(a), ratio >= _TEXT_CLOSE, ratio >= _TEXT_NEAR)


def _email(column: Column, a: Ints, b: Ints) -> Levels:
    codes, locals_ = column.derived("local")
    near = _pairwise(JaroWinkler.similarity, locals_, codes[a].astype(np.int64), codes[b].astype(np.int64))
    return _ladder(len(a), _same(column, "local", a, b), near >= _NAME_CLOSE)


def _date(column: Column, a: Ints, b: Ints) -> Levels:
    """Dates ``YYYYMMDD``: one digit or a transposition off, day and month swapped; same year or same month and day."""
    one_off = _pairwise(DamerauLevenshtein.distance, column.values, a, b) <= 1
    pairs = list(zip(_texts(column.values, a), _texts(column.values, b), strict=True))
    swapped = np.array(
        [x[:4] == y[:4] and x[4:6] == y[6:8] and x[6:8] == y[4:6] for x, y in pairs], dtype=bool
    )
    part = np.array([x[:4] == y[:4] or x[4:] == y[4:] for x, y in pairs], dtype=bool)
    return _ladder(len(a), one_off | swapped, part)


def _number(column: Column, a: Ints, b: Ints) -> Levels:
    """Numbers within 5 %, years within one."""
    x, y = (_numbers(_texts(column.values, codes)) for codes in (a, b))
    tolerance = 1.0 if column.use.type.name == "year" else 0.05 * np.maximum(np.abs(x), np.abs(y))
    return _ladder(len(a), np.abs(x - y) <= tolerance)


def _numbers(texts: list[str]) -> Floats:
    def value(text: str) -> float:
        try:
            return float(text)
        except ValueError:
            return float("nan")

    return np.array([value(text) for text in texts])


def _address(column: Column, a: Ints, b: Ints) -> Levels:
    """Addresses: same room, same building, same street (or nearly the same text), same district."""
    # Western street lines vary in spelling; in Chinese a near text is another number in the same road.
    western = np.array([not has_han(text) for text in _texts(column.values, a)], dtype=bool)
    near = (_pairwise(fuzz.token_sort_ratio, column.values, a, b) >= _TEXT_CLOSE) & western
    return _ladder(
        len(a),
        _same(column, "room", a, b),
        _same(column, "building", a, b),
        _same(column, "street", a, b) | near,
        _same(column, "district", a, b),
    )


COMPARATORS: dict[str, Comparator | None] = {
    "exact": None,
    "typo": _typo,
    "name": _name,
    "person": _person,
    "business": _business,
    "text": _text,
    "email": _email,
    "date": _date,
    "number": _number,
    "address": _address,
}
