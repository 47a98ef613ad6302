"""What must be proven, and which facts and exhibits support it: the rows and cells of the proof matrix.

Elements are rules of an offence. A fact bears on an element with a *stance*; a cell counts the exhibits behind it. The
room only arranges: whether an element is proven is a person's decision, so the matrix ends in named gaps and never in
a percentage.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from joinder.law import packs
from joinder.law.errors import RuleNotFound
from joinder.law.rules import Rule, RuleKind

SELLING_INFRINGING_GOODS = "cn-tm-selling"


class Stance(StrEnum):
    """How a fact bears on an element."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class Standing(StrEnum):
    """How an element stands, read from its cells."""

    GAP = "gap"
    """No fact bears on it."""
    UNSUPPORTED = "unsupported"
    """A fact is asserted, but no exhibit stands behind any of them."""
    CONTESTED = "contested"
    """At least one fact contradicts it, or a supporting fact is disputed."""
    SUPPORTED = "supported"
    """Facts with exhibits support it and none is disputed. Whether it is *proven* a person decides."""


STANDING_TEXTS = {
    Standing.GAP: ("缺口：尚无事实", "gap: no fact yet"),
    Standing.UNSUPPORTED: ("有事实，缺证据", "asserted, no exhibit"),
    Standing.CONTESTED: ("有争议", "contested"),
    Standing.SUPPORTED: ("有证据支持", "supported by exhibits"),
}


@dataclass(frozen=True, slots=True)
class Support:
    """A fact that bears on an element, with the ids of its exhibits; disputed: the other side denies it."""

    element: str
    fact_id: str
    exhibit_ids: tuple[str, ...] = ()
    stance: Stance = Stance.SUPPORTS
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact in the row of one element."""

    fact_id: str
    stance: Stance
    exhibit_ids: tuple[str, ...]
    disputed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One element with its rule, its cells and how it stands."""

    key: str
    rule: Rule
    cells: tuple[Cell, ...]
    standing: Standing

    @property
    def next_step(self) -> tuple[str, str] | None:
        """What usually fills the gap (zh, en); None where nothing is open."""
        if self.standing is Standing.SUPPORTED:
            return None
        zh, en = self.rule.terms.get("usual_zh", ""), self.rule.terms.get("usual_en", "")
        return (f"补充：{zh}", f"Add: {en}") if zh else None


def offences() -> list[str]:
    """Offences for which elements are loaded, sorted."""
    return sorted({str(r.terms["offence"]) for r in packs.load() if r.kind is RuleKind.ELEMENT})


def elements_of(offence: str, on: date) -> list[Rule]:
    """The elements of an offence under the law of a date, in their order. Raises RuleNotFound if there are none."""
    found = packs.load(on).of_kind(RuleKind.ELEMENT, offence=offence)
    if not found:
        raise RuleNotFound(
            f"There are no elements of {offence!r} under the law of {on}.",
            mend=f"Offences: {', '.join(offences())}.",
        )
    return sorted(found, key=lambda rule: int(rule.terms["order"]))


def key_of(rule: Rule) -> str:
    """The short name of an element, which stays the same when the law is renumbered."""
    return str(rule.terms.get("key", rule.id))


def matrix(offence: str, supports: Iterable[Support] = (), *, on: date) -> list[Row]:
    """The proof matrix of an offence: one row per element, in order.

    on: the date of the act, which chooses the law. A support of an element that the offence does not have is left
    out. Raises RuleNotFound for an unknown offence or a date without law.
    """
    by_element: dict[str, list[Cell]] = {}
    for support in supports:
        cell = Cell(support.fact_id, support.stance, support.exhibit_ids, support.disputed)
        by_element.setdefault(support.element, []).append(cell)
    return [_row(rule, tuple(by_element.get(key_of(rule), ()))) for rule in elements_of(offence, on)]


def _row(rule: Rule, cells: tuple[Cell, ...]) -> Row:
    return Row(key_of(rule), rule, cells, _standing(cells))


def _standing(cells: tuple[Cell, ...]) -> Standing:
    if not cells:
        return Standing.GAP
    if any(cell.disputed or cell.stance is Stance.CONTRADICTS for cell in cells):
        return Standing.CONTESTED
    return Standing.SUPPORTED if any(cell.exhibit_ids for cell in cells) else Standing.UNSUPPORTED
