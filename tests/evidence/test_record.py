"""The record of extraction: its cells, its marks, and the strings of strangers that must stay inert."""

from __future__ import annotations

from typing import Any

import pytest

from joinder.evidence.record import Item, record_html
from joinder.evidence.record_cells import cells, marks, shown_url, visible


@pytest.fixture
def facts() -> dict[str, Any]:
    return {
        "url": "https://shop.example/item?id=1", "matter": None, "sequence": 1, "operators": [], "official": False,
        "cause": None, "place": None, "witness": None, "complete": False,
        "incomplete_because": [{"zh": "网页没有响应", "en": "no answer"}], "stop_reason": None,
        "started_at": "2026-11-22T01:14:03Z", "ended_at": "2026-11-22T01:14:09.5Z",
        "page": {"final_url": "", "title": ""},
        "completeness": {"requests": 1, "responses": 0, "truncated": 0, "unanswered": 1},
        "environment": {
            "sandbox": True, "browser": "Chromium 1", "system": "Linux", "gate": {"refused": [], "peers": []},
        },
        "tool": {"name": "Joinder", "version": "0"}, "authority": {"self_issued": True},
    }  # fmt: skip


def test_the_cells_stand_in_the_order_of_the_form(facts: dict[str, Any]) -> None:
    labels = [label for label, _ in cells(facts, "zh")]
    assert labels[:6] == ["案由", "起止时间", "提取地点", "提取人员", "持有人/提供人", "见证人"]
    assert labels.index("工具与版本") < labels.index("完整性校验值")
    assert len(labels) == len(cells(facts, "en"))


def test_official_time_is_beijing_with_utc_beside_it(facts: dict[str, Any]) -> None:
    assert (
        "2026年11月22日9时14分3秒（北京时间） · 2026-11-22T01:14:03Z" in dict(cells(facts, "zh"))["起止时间"]
    )


def test_what_was_not_given_says_so(facts: dict[str, Any]) -> None:
    assert dict(cells(facts, "zh"))["案由"] == "未提供"
    assert dict(cells(facts, "en"))["Operators"] == "not given"


def test_every_mark_is_there_and_none_without_cause(facts: dict[str, Any]) -> None:
    assert [text[:4] for text in marks(facts, "zh")] == ["固证不完", "非正式固", "自签：签"]
    clean = {**facts, "complete": True, "official": True, "authority": {"self_issued": False}}
    assert marks(clean, "en") == []


@pytest.mark.parametrize(
    ("hostile", "never"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('" onload="x', '" onload'),
        ("abc\u202etxt.exe", "\u202e"),
        ("a\x00b\x1b[31m", "\x1b"),
        ("zero\u200bwidth", "\u200b"),
        ("line\r\nbreak", "\r"),
        ("\ud800", "\ud800"),
    ],
)
def test_strings_of_strangers_stay_inert(facts: dict[str, Any], hostile: str, never: str) -> None:
    facts["page"]["title"] = hostile
    assert never not in visible(hostile)
    assert never not in record_html(
        {**facts, "witness": hostile, "operators": [hostile]}, [Item(hostile, 1, "0" * 64)]
    )


def test_a_long_title_is_cut() -> None:
    assert len(visible("x" * 5000)) == 601


def test_a_host_that_looks_like_another_is_shown_in_ascii() -> None:
    assert shown_url("https://раура.example/") == "https://раура.example/ [xn--80aa0cbo.example]"
    assert shown_url("https://shop.example/") == "https://shop.example/"
