"""Whole columns of references are the very texts that ``RecordRef`` and ``content_version`` give one by one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.pools.versions import key_column, ref_column, version_column
from joinder.vocabulary.kinds import Field, FieldType, RecordKind
from joinder.vocabulary.refs import RecordRef, content_version
from joinder.vocabulary.schemas import KINDS, LISTING, PARTY

TEXT = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.TEXT: TEXT,
    FieldType.INTEGER: st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
    FieldType.MONEY: st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
    FieldType.TIME: st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))),
    FieldType.DATE: st.one_of(st.none(), st.dates()),
    FieldType.LIST: st.one_of(
        st.none(), st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=4))
    ),
}


def records_of(kind: RecordKind) -> st.SearchStrategy[dict[str, Any]]:
    def column(field: Field) -> st.SearchStrategy[Any]:
        return VALUES[field.type]

    return st.fixed_dictionaries({field.column: column(field) for field in kind.fields})


@settings(max_examples=60, deadline=None)
@given(data=st.data(), kind=st.sampled_from(list(KINDS.values())))
def test_versions_and_references_agree(data: st.DataObject, kind: RecordKind) -> None:
    records = data.draw(st.lists(records_of(kind), min_size=1, max_size=4))
    batch = pa.RecordBatch.from_pylist(records, schema=kind.arrow_schema())
    # A slice has other offsets into the same memory.
    for part in (batch, batch.slice(1)):
        stored = part.to_pylist()
        versions = version_column(part).to_pylist()
        assert versions == [content_version(record) for record in stored]
        keys = key_column(kind, part)
        refs = ref_column("池 1/2", kind.name, keys, pa.array(versions, pa.string())).to_pylist()
        for record, ref, version in zip(stored, refs, versions, strict=True):
            key = kind.key_of(record)
            if key is None:
                assert ref is None
            else:
                assert ref == str(RecordRef("池 1/2", kind.name, key, version))
                assert RecordRef.parse(ref) == RecordRef("池 1/2", kind.name, key, version)


@pytest.mark.parametrize(
    ("uscc", "party_id", "key"),
    [("91440300MA5FAKE00X", "7", "91440300MA5FAKE00X"), (None, "7", "7"), ("", "7", "7"), (None, None, None)],
)
def test_a_party_without_a_credit_code_is_named_by_its_number(
    uscc: str | None, party_id: str | None, key: str | None
) -> None:
    batch = pa.RecordBatch.from_pylist([{"uscc": uscc, "party_id": party_id}], schema=PARTY.arrow_schema())
    assert key_column(PARTY, batch).to_pylist() == [key]


def test_moments_with_and_without_a_fraction_stand_side_by_side() -> None:
    moments = [datetime(2026, 1, 1, 5, 6, 7, micro, tzinfo=UTC) for micro in (0, 500_000, 1)]
    batch = pa.RecordBatch.from_pylist(
        [{"first_seen": moment} for moment in moments], schema=LISTING.arrow_schema()
    )
    assert version_column(batch).to_pylist() == [
        content_version({"first_seen": moment}) for moment in moments
    ]


def test_no_rows_have_no_versions() -> None:
    assert len(version_column(pa.RecordBatch.from_pylist([], schema=LISTING.arrow_schema()))) == 0
