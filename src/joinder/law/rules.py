"""One rule: a legal fact with its source, its dates and how well it was checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class RuleKind(StrEnum):
    """What a rule says."""

    FIELD = "field"
    """An item that a document must contain."""
    CLOCK = "clock"
    """A period that runs from an event."""
    THRESHOLD = "threshold"
    """A figure from which a consequence follows."""
    ROLE = "role"
    """Who may or must act."""
    ARTEFACT = "artefact"
    """What a piece of evidence or a document must show."""
    ELEMENT = "element"
    """What must be proven for an infringement or an offence."""
    PROVISION = "provision"
    """Where a topic is regulated: the article number that applied on a date."""


class CountedBy(StrEnum):
    """How the units of a clock are counted."""

    CALENDAR = "calendar"
    """Every day counts; the last day rolls over if it is a rest day."""
    WORKING = "working"
    """Only working days count, make-up days included."""
    HOURS = "hours"
    """By the hour, nights and rest days included."""


class Checked(StrEnum):
    """How the rule's content was confirmed."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


WORDING = {
    Checked.PRIMARY: ("已对照条文", "checked against the text of the law"),
    Checked.SECONDARY: ("仅据二手资料，未对照条文", "from a secondary source, not checked against the text"),
    Checked.UNVERIFIED: ("未核实，须由专业人员确认", "unverified, to be confirmed by a practitioner"),
}


_ARTICLE_WORDS = (
    (re.compile(r"第(\d+)条"), r"art. \1 "),
    (re.compile(r"第(\d+)款"), r"para. \1 "),
    (re.compile(r"第(\d+)项"), r"item \1 "),
)


def _article_en(article: str) -> str:
    text = article.replace("（条号未核对）", " (article number not checked)").replace("、", ", ")
    for pattern, words in _ARTICLE_WORDS:
        text = pattern.sub(words, text)
    return text.replace(" ,", ",").strip()


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule; ``effective_to`` is the last day in force, None while it has no end.

    value and unit: the figure (15 days, 50000 CNY), None where the rule has none. terms: what its kind needs besides
    (the path of a field, the offence of a threshold), fixed by the schema.
    """

    id: str
    pack: str
    jurisdiction: str
    source: str
    article: str
    effective_from: date
    effective_to: date | None
    kind: RuleKind
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    checked: Checked
    value: int | None = None
    unit: str | None = None
    calendar: CountedBy | None = None
    trigger: str | None = None
    consequence: str | None = None
    terms: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    source_en: str = ""

    def in_force(self, on: date) -> bool:
        """Whether this version applied on a civil date."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)

    @property
    def citation(self) -> str:
        """Source and article, as a reader cites it: 《电子商务法》第43条, 法发〔2020〕32号第5条, 17 U.S.C. § 512(c)."""
        if self.source.isascii():
            return f"{self.source} {self.article}".strip()
        if "〔" in self.source:
            return f"{self.source}{self.article}"
        name, bracket, rest = self.source.partition("（")
        return f"《{name}》{bracket}{rest}{self.article}"

    @property
    def citation_en(self) -> str:
        """The citation with English names where they are known: ``E-Commerce Law (电子商务法) art. 43 para. 2``."""
        source = f"{self.source_en} ({self.source})" if self.source_en else self.source
        return f"{source} {_article_en(self.article)}".strip()

    @property
    def caution(self) -> tuple[str, str] | None:
        """What must be said wherever the rule shows (zh, en); None for a rule read in the law itself."""
        return None if self.checked is Checked.PRIMARY else WORDING[self.checked]

    def as_dict(self) -> dict[str, Any]:
        """The rule as plain JSON values, dates as ISO 8601."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        plain |= {"effective_from": self.effective_from.isoformat(), "terms": dict(self.terms)}
        plain["effective_to"] = self.effective_to.isoformat() if self.effective_to else None
        return {key: value for key, value in plain.items() if value not in (None, {})}
