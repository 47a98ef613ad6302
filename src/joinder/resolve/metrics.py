"""How good a resolution is against known labels: pairs, whole clusters, and B³.

All figures are in [0, 1]. Records without a label are left out. Where nothing was claimed precision is 1, where
nothing is to be found recall is 1. Sources: Bagga & Baldwin (1998) for B³.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from joinder.resolve.arrays import Ints


@dataclass(frozen=True)
class Rates:
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Metrics:
    """Agreement of a partition with the truth.

    pairs: over pairs of records; clusters: over clusters found exactly (singletons too); b_cubed: over records.
    """

    records: int
    true_pairs: int
    found_pairs: int
    correct_pairs: int
    pairs: Rates
    clusters: Rates
    b_cubed: Rates
    largest_found: int
    largest_true: int

    def as_dict(self) -> dict[str, object]:
        """The same as plain data."""
        return asdict(self)


def pair_metrics(
    found: Sequence[Hashable], truth: Sequence[Hashable], usable: Sequence[bool] | None = None
) -> Metrics:
    """Compare two labellings of the same records.

    usable: records that can be linked at all (``linkable``); recall then counts only pairs of which both are. A label
    that is None or "" in ``truth`` leaves the record out. Raises ValueError if the lengths differ.
    """
    if len(found) != len(truth) or (usable is not None and len(usable) != len(truth)):
        raise ValueError("found, truth and usable must have one entry per record")
    keep = [i for i, label in enumerate(truth) if label is not None and label != ""]
    a, b = _codes([found[i] for i in keep]), _codes([truth[i] for i in keep])
    size_a, size_b, cells, cell_a, cell_b = _contingency(a, b)
    correct, claimed = int(_pairs(cells)), int(_pairs(size_a))
    wanted, reached = int(_pairs(size_b)), correct
    if usable is not None:
        possible = np.array([bool(usable[i]) for i in keep])
        _, usable_b, usable_cells, _, _ = _contingency(a[possible], b[possible])
        wanted, reached = int(_pairs(usable_b)), int(_pairs(usable_cells))
    exact = int(((size_a[cell_a] == cells) & (size_b[cell_b] == cells)).sum())
    total = max(len(keep), 1)
    return Metrics(
        records=len(keep),
        true_pairs=wanted,
        found_pairs=claimed,
        correct_pairs=correct,
        pairs=_rates(_share(correct, claimed), _share(reached, wanted)),
        clusters=_rates(_share(exact, len(size_a)), _share(exact, len(size_b))),
        b_cubed=_rates(
            float((cells**2 / size_a[cell_a]).sum() / total), float((cells**2 / size_b[cell_b]).sum() / total)
        ),
        largest_found=int(size_a.max(initial=0)),
        largest_true=int(size_b.max(initial=0)),
    )  # fmt: skip


def _codes(labels: Sequence[Hashable]) -> Ints:
    index: dict[Hashable, int] = {}
    return np.array([index.setdefault(label, len(index)) for label in labels], dtype=np.int64)


def _contingency(a: Ints, b: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Cluster sizes of a and b, and the non-empty cells with their row and column."""
    a, b = np.unique(a, return_inverse=True)[1], np.unique(b, return_inverse=True)[1]
    width = int(b.max(initial=0)) + 1
    packed, cells = np.unique(a.astype(np.int64) * width + b, return_counts=True)
    return np.bincount(a), np.bincount(b), cells.astype(np.int64), packed // width, packed % width


def _pairs(sizes: Ints) -> int:
    return int((sizes.astype(np.int64) * (sizes.astype(np.int64) - 1) // 2).sum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _rates(precision: float, recall: float) -> Rates:
    both = precision + recall
    return Rates(
        round(precision, 6), round(recall, 6), round(2 * precision * recall / both, 6) if both else 0.0
    )
