"""A small shelf of rights, and one-line listings to hold against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pytest

from joinder.detect import Bundle, Suspicion, compile_rights, screen
from joinder.vocabulary.schemas import LISTING

RIGHTS: list[dict[str, Any]] = [
    {
        "right_id": "R-VELLUX",
        "kind": "combined",
        "mark": "Vellorix",
        "aliases": ["维洛森"],
        "classes": ["25"],
        "goods": "运动鞋；跑步鞋",
        "genuine_price_minor": 80_000,
        "currency": "CNY",
        "authorised_accounts": ["taobei/S-GOOD"],
        "status": "registered",
    },
    {
        "right_id": "R-SHORT",
        "kind": "word",
        "mark": "安拓",
        "classes": ["25"],
        "goods": "运动鞋",
        "genuine_price_minor": 50_000,
        "currency": "CNY",
    },
    {
        "right_id": "R-WORD",
        "kind": "word",
        "mark": "光明",
        "classes": ["29"],
        "goods": "牛奶",
        "genuine_price_minor": 6_000,
        "currency": "CNY",
    },
]


@pytest.fixture(scope="session")
def rights() -> list[dict[str, Any]]:
    """The rights as stored records."""
    return RIGHTS


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """The rights compiled."""
    return compile_rights(RIGHTS)


def _listing(title: str, **fields: Any) -> dict[str, Any]:
    """A listing of running shoes at half the genuine price, from a shop nobody knows."""
    row = {
        "platform": "taobei",
        "listing_id": "L1",
        "account_id": "S-UNKNOWN",
        "title": title,
        "category": "鞋靴",
        "price_minor": 30_000,
        "currency": "CNY",
    }
    row.update(fields)
    row["ref"] = f"market/listing/{row['platform']}/{row['listing_id']}@000000000000"
    return row


def _batch(rows: Sequence[dict[str, Any]]) -> pa.RecordBatch:
    schema = pa.schema([pa.field("ref", pa.string()), *LISTING.arrow_schema()])
    return pa.RecordBatch.from_pylist(list(rows), schema=schema)


@pytest.fixture(scope="session")
def listing() -> Callable[..., dict[str, Any]]:
    """A function from a title (and other fields) to a stored listing."""
    return _listing


@pytest.fixture(scope="session")
def batch() -> Callable[[Sequence[dict[str, Any]]], pa.RecordBatch]:
    """A function from listings to a batch of the canonical schema."""
    return _batch


@pytest.fixture(scope="session")
def judge(bundle: Bundle) -> Callable[..., list[Suspicion]]:
    """Screen one title; what is abstained from is shown, too."""

    def judge_title(title: str, **fields: Any) -> list[Suspicion]:
        return list(screen(bundle, [_batch([_listing(title, **fields)])], keep_abstained=True))

    return judge_title


@pytest.fixture
def han_font() -> None:
    """Skip where the machine has no font that draws Han characters."""
    from joinder.vocabulary.script.shapes import han_font

    if han_font() is None:
        pytest.skip("no Han font on this machine: install fonts-noto-cjk to compare shapes")
