"""The proof matrix: rows of the law in force, cells of facts, gaps by name."""

from __future__ import annotations

from datetime import date

import pytest

from joinder.law import elements
from joinder.law.elements import SELLING_INFRINGING_GOODS, Stance, Standing, Support
from joinder.law.errors import RuleNotFound

ON = date(2026, 11, 22)
KEYS = ["valid-right", "no-licence", "same-goods", "same-mark", "sale", "knowledge", "amount"]


def test_an_empty_matter_has_a_gap_in_every_row():
    rows = elements.matrix(SELLING_INFRINGING_GOODS, on=ON)
    assert [row.key for row in rows] == KEYS
    assert {row.standing for row in rows} == {Standing.GAP}
    assert all(row.next_step for row in rows)


def test_the_rows_keep_their_keys_when_the_law_is_renumbered():
    rows = elements.matrix(SELLING_INFRINGING_GOODS, on=date(2027, 1, 1))
    assert [row.key for row in rows] == KEYS
    assert rows[0].rule.article == "第72条第3项"


STANDINGS = [
    ([Support("sale", "F-1")], Standing.UNSUPPORTED, "a fact without an exhibit"),
    ([Support("sale", "F-1", ("EV-1",))], Standing.SUPPORTED, "a fact with an exhibit"),
    (
        [Support("sale", "F-1", ("EV-1",)), Support("sale", "F-2")],
        Standing.SUPPORTED,
        "one of two has an exhibit",
    ),
    ([Support("sale", "F-1", ("EV-1",), disputed=True)], Standing.CONTESTED, "the other side denies it"),
    (
        [Support("sale", "F-1", ("EV-1",)), Support("sale", "F-2", ("EV-2",), Stance.CONTRADICTS)],
        Standing.CONTESTED,
        "another fact contradicts",
    ),
    ([Support("no-such-element", "F-1", ("EV-1",))], Standing.GAP, "a fact on another element"),
]


@pytest.mark.parametrize(("supports", "standing", "why"), STANDINGS, ids=[case[2] for case in STANDINGS])
def test_how_an_element_stands(supports: list[Support], standing: Standing, why: str):
    rows = {row.key: row for row in elements.matrix(SELLING_INFRINGING_GOODS, supports, on=ON)}
    assert rows["sale"].standing is standing
    assert (rows["sale"].next_step is None) == (standing is Standing.SUPPORTED)


def test_every_standing_has_words_in_both_languages():
    assert set(elements.STANDING_TEXTS) == set(Standing)


def test_an_unknown_offence_names_the_known_ones():
    with pytest.raises(RuleNotFound) as refusal:
        elements.matrix("cn-tm-stealing", on=ON)
    assert SELLING_INFRINGING_GOODS in str(refusal.value)
