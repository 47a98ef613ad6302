"""Words beside the mark that change what it means.

*Against the seller*: words that admit or advertise an imitation. *For the seller*: words that make the mark a
description (适用于, compatible with), and words of the second-hand trade. A descriptive word counts only right
before or after the mark, within the same clause: "适用于耐克" describes, "适用于跑步，耐克" does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from joinder.vocabulary.script.fold import fold

# Replicas by the trade's own names.
STRONG = (
    "公司货", "尾货", "factory leftover", "leftover stock", "mirror grade", "aaa", "高仿", "精仿",
    "超a", "a货", "复刻", "1:1", "一比一", "原单", "尾单", "莆田", "顶级版本", "过验", "对版", "仿牌",
    "仿品", "工厂流出", "大牌平替原厂", "海关扣货", "走私", "replica", "super copy", "mirror quality",
    "1:1 quality", "knockoff", "knock-off", "fake", "aaa quality", "aaa+", "first copy",
    "unauthorized authentic", "factory surplus", "top copy", "same factory", "as original",
    "ua quality", "原厂货", "原版开模", "高版本", "厂货", "跑量款", "渠道货",
)  # fmt: skip
# Leaning on another's name without saying so.
WEAK = (
    "同款", "大牌", "平替", "亏本冲量", "明星款", "专柜品质", "专柜同步", "私聊", "加微", "微信看图",
    "不议价秒发", "inspired", "dupe", "look alike", "lookalike", "designer style", "similar to",
    "dm for", "no logo photo", "same style",
)  # fmt: skip
SECOND_HAND = ("二手", "闲置", "中古", "转卖", "second hand", "second-hand", "pre-owned", "preowned", "used")

BOUGHT = ("专柜购入", "带小票", "有小票", "附购买凭证", "bought in store", "with receipt", "receipt included")
# 男女同款 says that a size fits both, not that a famous thing is copied.
_INNOCENT = re.compile(r"(男女|情侣|亲子|母女|父子|闺蜜)同款")

_BEFORE = re.compile(
    r"(适用于?|适配于?|兼容|通用于?|匹配|配套|代替|替代|替换|可用于|用于|支持|"
    r"\bcompatible with|\bcompatible for|\bfits?|\bfits? for|\bsuitable for|"
    r"\breplacement for|\bworks with|\bdesigned for|"
    r"\bmade for|\bcompatible|\bfor)[\s:：]*(?:[^\s,.;:，。；：！!?？]{0,6}[/、,\s&和与或及]\s*){0,3}$"
)
# Only right after the mark: "Vellorix跑鞋 适用于跑步" says what the shoes are for, not what they fit.
_AFTER = re.compile(r"^\s?(通用|适用|可用|兼容|专用配件|compatible\b|replacement\b)(?![于在场人])")


@dataclass(frozen=True)
class Cue:
    """A cue word found in the plain (folded) text. kind: strong, weak, second_hand or bought."""

    kind: str
    start: int
    end: int


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...], tuple[str, ...]]:
    words: list[str] = []
    kinds: list[str] = []
    for kind, group in (("strong", STRONG), ("weak", WEAK), ("second_hand", SECOND_HAND), ("bought", BOUGHT)):
        for word in group:
            words.append(fold(word).text)
            kinds.append(kind)
    return AhoCorasick(words), tuple(words), tuple(kinds)


def cues_in(folded: str) -> list[Cue]:
    """The cue words of a folded text, one per word, in order; Latin ones only as whole words."""
    automaton, words, kinds = _automaton()
    found: dict[str, Cue] = {}
    for which, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
        word = words[which]
        if word[0].isascii() and word[0].isalnum() and start and _joins(folded[start - 1]):
            continue
        if word[-1].isascii() and word[-1].isalnum() and end < len(folded) and _joins(folded[end]):
            continue
        if word == "同款" and _INNOCENT.fullmatch(folded[max(0, start - 2) : end]):
            continue
        found.setdefault(word, Cue(kinds[which], start, end))
    # "1:1" within "1:1 quality" is one word of the trade, not two.
    apart = [c for c in found.values() if not any(_within(c, other) for other in found.values())]
    return sorted(apart, key=lambda c: (c.start, c.end))


def _within(cue: Cue, other: Cue) -> bool:
    return other.start <= cue.start and cue.end <= other.end and other.end - other.start > cue.end - cue.start


def _joins(char: str) -> bool:
    return char.isascii() and char.isalnum()


def descriptive_cue(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """The span in `folded` of words that make the mark at start..end a description, or None."""
    low = max(0, start - 40)
    before = _BEFORE.search(folded[low:start])
    if before:
        return low + before.start(1), low + before.end(1)
    after = _AFTER.match(folded[end : end + 24])
    return (end + after.start(1), end + after.end(1)) if after else None
