"""Training: counted u, EM with priors, the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from tests.resolve.conftest import SHOP_SPEC, records_of, shops

from joinder.resolve.blocking import block
from joinder.resolve.columns import build_columns
from joinder.resolve.hubs import find_hubs
from joinder.resolve.inputs import Records
from joinder.resolve.spec import Spec, parse_spec
from joinder.resolve.training import Training, patterns_of, train


def trained(spec: Spec, records: Records) -> Training:
    columns = build_columns(spec, records)
    find_hubs(columns)
    return train(columns, block(columns, len(records)), len(records))


def test_patterns_count_every_pair() -> None:
    levels = np.array([[1, 0], [1, 0], [-1, 2]], dtype=np.int8)
    found = patterns_of(levels)
    assert {tuple(row): count for row, count in zip(found.levels.tolist(), found.counts, strict=True)} == {
        (1, 0): 2.0,
        (-1, 2): 1.0,
    }


def test_the_same_input_gives_the_same_model_to_the_last_digit() -> None:
    spec, records = parse_spec(SHOP_SPEC), records_of(shops())
    assert trained(spec, records).model == trained(spec, records).model


def test_it_learns_what_siblings_share_and_settles() -> None:
    training = trained(parse_spec(SHOP_SPEC), records_of(shops(300)))
    weights = training.model.weights
    assert training.converged
    assert weights["payee"].m[1] > 0.6
    assert weights["name"].m[0] > 0.6
    assert all(sum(one.m) == pytest.approx(1, abs=1e-6) and sum(one.u) == pytest.approx(1, abs=1e-6)
               for one in weights.values())  # fmt: skip


def test_the_prior_says_how_rare_a_match_is() -> None:
    training = trained(parse_spec(SHOP_SPEC), records_of(shops(300)))
    true_pairs = 50 * 3 + 50
    assert true_pairs / 2 < training.expected_matches < 2 * true_pairs
    assert training.model.prior_bits == pytest.approx(np.log2(true_pairs / (300 * 299 / 2)), abs=1)


def test_a_column_without_values_trains_to_its_start() -> None:
    records = records_of([{**row, "empty": ""} for row in shops()])
    training = trained(parse_spec(SHOP_SPEC + "  empty: email\n"), records)
    assert np.isfinite(training.model.weights["empty"].m).all()
