"""The explanation: every part of a score as one item that a person can read and check.

An `Item` is one line of the waterfall; its weight is a whole number of thousandths of a nat. Items that speak
for the seller are counter-evidence. The base rate is an item too (channel `prior`), so that the weights of
`evidence` and `counter_evidence` together are exactly the score.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from joinder.detect.matches import Op
from joinder.detect.weights import MILLI


@dataclass(frozen=True)
class Item:
    """One part of a score. span: half-open, in code points of the stored `field`; None where no text is quoted."""

    aspect: str
    channel: str
    weight_milli: int
    text_zh: str
    text_en: str
    field: str | None = None
    span: tuple[int, int] | None = None
    observed: str | None = None
    mark: str | None = None
    ops: tuple[Op, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The item with the keys of the published format."""
        return {
            "aspect": self.aspect,
            "channel": self.channel,
            "field": self.field,
            "span": list(self.span) if self.span else None,
            "observed": self.observed,
            "mark": self.mark,
            "ops": [o.as_json() for o in self.ops],
            "weight": self.weight_milli / MILLI,
            "text_zh": self.text_zh,
            "text_en": self.text_en,
        }


@dataclass(frozen=True)
class Suspicion:
    """One listing suspected under one right, with its reasons.

    verdict: `suspected` at or above the threshold, `abstained` below it. score: log-odds in nats.
    calibrated_p: None until reviewers' verdicts have been fitted; a score is not a probability.
    """

    listing: str
    right: str
    verdict: str
    score_milli: int
    bundle: str
    items: tuple[dict[str, Any], ...]
    not_checked: tuple[str, ...]
    calibrated_p: float | None = None

    @property
    def score(self) -> float:
        return self.score_milli / MILLI

    @property
    def evidence(self) -> list[dict[str, Any]]:
        """What speaks for the suspicion, the base rate first."""
        return [i for i in self.items if i["weight"] > 0 or i["channel"] == "prior"]

    @property
    def counter_evidence(self) -> list[dict[str, Any]]:
        """What speaks against it, and what was looked at without weighing anything."""
        return [i for i in self.items if i["weight"] <= 0 and i["channel"] != "prior"]

    def as_json(self) -> dict[str, Any]:
        """The published format (docs/spec/detect.md)."""
        return {
            "listing": self.listing,
            "right": self.right,
            "verdict": self.verdict,
            "score": self.score,
            "calibrated_p": self.calibrated_p,
            "bundle": self.bundle,
            "evidence": self.evidence,
            "counter_evidence": self.counter_evidence,
            "not_checked": list(self.not_checked),
        }

    def line(self) -> str:
        """One line of JSON without its line end; the same suspicion gives the same bytes."""
        return json.dumps(self.as_json(), ensure_ascii=False, separators=(",", ":"))


def total(items: Iterable[Item]) -> int:
    """The score of some items in thousandths of a nat."""
    return sum(item.weight_milli for item in items)
