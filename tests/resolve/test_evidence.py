"""The evidence table is whole: every row can be normalised, compared, keyed and explained in both languages."""

from __future__ import annotations

import pytest

from joinder.resolve.evidence import EVIDENCE, Conflict, EvidenceType, Exclusivity, TermFrequency
from joinder.resolve.levels import COMPARATORS
from joinder.resolve.normalise import KEYS, NORMALISERS
from joinder.vocabulary.schemas import KINDS

ROWS = pytest.mark.parametrize("row", EVIDENCE.values(), ids=EVIDENCE.keys())


@ROWS
def test_names_what_exists(row: EvidenceType) -> None:
    assert row.normaliser in NORMALISERS
    assert row.comparator in COMPARATORS
    assert set(row.strong_keys + row.weak_keys) <= set(KEYS) | {"rare", "rare1"}


@ROWS
def test_levels_are_probabilities_with_words_in_both_languages(row: EvidenceType) -> None:
    assert sum(level.m for level in row.levels) == pytest.approx(1.0)
    assert all(level.zh and level.en for level in row.levels)
    assert row.zh
    assert row.en


@ROWS
def test_what_many_hold_is_never_weighed_by_owners(row: EvidenceType) -> None:
    if row.tf is TermFrequency.OWNERS:
        assert row.exclusivity is not Exclusivity.MANY
        assert row.coincidence_bits > 0


def test_a_licence_of_a_party_forbids_and_a_licence_shown_by_a_shop_weighs() -> None:
    assert EVIDENCE["uscc"].conflict is Conflict.FORBID
    assert EVIDENCE["licence"].conflict is Conflict.WEIGH


def test_every_identity_evidence_of_the_record_kinds_has_a_row() -> None:
    wanted = {field.evidence for kind in KINDS.values() for field in kind.fields if field.evidence}
    assert wanted <= set(EVIDENCE)
