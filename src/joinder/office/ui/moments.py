"""How dates, times and amounts are written for a reader, in the page's language and the node's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone
from django.utils.translation import get_language

from joinder.vocabulary.money import from_minor


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def offset(value: datetime) -> str:
    """The zone as UTC+8 or UTC+5:30."""
    delta = value.utcoffset()
    minutes = int(delta.total_seconds() // 60) if delta else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def moment(value: datetime) -> str:
    """2026-11-22 09:14:03 (UTC+8), the same in both languages: it is what evidence is compared by."""
    local = _local(value)
    return f"{local:%Y-%m-%d %H:%M:%S} ({offset(local)})"


def utc(value: datetime) -> str:
    """The same moment in UTC."""
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def day(value: date | datetime) -> str:
    """2026-11-22 for a Chinese reader, 22 Nov 2026 for an English one."""
    civil = _local(value).date() if isinstance(value, datetime) else value
    return f"{civil:%Y-%m-%d}" if _chinese() else f"{civil.day} {civil:%b %Y}"


def amount(minor: int, currency: str = "CNY") -> str:
    """1,234,567.80 of minor units."""
    return f"{from_minor(minor, currency):,}"
