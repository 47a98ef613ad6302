"""Working days of the PRC: the notices of 2025 and 2026, and no guess for any other year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from joinder.law import calendars
from joinder.law.calendars import DayKind
from joinder.law.errors import InvalidPack, YearWithoutData
from joinder.law.rules import Checked

DAYS = [
    (date(2026, 11, 20), DayKind.WORKING, "a Friday"),
    (date(2026, 11, 21), DayKind.WEEKEND, "a Saturday"),
    (date(2026, 10, 1), DayKind.HOLIDAY, "National Day"),
    (date(2026, 10, 7), DayKind.HOLIDAY, "the last day of the National Day holiday"),
    (date(2026, 10, 8), DayKind.WORKING, "the day after"),
    (date(2026, 10, 10), DayKind.MAKE_UP, "a Saturday worked for National Day"),
    (date(2026, 9, 20), DayKind.MAKE_UP, "a Sunday worked for National Day"),
    (date(2026, 2, 14), DayKind.MAKE_UP, "a Saturday worked for Spring Festival"),
    (date(2026, 2, 15), DayKind.HOLIDAY, "the Sunday on which Spring Festival starts"),
    (date(2025, 1, 26), DayKind.MAKE_UP, "a Sunday worked for Spring Festival 2025"),
    (date(2025, 10, 8), DayKind.HOLIDAY, "2025 joined National Day and Mid-Autumn"),
]


@pytest.mark.parametrize(("day", "kind", "why"), DAYS, ids=[case[2] for case in DAYS])
def test_a_day_has_its_kind(day: date, kind: DayKind, why: str):
    assert calendars.load("CN").day(day).kind is kind


def test_the_number_of_working_days_of_2026():
    """248, as counted independently in forms-and-law §3."""
    assert calendars.load("CN").working_days(date(2026, 1, 1), date(2026, 12, 31)) == 248


def test_no_span_has_no_working_days():
    assert calendars.load("CN").working_days(date(2026, 2, 2), date(2026, 2, 1)) == 0


@pytest.mark.parametrize("year", [2024, 2027, 1999])
def test_a_year_without_a_notice_is_refused_and_exits_3(year: int):
    with pytest.raises(YearWithoutData) as refusal:
        calendars.load("CN").day(date(year, 6, 1))
    assert str(year) in str(refusal.value)
    assert refusal.value.exit_code == 3


def test_a_provisional_answer_says_that_it_is_one():
    calendar = calendars.load("CN", provisional=True)
    assert calendar.day(date(2027, 2, 1)).provisional
    assert calendar.day(date(2027, 2, 6)).kind is DayKind.WEEKEND
    assert not calendar.day(date(2026, 10, 1)).provisional


def test_a_jurisdiction_without_calendar_is_refused():
    with pytest.raises(YearWithoutData, match="No calendar of US"):
        calendars.load("US")


def test_the_notices_say_how_they_were_checked():
    assert {year.checked for year in calendars.load("CN").years.values()} == {Checked.SECONDARY}


BROKEN = [
    ("a worked weekday", "rest: []\n    worked: [2026-01-05]"),
    ("a day of another year", "rest: [{days: 2025-01-01, name_zh: 元旦, name_en: New Year}]\n    worked: []"),
    ("a span backwards", "rest: [{days: 2026-01-03..2026-01-01, name_zh: 元旦, name_en: N}]\n    worked: []"),
    ("no list of worked days", "rest: []"),
]


@pytest.mark.parametrize(("why", "block"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_broken_calendar_is_refused(tmp_path: Path, why: str, block: str):
    file = tmp_path / "cn.yaml"
    text = f"jurisdiction: CN\nyears:\n  2026:\n    notice: 通知\n    checked: unverified\n    {block}\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidPack):
        calendars.read(file)
