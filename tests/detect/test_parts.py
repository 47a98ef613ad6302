"""The parts of detection, each by its table of cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from joinder.detect import Bundle, NothingToDetect, SignalsError, Suspicion, compile_rights, screen
from joinder.detect.cues import cues_in, descriptive_cue
from joinder.detect.edits import Edit, edit_between
from joinder.detect.goods import Proximity, goods_named, proximity
from joinder.detect.prices import PriceHistograms, price_ratio
from joinder.detect.weights import PUBLISHED, along

Judge = Callable[..., list[Suspicion]]
Make = Callable[..., Any]

EDITS = [
    ("vellorix", "vellorix", None, "equal words differ in nothing"),
    ("vellorix", "vellore", None, "two letters apart"),
    ("vellorix", "velorix", Edit("delete", 3, "l", ""), "a letter left out"),
    ("vellorix", "vellorrix", Edit("insert", 6, "", "r"), "a letter doubled"),
    ("vellorix", "vallorix", Edit("substitute", 1, "e", "a"), "a letter changed"),
    ("vellorix", "velloirx", Edit("transpose", 5, "ri", "ir"), "two exchanged"),
]


@pytest.mark.parametrize(("mark", "token", "edit", "why"), EDITS, ids=[c[3] for c in EDITS])
def test_one_edit(mark: str, token: str, edit: Edit | None, why: str) -> None:
    assert edit_between(mark, token) == edit, why


GOODS = [
    (("25",), "运动鞋", "鞋靴", Proximity.SAME, "the class of the category"),
    (("25",), "运动鞋", "五金工具", Proximity.OTHER, "a category of other goods"),
    (("25",), "运动鞋", "Women's Shoes", Proximity.SAME, "the class of an English category"),
    ((), "运动鞋；跑步鞋", "运动鞋", Proximity.SAME, "a word of the goods"),
    (("25",), "运动鞋", "", Proximity.UNKNOWN, "no category"),
    (("25",), "运动鞋", "qwertz", Proximity.UNKNOWN, "a category nobody knows"),
    ((), "", "鞋靴", Proximity.UNKNOWN, "a right without goods"),
]


@pytest.mark.parametrize(("classes", "goods", "category", "near", "why"), GOODS, ids=[c[4] for c in GOODS])
def test_goods_proximity(
    classes: tuple[str, ...], goods: str, category: str, near: Proximity, why: str
) -> None:
    assert proximity(classes, goods, category) is near, why


def test_goods_named_in_a_title() -> None:
    assert goods_named("运动鞋；跑步鞋", "透气跑步鞋") == "跑步鞋"
    assert goods_named("运动鞋", "茶叶") is None


PRICES = [
    (20_000, "CNY", 80_000, "CNY", 0.25, "a quarter"),
    (10_000, "USD", 71_000, "CNY", 1.0, "the same at an indicative rate"),
    (None, "CNY", 80_000, "CNY", None, "no price"),
    (0, "CNY", 80_000, "CNY", None, "a price of nothing is no price"),
    (100, "XXX", 80_000, "CNY", None, "an unknown currency"),
]


@pytest.mark.parametrize(
    ("price", "of", "genuine", "in_", "ratio", "why"), PRICES, ids=[c[5] for c in PRICES]
)
def test_price_ratio(
    price: int | None, of: str, genuine: int, in_: str, ratio: float | None, why: str
) -> None:
    found = price_ratio(price, of, genuine, in_)
    assert found == (None if ratio is None else pytest.approx(ratio)), why


def test_a_curve_is_flat_beyond_its_ends_and_straight_between() -> None:
    curve = ((0.0, 1000), (1.0, 0))
    assert [along(curve, x) for x in (-1, 0, 0.25, 1, 9)] == [1000, 1000, 750, 0, 0]


def test_robust_z_needs_eight_prices_and_some_spread() -> None:
    prices = PriceHistograms()
    for price in (9_000, 9_500, 10_000, 10_500, 11_000, 10_200, 9_800):
        prices.add("g", price)
    assert prices.robust_z("g", 1_000, PUBLISHED.price_z_least) is None
    prices.add("g", 1_000)
    found = prices.robust_z("g", 1_000, PUBLISHED.price_z_least)
    assert found is not None
    assert found[0] < -2.5
    assert found[1] == 8
    for _ in range(9):
        prices.add("same", 5_000)
    assert prices.robust_z("same", 5_000, PUBLISHED.price_z_least) is None


def test_a_right_without_a_price_is_compared_with_its_neighbours(listing: Make, batch: Make) -> None:
    bundle = compile_rights([{"right_id": "R", "kind": "word", "mark": "Vellorix", "classes": ["25"]}])
    rows = [
        listing("Vellorix 跑步鞋", listing_id=f"L{i}", price_minor=price)
        for i, price in enumerate([50_000, 52_000, 48_000, 51_000, 49_000, 50_500, 47_500, 53_000, 3_000])
    ]
    found = {s.listing.split("/")[3][:2]: s for s in screen(bundle, [batch(rows)], keep_abstained=True)}
    channels = {key: [i["channel"] for i in s.items] for key, s in found.items()}
    assert "robust-z" in channels["L8"]
    assert [s.verdict for s in screen(bundle, [batch(rows)])] == ["suspected"]


def test_few_neighbours_are_said_to_be_few(listing: Make, batch: Make) -> None:
    bundle = compile_rights([{"right_id": "R", "kind": "word", "mark": "Vellorix", "classes": ["25"]}])
    (found,) = screen(bundle, [batch([listing("V*llorix 跑步鞋")])], keep_abstained=True)
    assert any(entry.startswith("price-reference:") for entry in found.not_checked)


CUES = [
    ("vellorix 高仿", ["strong"], "a replica"),
    ("男女同款 跑步鞋", [], "a size that fits both"),
    ("明星同款 跑步鞋", ["weak"], "leaning on a star"),
    ("a replicate", [], "a piece of an English word"),
    ("vellorix 1:1 quality", ["strong"], "one word of the trade within another"),
    ("专柜购入 带小票", ["bought", "bought"], "a reseller"),
]


@pytest.mark.parametrize(("text", "kinds", "why"), CUES, ids=[c[2] for c in CUES])
def test_cue_words(text: str, kinds: list[str], why: str) -> None:
    assert [cue.kind for cue in cues_in(text)] == kinds, why


DESCRIPTIVE = [
    ("适用于耐维 鞋带", True, "right before the mark"),
    ("适用于安拓、耐维 鞋带", True, "in a list before the mark"),
    ("laces for 耐维", True, "English"),
    ("耐维通用 鞋带", True, "right after the mark"),
    ("适用于跑步，耐维跑鞋", False, "in another clause"),
    ("耐维跑鞋 适用于跑步", False, "about something else"),
]


@pytest.mark.parametrize(("text", "described", "why"), DESCRIPTIVE, ids=[c[2] for c in DESCRIPTIVE])
def test_descriptive_use(text: str, described: bool, why: str) -> None:
    at = text.index("耐维")
    assert bool(descriptive_cue(text, at, at + 2)) is described, why


def test_signals_of_the_seller_count_and_are_named(bundle: Bundle, listing: Make, batch: Make) -> None:
    rows = [listing("Vellorix 跑步鞋", price_minor=79_000)]
    signals = [{"platform": "taobei", "account_id": "S-UNKNOWN", "signal": "prior_verdict"}]
    (quiet,) = screen(bundle, [batch(rows)], keep_abstained=True, threshold=-9)
    (found,) = screen(bundle, [batch(rows)], signals=signals, keep_abstained=True, threshold=-9)
    assert found.score_milli - quiet.score_milli == PUBLISHED.signals["prior_verdict"]
    assert "prior-verdict" in {item["channel"] for item in found.evidence}


def test_a_shop_that_calls_itself_official(bundle: Bundle, listing: Make, batch: Make) -> None:
    rows = [listing("Vellorix 跑步鞋")]
    accounts = [{"platform": "taobei", "account_id": "S-UNKNOWN", "name": "Vellorix官方旗舰店"}]
    (found,) = screen(bundle, [batch(rows)], accounts=accounts, threshold=-9)
    assert "official" in {item["channel"] for item in found.evidence}
    assert not any(entry.startswith("seller:") for entry in found.not_checked)


def test_an_unknown_signal_is_refused_with_the_known_ones(bundle: Bundle) -> None:
    with pytest.raises(SignalsError, match="Row 1") as refused:
        list(screen(bundle, [], signals=[{"account_id": "S", "signal": "guilty"}]))
    assert "prior_verdict" in str(refused.value.mend)


@pytest.mark.parametrize(
    "right",
    [
        {"right_id": "R", "kind": "word", "mark": None},
        {"right_id": "R", "kind": "word", "mark": "维"},
        {"right_id": "R", "kind": "patent", "mark": "一种跑步鞋"},
        {"right_id": "R", "kind": "word", "mark": "Vellorix", "status": "expired"},
    ],
)
def test_rights_with_nothing_to_look_for_are_refused_together(right: dict[str, Any]) -> None:
    with pytest.raises(NothingToDetect):
        compile_rights([right])


def test_what_is_left_out_is_counted(rights: list[dict[str, Any]]) -> None:
    assert compile_rights([*rights, {"right_id": "P", "kind": "patent", "mark": "x"}]).left_out == 1
