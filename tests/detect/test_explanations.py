"""What every explanation keeps: weights that add up, spans that can be cut out again, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.detect import Bundle, Suspicion, compile_rights, screen
from joinder.detect.texts import NOT_CHECKED
from joinder.detect.weights import PUBLISHED

Judge = Callable[..., list[Suspicion]]
Make = Callable[..., Any]

KEYS = [
    "listing",
    "right",
    "verdict",
    "score",
    "calibrated_p",
    "bundle",
    "evidence",
    "counter_evidence",
    "not_checked",
]
ITEM_KEYS = ["aspect", "channel", "field", "span", "observed", "mark", "ops", "weight", "text_zh", "text_en"]
TITLES = [
    "V*llorix 跑步鞋 高仿 1:1",
    "适用于维洛森 V\u0435llorix",
    "纟隹洛森 闲置 replica",
    "唯洛森 weiluosen 安拓",
    "維·洛·森 🆅ellorix",
]


def check(found: Suspicion, row: dict[str, Any]) -> None:
    told = json.loads(found.line())
    assert list(told) == KEYS
    items = told["evidence"] + told["counter_evidence"]
    assert told["score"] == pytest.approx(sum(i["weight"] for i in items), abs=1e-9)
    for item in items:
        assert list(item) == ITEM_KEYS
        assert item["text_zh"]
        assert item["text_en"]
        if item["span"] is not None:
            start, end = item["span"]
            assert row[item["field"]][start:end] == item["observed"]
    assert all(code.split(":")[0] in NOT_CHECKED for code in told["not_checked"])


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("price", [None, 100, 30_000, 90_000])
def test_weights_add_up_and_spans_cut_out_again(
    judge: Judge, listing: Make, title: str, price: int | None
) -> None:
    row = listing(title, price_minor=price, description="正品 V-e-l-l-o-r-i-x", brand="自家")
    found = judge(title, price_minor=price, description=row["description"], brand="自家")
    assert found or "适用于" in title
    for each in found:
        check(each, row)


WRITING = st.text(alphabet="维洛森唯落V*elorix·❤ 适用于高仿\u200b①，", max_size=24)


@settings(max_examples=60, deadline=None)
@given(title=WRITING, brand=WRITING, description=WRITING)
def test_any_text_keeps_the_promises(
    bundle: Bundle, listing: Make, batch: Make, title: str, brand: str, description: str
) -> None:
    row = listing(title, brand=brand, description=description)
    for found in screen(bundle, [batch([row])], keep_abstained=True):
        check(found, row)


def test_the_base_rate_is_the_first_item(judge: Judge) -> None:
    (found,) = judge("V*llorix 跑步鞋")
    assert found.evidence[0]["channel"] == "prior"
    assert found.evidence[0]["weight"] == PUBLISHED.prior / 1000


def test_a_score_is_not_called_a_probability(judge: Judge) -> None:
    (found,) = judge("V*llorix 跑步鞋")
    assert found.as_json()["calibrated_p"] is None
    assert any(entry.startswith("calibration:") for entry in found.not_checked)


def test_what_was_not_checked_is_said(judge: Judge) -> None:
    (found,) = judge("V*llorix 新款", price_minor=None, category=None, images=["a.png"])
    codes = {entry.split(":")[0] for entry in found.not_checked}
    assert {"image", "ocr", "price-absent", "goods", "seller", "signals"} <= codes


def test_the_bundle_is_named_by_its_content(bundle: Bundle, rights: list[dict[str, Any]]) -> None:
    assert compile_rights(reversed(rights)).version == bundle.version
    changed = [{**rights[0], "mark": "Vellorixa"}, *rights[1:]]
    assert compile_rights(changed).version != bundle.version


def test_the_same_input_gives_the_same_bytes(bundle: Bundle, listing: Make, batch: Make) -> None:
    rows = [listing(t, listing_id=f"L{i}") for i, t in enumerate(TITLES * 3)]

    def run(size: int, workers: int) -> list[str]:
        batches = [batch(rows[i : i + size]) for i in range(0, len(rows), size)]
        return [s.line() for s in screen(bundle, batches, keep_abstained=True, workers=workers)]

    assert run(100, 1) == run(2, 1) == run(4, 2)


def test_nothing_in_nothing_out(bundle: Bundle, listing: Make, batch: Make) -> None:
    assert list(screen(bundle, [])) == []
    empty = batch([listing("x")]).slice(0, 0)
    assert isinstance(empty, pa.RecordBatch)
    assert list(screen(bundle, [empty])) == []


WORDS = [
    ("Vel\u200blorix 跑步鞋", "split", "不可见字符", "cannot be seen; it shows as “Vellorix”"),
    ("V e l l o r i x 跑步鞋", "split", "以符号或空格拆开", "split by signs or spaces"),
    ("维洛某 跑步鞋", "mask", "以符号或代字遮盖", "signs or fillers"),
    ("Velloirx 跑步鞋", "edit", "仅一处不同", "differs from “Vellorix” in one place"),
    ("维洛森 跑步鞋 高仿", "exact", "维洛森为权利人登记的别称", "another writing recorded for the right"),
    ("Vellorix 跑步鞋 高仿", "exact", "与注册商标“Vellorix”相同", "the mark “Vellorix” as registered"),
]


@pytest.mark.parametrize(("title", "channel", "zh", "en"), WORDS, ids=[case[0] for case in WORDS])
def test_a_finding_says_what_the_reader_can_see(
    judge: Judge, title: str, channel: str, zh: str, en: str
) -> None:
    """An alias is not called registered, and what is invisible is named instead of quoted."""
    (found,) = judge(title)
    texts = [(item["text_zh"], item["text_en"]) for item in found.evidence if item["channel"] == channel]
    assert texts
    for text_zh, text_en in texts:
        assert zh in text_zh
        assert en in text_en
        assert "\u200b" not in text_zh + text_en
        assert ("注册商标" in text_zh) == ("as registered" in text_en) == ("Vellorix 跑" in title)
