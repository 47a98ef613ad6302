"""When something is due, and why, step by step.

Depends on the rule (its figure, unit and way of counting), the moment of the trigger, and the days that do not count.
Days are civil dates of the jurisdiction. Worked example: a counter-statement reaches the right holder on 2026-11-16 at
any hour of Beijing time. That day is not counted (Civil Code 201); fifteen days run from 11-17 to 12-01; 12-01 is a
working day, so the period ends on 2026-12-01 at 24:00, which is 16:00 UTC. Had the last day been a rest day, it would
move to the next working day (Civil Code 203). Days lost to notarisation or legalisation are skipped, at most twenty
working days of them (SPC Reply 2020, item 3).
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from joinder.law import calendars, packs
from joinder.law.calendars import WorkingCalendar
from joinder.law.errors import ClockInputInvalid
from joinder.law.packs import RuleBook
from joinder.law.rules import CountedBy, Rule, RuleKind
from joinder.law.wording import on_zh, plural, unit_words, when_en, when_zh

ZONES = {"CN": ZoneInfo("Asia/Shanghai")}
FIRST_DAY = "cn-civil-code-201"
SAME_DAY_OF_MONTH = "cn-civil-code-202"
ROLL_OVER = "cn-civil-code-203"
CivilDate: TypeAlias = date
# A clock that walks further than this is a mistake in its exclusions, not a period of law.
_LONGEST_WALK_DAYS = 4000
_LONGEST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Days that do not count, first and last included, with the reason a person gave."""

    first: date
    last: date
    reason: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ClockInputInvalid(
                f"The days not counted end on {self.last}, before they start on {self.first}.",
                mend="Give the first day before the last day.",
            )

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of the explanation and the rule that it applies."""

    text_zh: str
    text_en: str
    rule_id: str


@dataclass(frozen=True, slots=True)
class Due:
    """When a period ends. ``local_deadline`` is the first instant after it: 24:00 of ``date`` is 00:00 of the next day.

    provisional: a year without a holiday notice was passed, so the date must be computed again. excluded: the days
    that were not counted.
    """

    rule_id: str
    date: CivilDate
    local_deadline: datetime
    utc_deadline: datetime
    steps: tuple[Step, ...]
    excluded: tuple[CivilDate, ...] = ()
    provisional: bool = False
    cautions: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; times as ISO 8601."""
        return {
            "rule_id": self.rule_id,
            "date": self.date.isoformat(),
            "local_deadline": self.local_deadline.isoformat(),
            "utc_deadline": self.utc_deadline.isoformat().replace("+00:00", "Z"),
            "provisional": self.provisional,
            "excluded": [day.isoformat() for day in self.excluded],
            "cautions": [{"text_zh": zh, "text_en": en} for zh, en in self.cautions],
            "steps": [{"text_zh": s.text_zh, "text_en": s.text_en, "rule_id": s.rule_id} for s in self.steps],
        }


class ClockState(StrEnum):
    """Where a clock stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    EXPIRED = "expired"


def state(due: Due, now: datetime, stopped_at: datetime | None = None) -> ClockState:
    """Stopped if the stopping event came before the deadline; else expired from the deadline on; else running."""
    if stopped_at is not None and stopped_at < due.utc_deadline:
        return ClockState.STOPPED
    return ClockState.EXPIRED if now >= due.utc_deadline else ClockState.RUNNING


def due(
    rule: Rule,
    trigger_at: datetime,
    *,
    exclusions: Sequence[Exclusion] = (),
    calendar: WorkingCalendar | None = None,
    book: RuleBook | None = None,
) -> Due:
    """When a clock that was triggered at a moment ends, with every step.

    trigger_at: an aware moment. exclusions: days that do not count, only where the rule allows them. calendar:
    default the shipped one of the rule's jurisdiction. book: rules for the way of counting, default those of the day.
    Raises ClockInputInvalid for a rule that is no clock, a moment without zone or exclusions that the rule does not
    know; YearWithoutData if a needed day lies in a year without a holiday notice.
    """
    if rule.kind is not RuleKind.CLOCK or rule.value is None:
        raise ClockInputInvalid(
            f"{rule.id!r} is a {rule.kind.value}, not a clock.",
            mend="List clocks: joinder law list --kind clock",
        )
    if trigger_at.tzinfo is None:
        raise ClockInputInvalid(
            "The moment of the trigger has no time zone.", mend="Write it as 2026-11-16T10:00+08:00."
        )
    if rule.jurisdiction not in ZONES:
        raise ClockInputInvalid(
            f"Days of {rule.jurisdiction} cannot be counted yet: no calendar of it is shipped."
        )
    local = _local(trigger_at, rule)
    rules = book or packs.load(local.date())
    if exclusions and "exclusions" not in rule.terms:
        raise ClockInputInvalid(
            f"Rule {rule.id!r} ({rule.citation}) does not leave out any days.",
            mend="Remove the days not counted.",
        )
    if not rule.in_force(local.date()):
        raise ClockInputInvalid(
            f"Rule {rule.id!r} was not in force on {local.date()}, the day of the trigger.",
            mend=f"It applies from {rule.effective_from} to {rule.effective_to or 'further notice'}.",
        )
    days = calendar or calendars.load(rule.jurisdiction)
    walk = _Count(rule, local, tuple(exclusions), days, rules)
    return walk.by_the_hour() if rule.calendar is CountedBy.HOURS else walk.by_the_day()


def _local(trigger_at: datetime, rule: Rule) -> datetime:
    """The moment in the rule's zone; refused where the end of the count could leave the years that a date can hold."""
    if not date.min.year + 1 < trigger_at.year < date.max.year - _LONGEST_YEARS:
        raise ClockInputInvalid(
            f"The year {trigger_at.year} of the trigger is too far away to count from.",
            mend="Write the year in four digits, for example 2026-11-16.",
        )
    return trigger_at.astimezone(ZONES[rule.jurisdiction])


class _Count:
    """One counting: collects the steps while it walks from the trigger to the end."""

    def __init__(
        self,
        rule: Rule,
        local: datetime,
        exclusions: tuple[Exclusion, ...],
        days: WorkingCalendar,
        rules: RuleBook,
    ) -> None:
        self.rule, self.local, self.exclusions, self.days, self.rules = rule, local, exclusions, days, rules
        self.value = rule.value or 0
        self.provisional = False
        self.excluded: list[date] = []
        self.used: list[Rule] = [rule]
        terms = rule.terms
        event_zh = terms.get("trigger_zh", rule.trigger)
        event_en = terms.get("trigger_en", rule.trigger)
        self.steps = [
            Step(
                f"触发：{event_zh}，时间{when_zh(local)}。",
                f"Trigger: {event_en}, at {when_en(local)}.",
                rule.id,
            )
        ]

    def by_the_hour(self) -> Due:
        end = self.local + timedelta(hours=self.value)
        self.steps.append(
            Step(
                f"期限：{self.value}小时，逐时连续计算，休息日不扣除，至{when_zh(end)}（{self.rule.citation}）。",
                f"Period: {plural(self.value, 'hour')} counted by the hour without a break, until {when_en(end)}"
                f" ({self.rule.citation_en}).",
                self.rule.id,
            )
        )
        return self._finish(end.date(), end)

    def by_the_day(self) -> Due:
        first = self.local.date() + timedelta(days=1)
        self._say(
            FIRST_DAY,
            f"起算：触发当日不计入，自{on_zh(first)}起算",
            f"Start: the day of the trigger is not counted; counting starts on {first}",
        )
        last = self._months_later() if self.rule.unit in ("month", "year") else self._walk(first)
        if self.rule.calendar is CountedBy.CALENDAR:
            last = self._roll_over(last)
        end = datetime(last.year, last.month, last.day, tzinfo=self.local.tzinfo) + timedelta(days=1)
        self.steps.append(
            Step(
                f"届满：{on_zh(last)}24时（北京时间），即协调世界时{end.astimezone(UTC):%Y-%m-%d %H:%M}。",
                f"End: {last} at 24:00 Beijing time, which is {end.astimezone(UTC):%Y-%m-%d %H:%M} UTC.",
                self.rule.id,
            )
        )
        return self._finish(last, end)

    def _months_later(self) -> date:
        months = self.value * (12 if self.rule.unit == "year" else 1)
        start = self.local.date()
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        last = date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))
        zh, en = unit_words(self.rule)
        self._say(
            SAME_DAY_OF_MONTH,
            f"期限：{zh}，到期月的对应日{on_zh(last)}为最后一日，没有对应日的为月末日",
            f"Period: {en}; the last day is the corresponding day {last}, or the month's last day where there is none",
        )
        return last

    def _walk(self, day: date) -> date:
        counted, cap = 0, self._cap()
        excluded_working = 0
        working_only = self.rule.calendar is CountedBy.WORKING
        for _ in range(_LONGEST_WALK_DAYS):
            if self._excludable(day) and excluded_working < cap:
                self.excluded.append(day)
                excluded_working += self._works(day)
            elif not working_only or self._works(day):
                counted += 1
            if counted == self.value:
                break
            day += timedelta(days=1)
        else:
            raise ClockInputInvalid(
                f"The clock {self.rule.id!r} does not end within {_LONGEST_WALK_DAYS} days."
            )
        zh, en = unit_words(self.rule)
        self._explain_exclusions(excluded_working, cap)
        self.steps.append(
            Step(
                f"期限：{zh}，最后一日为{on_zh(day)}（{self.rule.citation}）。",
                f"Period: {en}; the last day is {day} ({self.rule.citation_en}).",
                self.rule.id,
            )
        )
        return day

    def _excludable(self, day: date) -> bool:
        return any(exclusion.covers(day) for exclusion in self.exclusions)

    def _cap(self) -> int:
        if not self.exclusions:
            return 0
        limit = self.rules.rule(self.rule.terms["exclusions"])
        return limit.value if limit.value is not None else _LONGEST_WALK_DAYS

    def _explain_exclusions(self, working: int, cap: int) -> None:
        if not self.exclusions:
            return
        rule_id = self.rule.terms["exclusions"]
        reasons = "、".join(dict.fromkeys(e.reason for e in self.exclusions if e.reason)) or "—"
        self._say(
            rule_id,
            f"不计入：{len(self.excluded)}日（其中工作日{working}日），事由：{reasons}",
            f"Not counted: {plural(len(self.excluded), 'day')}, of which {plural(working, 'working day')};"
            f" reason: {reasons}",
        )
        if working >= cap:
            self._say(
                rule_id,
                f"上限：不计入的时间最长{cap}个工作日，其后的日数照常计算",
                f"Cap: at most {plural(cap, 'working day')} may be left out; later days count again",
            )

    def _roll_over(self, last: date) -> date:
        moved = last
        while not self._works(moved):
            moved += timedelta(days=1)
        if moved != last:
            rest = self.days.day(last)
            self._say(
                ROLL_OVER,
                f"顺延：{on_zh(last)}为{rest.name_zh}，以休假日结束的次日{on_zh(moved)}为最后一日",
                f"Roll-over: {last} is a rest day ({rest.name_en}); the last day becomes {moved}",
            )
        else:
            self._say(
                ROLL_OVER,
                f"不顺延：{on_zh(last)}为{self.days.day(last).name_zh}",
                f"No roll-over: {last} is a {self.days.day(last).name_en}",
            )
        return moved

    def _works(self, day: date) -> bool:
        kind = self.days.day(day)
        self.provisional = self.provisional or kind.provisional
        return kind.kind.works

    def _say(self, rule_id: str, zh: str, en: str) -> None:
        rule = self.rules.rule(rule_id)
        self.used.append(rule)
        self.steps.append(Step(f"{zh}（{rule.citation}）。", f"{en} ({rule.citation_en}).", rule_id))

    def _finish(self, last: date, end: datetime) -> Due:
        if self.provisional:
            self.steps.append(
                Step(
                    "暂定：涉及年份的节假日安排通知尚未录入，仅按周末推算，通知公布后必须重新计算。",
                    "Provisional: the holiday notice of a year concerned is not loaded; only weekends were taken into"
                    " account, and the date must be computed again once the notice is out.",
                    self.rule.id,
                )
            )
        cautions = dict.fromkeys(
            (f"{rule.citation}：{rule.caution[0]}", f"{rule.citation_en}: {rule.caution[1]}")
            for rule in self.used
            if rule.caution
        )
        result = Due(self.rule.id, last, end, end.astimezone(UTC), tuple(self.steps), tuple(self.excluded))
        return replace(result, provisional=self.provisional, cautions=tuple(cautions))


def exclusions_from(spans: Iterable[tuple[date, date, str]]) -> tuple[Exclusion, ...]:
    """Exclusions of (first, last, reason) triples; empty for none. Raises ClockInputInvalid for a reversed span."""
    return tuple(Exclusion(first, last, reason) for first, last, reason in spans)
