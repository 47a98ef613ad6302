"""Evasive spellings: every kind differs from the mark, and a reader still sees it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.world.draws import Draws, scrambled
from joinder.world.evasions import Evasion, obscured_messenger, obscured_number, spelt
from joinder.world.rights import chinese_mark, latin_mark, near_mark
from joinder.world.tables.characters import CHARACTERS


@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=300, deadline=None)
def test_an_evasive_spelling_never_contains_the_mark(seed: int, latin: bool) -> None:
    draws = Draws(seed, "test")
    mark = latin_mark(draws) if latin else chinese_mark(draws)
    evasion, text = spelt(mark, draws, 0.5)
    assert evasion not in (Evasion.NONE, Evasion.EXACT, Evasion.IMAGE_ONLY)
    assert mark.lower() not in text.lower()
    assert text.strip()


@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_near_mark_is_another_mark(seed: int, latin: bool) -> None:
    draws = Draws(seed, "near")
    mark = latin_mark(draws) if latin else chinese_mark(draws)
    assert near_mark(mark, draws).lower() != mark.lower()


def test_the_character_table_never_offers_the_character_itself() -> None:
    for char, row in CHARACTERS.items():
        assert char == row.char
        assert row.reading.isascii()
        assert char not in row.homophones + row.shapes + row.parts
        assert row.homophones


def test_an_obscured_number_keeps_its_digits_in_order() -> None:
    draws = Draws(1, "number")
    text = obscured_number("13800138000", draws)
    assert text != "13800138000"
    assert len([char for char in text if char not in " -.丶~"]) == 11


def test_an_obscured_messenger_ends_with_the_handle() -> None:
    assert obscured_messenger("lan_8812", Draws(1, "m")).endswith("lan_8812")


@pytest.mark.parametrize("kind", [1, 2, 3, 4])
def test_scrambled_numbers_do_not_repeat(kind: int) -> None:
    assert len({scrambled(n, 7, kind) for n in range(50_000)}) == 50_000
