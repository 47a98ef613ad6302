"""Sample leads from one screening, for the tests and for the walk."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from joinder.detect import compile_rights, screen
from joinder.office.leads.importing import Imported, import_suspicions
from joinder.office.people.actors import Actor
from joinder.vocabulary.schemas import LISTING

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
    schema = pa.schema([pa.field("ref", pa.string()), *LISTING.arrow_schema()])
    by_ref = {row["ref"]: row for row in listings}
    found = screen(compile_rights([RIGHT]), [pa.RecordBatch.from_pylist(listings, schema=schema)])
    told = ((s.as_json(), by_ref[s.listing], RIGHT) for s in found)
    return import_suspicions(actor=Actor.system(), owner_id=owner_id, found=told, source="test")
