"""Which pairs are compared."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.resolve.conftest import records_of, spec_of

from joinder.resolve.blocking import BLOCK_CAP, NEIGHBOURS, SATURATED, BlockingKey, block, pairs_of
from joinder.resolve.columns import build_columns
from joinder.resolve.hubs import HUB_RECORDS, find_hubs


def key(codes: list[int]) -> BlockingKey:
    return BlockingKey("k", np.arange(len(codes)), np.array(codes, dtype=np.int64))


@given(st.lists(st.integers(0, 6), max_size=40))
def test_records_of_one_key_meet_and_others_do_not(codes: list[int]) -> None:
    packed, oversized, saturated = pairs_of(key(codes), len(codes))
    expected = {(i, j) for i in range(len(codes)) for j in range(i + 1, len(codes)) if codes[i] == codes[j]}
    assert {(int(p) // len(codes), int(p) % len(codes)) for p in packed} == expected
    assert oversized == saturated == 0


def test_a_block_above_the_cap_makes_a_line_of_pairs_not_a_square() -> None:
    size = BLOCK_CAP + 40
    packed, oversized, _ = pairs_of(key([1] * size), size)
    assert oversized == 1
    assert len(packed) <= NEIGHBOURS * size
    assert len(np.unique(np.concatenate([packed // size, packed % size]))) == size


def test_a_saturated_block_makes_none() -> None:
    size = SATURATED + 1
    packed, _, saturated = pairs_of(key([1] * size), size)
    assert len(packed) == 0
    assert saturated == 1


def test_weak_keys_meet_only_two_together() -> None:
    rows = [{"city": "Testburg", "born": "1970-01-01"}, {"city": "Testburg", "born": "1980-02-02"},
            {"city": "Testburg", "born": "1970-01-01"}]  # fmt: skip
    columns = build_columns(spec_of(city="place", born="birth_date"), records_of(rows))
    blocks = block(columns, 3)
    assert list(zip(blocks.left.tolist(), blocks.right.tolist(), strict=True)) == [(0, 2)]


def test_a_key_beyond_the_budget_is_left_out_and_said() -> None:
    rows = [{"city": "Testburg", "sex": "x"} for _ in range(50)]
    blocks = block(build_columns(spec_of(city="place", sex="category"), records_of(rows)), 50, budget=10)
    assert len(blocks.left) == 0
    assert [report.used for report in blocks.keys] == [False]


class TestHubs:
    def rows(self, owners: int) -> list[dict[str, str]]:
        return [{"phone": "13800001234", "person": f"样例{i % owners}号"} for i in range(2 * HUB_RECORDS)]

    def test_a_number_on_many_owners_is_a_hub_and_makes_no_pairs(self) -> None:
        columns = build_columns(
            spec_of(phone="phone", person="person_name"), records_of(self.rows(2 * HUB_RECORDS))
        )
        hubs = find_hubs(columns)
        assert [(hub.evidence, hub.records) for hub in hubs] == [("phone", 2 * HUB_RECORDS)]
        assert len(block(columns, 2 * HUB_RECORDS).left) == 0

    def test_a_number_on_many_shops_of_one_owner_is_none(self) -> None:
        columns = build_columns(spec_of(phone="phone", person="person_name"), records_of(self.rows(1)))
        assert find_hubs(columns) == []

    def test_the_money_in_one_place_outweighs_many_names(self) -> None:
        rows = [{**row, "payee": "990000001234"} for row in self.rows(2 * HUB_RECORDS)]
        columns = build_columns(spec_of(phone="phone", person="person_name", payee="payee"), records_of(rows))
        assert [hub for hub in find_hubs(columns) if hub.evidence == "phone"] == []
