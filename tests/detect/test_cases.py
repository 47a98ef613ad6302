"""What is suspected and what is not: cases a lawyer can read. Innocent cases first, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from joinder.detect import Suspicion

Judge = Callable[..., list[Suspicion]]

GENUINE_PRICE = {"price_minor": 79_000}
LOW = {"price_minor": 12_000}

INNOCENT: list[tuple[str, dict[str, Any], str]] = [
    ("透气跑步鞋 男女同款", LOW, "no mark at all, however low the price"),
    ("Vellorix 跑步鞋", GENUINE_PRICE, "the mark as registered at its usual price: resale is lawful"),
    ("维洛森跑步鞋", {**GENUINE_PRICE, "brand": "维洛森"}, "the same in Chinese, with the brand stated"),
    ("Vellorix 跑步鞋", {**LOW, "account_id": "S-GOOD"}, "an authorised seller may sell at any price"),
    ("V*llorix 跑步鞋", {**LOW, "account_id": "S-GOOD"}, "even one who writes oddly"),
    ("适用于Vellorix的鞋带", LOW, "descriptive use: laces that fit"),
    ("shoe laces for Vellorix", LOW, "descriptive use in English"),
    ("鞋带 Vellorix通用", LOW, "descriptive use after the mark"),
    ("闲置 Vellorix 跑步鞋 95新", {"price_minor": 45_000}, "second-hand goods"),
    ("光明正大的牛奶杯", LOW, "the mark is a piece of a longer word"),
    ("光明牛奶", {"price_minor": 5_800, "category": "乳品"}, "an ordinary word at the usual price"),
    ("按拓 运动鞋", GENUINE_PRICE, "two characters, found by sound alone"),
    ("防滑安，拓宽鞋楦", LOW, "the end of one clause and the beginning of the next"),
    ("subvellorixian 跑步鞋", LOW, "a piece of another word"),
    ("vellore 跑步鞋", LOW, "two letters apart is another word"),
    ("洛森跑步鞋", GENUINE_PRICE, "a shorter name of one's own"),
]

SUSPECTED: list[tuple[str, dict[str, Any], str, str]] = [
    ("Vellorix 跑步鞋", LOW, "exact", "the mark as registered at a seventh of the price"),
    ("Vellorix 跑步鞋 高仿", {}, "exact", "the seller says replica"),
    ("V\u0435ll\u043er\u0456x 跑步鞋", {}, "homoglyph", "three Cyrillic letters"),
    ("Vel1or1x 跑步鞋", {}, "homoglyph", "digits for letters"),
    ("ⓥⓔⓛⓛⓞⓡⓘⓧ 跑步鞋", {}, "homoglyph", "letters in circles"),
    ("V e l l o r i x 跑步鞋", {}, "split", "spaces between the letters"),
    ("Vel\u200blorix 跑步鞋", {}, "split", "an invisible character"),
    ("维·洛·森 跑步鞋", {}, "split", "dots between the characters"),
    ("维❤洛森 跑步鞋", {}, "split", "a heart between the characters"),
    ("V*llorix 跑步鞋", {}, "mask", "a star over a letter"),
    ("V**lorix 跑步鞋", {}, "mask", "stars over two letters"),
    ("维洛* 跑步鞋", {}, "mask", "a star over the last character"),
    ("维洛某 跑步鞋", {}, "mask", "某 for a character"),
    ("唯洛森 跑步鞋", {}, "sound", "a homophone in first place"),
    ("维落森 跑步鞋", {}, "sound", "a homophone in the middle"),
    ("weiluosen 跑步鞋", {}, "pinyin", "in pinyin"),
    ("维luo森 跑步鞋", {}, "pinyin", "partly in pinyin"),
    ("纟隹洛森 跑步鞋", {}, "decomposed", "a character as its parts"),
    ("维洛木木木 跑步鞋", {}, "decomposed", "the last character as its parts"),
    ("Velorix 跑步鞋", {}, "edit", "a letter left out"),
    ("Vellorrix 跑步鞋", {}, "edit", "a letter doubled"),
    ("Velloirx 跑步鞋", {}, "edit", "two letters exchanged"),
    ("維洛森 跑步鞋", LOW, "exact", "in traditional characters at a seventh of the price"),
]


@pytest.mark.parametrize(("title", "fields", "why"), INNOCENT, ids=[c[2] for c in INNOCENT])
def test_innocent(judge: Judge, title: str, fields: dict[str, Any], why: str) -> None:
    assert [s.verdict for s in judge(title, **fields) if s.verdict == "suspected"] == [], why


@pytest.mark.parametrize(("title", "fields", "channel", "why"), SUSPECTED, ids=[c[3] for c in SUSPECTED])
def test_suspected(judge: Judge, title: str, fields: dict[str, Any], channel: str, why: str) -> None:
    (found,) = judge(title, **fields)
    assert found.verdict == "suspected", why
    assert channel in {item["channel"] for item in found.evidence}


def test_look_alike_characters_are_suspected(judge: Judge, han_font: None) -> None:
    (found,) = judge("维洛淼 跑步鞋")
    assert found.verdict == "suspected"
    assert "shape" in {item["channel"] for item in found.evidence}


@pytest.mark.parametrize("title", ["按拓 跑步鞋", "安托 跑步鞋"])
def test_two_characters_never_alert_on_sound_alone(judge: Judge, title: str) -> None:
    """Same goods, no price and nothing known of the seller: sound alone stays below the line."""
    for found in judge(title, price_minor=None):
        assert found.verdict == "abstained"
        assert "short-mark" in {item["channel"] for item in found.counter_evidence}


def test_counter_evidence_is_said_even_where_the_suspicion_stands(judge: Judge) -> None:
    (found,) = judge("V*llorix 跑步鞋 二手", **LOW)
    assert found.verdict == "suspected"
    assert "second-hand" in {item["channel"] for item in found.counter_evidence}
