"""Price as evidence: against the usual price of the genuine goods, else against comparable listings.

The comparison between listings is a robust z of the logarithm of the price: (ln p − median) / (1.4826 · MAD),
used from eight listings on. To stay within bounded memory the prices of a group are kept as a histogram of
ln p in steps of one hundredth, so a median is exact to half a per cent and does not depend on the order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from joinder.vocabulary.money import from_minor

STEP = 100
"""Steps per unit of ln p."""


# Yuan for one unit, rounded. Good enough to tell a fifth of a price from the whole of it, and for nothing else;
# the explanation says that the rate is indicative.
INDICATIVE_YUAN = {
    "CNY": 1.0, "USD": 7.1, "EUR": 8.2, "GBP": 9.5, "HKD": 0.91, "JPY": 0.047, "KRW": 0.005, "TWD": 0.23,
    "SGD": 5.5, "AUD": 4.7, "CAD": 5.1, "CHF": 8.9, "THB": 0.22, "MYR": 1.7, "VND": 0.00027, "RUB": 0.09, "INR": 0.08,
}  # fmt: skip


def price_ratio(
    price_minor: int | None, currency: str | None, genuine_minor: int | None, genuine_currency: str | None
) -> float | None:
    """Price asked ÷ price of the genuine goods, at indicative rates; None where it cannot be said."""
    if not price_minor or not genuine_minor or price_minor <= 0 or genuine_minor <= 0:
        return None
    if currency == genuine_currency:
        return price_minor / genuine_minor
    asked, usual = INDICATIVE_YUAN.get(currency or ""), INDICATIVE_YUAN.get(genuine_currency or "")
    if not asked or not usual:
        return None
    price = float(from_minor(price_minor, currency or "")) * asked
    return price / (float(from_minor(genuine_minor, genuine_currency or "")) * usual)


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


def _median(counts: Mapping[int, int] | Mapping[float, int], n: int) -> float:
    low, high, seen = (n - 1) // 2, n // 2, 0
    first: float | None = None
    for value, count in sorted(counts.items()):
        seen += count
        if first is None and seen > low:
            first = value
        if seen > high:
            return ((first if first is not None else value) + value) / 2
    return 0.0
