"""The amount of a case as bounds, with every row used and left out, and how far it is to each threshold.

Method (法释〔2025〕5号 art. 28): goods sold count at the actual price; unsold goods, and sold goods whose price
cannot be found, at the average actual price of the same goods, else at the marked price, else at the market middle
price of the genuine product. The *lower* bound counts undisputed rows only, the *upper* bound also rows that a person
has yet to decide (a suspected brushing order, a claimed refund). Rows already punished are not counted again (art. 29).
Gains are net of purchase price and are stated only where every counted sold row carries one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from joinder.law import packs
from joinder.law.amount_rows import REPEATED, AmountRow
from joinder.law.errors import NothingToCount, RuleNotFound
from joinder.law.rules import Rule, RuleKind
from joinder.vocabulary.money import from_minor

CURRENCY = "CNY"
FORMULA = "cn-crim-price-order/2025"
WARNING_RULE = "cn-crim-early-warning"

LEFT_OUT = {
    "refunded": ("已退款", "refunded"),
    "cancelled": ("订单已取消", "cancelled"),
    "brushing": ("刷单，无真实交易", "brushing order, no real sale"),
    "genuine": ("经辨认为正品", "identified as genuine"),
    "punished": ("已受过处理，不再累计（第29条）", "already dealt with, not added again (art. 29)"),
}
OPEN = {
    "refund_claimed": ("主张已退款，待查", "refund claimed, to be checked"),
    "suspected_brushing": ("涉嫌刷单，待查", "suspected brushing, to be checked"),
    "disputed": ("当事人有异议，待查", "disputed by the party, to be checked"),
    REPEATED: ("与前面一行完全相同，疑似重复，待查", "the same as an earlier row, to be checked"),
}
COUNTED = ("paid", "stock")


class PriceBasis(StrEnum):
    """Which price a row counts at, in the order of art. 28."""

    ACTUAL = "actual"
    AVERAGE = "average_actual"
    MARKED = "marked"
    MARKET = "market_middle"


BASIS_TEXTS = {
    PriceBasis.ACTUAL: ("实际销售价格", "actual price"),
    PriceBasis.AVERAGE: ("同种商品实际销售平均价格", "average actual price of the same goods"),
    PriceBasis.MARKED: ("标价", "marked price"),
    PriceBasis.MARKET: ("被侵权产品市场中间价格", "market middle price of the genuine product"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row. lower and upper in minor units; both 0 for a row left out."""

    row: AmountRow
    basis: PriceBasis | None
    unit_price: int | None
    lower: int
    upper: int
    reason_zh: str
    reason_en: str

    @property
    def counted(self) -> bool:
        """Whether the row enters a bound."""
        return self.basis is not None


class Reach(StrEnum):
    """How the amount stands to a threshold."""

    REACHED = "reached"
    """The lower bound reaches it."""
    POSSIBLE = "possible"
    """Only the upper bound reaches it."""
    WARNING = "warning"
    """The upper bound comes near it (early warning)."""
    BELOW = "below"
    UNKNOWN = "unknown"
    """The measure cannot be computed from these rows."""


@dataclass(frozen=True, slots=True)
class Distance:
    """One threshold and how far it is; per cent of the figure, rounded down. needs: facts that the row presumes."""

    rule: Rule
    measure: str
    reach: Reach
    lower_percent: int | None
    upper_percent: int | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The amount sheet: lines, bounds per measure (minor units of CNY; pieces for labels), distances, cautions."""

    offence: str
    lines: tuple[Line, ...]
    bounds: dict[str, tuple[int, int]]
    distances: tuple[Distance, ...]
    cautions: tuple[tuple[str, str], ...]
    formula: str = FORMULA

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; sums as decimal strings in yuan."""
        return {
            "offence": self.offence,
            "formula": self.formula,
            "currency": CURRENCY,
            "bounds": {
                m: {"lower": _shown(m, low), "upper": _shown(m, up)} for m, (low, up) in self.bounds.items()
            },
            "rows": [_line_dict(line) for line in self.lines],
            "thresholds": [_distance_dict(distance) for distance in self.distances],
            "cautions": [{"text_zh": zh, "text_en": en} for zh, en in self.cautions],
        }


def offences(on: date | None = None) -> list[str]:
    """Offences for which thresholds are loaded, sorted."""
    return sorted({str(r.terms["offence"]) for r in _thresholds(on)})


def assess(rows: Sequence[AmountRow], offence: str, *, on: date | None = None) -> Sheet:
    """The amount sheet of rows for an offence.

    on: date whose law applies, default all rules (refused where a threshold has several versions). Raises
    RuleNotFound for an offence without thresholds, NothingToCount if no row can be counted.
    """
    book = packs.load(on)
    thresholds = [rule for rule in _thresholds(on) if rule.terms["offence"] == offence]
    if not thresholds:
        raise RuleNotFound(
            f"There are no thresholds for the offence {offence!r}.",
            mend=f"Offences: {', '.join(offences(on))}.",
        )
    for rule in thresholds:
        book.rule(rule.id, on)
    average = _average_prices(rows)
    lines = tuple(_line(row, average) for row in rows)
    if not any(line.counted for line in lines):
        reasons = "; ".join(dict.fromkeys(line.reason_en for line in lines))
        raise NothingToCount(
            f"None of {len(lines)} rows can be counted: {reasons}.", mend="Complete the rows named above."
        )
    bounds = _bounds(lines)
    warning = book.versions.get(WARNING_RULE, ())
    percent = next((rule.value for rule in warning if rule.value), 100)
    distances = tuple(_distance(rule, bounds, percent) for rule in thresholds)
    cautions = dict.fromkeys(
        (f"{rule.citation}：{rule.caution[0]}", f"{rule.citation_en}: {rule.caution[1]}")
        for rule in (*thresholds, *warning)
        if rule.caution
    )
    return Sheet(offence, lines, bounds, distances, tuple(cautions))


def _thresholds(on: date | None) -> list[Rule]:
    return [r for r in packs.load(on).of_kind(RuleKind.THRESHOLD) if r.terms["tier"] != "warning"]


def _average_prices(rows: Iterable[AmountRow]) -> dict[str, int]:
    """Average actual price per goods, weighted by quantity, over undisputed sold rows; halves round down."""
    totals: dict[str, list[int]] = {}
    for row in rows:
        if row.sold and row.status in COUNTED and not row.fault and row.currency == CURRENCY and row.goods:
            paid = _paid(row)
            if paid is not None and row.quantity:
                total = totals.setdefault(row.goods, [0, 0])
                total[0] += paid
                total[1] += row.quantity
    return {goods: value // pieces for goods, (value, pieces) in totals.items()}


def _line(row: AmountRow, average: dict[str, int]) -> Line:
    def out(zh: str, en: str) -> Line:
        return Line(row, None, None, 0, 0, zh, en)

    if row.fault:
        return out(f"无法读取：{row.fault}", f"cannot be read: {row.fault}")
    if row.status in LEFT_OUT:
        return out(*LEFT_OUT[row.status])
    if row.status not in COUNTED and row.status not in OPEN:
        return out(f"状态“{row.status}”未定义", f"unknown status {row.status!r}")
    if row.currency != CURRENCY:
        return out(f"币种为{row.currency}，未折算", f"currency {row.currency} is not converted")
    basis, price, value = _valued(row, average)
    if basis is None:
        return out("没有任何价格依据", "no price of any kind")
    zh, en = BASIS_TEXTS[basis]
    if row.status in OPEN:
        open_zh, open_en = OPEN[row.status]
        return Line(
            row, basis, price, 0, value, f"仅计入上限：{open_zh}；{zh}", f"upper bound only: {open_en}; {en}"
        )
    return Line(row, basis, price, value, value, f"计入：{zh}", f"counted: {en}")


def _paid(row: AmountRow) -> int | None:
    """What was really paid for a sold row; a stated total wins over the price of one (discounts)."""
    if not row.sold or row.quantity is None:
        return None
    if row.amount is not None:
        return row.amount
    return None if row.unit_price is None else row.unit_price * row.quantity


def _valued(row: AmountRow, average: dict[str, int]) -> tuple[PriceBasis | None, int | None, int]:
    """Basis, price of one and value of a row, in the order of art. 28; (None, None, 0) without any price."""
    paid = _paid(row)
    if paid is not None:
        return PriceBasis.ACTUAL, row.unit_price, paid
    ways = (
        (PriceBasis.AVERAGE, average.get(row.goods)),
        (PriceBasis.MARKED, row.marked_price),
        (PriceBasis.MARKET, row.market_price),
    )
    for basis, price in ways:
        if price is not None:
            return basis, price, price * (row.quantity or 0)
    return None, None, 0


def _bounds(lines: Sequence[Line]) -> dict[str, tuple[int, int]]:
    def total(chosen: Iterable[Line]) -> tuple[int, int]:
        kept = list(chosen)
        return sum(line.lower for line in kept), sum(line.upper for line in kept)

    sold = total(line for line in lines if line.row.sold)
    unsold = total(line for line in lines if not line.row.sold)
    together = (sold[0] + unsold[0], sold[1] + unsold[1])
    pieces = [(line.row.quantity or 0, line.row.status in COUNTED) for line in lines if line.counted]
    bounds = {
        "sales": sold,
        "unsold_value": unsold,
        "sold_plus_unsold": together,
        "turnover": together,
        "pieces": (sum(n for n, sure in pieces if sure), sum(n for n, _ in pieces)),
    }
    gains = _gains([line for line in lines if line.counted and line.row.sold])
    return bounds if gains is None else bounds | {"gains": gains}


def _gains(lines: Sequence[Line]) -> tuple[int, int] | None:
    """Income minus purchase price; None unless every counted sold row has one. A loss on a row is kept as a loss."""
    if not lines or any(line.row.purchase_price is None for line in lines):
        return None
    lower = upper = 0
    for line in lines:
        gain = line.upper - (line.row.purchase_price or 0) * (line.row.quantity or 0)
        decided = line.row.status in COUNTED
        lower += gain if decided else min(gain, 0)
        upper += gain if decided else max(gain, 0)
    return lower, upper


def _distance(rule: Rule, bounds: dict[str, tuple[int, int]], warning_percent: int) -> Distance:
    measure, needs = str(rule.terms["measure"]), tuple(rule.terms.get("needs", ()))
    if measure not in bounds or rule.value is None:
        return Distance(rule, measure, Reach.UNKNOWN, None, None, needs)
    figure = rule.value * (100 if rule.unit == CURRENCY else 1)
    low, up = bounds[measure]
    if low >= figure:
        reach = Reach.REACHED
    elif up >= figure:
        reach = Reach.POSSIBLE
    else:
        reach = Reach.WARNING if up * 100 >= figure * warning_percent else Reach.BELOW
    return Distance(rule, measure, reach, low * 100 // figure, up * 100 // figure, needs)


def _shown(measure: str, value: int) -> str:
    return str(value) if measure == "pieces" else str(from_minor(value, CURRENCY))


def _line_dict(line: Line) -> dict[str, Any]:
    return {
        "row_id": line.row.row_id,
        "counted": line.counted,
        "price_basis": line.basis,
        "unit_price": None if line.unit_price is None else str(from_minor(line.unit_price, CURRENCY)),
        "quantity": line.row.quantity,
        "lower": str(from_minor(line.lower, CURRENCY)),
        "upper": str(from_minor(line.upper, CURRENCY)),
        "reason_zh": line.reason_zh,
        "reason_en": line.reason_en,
        "evidence": line.row.evidence,
    }


def _distance_dict(distance: Distance) -> dict[str, Any]:
    rule = distance.rule
    return {
        "rule_id": rule.id,
        "measure": distance.measure,
        "figure": rule.value,
        "unit": rule.unit,
        "tier": rule.terms["tier"],
        "needs": list(distance.needs),
        "reach": distance.reach,
        "lower_percent": distance.lower_percent,
        "upper_percent": distance.upper_percent,
        "basis": rule.citation,
        "checked": rule.checked,
    }
