"""Folding: what counts as the same writing, and that every folded character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.vocabulary.script.confusables import prototype_of
from joinder.vocabulary.script.fold import fold, squeeze
from joinder.vocabulary.script.hanzi import has_han, is_han
from joinder.vocabulary.script.pinyin import phrases, readings, sounds_alike, spell

PLAIN = [
    ("", "", "the empty text folds to itself"),
    ("Nike", "nike", "case"),
    ("ＮＩＫＥ", "nike", "full width"),
    ("Ñikê", "nike", "accents"),
    ("ni\u200bk\u2060e", "nike", "zero-width characters vanish"),
    ("ⓝⓘⓚⓔ", "nike", "circled letters"),
    ("🅽🅸🅺🅴", "nike", "boxed letters"),
    ("ﬁne", "fine", "ligatures open"),
    ("愛龍", "爱龙", "traditional to simplified"),
    ("a\u3000b\tc", "a b c", "all white space is one plain space"),
    ("Ν1КЕ", "ν1ке", "Greek, digits and Cyrillic stay in the plain fold"),
    ("ガ", "ガ", "kana voicing stays"),
    ("कि", "कि", "vowel signs of other scripts stay"),
]


@pytest.mark.parametrize(("text", "folded", "why"), PLAIN, ids=[c[2] for c in PLAIN])
def test_plain_fold(text: str, folded: str, why: str) -> None:
    assert fold(text).text == folded, why


SAME_SKELETON = [
    ("NIKE", "Ν1КЕ", "Greek, digit and Cyrillic look-alikes"),
    ("NIKE", "NlKE", "a small l for a capital I"),
    ("nike", "пiке", "small Cyrillic letters"),
    ("modern", "rnodern", "rn for m"),
    ("west", "vvest", "vv for w"),
    ("adidas", "ad!d@s", "signs for letters"),
    ("口", "ロ", "katakana for a Han character"),
]


@pytest.mark.parametrize(("mark", "written", "why"), SAME_SKELETON, ids=[c[2] for c in SAME_SKELETON])
def test_look_alikes_share_a_skeleton(mark: str, written: str, why: str) -> None:
    assert fold(mark, confusables=True).text == fold(written, confusables=True).text, why


def test_different_words_keep_different_skeletons() -> None:
    assert fold("nike", confusables=True).text != fold("nice", confusables=True).text


def test_squeeze_removes_separators_and_points_back() -> None:
    squeezed = squeeze("正品 耐·❤ 克 鞋")
    start = squeezed.text.index("耐克")
    assert squeezed.span(start, start + 2) == (3, 8)
    assert squeezed.original[3:8] == "耐·❤ 克"


def test_an_empty_slice_has_an_empty_span() -> None:
    assert fold("abc").span(1, 1) == (0, 0)


@settings(deadline=None)  # the first text of all fills the tables
@given(st.text(max_size=60))
def test_every_offset_points_at_the_character_it_came_from(text: str) -> None:
    for folded in (fold(text), fold(text, confusables=True), squeeze(text)):
        assert len(folded.offsets) == len(folded.text)
        assert list(folded.offsets) == sorted(folded.offsets)
        assert all(0 <= i < len(text) for i in folded.offsets)


@settings(deadline=None)  # the first text of all fills the tables
@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


def test_no_prototype_maps_to_itself() -> None:
    assert all(char != target for char, target in prototype_of().items())


def test_han_is_recognised() -> None:
    assert all(map(is_han, "克〇"))
    assert not any(map(is_han, "ロN"))
    assert not has_han("NIKE ナイキ")


def test_readings() -> None:
    assert readings("绿")[0] == "lv"
    assert readings("A") == ()
    assert spell("耐克X") == ("nai", "ke", "x")
    assert sounds_alike("耐", "奈") == 1.0
    assert sounds_alike("张", "脏") == 0.8
    assert sounds_alike("耐", "鞋") == 0.0
    assert "一心一意" in phrases()
