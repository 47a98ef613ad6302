"""Counting the records that fit, without handing any of them out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from joinder.pools import PoolMissing, count_where, intake
from joinder.vocabulary.errors import UsageError
from joinder.vocabulary.node import NodeHome


@pytest.fixture
def asked(home: NodeHome, csv_file: Callable[..., Path]) -> NodeHome:
    header = "platform,listing_id,account_id,price,currency,images,first_seen"
    rows = ("t,1,a,5,CNY,x|y,2026-01-01", "t,2,a,5,CNY,,2026-01-02", "u,3,b,5,CNY,y,")
    intake(home, "market", "listing", [csv_file("a.csv", *rows, header=header)])
    # A changed record counts once, as it is now.
    intake(home, "market", "listing", [csv_file("b.csv", "u,3,a,5,CNY,y,", header=header)])
    return home


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({"account_id": "a"}, 3),
        ({"account_id": "b"}, 0),
        ({"account_id": " a ", "platform": "t"}, 2),
        ({"images": "y"}, 2),
        ({"first_seen": "2026-01-01T00:00:00Z"}, 1),
    ],
)
def test_counts(asked: NodeHome, where: dict[str, str], count: int) -> None:
    assert count_where(asked, "market", "listing", where) == count


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ({}, "at least one field"),
        ({"colour": "red"}, "no field 'colour'"),
        ({"price": "5"}, "sum"),
        ({"first_seen": "soon"}, "not_a_time"),
        ({"platform": " "}, "No value"),
    ],
)
def test_what_is_no_question(asked: NodeHome, where: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        count_where(asked, "market", "listing", where)


def test_a_pool_that_is_not_there(asked: NodeHome) -> None:
    with pytest.raises(PoolMissing):
        count_where(asked, "market", "account", {"name": "x"})
    with pytest.raises(PoolMissing):
        count_where(asked, "nowhere", "listing", {"platform": "t"})
