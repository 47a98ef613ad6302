"""Money, moments, digests and kinds: tables of cases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinder.vocabulary.digests import DigestError, canonical_json, digest_bytes, digest_file, split_digest
from joinder.vocabulary.errors import JoinderError, NotBuiltYet, Undecided, UsageError
from joinder.vocabulary.kinds import FieldType, kind_named
from joinder.vocabulary.moments import BEIJING, MomentError, iso, parse_date, parse_time
from joinder.vocabulary.money import MoneyError, from_minor, to_minor
from joinder.vocabulary.node import NodeError, find_home, require_home
from joinder.vocabulary.schemas import KINDS

SUMS = [
    ("12.50", "CNY", 1250),
    ("1,234,567.80", "CNY", 123456780),
    ("０".replace("０", "0"), "CNY", 0),
    ("0.005", "CNY", 1),
    ("-3", "USD", -300),
    ("1500", "JPY", 1500),
    ("1.2345", "KWD", 1235),
]


@pytest.mark.parametrize(("amount", "currency", "minor"), SUMS)
def test_money_is_stored_in_minor_units(amount, currency, minor):
    assert to_minor(amount, currency) == minor


@pytest.mark.parametrize(("amount", "currency"), [("12,5元", "CNY"), ("", "CNY"), ("NaN", "CNY"), ("1e30", "CNY"),
                                                  ("Infinity", "USD"), ("5", "yuan"), ("5", "")])  # fmt: skip
def test_what_is_not_money_is_refused(amount, currency):
    with pytest.raises(MoneyError):
        to_minor(amount, currency)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_minor_units_read_back(minor, currency):
    assert to_minor(from_minor(minor, currency), currency) == minor
    assert to_minor(str(from_minor(minor, currency)), currency) == minor


def test_major_units_keep_their_digits():
    assert from_minor(1250, "CNY") == Decimal("12.50")


DAYS = ["2026-11-22", "2026/11/22", "2026.11.22", "2026年11月22日", " 2026-11-22 ", "20261122"]


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_in_the_writings_that_occur(text):
    assert parse_date(text) == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["2026-02-30", "yesterday", "", "22-11-2026"])
def test_what_is_not_a_day_is_refused(text):
    with pytest.raises(MomentError):
        parse_date(text)


MOMENTS = [
    ("2026-11-22T09:14:03+08:00", UTC, datetime(2026, 11, 22, 1, 14, 3, tzinfo=UTC)),
    ("2026-11-22T09:14:03", BEIJING, datetime(2026, 11, 22, 1, 14, 3, tzinfo=UTC)),
    ("2026-11-22", BEIJING, datetime(2026, 11, 21, 16, tzinfo=UTC)),
    ("2026年11月22日", BEIJING, datetime(2026, 11, 21, 16, tzinfo=UTC)),
]


@pytest.mark.parametrize(("text", "zone", "moment"), MOMENTS)
def test_a_moment_is_stored_in_utc(text, zone, moment):
    assert parse_time(text, zone) == moment
    assert parse_time(iso(moment)) == moment


def test_a_moment_without_a_zone_is_not_stored():
    with pytest.raises(MomentError):
        iso(datetime(2026, 1, 1))  # noqa: DTZ001 - the case under test


def test_digests_carry_their_algorithm(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert digest_file(path) == digest_bytes(b"abc")
    assert split_digest(digest_bytes(b"abc"))[0] == "sha256"
    # GB/T 32905-2016, appendix A.1: the SM3 digest of "abc".
    assert digest_bytes(b"abc", "sm3").startswith("sm3:66c7f0f462eeedd9d1f2d46bdc10e4e2")
    for text in ("abc", "md5:00", "sha256:xyz"):
        with pytest.raises(DigestError):
            split_digest(text)


def test_canonical_json_is_one_form():
    assert canonical_json({"b": 1, "a": "合"}) == '{"a":"合","b":1}'.encode()
    with pytest.raises(ValueError, match="Out of range"):
        canonical_json(float("nan"))


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_is_whole(kind):
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    assert set(kind.key) <= set(names)
    assert all(field.meaning_en and field.meaning_zh for field in kind.fields)
    assert not any(field.type is FieldType.MONEY for field in kind.fields) or "currency" in names
    assert kind.arrow_schema().names == [field.column for field in kind.fields]


def test_a_party_without_a_code_is_named_by_its_other_number():
    party = kind_named("party")
    assert party.key_of({"uscc": "91440300MA5TE5T07D", "party_id": "P1"}) == ("91440300MA5TE5T07D",)
    assert party.key_of({"uscc": None, "party_id": "P1"}) == ("P1",)
    assert party.key_of({"uscc": "", "party_id": None}) is None


def test_unknown_kinds_and_fields_name_the_known_ones():
    with pytest.raises(UsageError) as raised:
        kind_named("listings")
    assert "listing, account" in raised.value.mend
    with pytest.raises(UsageError) as raised:
        kind_named("listing").field("cost")
    assert "price" in raised.value.mend


def test_errors_carry_the_exit_codes_of_the_design():
    assert [e.exit_code for e in (JoinderError, UsageError, Undecided, NotBuiltYet)] == [1, 2, 3, 4]
    assert str(JoinderError("What.", mend="How.")) == "What.\nHow."


def test_the_node_is_found_by_name_then_upwards_then_in_the_data_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("JOINDER_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    deep = tmp_path / "node" / "a" / "b"
    deep.mkdir(parents=True)
    assert find_home(deep).root == tmp_path / "data" / "joinder"
    (tmp_path / "node" / "joinder.toml").write_text("[node]\nname = 'n'\n")
    assert find_home(deep).root == tmp_path / "node"
    assert require_home(deep).config() == {"node": {"name": "n"}}
    monkeypatch.setenv("JOINDER_HOME", str(tmp_path / "elsewhere"))
    assert find_home(deep).root == tmp_path / "elsewhere"
    with pytest.raises(NodeError, match="no node here"):
        require_home(deep)


def test_a_broken_configuration_says_where(tmp_path, monkeypatch):
    monkeypatch.setenv("JOINDER_HOME", str(tmp_path))
    (tmp_path / "joinder.toml").write_text("[node\n")
    with pytest.raises(NodeError, match=r"joinder\.toml"):
        require_home().config()
