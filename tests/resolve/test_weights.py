"""What an agreement is worth, and how correlated agreements add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.conftest import records_of, spec_of

from joinder.resolve.columns import Column, build_columns
from joinder.resolve.evidence import EVIDENCE
from joinder.resolve.levels import compare
from joinder.resolve.weights import REST, Weights, column_bits, grouped, one_owner_chance


def column(kind: str, *values: str) -> Column:
    return build_columns(spec_of(x=kind), records_of([{"x": value} for value in values]))[0]


def level(kind: str, a: str, b: str) -> str:
    stored = int(compare(column(kind, a, b), np.array([0]), np.array([1]))[0])
    return "missing" if stored < 0 else EVIDENCE[kind].level(stored).name


@pytest.mark.parametrize(
    ("kind", "a", "b", "expected"),
    [
        ("given_name", "Robert", "robert", "exact"),
        ("given_name", "Jon", "John", "sound"),
        ("given_name", "Marta", "Mark", "near"),
        ("given_name", "Anna", "Peter", "different"),
        ("given_name", "Anna", "", "missing"),
        ("person_name", "Jane Doe", "Doe Jane", "order"),
        ("person_name", "样天日", "漾天日", "order"),
        ("person_name", "样天", "样地", "different"),
        ("birth_date", "1971-06-24", "1971-05-24", "typo"),
        ("birth_date", "1971-06-08", "1971-08-06", "typo"),
        ("birth_date", "1971-06-24", "1971-11-02", "part"),
        ("shop_name", "样例优品旗舰店", "样例优品专营店", "core"),
        ("shop_name", "样例优品", "漾例优品", "sound"),
        ("shop_name", "样例优品", "别家好物", "different"),
        ("email", "one@example.org", "one@example.com", "local"),
        ("identifier", "AB123456", "AB123457", "typo"),
        ("year", "1999", "2000", "near"),
        ("amount", "100", "104", "near"),
        ("address", "甲市乙区丙路1号2栋301室", "甲市乙区丙路1号2栋302室", "building"),
        ("title", "the march begins", "The March Begins!", "exact"),
        ("title", "008 the cold march begins", "the cold march begins", "close"),
    ],
)
def test_two_values_agree_to_the_level(kind: str, a: str, b: str, expected: str) -> None:
    assert level(kind, a, b) == expected
    assert level(kind, b, a) == expected


def test_a_rare_name_says_more_than_a_common_one() -> None:
    names = column("family_name", *["common"] * 8, "rare", "rare", *[f"other{i}" for i in range(10)])
    weights = Weights("x", (0.1, 0.1, 0.1, 0.7), (0.9, 0.05, 0.03, 0.02))
    left, right = np.array([0, 8]), np.array([1, 9])
    common, rare = column_bits(names, weights, compare(names, left, right), left, right, 20)
    assert rare > common + 2


def test_an_identifier_of_one_owner_counts_the_same_however_many_records_he_has() -> None:
    phones = column("phone", *["13800001111"] * 5, *["13800002222"] * 2)
    weights = Weights("x", (0.5, 0.5), (0.99, 0.01))
    left, right = np.array([0, 5]), np.array([1, 6])
    many, few = column_bits(phones, weights, compare(phones, left, right), left, right, 7)
    assert many == few


def test_chance_agreement_shrinks_with_the_data() -> None:
    assert one_owner_chance(EVIDENCE["phone"], 10_000_000) < one_owner_chance(EVIDENCE["phone"], 1_000)


def test_a_better_level_never_counts_less_than_a_worse_one() -> None:
    bits = Weights("x", (0.3, 0.4, 0.2, 0.1), (0.1, 0.1, 0.1, 0.7)).bits(EVIDENCE["given_name"])
    assert list(bits) == sorted(bits)


def test_disagreement_counts_no_more_than_its_row_allows() -> None:
    bits = Weights("x", (1e-6, 1 - 1e-6), (0.999, 0.001)).bits(EVIDENCE["payee"])
    assert bits[0] == 0


def test_correlated_evidence_counts_in_full_once() -> None:
    bits = np.array([[10.0, 6.0, 4.0], [-3.0, -2.0, 5.0], [0.0, 8.0, 0.0]])
    sums = grouped(bits, ["parcel", "parcel", "name"])
    expected = [[10.0, 6.0 * REST, 4.0], [-3.0, -2.0 * REST, 5.0], [0.0, 8.0, 0.0]]
    assert sums == pytest.approx(np.array(expected))


@given(st.lists(st.floats(-12, 22), min_size=3, max_size=3))
def test_grouping_never_turns_a_sign_and_never_adds(values: list[float]) -> None:
    bits = np.array([values])
    result = grouped(bits, ["a", "a", "a"])
    assert np.all(np.abs(result) <= np.abs(bits) + 1e-6)
    assert np.all(result * bits >= 0)


def test_a_hub_is_no_value() -> None:
    phones = column("phone", "13800001111", "13800001111", "13800002222")
    phones.hub[0] = True
    assert compare(phones, np.array([0, 0]), np.array([1, 2])).tolist() == [-1, -1]
