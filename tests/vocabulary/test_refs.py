"""A record's name: what it looks like, that it survives reading, and what changes its version."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinder.vocabulary.refs import RecordRef, RefError, content_version

WRITTEN = [
    (("market", "listing", ("taobei", "L0")), "market/listing/taobei/L0@3f2a9c01d4e7"),
    (("register", "party", ("91440300MA5TE5T07D",)), "register/party/91440300MA5TE5T07D@3f2a9c01d4e7"),
    (("p q", "account", ("a/b", "c@d")), "p%20q/account/a%2Fb/c%40d@3f2a9c01d4e7"),
    (("池", "right", ("商标",)), "%E6%B1%A0/right/%E5%95%86%E6%A0%87@3f2a9c01d4e7"),
]


@pytest.mark.parametrize(("parts", "text"), WRITTEN)
def test_a_reference_is_written_as_the_design_says(parts, text):
    ref = RecordRef(*parts, "3f2a9c01d4e7")
    assert str(ref) == text
    assert RecordRef.parse(text) == ref


NOT_REFERENCES = ["", "market", "market/listing@3f2a9c01d4e7", "market/listing/L0", "market/listing/L0@xyz",
                  "market//L0@3f2a9c01d4e7", "market/listing/L0@3f2a9c01d4e7 "]  # fmt: skip


@pytest.mark.parametrize("text", NOT_REFERENCES)
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(RefError) as raised:
        RecordRef.parse(text)
    assert "market/listing/taobei/L0@" in raised.value.mend


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=3, max_size=5))
def test_every_reference_reads_back(parts):
    ref = RecordRef(parts[0], parts[1], tuple(parts[2:]), "0123456789ab")
    assert RecordRef.parse(str(ref)) == ref


def test_a_version_changes_with_content_and_not_with_emptiness_or_order():
    record = {
        "title": "某牌鞋",
        "price_minor": 1250,
        "images": ["a.png"],
        "first_seen": datetime(2026, 1, 2, tzinfo=UTC),
    }
    same = {
        "first_seen": datetime(2026, 1, 2, tzinfo=UTC),
        "images": ["a.png"],
        "price_minor": 1250,
        "title": "某牌鞋",
    }
    assert content_version(record) == content_version(same | {"brand": None, "description": "", "tags": []})
    assert content_version(record) != content_version(record | {"price_minor": 1251})
    assert content_version(record) != content_version(record | {"opened_on": date(2026, 1, 2)})
