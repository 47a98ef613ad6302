"""What a value in a source becomes, and which values cannot be read.

A whole column at once and one value at a time must agree: the fast ways are only faster.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.pools.checking import as_array
from joinder.pools.convert import Unreadable, convert_column, convert_value
from joinder.vocabulary.kinds import Field, FieldType

BEIJING = ZoneInfo("Asia/Shanghai")


def of(kind: FieldType, *choices: str) -> Field:
    return Field("f", "a field", "字段", type=kind, choices=choices)


T, N, M, S, D, L = (
    FieldType.TEXT,
    FieldType.INTEGER,
    FieldType.MONEY,
    FieldType.TIME,
    FieldType.DATE,
    FieldType.LIST,
)


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        (T, "  某某优品 ", "某某优品"),
        (T, "", None),
        (T, "　", None),
        (T, None, None),
        (T, 1001.0, "1001"),
        (T, Decimal("12.10"), "12.10"),
        (T, True, "true"),
        (T, ["a", "", "b"], "a; b"),
        (T, "half \ud800 pair", "half � pair"),
        (N, "1,200", 1200),
        (N, "-3", -3),
        (N, 7.0, 7),
        (M, "1,234.50", 123450),
        (M, "¥ 88", 8800),
        (M, "CNY 88.8", 8880),
        (M, 19.99, 1999),
        (M, Decimal("0.005"), 1),
        (S, "2026-11-22T09:30:00+08:00", datetime(2026, 11, 22, 1, 30, tzinfo=UTC)),
        (S, "2026-11-22 09:30:00", datetime(2026, 11, 22, 1, 30, tzinfo=UTC)),
        (S, "2026-11-22", datetime(2026, 11, 21, 16, tzinfo=UTC)),
        (S, datetime(2026, 11, 22, 9, 30), datetime(2026, 11, 22, 1, 30, tzinfo=UTC)),  # noqa: DTZ001
        (D, "2026-11-22", date(2026, 11, 22)),
        (D, "2026年11月22日", date(2026, 11, 22)),
        (D, "2026-11-22 23:59:59", date(2026, 11, 22)),
        (D, datetime(2026, 11, 22, 20, tzinfo=UTC), date(2026, 11, 23)),
        (L, "a.png| b.png ||", ["a.png", "b.png"]),
        (L, ["a", None, " ", 3], ["a", "3"]),
        (L, [], None),
    ],
)
def test_readable(kind: FieldType, value: Any, stored: Any) -> None:
    assert convert_value(of(kind), value, "CNY", BEIJING) == stored
    column, emptied = convert_column(of(kind), as_array([value]), currency=pa.array(["CNY"]), zone=BEIJING)
    assert column.to_pylist() == [stored]
    assert column.type == of(kind).arrow_type
    assert emptied == []


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (T, {"a": 1}, "not_text"),
        (N, "about 12", "not_an_integer"),
        (N, "1.5", "not_an_integer"),
        (N, True, "not_an_integer"),
        (N, str(2**63), "not_an_integer"),
        (N, "NaN", "not_an_integer"),
        (N, "Infinity", "not_an_integer"),
        (M, "call us", "not_money"),
        (M, "9" * 30, "not_money"),
        (M, "NaN", "not_money"),
        (M, [1], "not_money"),
        (S, "yesterday", "not_a_time"),
        (S, "2026-02-30T00:00:00Z", "not_a_time"),
        (S, "0001-01-01", "not_a_time"),
        (D, "31/12/2026", "not_a_date"),
        (D, "2026-02-30", "not_a_date"),
    ],
)
def test_unreadable(kind: FieldType, value: Any, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        convert_value(of(kind), value, "CNY", BEIJING)
    assert caught.value.code == code
    column, emptied = convert_column(
        of(kind), as_array([None, value, None]), currency=pa.array(["CNY"] * 3), zone=BEIJING
    )
    assert column.to_pylist() == [None] * 3
    assert [(e.index, e.code) for e in emptied] == [(1, code)]


def test_a_sum_needs_a_currency() -> None:
    column, emptied = convert_column(
        of(M), pa.array(["5", "5", "5"]), currency=pa.array(["CNY", None, "JPY"])
    )
    assert column.to_pylist() == [500, None, 5]
    assert [(e.index, e.code) for e in emptied] == [(1, "no_currency")]


def test_a_choice_is_one_of_its_words() -> None:
    column, emptied = convert_column(of(T, "shop", "domain"), pa.array(["shop", "DOMAIN", "stall"]))
    assert column.to_pylist() == ["shop", "domain", None]
    assert emptied[0].detail == "shop, domain"


@pytest.mark.parametrize(
    ("kind", "values", "stored"),
    [
        (N, pa.array([1, None], pa.int32()), [1, None]),
        (T, pa.array(["a", "b"]).dictionary_encode(), ["a", "b"]),
        (T, pa.array([5, None], pa.int64()), ["5", None]),
        (S, pa.array([0, None], pa.timestamp("s", "UTC")), [datetime(1970, 1, 1, tzinfo=UTC), None]),
        (D, pa.array([date(2026, 1, 2)], pa.date32()), [date(2026, 1, 2)]),
        (L, pa.array([["a"], [], None], pa.list_(pa.string())), [["a"], None, None]),
        (L, pa.array([["a", " "], ["b", None]], pa.large_list(pa.string())), [["a"], ["b"]]),
        (T, pa.nulls(2), [None, None]),
    ],
)
def test_typed_columns(kind: FieldType, values: pa.Array, stored: list[Any]) -> None:
    assert convert_column(of(kind), values)[0].to_pylist() == stored


@settings(max_examples=120, deadline=None)
@given(
    values=st.lists(
        st.one_of(
            st.none(),
            st.text(max_size=12),
            st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{0,3})?", fullmatch=True),
            st.dates().map(str),
            st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
        ),
        min_size=1,
        max_size=8,
    ),
    kind=st.sampled_from(list(FieldType)),
)
def test_a_column_at_once_agrees_with_one_by_one(values: list[str | None], kind: FieldType) -> None:
    expected: list[Any] = []
    codes: list[tuple[int, str]] = []
    for index, value in enumerate(values):
        try:
            expected.append(convert_value(of(kind), value, "CNY"))
        except Unreadable as problem:
            expected.append(None)
            codes.append((index, problem.code))
    column, emptied = convert_column(of(kind), as_array(values), currency=pa.array(["CNY"] * len(values)))
    assert column.to_pylist() == expected
    assert [(e.index, e.code) for e in emptied] == codes
