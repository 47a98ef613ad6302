"""Amounts: which rows count, at which price, and how far it is to a threshold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.law import amount_rows, amounts
from joinder.law.amounts import PriceBasis, Reach
from joinder.law.errors import AmountRowsInvalid, NothingToCount, RuleNotFound

ON = date(2026, 11, 22)


def sheet(*rows: dict[str, Any], offence: str = "cn-crim-214") -> amounts.Sheet:
    return amounts.assess(amount_rows.from_mappings(rows), offence, on=ON)


def sold(**values: Any) -> dict[str, Any]:
    return {"goods": "杯", "quantity": 10, "unit_price": "100"} | values


ROWS = [
    (sold(), (100_000, 100_000), PriceBasis.ACTUAL, "a paid order"),
    (sold(unit_price="", amount="950"), (95_000, 95_000), PriceBasis.ACTUAL, "the total paid"),
    (sold(amount="950"), (95_000, 95_000), PriceBasis.ACTUAL, "a discount: the total paid wins"),
    (
        sold(unit_price="", marked_price="120"),
        (120_000, 120_000),
        PriceBasis.MARKED,
        "no actual price: marked",
    ),
    (
        sold(unit_price="", market_price="500"),
        (500_000, 500_000),
        PriceBasis.MARKET,
        "no marked price: market middle",
    ),
    (
        sold(unit_price="", marked_price="120", market_price="500"),
        (120_000, 120_000),
        PriceBasis.MARKED,
        "marked before market",
    ),
    (
        sold(state="unsold", unit_price="", marked_price="120"),
        (120_000, 120_000),
        PriceBasis.MARKED,
        "unsold at the marked price",
    ),
    (
        sold(status="suspected_brushing"),
        (0, 100_000),
        PriceBasis.ACTUAL,
        "suspected brushing: upper bound only",
    ),
    (sold(status="refund_claimed"), (0, 100_000), PriceBasis.ACTUAL, "refund claimed: upper bound only"),
    (sold(status="disputed"), (0, 100_000), PriceBasis.ACTUAL, "disputed: upper bound only"),
    (sold(status="brushing"), (0, 0), None, "brushing: out"),
    (sold(status="refunded"), (0, 0), None, "refunded: out"),
    (sold(status="cancelled"), (0, 0), None, "cancelled: out"),
    (sold(status="genuine"), (0, 0), None, "genuine: out"),
    (sold(status="punished"), (0, 0), None, "already punished: out (art. 29)"),
    (sold(status="whatever"), (0, 0), None, "an unknown status is not guessed"),
    (sold(currency="USD"), (0, 0), None, "another currency is not converted"),
    (sold(quantity="ten"), (0, 0), None, "a quantity that is no number"),
    (sold(quantity=""), (0, 0), None, "no quantity"),
    (sold(quantity="-3"), (0, 0), None, "a negative quantity"),
    (sold(unit_price="cheap"), (0, 0), None, "a price that is no number"),
    (sold(unit_price="-5"), (0, 0), None, "a negative price"),
    (sold(unit_price=""), (0, 0), None, "no price at all"),
    (sold(state="given"), (0, 0), None, "a state that does not exist"),
]
ANCHOR = {"row_id": "anchor", "goods": "别的", "quantity": 1, "unit_price": "1"}


@pytest.mark.parametrize(("row", "value", "basis", "why"), ROWS, ids=[case[3] for case in ROWS])
def test_what_becomes_of_a_row(
    row: dict[str, Any], value: tuple[int, int], basis: PriceBasis | None, why: str
):
    line = sheet(row, ANCHOR).lines[0]
    assert (line.lower, line.upper) == value
    assert line.basis is basis
    assert line.reason_zh
    assert line.reason_en


def test_unsold_goods_count_at_the_average_actual_price_first():
    result = sheet(
        sold(unit_price="100", quantity=10),
        sold(unit_price="130", quantity=20),
        sold(state="unsold", unit_price="", quantity=5, marked_price="999"),
    )
    assert result.lines[2].basis is PriceBasis.AVERAGE
    assert result.lines[2].unit_price == 12_000
    assert result.bounds["unsold_value"] == (60_000, 60_000)
    assert result.bounds["sold_plus_unsold"] == (420_000, 420_000)


def test_every_row_appears_exactly_once():
    result = sheet(*[case[0] for case in ROWS])
    assert len(result.lines) == len(ROWS)


REACHES = [
    ("60000", "paid", Reach.REACHED, "above"),
    ("50000", "paid", Reach.REACHED, "exactly on it"),
    ("49999.99", "paid", Reach.WARNING, "a cent below"),
    ("40000", "paid", Reach.WARNING, "80 %"),
    ("39999.99", "paid", Reach.BELOW, "a cent below 80 %"),
    ("60000", "disputed", Reach.POSSIBLE, "only the upper bound"),
]


@pytest.mark.parametrize(("price", "status", "reach", "why"), REACHES, ids=[case[3] for case in REACHES])
def test_how_far_it_is_to_the_sales_threshold(price: str, status: str, reach: Reach, why: str):
    distances = {d.rule.id: d for d in sheet(sold(quantity=1, unit_price=price, status=status)).distances}
    assert distances["cn-crim-214-sales"].reach is reach


def test_a_threshold_with_a_condition_names_it():
    distances = {d.rule.id: d for d in sheet(sold()).distances}
    assert distances["cn-crim-214-sales-repeat-2y"].needs == ("repeat_2y",)


def test_gains_are_net_of_purchase_price():
    result = sheet(sold(purchase_price="60"), sold(status="disputed", purchase_price="90"))
    assert result.bounds["gains"] == (40_000, 50_000)


def test_gains_are_not_guessed_where_a_purchase_price_is_missing():
    result = sheet(sold(purchase_price="60"), sold())
    assert "gains" not in result.bounds
    assert {d.reach for d in result.distances if d.measure == "gains"} == {Reach.UNKNOWN}


def test_the_fine_threshold_follows_the_law_of_the_day():
    for on, article in ((date(2026, 12, 31), "第60条第2款"), (date(2027, 1, 1), "第74条")):
        result = amounts.assess(amount_rows.from_mappings([sold()]), "cn-tm-selling", on=on)
        assert result.distances[0].rule.article == article


def test_the_early_warning_says_that_it_is_local_practice():
    assert any("地方实践" in zh for zh, _ in sheet(sold()).cautions)


def test_nothing_to_count_is_undecided_not_zero():
    with pytest.raises(NothingToCount) as refusal:
        sheet(sold(status="refunded"), sold(quantity=""))
    assert refusal.value.exit_code == 3


def test_an_unknown_offence_is_refused():
    with pytest.raises(RuleNotFound, match="no thresholds"):
        sheet(sold(), offence="cn-crim-999")


FILES = [
    (b"", "lacks columns"),
    (b"quantity,unit_price\n", "no rows"),
    (b"a,b\n1,2\n", "lacks columns"),
    (b"\xff\xfe\x00", "neither UTF-8, UTF-16 nor GB18030"),
    (b'quantity,unit_price\n1,"2\n', "not a CSV table"),
]


@pytest.mark.parametrize(("content", "says"), FILES)
def test_a_file_that_is_no_amount_sheet_is_refused(tmp_path: Path, content: bytes, says: str):
    file = tmp_path / "rows.csv"
    file.write_bytes(content)
    with pytest.raises(AmountRowsInvalid, match=says):
        amount_rows.read_rows(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_encodings_are_read(tmp_path: Path, encoding: str):
    file = tmp_path / "rows.csv"
    file.write_bytes("goods,quantity,unit_price\n杯子,2,¥30\n".encode(encoding))
    (row,) = amount_rows.read_rows(file)
    assert (row.goods, row.quantity, row.unit_price) == ("杯子", 2, 3000)


STATUSES = st.sampled_from([*amounts.LEFT_OUT, *amounts.OPEN, *amounts.COUNTED])
ANY_ROW = st.fixed_dictionaries(
    {
        "goods": st.sampled_from(["杯", "鞋"]),
        "quantity": st.integers(0, 50),
        "unit_price": st.sampled_from(["", "10", "99.90"]),
        "marked_price": st.sampled_from(["", "120"]),
        "state": st.sampled_from(["sold", "unsold"]),
        "status": STATUSES,
    }
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ANY_ROW, max_size=8))
def test_the_lower_bound_never_exceeds_the_upper(rows: list[dict[str, Any]]):
    result = sheet(*rows, ANCHOR)
    assert all(low <= up for low, up in result.bounds.values())
    assert result.bounds["turnover"][1] == sum(line.upper for line in result.lines)


def test_the_same_order_twice_counts_once_for_sure():
    """Exports of overlapping months hold an order twice; two lines of one order, or rows without number, do not."""
    order = sold(order_id="O-1")
    assert sheet(order, order).bounds["sales"] == (100_000, 200_000)
    assert sheet(order, order).bounds["pieces"] == (10, 20)
    assert "same as an earlier row" in sheet(order, order).lines[1].reason_en
    assert sheet(order, order | {"goods": "盘"}).bounds["sales"] == (200_000, 200_000)
    assert sheet(sold(), sold()).bounds["sales"] == (200_000, 200_000)
    assert sheet(order, order | {"status": "refunded"}).bounds["sales"] == (100_000, 100_000)
