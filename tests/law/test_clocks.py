"""Time limits: a table that a lawyer can read, then what must hold for every trigger."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.law import calendars, clocks, packs
from joinder.law.clocks import ClockState, Exclusion
from joinder.law.errors import ClockInputInvalid, YearWithoutData
from joinder.vocabulary.moments import BEIJING

WAITING = "cn-ecl-43-waiting"


def beijing(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BEIJING)


def due(
    rule_id: str, trigger: datetime, *spans: tuple[date, date, str], provisional: bool = False
) -> clocks.Due:
    rule = packs.load(trigger.astimezone(BEIJING).date()).rule(rule_id)
    calendar = calendars.load("CN", provisional=provisional)
    return clocks.due(rule, trigger, exclusions=clocks.exclusions_from(spans), calendar=calendar)


TABLE = [
    # rule, trigger (Beijing), last day, why
    (WAITING, beijing(2026, 11, 16, 10), date(2026, 12, 1), "fifteen days from the next day; a Tuesday"),
    (WAITING, beijing(2026, 11, 16, 0, 1), date(2026, 12, 1), "the hour of the trigger does not matter"),
    (WAITING, beijing(2026, 11, 16, 23, 59), date(2026, 12, 1), "nor does the last minute of the day"),
    (WAITING, beijing(2026, 11, 13), date(2026, 11, 30), "11-28 is a Saturday: moves to Monday"),
    (
        WAITING,
        beijing(2026, 9, 18),
        date(2026, 10, 8),
        "10-03 is in the National Day holiday: moves to 10-08",
    ),
    (WAITING, beijing(2026, 9, 25), date(2026, 10, 10), "10-10 is a Saturday, but a make-up working day"),
    (WAITING, beijing(2026, 2, 13), date(2026, 2, 28), "02-28 is a Saturday, but a make-up working day"),
    (WAITING, beijing(2025, 12, 19), date(2026, 1, 4), "01-03 is New Year; 01-04 is a Sunday, but worked"),
    (
        "cn-hearing-request",
        beijing(2026, 9, 24),
        date(2026, 10, 9),
        "5 working days: 09-28, 29, 30, then 10-08, 09",
    ),
    (
        "cn-advance-registration",
        beijing(2026, 2, 12),
        date(2026, 2, 28),
        "7 working days across Spring Festival, 02-14 and 02-28 worked",
    ),
    ("cn-complaint-acceptance", beijing(2026, 11, 20), date(2026, 12, 1), "7 working days over two weekends"),
    (
        "cn-complaint-mediation",
        beijing(2026, 9, 1),
        date(2026, 11, 2),
        "60 days end on Saturday 10-31: moves to Monday",
    ),
    (
        "cn-referral-decision",
        beijing(2026, 11, 19),
        date(2026, 11, 23),
        "3 calendar days end on Sunday: moves to Monday",
    ),
    (
        "cn-penalty-limitation",
        beijing(2024, 2, 29),
        date(2026, 2, 28),
        "two years from 29 February: end of the month",
    ),
]


@pytest.mark.parametrize(("rule_id", "trigger", "last", "why"), TABLE, ids=[f"{c[0]}: {c[3]}" for c in TABLE])
def test_when_it_is_due(rule_id: str, trigger: datetime, last: date, why: str):
    assert due(rule_id, trigger).date == last


def test_the_deadline_is_midnight_in_beijing_and_16_hours_utc():
    result = due(WAITING, beijing(2026, 11, 16, 10))
    assert result.local_deadline == beijing(2026, 12, 2)
    assert result.utc_deadline == datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert result.utc_deadline.tzinfo is UTC


def test_the_civil_day_is_that_of_beijing_not_of_utc():
    """17:00 UTC on the 15th is already the 16th in Beijing."""
    assert due(WAITING, datetime(2026, 11, 15, 17, tzinfo=UTC)).date == date(2026, 12, 1)
    assert due(WAITING, datetime(2026, 11, 15, 15, tzinfo=UTC)).date == date(2026, 11, 30)


def test_hours_run_without_a_break():
    result = due("cn-referral-transfer", beijing(2026, 11, 20, 17, 30))
    assert result.local_deadline == beijing(2026, 11, 21, 17, 30)


def test_every_step_is_said_in_both_languages_with_its_rule():
    steps = due(WAITING, beijing(2026, 9, 18)).steps
    assert [step.rule_id for step in steps] == [
        WAITING,
        "cn-civil-code-201",
        WAITING,
        "cn-civil-code-203",
        WAITING,
    ]
    assert "不计入" in steps[1].text_zh
    assert "not counted" in steps[1].text_en
    assert "国庆节" in steps[3].text_zh
    assert "2026-10-08" in steps[3].text_en
    assert "2026年10月8日24时" in steps[4].text_zh


EXCLUSIONS = [
    (
        (date(2026, 11, 20), date(2026, 11, 24), "公证"),
        date(2026, 12, 7),
        "five days; 12-06 is a Sunday, moves",
    ),
    ((date(2026, 11, 1), date(2026, 11, 16), "公证"), date(2026, 12, 1), "before the clock runs: nothing"),
    ((date(2026, 12, 20), date(2026, 12, 24), "公证"), date(2026, 12, 1), "after the end: nothing"),
    (
        (date(2026, 11, 17), date(2026, 12, 31), "领事认证"),
        date(2026, 12, 29),
        "capped at 20 working days (to 12-14)",
    ),
]


@pytest.mark.parametrize(("span", "last", "why"), EXCLUSIONS, ids=[case[2] for case in EXCLUSIONS])
def test_days_outside_the_holders_control_are_not_counted(span: tuple[date, date, str], last: date, why: str):
    assert due(WAITING, beijing(2026, 11, 16), span).date == last


def test_the_cap_is_explained():
    result = due(WAITING, beijing(2026, 11, 16), (date(2026, 11, 17), date(2026, 12, 31), "领事认证"))
    said = " ".join(step.text_en for step in result.steps)
    assert "at most 20 working days" in said
    assert sum(calendars.load("CN").day(day).kind.works for day in result.excluded) == 20


def test_a_clock_that_knows_no_exclusions_refuses_them():
    with pytest.raises(ClockInputInvalid, match="does not leave out any days"):
        due("cn-hearing-request", beijing(2026, 11, 16), (date(2026, 11, 18), date(2026, 11, 18), ""))


def test_an_exclusion_backwards_is_refused():
    with pytest.raises(ClockInputInvalid, match="before they start"):
        Exclusion(date(2026, 11, 20), date(2026, 11, 19))


def test_a_trigger_without_zone_is_refused():
    with pytest.raises(ClockInputInvalid, match="no time zone"):
        clocks.due(packs.load().rule(WAITING), datetime(2026, 11, 16))  # noqa: DTZ001


def test_a_rule_that_is_no_clock_is_refused():
    with pytest.raises(ClockInputInvalid, match="not a clock"):
        clocks.due(packs.load().rule("cn-notice-evidence"), beijing(2026, 11, 16))


def test_a_clock_before_its_law_is_refused():
    with pytest.raises(ClockInputInvalid, match="was not in force"):
        clocks.due(packs.load().rule("cn-complaint-mediation"), beijing(2026, 1, 5))


def test_a_last_day_in_a_year_without_notice_is_refused():
    with pytest.raises(YearWithoutData, match="2027"):
        due(WAITING, beijing(2026, 12, 20))


def test_a_provisional_date_says_so():
    result = due(WAITING, beijing(2026, 12, 20), provisional=True)
    assert result.provisional
    assert "暂定" in result.steps[-1].text_zh
    assert not due(WAITING, beijing(2026, 11, 16), provisional=True).provisional


def test_an_unverified_rule_is_said_beside_the_date():
    assert due("cn-complaint-acceptance", beijing(2026, 11, 20)).cautions
    assert not due(WAITING, beijing(2026, 11, 16)).cautions


STATES = [
    (None, beijing(2026, 12, 1, 23, 59), ClockState.RUNNING),
    (None, beijing(2026, 12, 2), ClockState.EXPIRED),
    (beijing(2026, 12, 1, 23, 59), beijing(2026, 12, 9), ClockState.STOPPED),
    (beijing(2026, 12, 2), beijing(2026, 12, 9), ClockState.EXPIRED),  # too late to stop it
]


@pytest.mark.parametrize(("stopped_at", "now", "expected"), STATES)
def test_where_a_clock_stands(stopped_at: datetime | None, now: datetime, expected: ClockState):
    assert clocks.state(due(WAITING, beijing(2026, 11, 16)), now, stopped_at) is expected


TRIGGERS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 10, 1), timezones=st.just(UTC))  # noqa: DTZ001 - naive bounds, zoned draws


@settings(max_examples=150, deadline=None)
@given(
    rule_id=st.sampled_from([WAITING, "cn-advance-registration", "cn-referral-transfer"]), trigger=TRIGGERS
)
def test_never_before_the_trigger_and_never_on_a_rest_day(rule_id: str, trigger: datetime):
    result = due(rule_id, trigger)
    assert result.utc_deadline > trigger
    assert result.utc_deadline.astimezone(BEIJING) == result.local_deadline
    if rule_id != "cn-referral-transfer":
        assert calendars.load("CN").day(result.date).kind.works


@settings(max_examples=100, deadline=None)
@given(trigger=TRIGGERS, later=st.integers(1, 60), start=st.integers(-5, 40), length=st.integers(0, 60))
def test_a_later_trigger_is_never_due_earlier(trigger: datetime, later: int, start: int, length: int):
    first = trigger.date() + timedelta(days=start)
    span = (first, first + timedelta(days=length), "公证")
    early = due(WAITING, trigger, span, provisional=True)
    late = due(WAITING, trigger + timedelta(days=later), span, provisional=True)
    assert late.utc_deadline >= early.utc_deadline


@settings(max_examples=100, deadline=None)
@given(trigger=TRIGGERS, start=st.integers(-5, 40), length=st.integers(0, 60))
def test_exclusions_never_shorten_and_keep_to_their_cap(trigger: datetime, start: int, length: int):
    first = trigger.date() + timedelta(days=start)
    plain = due(WAITING, trigger, provisional=True)
    longer = due(WAITING, trigger, (first, first + timedelta(days=length), "公证"), provisional=True)
    assert longer.utc_deadline >= plain.utc_deadline
    calendar = calendars.load("CN", provisional=True)
    assert sum(calendar.day(day).kind.works for day in longer.excluded) <= 20
