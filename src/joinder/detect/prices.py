"""Price as evidence: against the usual price of the genuine goods, else against comparable listings.

The comparison between listings is a robust z of the logarithm of the price: (ln p − median) / (1.4826 · MAD),
used from eight listings on. To stay within bounded memory the prices of a group are kept as a histogram of
ln p in steps of one hundredth, so a median is exact to half a per cent and does not depend on the order.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

STEP = 100
"""Steps per unit of ln p."""


def price_ratio(price_minor: int | None, genuine_minor: int | None) -> float | None:
    """Price asked ÷ price of the genuine goods; None where either is missing or not positive."""
    if not price_minor or not genuine_minor or price_minor <= 0 or genuine_minor <= 0:
        return None
    return price_minor / genuine_minor


@dataclass
class PriceHistograms:
    """Prices per group (right, category and currency)."""

    groups: dict[str, Counter[int]] = field(default_factory=dict)

    def add(self, group: str, price_minor: int) -> None:
        """Count one price; it must be positive."""
        self.groups.setdefault(group, Counter())[round(math.log(price_minor) * STEP)] += 1

    def robust_z(self, group: str, price_minor: int, least: int) -> tuple[float, int] | None:
        """The robust z of a price in its group and the group's size; None below `least` or without spread."""
        counts = self.groups.get(group)
        n = sum(counts.values()) if counts else 0
        if counts is None or n < least:
            return None
        middle = _median(counts, n)
        spread = _median(_distances(counts, middle), n)
        if spread == 0:
            return None
        return (round(math.log(price_minor) * STEP) - middle) / (1.4826 * spread), n


def _distances(counts: Counter[int], middle: float) -> Counter[float]:
    distances: Counter[float] = Counter()
    for value, count in counts.items():
        distances[abs(value - middle)] += count
    return distances


def _median(counts: Counter[int] | Counter[float], n: int) -> float:
    low, high, seen = (n - 1) // 2, n // 2, 0
    first: float | None = None
    for value in sorted(counts):
        seen += counts[value]
        if first is None and seen > low:
            first = value
        if seen > high:
            return ((first if first is not None else value) + value) / 2
    return 0.0
