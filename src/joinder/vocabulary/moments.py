"""Moments are stored in UTC and written as ISO 8601; civil dates have no zone.

A time without a zone is read in the zone of its source, which the caller must name: guessing a zone moves a deadline.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from joinder.vocabulary.errors import UsageError

BEIJING = ZoneInfo("Asia/Shanghai")
_DATE_PARTS = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class MomentError(UsageError):
    """A text is not a time or a date."""


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def parse_date(text: str) -> date:
    """A civil date from ``2026-11-22``, ``2026/11/22``, ``2026.11.22`` or ``2026年11月22日``.

    Raises MomentError for anything else, including days that do not exist.
    """
    match = _DATE_PARTS.fullmatch(text.strip())
    try:
        if match is None:
            return date.fromisoformat(text.strip())
        year, month, day = (int(part) for part in match.groups())
        return date(year, month, day)
    except ValueError:
        raise MomentError(f"{text!r} is not a date.", mend="Write it as 2026-11-22.") from None


def parse_time(text: str, default_zone: tzinfo = UTC) -> datetime:
    """A moment in UTC from ISO 8601; a bare date is its first instant in ``default_zone``.

    default_zone: the zone of times that carry none. Raises MomentError if the text is neither a time nor a date.
    """
    stripped = text.strip()
    try:
        moment = datetime.fromisoformat(stripped)
    except ValueError:
        day = parse_date(stripped)
        moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the zone is set below
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=default_zone)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise MomentError(f"{text!r} is outside the years that can be stored.") from None


def iso(moment: datetime) -> str:
    """``2026-11-22T01:14:03Z``, with microseconds only where there are any. Raises MomentError without a zone."""
    if moment.tzinfo is None:
        raise MomentError(f"{moment!r} has no time zone; a stored moment needs one.")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
