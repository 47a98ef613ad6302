"""Names for the arrays that travel through the engine, and two operations that NumPy lacks."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

ABSENT = -1
"""The code of "no value"."""


def encode(texts: Iterable[str]) -> tuple[Codes, list[str]]:
    """Codes for texts in order of first appearance, and the distinct texts; "" becomes ABSENT."""
    index: dict[str, int] = {}
    codes = [index.setdefault(text, len(index)) if text else ABSENT for text in texts]
    return np.array(codes, dtype=np.int32), list(index)


def distinct(values: Ints) -> Ints:
    """The distinct values in order. Sorting beats the hashing of ``np.unique`` many times on packed pairs."""
    ordered: Ints = np.asarray(np.sort(values), dtype=np.int64)
    return np.asarray(ordered[_starts(ordered)], dtype=np.int64)


def run_lengths(ordered: Ints) -> Ints:
    """The lengths of the runs of equal values in a sorted array."""
    return np.asarray(np.diff(np.r_[_starts(ordered), len(ordered)]), dtype=np.int64)


def _starts(ordered: Ints) -> Ints:
    """Where each run of equal values begins."""
    if not len(ordered):
        return np.empty(0, dtype=np.int64)
    return np.asarray(np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]), dtype=np.int64)


def pack(left: npt.NDArray[np.integer], right: npt.NDArray[np.integer], width: int) -> Ints:
    """One int64 for each pair of non-negative integers below ``width``."""
    return left.astype(np.int64) * np.int64(max(width, 1)) + right.astype(np.int64)
