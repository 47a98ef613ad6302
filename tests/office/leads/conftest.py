"""A regulator with three leads from one screening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from joinder.detect import compile_rights
from joinder.office.leads.importing import Imported, import_suspicions
from joinder.office.leads.models import Lead
from joinder.office.people.actors import Actor

RIGHT: dict[str, Any] = {
    "ref": "rights/right/R1@000000000000",
    "right_id": "R1",
    "kind": "word",
    "mark": "Vellorix",
    "aliases": ["维洛森"],
    "classes": ["25"],
    "goods": "运动鞋",
    "holder": "样例权利人",
    "genuine_price_minor": 80_000,
    "currency": "CNY",
}
TITLES = ["V*llorix 跑步鞋 <b onclick=x>高仿</b>", "维·洛·森 跑步鞋", "Ve\u200bllorix 跑步鞋"]


def rows(titles: list[str] = TITLES) -> list[dict[str, Any]]:
    """Stored listings with these titles."""
    return [
        {
            "ref": f"market/listing/taobei/L{i}@00000000000{i}",
            "platform": "taobei",
            "listing_id": f"L{i}",
            "account_id": "S1",
            "url": f"https://taobei.example/item/L{i}",
            "title": title,
            "description": "",
            "brand": None,
            "category": "鞋靴",
            "price_minor": 15_000,
            "currency": "CNY",
            "images": [],
        }
        for i, title in enumerate(titles)
    ]


def import_all(owner_id: int, listings: list[dict[str, Any]]) -> Imported:
    """Screen the listings and store what is suspected."""
    import pyarrow as pa

    from joinder.detect import screen
    from joinder.vocabulary.schemas import LISTING

    schema = pa.schema([pa.field("ref", pa.string()), *LISTING.arrow_schema()])
    by_ref = {row["ref"]: row for row in listings}
    found = screen(compile_rights([RIGHT]), [pa.RecordBatch.from_pylist(listings, schema=schema)])
    told = ((s.as_json(), by_ref[s.listing], RIGHT) for s in found)
    return import_suspicions(actor=Actor.system(), owner_id=owner_id, found=told, source="test")


@pytest.fixture
def screened() -> Callable[..., Imported]:
    """A function that screens listings with these titles for an organisation."""

    def run(actor: Actor, titles: list[str] = TITLES) -> Imported:
        assert actor.organisation_id is not None
        return import_all(actor.organisation_id, rows(titles))

    return run


@pytest.fixture
def inspector(actor_of: Callable[..., Actor]) -> Actor:
    """An inspector of a market regulator."""
    return actor_of("market_regulator")


@pytest.fixture
def colleague(actor_of: Callable[..., Actor], inspector: Actor) -> Actor:
    """Another inspector of the same regulator."""
    return actor_of("market_regulator")


@pytest.fixture
def leads(inspector: Actor, screened: Callable[..., Imported]) -> list[Lead]:
    """The regulator's leads, strongest first."""
    screened(inspector)
    return list(Lead.objects.visible_to(inspector).order_by("-score_milli", "pk"))
