"""Working days as data: weekends, holidays and make-up days of the years for which a notice is loaded.

A year without a notice is refused, because a holiday rule cannot be computed (make-up days are decided each year).
Who asks for a *provisional* calendar gets weekends only for such a year, and every result says so.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from joinder.law.errors import InvalidPack, YearWithoutData
from joinder.law.pack_files import read_yaml
from joinder.law.rules import Checked

FOLDER = Path(__file__).parent / "data" / "calendars"


class DayKind(StrEnum):
    """What a day is."""

    WORKING = "working"
    MAKE_UP = "make_up"
    """A weekend day on which people work in exchange for a holiday."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"

    @property
    def works(self) -> bool:
        """Whether the day is a working day."""
        return self in (DayKind.WORKING, DayKind.MAKE_UP)


@dataclass(frozen=True, slots=True)
class Day:
    """One civil date with its kind, its name where it has one, and whether the notice of its year is missing."""

    on: date
    kind: DayKind
    name_zh: str
    name_en: str
    provisional: bool = False


class WorkingCalendar(Protocol):
    """What a clock needs of a calendar."""

    def day(self, on: date) -> Day:
        """The kind of a day. Raises YearWithoutData where that cannot be told."""


@dataclass(frozen=True, slots=True)
class Year:
    """The rest and make-up days of one year, and the notice that fixed them."""

    notice: str
    checked: Checked
    off: Mapping[date, tuple[str, str]]
    worked: frozenset[date]


@dataclass(frozen=True)
class NoticeCalendar:
    """A calendar made of yearly notices. provisional: answer with weekends only for years that have none."""

    jurisdiction: str
    years: Mapping[int, Year]
    provisional: bool = False

    def day(self, on: date) -> Day:
        """The kind of a day. Raises YearWithoutData for a year without notice, unless provisional."""
        year = self.years.get(on.year)
        if year is None and not self.provisional:
            known = ", ".join(str(number) for number in sorted(self.years))
            raise YearWithoutData(
                f"No holiday notice of {self.jurisdiction} for {on.year} is loaded (needed for {on}); loaded: {known}.",
                mend="Add the year's notice to the calendar, or ask for a provisional date (weekends only), which"
                " must be computed again when the notice is out.",
            )
        if year is not None and on in year.off:
            return Day(on, DayKind.HOLIDAY, *year.off[on])
        if on.weekday() < 5:
            return Day(on, DayKind.WORKING, "工作日", "working day", year is None)
        if year is not None and on in year.worked:
            return Day(on, DayKind.MAKE_UP, "调休上班日", "make-up working day")
        return Day(on, DayKind.WEEKEND, "周末休息日", "weekend", year is None)

    def working_days(self, first: date, last: date) -> int:
        """Number of working days from first to last, both included; 0 if last is before first."""
        span = (last - first).days + 1
        return sum(self.day(first + timedelta(days=n)).kind.works for n in range(max(span, 0)))


@functools.cache
def load(jurisdiction: str = "CN", *, provisional: bool = False) -> NoticeCalendar:
    """The shipped calendar of a jurisdiction. Raises YearWithoutData if there is none, InvalidPack if it is broken."""
    file = FOLDER / f"{jurisdiction.lower()}.yaml"
    if not file.exists():
        raise YearWithoutData(
            f"No calendar of {jurisdiction} is loaded.",
            mend=f"Add {file.name} to the calendars of the law packs.",
        )
    return read(file, provisional=provisional)


def read(file: Path, *, provisional: bool = False) -> NoticeCalendar:
    """A calendar file. Raises InvalidPack naming the fault: wrong shape, a day of another year, a working weekday."""
    content = read_yaml(file)
    try:
        years = {int(number): _year(int(number), block) for number, block in content["years"].items()}
        return NoticeCalendar(str(content["jurisdiction"]), years, provisional)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InvalidPack(
            f"{file.name} is not a calendar: {error}.",
            mend="Each year needs notice, checked, rest (days, name_zh, name_en) and worked.",
        ) from error


def _year(number: int, block: Mapping[str, Any]) -> Year:
    off = {
        day: (str(span["name_zh"]), str(span["name_en"]))
        for span in block["rest"]
        for day in _days(span["days"])
    }
    worked = frozenset(date.fromisoformat(day) for day in block["worked"])
    for day in (*off, *worked):
        if day.year != number:
            raise ValueError(f"{day} stands under {number}")
    for day in worked:
        if day.weekday() < 5 or day in off:
            raise ValueError(f"{day} is listed as worked but is no weekend day, or is also off")
    return Year(str(block["notice"]), Checked(block["checked"]), off, worked)


def _days(span: str) -> list[date]:
    first, _, last = span.partition("..")
    start = date.fromisoformat(first)
    end = date.fromisoformat(last or first)
    if end < start:
        raise ValueError(f"{span} ends before it starts")
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]
