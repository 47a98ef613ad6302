"""The published weights: how much each finding adds to, or takes from, the log-odds of a suspicion.

Every weight is a whole number of thousandths of a nat, so that the parts of a score add up exactly. They were
chosen on synthetic markets with seeds below 100 and are reported on a seed that was not looked at
(docs/adr/0040). Raising or lowering one changes the version of every bundle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import Any

MILLI = 1000

_CHANNELS = {
    # The mark as registered says only that the goods are offered under it; resale is lawful.
    "exact": 1900,
    # Nobody writes Greek letters into a Latin word, or a star over a letter, by accident.
    "homoglyph": 4600,
    "split": 4500,
    "mask": 4700,
    "decomposed": 4900,
    "pinyin": 4300,
    "sound": 4200,
    "shape": 4600,
    "edit": 4400,
    # One unrelated character may well be another trader's mark.
    "wildcard": 1200,
}

# How a channel's weight is shared out between the aspects: shape, sound, meaning.
_ASPECTS = {
    "exact": (50, 25, 25),
    "homoglyph": (80, 10, 10),
    "split": (60, 20, 20),
    "mask": (70, 15, 15),
    "decomposed": (80, 10, 10),
    "pinyin": (10, 80, 10),
    "sound": (15, 85, 0),
    "shape": (85, 0, 15),
    "edit": (60, 40, 0),
    "wildcard": (70, 30, 0),
}


@dataclass(frozen=True)
class Weights:
    """All weights in thousandths of a nat; `threshold` and `abstain` are compared with the score's sum."""

    prior: int = -3000
    channels: Mapping[str, int] = field(default_factory=lambda: dict(_CHANNELS))
    aspects: Mapping[str, tuple[int, int, int]] = field(default_factory=lambda: dict(_ASPECTS))
    short_mark: int = -1600  # two Han characters, found by sound or shape alone
    dictionary_word: int = -900  # the mark is an ordinary word
    in_description: int = -800  # found in the description only
    class_match: int = 500
    class_other: int = -1500
    authorised: int = -7000
    unlisted: int = 300  # the holder has a list of sellers and this one is not on it
    claims_official: int = 600
    descriptive: int = -3200
    second_hand: int = -900
    bought: int = -900  # "bought in store, with receipt": the goods of a reseller
    own_brand: int = -1500  # another word stands in the brand field
    unsure_goods_percent: int = 60  # part of the price's weight where the goods could not be compared
    cue: int = 1800  # 高仿, replica, 1:1
    weak_cue: int = 300  # 同款, inspired
    cue_limit: int = 2800
    # price asked ÷ usual price of the genuine goods → weight; linear in between
    price_ratio: tuple[tuple[float, int], ...] = (
        (0.20, 2600), (0.38, 1800), (0.46, 300), (0.56, 0), (0.75, -500), (0.95, -900),
    )  # fmt: skip
    # robust z of the logarithm of the price among listings of the same right and category
    price_z: tuple[tuple[float, int], ...] = ((-5.0, 2200), (-2.5, 900), (-2.49, 0))
    price_z_least: int = 8
    signals: Mapping[str, int] = field(
        default_factory=lambda: {
            "prior_verdict": 2500,
            "linked_to_infringer": 1600,
            "reopened": 900,
            "shared_contact": 600,
            "shared_images": 700,
            "trusted": -1500,
        }
    )
    threshold: int = 0
    abstain: int = -1500

    def as_json(self) -> dict[str, Any]:
        """The weights as plain JSON values."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return [_plain(v) for v in value] if isinstance(value, tuple) else value


def along(curve: tuple[tuple[float, int], ...], x: float) -> int:
    """The weight at `x` on a piecewise linear curve; flat beyond its ends."""
    if x <= curve[0][0]:
        return curve[0][1]
    for (x0, y0), (x1, y1) in pairwise(curve):
        if x <= x1:
            return round(y0 + (y1 - y0) * (x - x0) / (x1 - x0))
    return curve[-1][1]


PUBLISHED = Weights()
