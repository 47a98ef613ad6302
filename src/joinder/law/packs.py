"""Reading rule packs and merging them by id and date.

Packs are YAML files in this room's ``data`` folder; further folders (a bureau's own texts) may follow, and a later
folder's version replaces an earlier one of the same id and first day. Two versions of one rule that overlap in time
are an error, never a choice made silently.
"""

from __future__ import annotations

import difflib
import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from joinder.law.errors import InvalidPack, RuleNotFound
from joinder.law.pack_files import read_pack, read_yaml
from joinder.law.rules import Checked, CountedBy, Rule, RuleKind

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class PackTitle:
    """What a pack is called and what its readers must know of it."""

    id: str
    title_zh: str
    title_en: str
    note_zh: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class RuleBook:
    """All versions of all rules, or those in force on ``on``."""

    on: date | None
    versions: Mapping[str, tuple[Rule, ...]]
    packs: Mapping[str, PackTitle]

    def __iter__(self) -> Iterator[Rule]:
        return (rule for rules in self.versions.values() for rule in rules)

    def __len__(self) -> int:
        return sum(len(rules) for rules in self.versions.values())

    def history(self, rule_id: str) -> tuple[Rule, ...]:
        """All versions of a rule in this book, oldest first. Raises RuleNotFound with the nearest ids."""
        found = self.versions.get(rule_id)
        if found is None:
            near = difflib.get_close_matches(rule_id, [*self.versions, *self.packs], n=3, cutoff=0.5)
            raise RuleNotFound(
                f"There is no rule {rule_id!r}" + (f" in force on {self.on}." if self.on else "."),
                mend=f"Near to it: {', '.join(near)}." if near else "List all rules: joinder law list",
            )
        return found

    def rule(self, rule_id: str, on: date | None = None) -> Rule:
        """The version in force on a date (default: the book's own date).

        Without any date the only version is returned. Raises RuleNotFound if there is none, or more than one and no
        date to choose by.
        """
        versions = self.history(rule_id)
        day = on or self.on
        fitting = [rule for rule in versions if day is None or rule.in_force(day)]
        if len(fitting) == 1:
            return fitting[0]
        dates = "; ".join(f"{r.effective_from} to {r.effective_to or 'further notice'}" for r in versions)
        if not fitting:
            raise RuleNotFound(f"Rule {rule_id!r} was not in force on {day}.", mend=f"It applied: {dates}.")
        raise RuleNotFound(
            f"Rule {rule_id!r} has {len(fitting)} versions and no date was given.",
            mend=f"They apply: {dates}.",
        )

    def of_kind(self, kind: RuleKind, **terms: object) -> list[Rule]:
        """Rules of a kind whose terms have the given values, in the order of their packs."""
        return [
            rule
            for rule in self
            if rule.kind is kind and all(rule.terms.get(key) == value for key, value in terms.items())
        ]

    def of_pack(self, pack: str) -> list[Rule]:
        """The rules of one pack; empty for an unknown pack."""
        return [rule for rule in self if rule.pack == pack]


def load(on: date | None = None, *, folders: Iterable[Path] = ()) -> RuleBook:
    """The rule book of the shipped packs and of further folders.

    on: civil date on which the rules must be in force; None for all versions. Raises InvalidPack naming file, rule
    and field.
    """
    book = _all_versions((DATA, *folders))
    if on is None:
        return book
    current = {
        rule_id: fitting
        for rule_id, rules in book.versions.items()
        if (fitting := tuple(rule for rule in rules if rule.in_force(on)))
    }
    return RuleBook(on, MappingProxyType(current), book.packs)


@functools.cache
def _sources_en() -> Mapping[str, str]:
    return {str(name): str(gloss) for name, gloss in read_yaml(DATA / "names" / "sources-en.yaml").items()}


@functools.lru_cache(maxsize=8)
def _all_versions(folders: tuple[Path, ...]) -> RuleBook:
    versions: dict[str, dict[date, Rule]] = {}
    titles: dict[str, PackTitle] = {}
    for folder in folders:
        seen_here: dict[tuple[str, date], Path] = {}
        for file in sorted(folder.glob("*.yaml")):
            title, rules = _rules_of(file)
            titles[title.id] = title
            for rule in rules:
                key = (rule.id, rule.effective_from)
                if key in seen_here:
                    raise InvalidPack(
                        f"Rule {rule.id!r} from {rule.effective_from} stands twice: in {seen_here[key].name} and"
                        f" in {file.name}.",
                        mend="Keep one of them, or give the older one an effective_to.",
                    )
                seen_here[key] = file
                versions.setdefault(rule.id, {})[rule.effective_from] = rule
    merged = {rule_id: _in_order(rule_id, by_day) for rule_id, by_day in versions.items()}
    return RuleBook(None, MappingProxyType(merged), MappingProxyType(titles))


def _in_order(rule_id: str, by_day: Mapping[date, Rule]) -> tuple[Rule, ...]:
    ordered = tuple(by_day[day] for day in sorted(by_day))
    for older, newer in itertools.pairwise(ordered):
        if older.in_force(newer.effective_from):
            raise InvalidPack(
                f"Two versions of {rule_id!r} are in force on {newer.effective_from} ({older.pack}, {newer.pack}).",
                mend="Give the older one an effective_to: the day before the newer one starts.",
            )
    return ordered


def _rules_of(file: Path) -> tuple[PackTitle, list[Rule]]:
    content = read_pack(file)
    title = PackTitle(
        content["pack"], content["title_zh"], content["title_en"], content.get("note_zh", ""),
        content.get("note_en", ""),
    )  # fmt: skip
    return title, [_rule(title.id, record, file) for record in content["rules"]]


def _rule(pack: str, record: Mapping[str, Any], file: Path) -> Rule:
    first, last = record["effective_from"], record.get("effective_to")
    rule = Rule(
        id=record["id"],
        pack=pack,
        jurisdiction=record["jurisdiction"],
        source=record["source"],
        article=record["article"],
        effective_from=date.fromisoformat(first),
        effective_to=date.fromisoformat(last) if last else None,
        kind=RuleKind(record["kind"]),
        title_zh=record["title_zh"],
        title_en=record["title_en"],
        text_zh=record["text_zh"],
        text_en=record["text_en"],
        checked=Checked(record["checked"]),
        value=record.get("value"),
        unit=record.get("unit"),
        calendar=CountedBy(record["calendar"]) if "calendar" in record else None,
        trigger=record.get("trigger"),
        consequence=record.get("consequence"),
        terms=MappingProxyType(dict(record.get("terms", {}))),
        source_en=_sources_en().get(record["source"], ""),
    )
    if rule.effective_to is not None and rule.effective_to < rule.effective_from:
        raise InvalidPack(f"{file.name}: rule {rule.id!r} ends on {last}, before it starts on {first}.")
    return rule
