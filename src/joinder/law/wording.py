"""How dates, moments and periods are said in Chinese and in English."""

from __future__ import annotations

from datetime import date, datetime, time

from joinder.law.rules import CountedBy, Rule

_UNITS_ZH = {"day": "日", "hour": "小时", "month": "个月", "year": "年"}


def on_zh(day: date) -> str:
    """2026年12月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def when_zh(moment: datetime) -> str:
    """2026年11月16日10时05分（北京时间）, of a moment that stands in Beijing time."""
    return f"{on_zh(moment.date())}{_clock(moment, '%H时%M分（北京时间）')}"


def when_en(moment: datetime) -> str:
    """2026-11-16 10:05 Beijing time (a bare date without hour), of a moment that stands in Beijing time."""
    return f"{moment:%Y-%m-%d}{_clock(moment, ' %H:%M Beijing time')}"


def _clock(moment: datetime, form: str) -> str:
    """The time of day; nothing for the very first instant, which is how a bare date is stored."""
    return "" if moment.timetz().replace(tzinfo=None) == time() else moment.strftime(form)


def plural(number: int, noun: str) -> str:
    """1 day, 2 days."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def unit_words(rule: Rule) -> tuple[str, str]:
    """The period of a clock in words: (15日, 15 days) or (7个工作日, 7 working days)."""
    number, unit = rule.value or 0, rule.unit or "day"
    if rule.calendar is CountedBy.WORKING:
        return f"{number}个工作日", plural(number, "working day")
    return f"{number}{_UNITS_ZH[unit]}", plural(number, unit)
