"""Figures against known labels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinder.resolve.metrics import pair_metrics


def test_a_worked_example() -> None:
    """Found {1,2,3}{4}; true {1,2}{3,4}: one of three claimed pairs is right, one of two true pairs is found."""
    measured = pair_metrics(["x", "x", "x", "y"], ["a", "a", "b", "b"])
    assert (measured.pairs.precision, measured.pairs.recall) == (pytest.approx(1 / 3, abs=1e-6), 0.5)
    assert measured.b_cubed.precision == pytest.approx((4 / 3 + 1 / 3 + 1) / 4, abs=1e-6)
    assert measured.b_cubed.recall == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert measured.clusters.precision == 0.0
    assert (measured.largest_found, measured.largest_true) == (3, 2)


def test_nothing_claimed_is_precise_and_nothing_wanted_is_found() -> None:
    measured = pair_metrics([1, 2, 3], ["a", "b", "c"])
    assert measured.pairs.f1 == measured.clusters.f1 == measured.b_cubed.f1 == 1.0


def test_recall_over_what_can_be_linked() -> None:
    found, truth = [1, 1, 2], ["a", "a", "a"]
    assert pair_metrics(found, truth).pairs.recall == pytest.approx(1 / 3, abs=1e-6)
    assert pair_metrics(found, truth, [True, True, False]).pairs.recall == 1.0


def test_records_without_a_label_are_left_out() -> None:
    assert pair_metrics([1, 1, 1], ["a", "", None]).records == 1


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=25))
def test_pair_counts_agree_with_counting_pairs(rows: list[tuple[int, int]]) -> None:
    measured = pair_metrics([a for a, _ in rows], [b for _, b in rows])
    pairs = [(p, q) for i, p in enumerate(rows) for q in rows[i + 1 :]]
    assert measured.found_pairs == sum(p[0] == q[0] for p, q in pairs)
    assert measured.true_pairs == sum(p[1] == q[1] for p, q in pairs)
    assert measured.correct_pairs == sum(p == q for p, q in pairs)
