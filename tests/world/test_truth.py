"""The truth is true: what it says of listings, accounts and rights can be read off the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pyarrow.parquet as pq
import pytest
from PIL import Image

from joinder.vocabulary.identifiers import check_uscc, normalise_phone, org_code_check_character
from joinder.vocabulary.kinds import FieldType
from joinder.vocabulary.refs import RecordRef, content_version
from joinder.vocabulary.schemas import KINDS
from joinder.world import World
from joinder.world.files import SCHEMAS

Rows = Callable[[World, str], list[dict[str, Any]]]


def test_the_columns_are_those_of_the_record_kinds(tiny: World, rows: Rows) -> None:
    for name, kind in (("listings", "listing"), ("parties", "party"), ("detentions", "detention")):
        assert pq.read_schema(tiny.table(name)).names == list(KINDS[kind].by_name)
    for name, schema in SCHEMAS.items():
        assert pq.read_schema(tiny.table(name)).equals(schema), name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("listings", "listing"),
        ("accounts", "account"),
        ("parties", "party"),
        ("rights", "right"),
        ("shipments", "shipment"),
        ("payments", "payment"),
        ("complaints", "complaint"),
        ("detentions", "detention"),
    ],
)
def test_keys_are_unique_and_make_record_refs(small: World, rows: Rows, name: str, kind: str) -> None:
    record_kind = KINDS[kind]
    table = rows(small, name)
    keys = [record_kind.key_of(row) for row in table]
    assert None not in keys
    assert len(set(keys)) == len(keys)
    row, key = table[0], keys[0]
    assert key is not None
    stored = {
        field.column: row[field.name] for field in record_kind.fields if field.type is not FieldType.MONEY
    }
    ref = RecordRef("market", kind, key, content_version(stored))
    assert RecordRef.parse(str(ref)) == ref


def test_account_ids_are_unique_across_platforms(small: World, rows: Rows) -> None:
    ids = [row["account_id"] for row in rows(small, "accounts")]
    assert len(set(ids)) == len(ids) == 3_000


def test_chosen_fields_hold_allowed_values(small: World, rows: Rows) -> None:
    for name, kind in (("accounts", "account"), ("parties", "party"), ("rights", "right")):
        allowed = set(KINDS[kind].field("kind").choices)
        assert {row["kind"] for row in rows(small, name)} <= allowed


def test_every_credit_code_passes_both_checks(small: World, rows: Rows) -> None:
    codes = {row["uscc"] for row in rows(small, "parties")}
    codes |= {row["licence_no"] for row in rows(small, "accounts") if row["licence_no"]}
    for code in codes:
        assert check_uscc(code).valid
        assert org_code_check_character(code[8:16]) == code[16]


def test_every_licence_shown_belongs_to_a_registered_party(small: World, rows: Rows) -> None:
    registered = {row["uscc"] for row in rows(small, "parties")}
    assert {row["licence_no"] for row in rows(small, "accounts") if row["licence_no"]} <= registered


def test_truth_and_records_cover_each_other(small: World, rows: Rows) -> None:
    for name, key in (("listings", "listing_id"), ("accounts", "account_id"), ("rights", "right_id")):
        assert {row[key] for row in rows(small, name)} == {row[key] for row in rows(small, f"truth/{name}")}


def test_trade_belongs_to_listings(small: World, rows: Rows) -> None:
    listings = {row["listing_id"]: row for row in rows(small, "listings")}
    orders = set()
    for payment in rows(small, "payments"):
        listing = listings[payment["listing_id"]]
        assert (payment["account_id"], payment["currency"]) == (listing["account_id"], listing["currency"])
        assert float(payment["amount"]) == pytest.approx(float(payment["unit_price"]) * payment["quantity"])
        assert payment["paid_at"] >= listing["first_seen"]
        orders.add(payment["order_id"])
    assert {row["order_id"] for row in rows(small, "shipments")} <= orders
    for name in ("complaints", "detentions"):
        assert {row["about_listing_id"] for row in rows(small, name)} <= set(listings)


def test_only_infringing_listings_have_a_right_and_an_evasion(small: World, rows: Rows) -> None:
    for row in rows(small, "truth/listings"):
        infringing = row["nature"] == "infringing"
        assert (row["right_id"] is not None) == infringing
        assert (row["evasion"] != "none") == infringing


def test_authorised_sellers_never_infringe_their_right(small: World, rows: Rows) -> None:
    roles = {row["account_id"]: row["role"] for row in rows(small, "truth/accounts")}
    allowed = {
        right["right_id"]: {seller.split("/")[1] for seller in right["authorised_accounts"]}
        for right in rows(small, "rights")
    }
    accounts = {f"{row['platform']}/{row['account_id']}" for row in rows(small, "accounts")}
    for right in rows(small, "rights"):
        assert set(right["authorised_accounts"]) <= accounts
        assert all(roles[account] == "authorised" for account in allowed[right["right_id"]])
    for listing in rows(small, "truth/listings"):
        if listing["right_id"]:
            assert roles[listing["account_id"]] == "infringer"
            assert listing["account_id"] not in allowed[listing["right_id"]]


def test_every_picture_named_is_there(tiny: World, rows: Rows) -> None:
    paths = {path for name in ("listings", "rights") for row in rows(tiny, name) for path in row["images"]}
    for path in paths:
        with Image.open(tiny.folder / path) as image:
            assert image.size == (240, 240)
    assert tiny.counts["images"] == len(list(tiny.folder.glob("images/**/*.png")))


def test_image_only_listings_show_a_picture_of_the_right(small: World, rows: Rows) -> None:
    pictured = {row["right_id"] for row in rows(small, "truth/rights") if row["visible"]}
    for row in rows(small, "truth/listings"):
        if row["evasion"] == "image_only":
            assert row["right_id"] in pictured


# What a person reads in an obscured number, written out again here so that the test does not trust the generator.
READ = {char: str(value) for value, chars in enumerate(
    ("零〇０ο⓪", "一壹①１幺", "二贰②２两", "三叁③３", "四肆④４", "五伍⑤５", "六陆⑥６", "七柒⑦７", "八捌⑧８", "九玖⑨９")
) for char in chars}  # fmt: skip


def usable(account: dict[str, Any], shared: set[str]) -> set[str]:
    """The identity values that a careful reader finds in an account, without those of hubs and licence mills."""
    found = {account[name] for name in ("email", "licence_no", "payee", "sender_account") if account[name]}
    if account["phone"]:
        number = normalise_phone(
            "".join(READ.get(char, char) for char in account["phone"] if char not in "丶~")
        )
        found.add(number or account["phone"])
    if account["messenger"]:
        handle = account["messenger"]
        for word in ("V❤", "薇❤", "微芯", "+V", "威信", "卫星", "VX", "加薇", "绿色软件"):
            handle = handle.removeprefix(word)
        found.add(handle.lstrip(":： "))
    for name in ("address", "return_address"):
        if account[name]:
            found.add(account[name].split("省", 1)[-1])
    if account["icp"]:
        found.add(account["icp"].rsplit("-", 1)[0])
    return found - shared


def test_linkable_accounts_share_a_usable_value_and_others_do_not(small: World, rows: Rows) -> None:
    shared: set[str] = set()
    for hub in rows(small, "truth/hubs"):
        shared |= {hub["sender_account"], hub["licence_no"], (hub["address"] or "").split("省", 1)[-1]}
        shared.add(normalise_phone(hub["phone"] or "") or "")
    accounts = {row["account_id"]: usable(row, shared) for row in rows(small, "accounts")}
    by_operator = defaultdict(list)
    for row in rows(small, "truth/accounts"):
        by_operator[row["operator_id"]].append(row)
    for siblings in by_operator.values():
        direct = set()
        for one, other in combinations(siblings, 2):
            if accounts[one["account_id"]] & accounts[other["account_id"]]:
                direct |= {one["account_id"], other["account_id"]}
                assert one["link_group"] == other["link_group"]
        for row in siblings:
            assert row["linkable"] == (row["account_id"] in direct)


def test_hubs_carry_about_a_tenth_of_the_accounts(small: World, rows: Rows) -> None:
    phones = {hub["sender_account"] for hub in rows(small, "truth/hubs") if hub["kind"] == "logistics"}
    share = sum(row["sender_account"] in phones for row in rows(small, "accounts")) / 3_000
    assert 0.07 < share < 0.13
