"""The plain data of components and what the tags make of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from joinder.office.ui import moments
from joinder.office.ui.components import Cell, Clock, Column, Name, Reason, Row, Table, Verdict

WHEN = datetime(2026, 11, 22, 1, 14, 3, tzinfo=UTC)


def draw(text: str, **values: object) -> str:
    return Template("{% load ui %}" + text).render(Context(values))


def test_reasons_show_signed_weights_that_add_up() -> None:
    reasons = [Reason("图样近似", 0.41), Reason("已授权", -0.2, "negative"), Reason("图片", None, "missing")]
    drawn = draw("{% why reasons total %}", reasons=reasons, total=0.21)
    assert "+0.41" in drawn
    assert "−0.20" in drawn
    assert "0.21" in drawn
    assert "why__row--missing" in drawn


def test_machine_and_human_voice_differ() -> None:
    machine = draw("{% verdict v %}", v=Verdict("涉嫌"))
    human = draw("{% verdict v %}", v=Verdict("涉嫌", decided_by="样例员", capacity="执法人员", at=WHEN))
    assert "verdict--machine" in machine
    assert "verdict--decided" in human
    assert "样例员" in human


@pytest.mark.parametrize(
    "state", ["running", "due_soon", "overdue", "paused", "stopped", "waived", "unknown"]
)
def test_clock_states_are_said_in_words(state: str) -> None:
    with translation.override("en"):
        drawn = draw("{% clock c %}", c=Clock(due=WHEN, state=state, rule="Art. 43"))
    assert f"clock--{state}" in drawn
    assert "Art. 43" in drawn


def test_hostile_text_stays_text() -> None:
    evil = '<img src=x onerror="alert(1)" hx-get="/steal">'
    table = Table([Column("a", "A")], [Row({"a": Cell(evil, quoted=True)}, url="/x")])
    for drawn in (
        draw("{% table t %}", t=table),
        draw("{% name n %}", n=Name("", evil)),
        draw('{% status "bad" e %}', e=evil),
    ):
        assert "<img" not in drawn
        assert "&lt;img" in drawn


def test_an_empty_table_says_why() -> None:
    assert "没有" in draw("{% table t %}", t=Table([Column("a", "A")], [], empty="没有符合条件的记录。"))


def test_unknown_icons_are_a_mistake() -> None:
    with pytest.raises(TemplateSyntaxError):
        draw('{% icon "nonsense" %}')


def test_dates_and_amounts_in_both_languages() -> None:
    with timezone.override("Asia/Shanghai"):
        assert moments.moment(WHEN) == "2026-11-22 09:14:03 (UTC+8)"
    with timezone.override(timezone.get_fixed_timezone(timedelta(hours=-3, minutes=-30))):
        assert moments.moment(WHEN).endswith("(UTC−3:30)")
    with translation.override("zh-hans"):
        assert moments.day(date(2026, 11, 2)) == "2026-11-02"
        assert draw("{% money 123456780 %}") == "1,234,567.80 元"
    with translation.override("en"):
        assert moments.day(date(2026, 11, 2)) == "2 Nov 2026"
        assert draw("{% money 123456780 'USD' %}") == "1,234,567.80 USD"
    assert draw("{% money None %}") == "—"
