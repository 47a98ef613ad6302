"""The market is hard enough: what anybody would try first finds less than half."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from typing import Any

from joinder.world import World

Rows = Callable[[World, str], list[dict[str, Any]]]


def test_equal_names_find_under_half_of_the_linkable_pairs(small: World, rows: Rows) -> None:
    accounts = {row["account_id"]: row for row in rows(small, "accounts")}
    groups = defaultdict(list)
    for row in rows(small, "truth/accounts"):
        groups[row["link_group"]].append(accounts[row["account_id"]])
    pairs = found = 0
    for group in groups.values():
        for one, other in combinations(group, 2):
            pairs += 1
            found += any(one[name] and one[name] == other[name] for name in ("name", "contact_name"))
    assert pairs > 1_000
    assert found < pairs / 2


def test_a_keyword_search_finds_under_half_of_the_evasive_listings(small: World, rows: Rows) -> None:
    marks = {row["right_id"]: [row["mark"], *row["aliases"]] for row in rows(small, "rights")}
    listings = {row["listing_id"]: row for row in rows(small, "listings")}
    evasive = found = 0
    for row in rows(small, "truth/listings"):
        if row["evasion"] not in ("none", "exact"):
            evasive += 1
            listing = listings[row["listing_id"]]
            text = " ".join(listing[name] or "" for name in ("title", "description", "brand")).lower()
            found += any(mark and mark.lower() in text for mark in marks[row["right_id"]])
    assert evasive > 1_000
    assert found < evasive / 2


def test_a_keyword_search_also_finds_what_is_allowed(small: World, rows: Rows) -> None:
    """Naming a mark is not infringing it: authorised, second-hand and descriptive offers all name one."""
    marks = [mark.lower() for row in rows(small, "rights") for mark in (row["mark"], *row["aliases"]) if mark]
    natures = {row["listing_id"]: row["nature"] for row in rows(small, "truth/listings")}
    named: Counter[str] = Counter()
    for listing in rows(small, "listings"):
        if any(mark in listing["title"].lower() for mark in marks):
            named[natures[listing["listing_id"]]] += 1
    assert named["descriptive"] > 100
    assert named["resale"] > 100
    assert named["authorised"] > 100


def test_every_way_of_evading_occurs(small: World, rows: Rows) -> None:
    count = Counter(row["evasion"] for row in rows(small, "truth/listings"))
    assert set(count) == {
        "exact", "homoglyph", "split", "mask", "pinyin", "homophone", "shape", "decomposed", "edit", "image_only",
        "none",
    }  # fmt: skip
    assert min(count.values()) > 50
