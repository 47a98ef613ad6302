"""Looking up what the pages show: listings, shops and licences, straight from the world's files.

Only what a visitor of a market place could see is read; the truth is never opened.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import duckdb

from joinder.world.making import World

_PAGE = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One listing as a page shows it."""

    platform: str
    listing_id: str
    account_id: str
    title: str
    description: str
    brand: str
    category: str
    price: str
    currency: str
    units_sold: int
    ships_from: str
    images: tuple[str, ...]
    first_seen: str


@dataclass(frozen=True, slots=True)
class Shop:
    """One account as a page shows it, with its licence where one is published."""

    platform: str
    account_id: str
    name: str
    contact_name: str
    phone: str
    messenger: str
    return_address: str
    icp: str
    region: str
    opened_on: str
    closed_on: str
    licence_no: str
    party_name: str
    party_kind: str
    representative: str
    party_address: str
    registered_on: str


_ITEM = (
    "platform, listing_id, account_id, title, description, brand, category, price, currency, units_sold, ships_from, "
    "images, left(first_seen::VARCHAR, 10)"
)
_SHOP = (
    "a.platform, a.account_id, a.name, a.contact_name, a.phone, a.messenger, a.return_address, a.icp, a.region, "
    "a.opened_on, a.closed_on, a.licence_no, p.name, p.kind, p.legal_representative, p.address, p.registered_on"
)


class Catalogue:
    """Read-only queries over one world; safe to call from several threads."""

    def __init__(self, world: World) -> None:
        self._connection = duckdb.connect()
        self._lock = threading.Lock()
        self._connection.execute("SET threads = 2; SET memory_limit = '1GB'; SET TimeZone = 'UTC'")
        for name in ("listings", "accounts", "parties"):
            path = str(world.table(name)).replace("'", "''")
            reader = {
                "parquet": f"read_parquet('{path}')",
                "csv": f"read_csv('{path}', all_varchar = true, header = true)",
                "jsonl": f"read_json('{path}', format = 'newline_delimited', columns = {_COLUMNS[name]})",
            }[world.format]
            images = "* REPLACE (string_split(images, '|') AS images)" if name == "listings" else "*"
            chosen = images if world.format == "csv" else "*"
            # Parquet is read where it lies; text formats are read once, because every look-up would parse them again.
            keep = "VIEW" if world.format == "parquet" else "TABLE"
            self._connection.execute(f"CREATE {keep} {name} AS SELECT {chosen} FROM {reader}")

    def item(self, listing_id: str) -> Item | None:
        """The listing of that id, or None."""
        rows = self._rows(f"SELECT {_ITEM} FROM listings WHERE listing_id = ? LIMIT 1", listing_id)
        return _item(rows[0]) if rows else None

    def shop(self, account_id: str) -> Shop | None:
        """The account of that id with the party whose licence it shows, or None."""
        rows = self._rows(
            f"SELECT {_SHOP} FROM accounts a LEFT JOIN parties p ON p.uscc = a.licence_no "
            "WHERE a.account_id = ? LIMIT 1",
            account_id,
        )
        return Shop(*map(_text, rows[0])) if rows else None

    def items_of(self, account_id: str) -> list[Item]:
        """What a shop offers, at most sixty listings, the best-selling first."""
        return self._items("account_id = ? ORDER BY units_sold::BIGINT DESC, listing_id", account_id)

    def search(self, words: str) -> list[Item]:
        """Listings whose title or brand contains the words, whatever their case: as plain as such searches are."""
        return self._items(
            "contains(lower(title), lower(?)) OR contains(lower(coalesce(brand, '')), lower(?)) ORDER BY listing_id",
            words,
            words,
        )

    def front(self) -> list[Item]:
        """A handful of listings for the front page."""
        return self._items("true ORDER BY listing_id LIMIT 24")

    def _items(self, condition: str, *values: str) -> list[Item]:
        limit = "" if "LIMIT" in condition else f" LIMIT {_PAGE}"
        rows = self._rows(f"SELECT {_ITEM} FROM listings WHERE {condition}{limit}", *values)
        return [_item(row) for row in rows]

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(query, list(values)).fetchall()

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def _item(row: tuple[Any, ...]) -> Item:
    platform, identity, account, title, description, brand, category, price, currency = map(_text, row[:9])
    return Item(
        platform, identity, account, title, description, brand, category, price, currency,
        int(row[9] or 0), _text(row[10]), tuple(row[11] or ()), _text(row[12]),
    )  # fmt: skip


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _columns(*names: str, **typed: str) -> str:
    kinds = dict.fromkeys(names, "VARCHAR") | typed
    return "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in kinds.items()) + "}"


_COLUMNS = {
    "listings": _columns(
        "platform", "listing_id", "account_id", "title", "description", "brand", "category", "price", "currency",
        "ships_from", "first_seen", units_sold="BIGINT", images="VARCHAR[]",
    ),
    "accounts": _columns(
        "platform", "account_id", "name", "contact_name", "phone", "messenger", "return_address", "icp", "region",
        "opened_on", "closed_on", "licence_no",
    ),
    "parties": _columns("uscc", "name", "kind", "legal_representative", "address", "registered_on"),
}  # fmt: skip
"""What is read of JSON Lines files, where an empty field is absent and types would otherwise be guessed."""
