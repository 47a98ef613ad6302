"""A notice from draft to restored listing: each step by its side, visible to whom it concerns, in the ledger."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from joinder.office.jobs import worker
from joinder.office.jobs.models import Job
from joinder.office.ledger.models import Entry
from joinder.office.matters import clocks
from joinder.office.matters.errors import InvalidTransition, MatterError, NotAllowed, NoticeIncomplete
from joinder.office.matters.models import Clock, Notice, NoticeStep
from joinder.office.matters.notices import alarm, services
from joinder.office.matters.notices.transitions import LINE, State
from joinder.vocabulary.moments import BEIJING

pytestmark = pytest.mark.django_db


def test_the_whole_life_until_the_right_holder_sues(notice_in, cast):
    notice = notice_in("holder_acted")
    assert notice.state == State.HOLDER_ACTED
    verbs = list(notice.steps.values_list("verb", flat=True))
    assert verbs == [
        "draft", "submit", "accept", "take_measures", "forward_to_seller", "file_declaration", "forward_declaration",
        "receive_declaration", "holder_acts",
    ]  # fmt: skip
    assert [step.target for step in notice.steps.all()[1:8]] == list(LINE)


def test_every_step_is_in_the_ledger_under_its_actor(notice_in, cast):
    notice = notice_in("waiting")
    entries = Entry.objects.filter(target=f"notices/{notice.reference}").order_by("id")
    actors = dict(entries.values_list("verb", "actor_id"))
    assert actors["notices.submit"] == cast.holder.id
    assert actors["notices.take_measures"] == cast.platform.id
    assert actors["notices.file_declaration"] == cast.seller.id
    assert actors["notices.receive_declaration"] == cast.holder.id
    assert len(entries) == notice.steps.count()


def test_every_step_is_in_the_matters_history_in_both_languages(notice_in, matter):
    notice = notice_in("accepted")
    events = list(matter.events.filter(verb__startswith="notices."))
    assert [event.verb for event in events] == ["notices.draft", "notices.submit", "notices.accept"]
    assert all(notice.reference in event.text_zh and notice.reference in event.text_en for event in events)


def test_an_incomplete_notice_is_not_sent_and_says_what_is_missing(draft, cast):
    with pytest.raises(NoticeIncomplete) as refusal:
        services.submit_notice(cast.holder, draft)
    assert "cn-notice-evidence" in {finding.code for finding in refusal.value.findings}
    draft.refresh_from_db()
    assert draft.state == State.DRAFTED
    assert draft.steps.count() == 1


def test_a_refusal_says_how_to_mend_and_the_sender_mends_and_sends_again(notice_in, cast, acts):
    notice = notice_in("rejected")
    assert notice.refusals[0]["reasons"][0]["repair"] == "填写商品编号"
    notice = acts["submit"](cast, notice)
    assert notice.state == State.SUBMITTED


@pytest.mark.parametrize("reasons", [[], [{"text": "不行"}], [{"text": "", "repair": "补"}]])
def test_a_refusal_without_reason_or_repair_is_refused(notice_in, cast, reasons):
    with pytest.raises(MatterError):
        services.reject_notice(cast.platform, notice_in("submitted"), reasons)


MEASURES = [
    ([{"object": 0, "measure": "removed"}], True),
    ([{"object": 0, "measure": "none", "reason": "理由不足"}], True),
    ([{"object": 0, "measure": "none"}], False),
    ([], False),
    ([{"object": 1, "measure": "removed"}], False),
    ([{"object": 0, "measure": "burnt"}], False),
    ([{"object": 0, "measure": "removed"}, {"object": 0, "measure": "removed"}], False),
    ([{"object": "0", "measure": "removed"}], False),
]


@pytest.mark.parametrize(("measures", "accepted"), MEASURES)
def test_each_link_gets_exactly_one_measure(notice_in, cast, measures, accepted):
    notice = notice_in("accepted")
    if accepted:
        assert services.take_measures(cast.platform, notice, measures).measures[0]["object"] == 0
    else:
        with pytest.raises(MatterError):
            services.take_measures(cast.platform, notice, measures)


def test_an_empty_counter_statement_is_not_filed(notice_in, cast):
    with pytest.raises(NoticeIncomplete) as refusal:
        services.file_declaration(cast.seller, notice_in("forwarded_to_seller"), {"statement": "不侵权"})
    assert {f.code for f in refusal.value.findings} >= {"cn-declaration-evidence", "cn-declaration-identity"}


# --- The clock -------------------------------------------------------------------------------------------


def waiting_since(notice_in, cast, moment: datetime) -> Notice:
    """A notice whose counter-statement reached the holder at a moment in the past."""
    notice = notice_in("forwarded_to_holder")
    NoticeStep.objects.filter(notice=notice).update(at=moment - timedelta(hours=1))
    return services.receive_declaration(cast.holder, notice, moment)


def test_receipt_starts_fifteen_days_with_an_explained_end(notice_in, cast):
    notice = waiting_since(notice_in, cast, datetime(2026, 11, 16, 10, 5, tzinfo=BEIJING))
    clock = services.waiting_clock(notice)
    assert clock.due_on == date(2026, 12, 1)
    assert clock.due_at == datetime(2026, 12, 2, tzinfo=BEIJING)
    assert "当日不计入" in clock.explanation["steps"][1]["text_zh"]
    assert "is not counted" in clock.explanation["steps"][1]["text_en"]
    assert clock.citation


def test_receipt_before_forwarding_or_in_the_future_is_refused(notice_in, cast):
    notice = notice_in("forwarded_to_holder")
    for moment in (timezone.now() - timedelta(days=9), timezone.now() + timedelta(hours=1)):
        with pytest.raises(MatterError, match="cannot have been received"):
            services.receive_declaration(cast.holder, notice, moment)


def test_measures_do_not_end_while_the_period_runs(notice_in, cast):
    with pytest.raises(InvalidTransition):
        services.end_measures(cast.platform, notice_in("waiting"))


def test_measures_end_after_the_period(notice_in, cast):
    notice = waiting_since(notice_in, cast, datetime(2026, 9, 1, 10, tzinfo=BEIJING))
    ended = services.end_measures(cast.platform, notice)
    assert ended.state == State.MEASURES_ENDED
    assert list(ended.steps.values_list("verb", "side"))[-2:] == [
        ("expire", "clock"),
        ("end_measures", "platform"),
    ]
    assert services.waiting_clock(ended).state == Clock.State.EXPIRED


def test_the_right_holder_is_too_late_after_the_period(notice_in, cast):
    notice = waiting_since(notice_in, cast, datetime(2026, 9, 1, 10, tzinfo=BEIJING))
    with pytest.raises(InvalidTransition, match="ended on"):
        services.holder_acts(cast.holder, notice, "sued", "（2026）样01民初1号")


def test_the_worker_expires_what_is_over_and_nothing_else(notice_in, cast):
    notice = waiting_since(notice_in, cast, datetime(2026, 9, 1, 10, tzinfo=BEIJING))
    assert services.expire_all(datetime(2026, 9, 16, tzinfo=BEIJING)) == 0
    assert services.expire_all(datetime(2026, 9, 17, tzinfo=BEIJING)) == 1
    assert services.expire_all(datetime(2026, 9, 17, tzinfo=BEIJING)) == 0
    notice.refresh_from_db()
    assert notice.state == State.EXPIRED


def test_the_worker_rings_at_the_deadline_and_not_before(notice_in, cast, monkeypatch):
    notice = waiting_since(notice_in, cast, datetime(2026, 11, 16, 10, tzinfo=BEIJING))
    job = Job.objects.get(kind=alarm.KIND)
    assert job.run_after == services.waiting_clock(notice).due_at
    worker.run_until_idle()
    notice.refresh_from_db()
    assert notice.state == State.WAITING
    monkeypatch.setattr(timezone, "now", lambda: job.run_after + timedelta(seconds=1))
    worker.run_until_idle()
    notice.refresh_from_db()
    assert notice.state == State.EXPIRED


def test_a_moved_deadline_rings_anew_and_the_old_one_does_nothing(notice_in, cast, monkeypatch):
    notice = waiting_since(notice_in, cast, datetime(2026, 11, 16, 10, tzinfo=BEIJING))
    services.exclude_days(cast.holder, notice, date(2026, 11, 20), date(2026, 11, 22), "公证")
    early, late = Job.objects.filter(kind=alarm.KIND).order_by("run_after")
    monkeypatch.setattr(timezone, "now", lambda: early.run_after + timedelta(seconds=1))
    worker.run_until_idle()
    notice.refresh_from_db()
    assert notice.state == State.WAITING
    assert late.run_after == services.waiting_clock(notice).due_at


def test_suing_stops_the_clock_with_its_proof(notice_in):
    clock = services.waiting_clock(notice_in("holder_acted"))
    assert clock.state == Clock.State.STOPPED
    assert "民初" in clock.stop_reason


@pytest.mark.parametrize(("action", "proof"), [("sued", " "), ("thought_about_it", "文号")])
def test_suing_without_proof_is_refused(notice_in, cast, action, proof):
    with pytest.raises(MatterError):
        services.holder_acts(cast.holder, notice_in("waiting"), action, proof)


def test_days_of_notarisation_move_the_end_and_say_so(notice_in, cast):
    notice = waiting_since(notice_in, cast, datetime(2026, 11, 16, 10, tzinfo=BEIJING))
    clock = services.exclude_days(cast.holder, notice, date(2026, 11, 20), date(2026, 11, 22), "公证")
    assert clock.due_on == date(2026, 12, 4)
    assert any("公证" in step for step in clock.steps)
    with pytest.raises(NotAllowed):
        services.exclude_days(cast.seller, notice, date(2026, 11, 20), date(2026, 11, 22), "公证")


def test_a_period_into_a_year_without_holidays_is_provisional(notice_in, cast, monkeypatch):
    moment = datetime(2026, 12, 25, 10, tzinfo=BEIJING)
    monkeypatch.setattr(timezone, "now", lambda: moment + timedelta(hours=1))
    clock = services.waiting_clock(waiting_since(notice_in, cast, moment))
    assert clock.provisional
    assert any("暂定" in step["text_zh"] for step in clock.explanation["steps"])


# --- Nothing half done -----------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["submit", "accept", "receive_declaration"])
def test_a_step_whose_ledger_entry_fails_leaves_nothing(notice_in, cast, acts, monkeypatch, verb):
    source = {"submit": "drafted", "accept": "submitted", "receive_declaration": "forwarded_to_holder"}[verb]
    notice = notice_in(source)
    before = (notice.steps.count(), Clock.objects.count(), notice.matter.events.count())

    def killed(**values):
        raise RuntimeError("killed")

    monkeypatch.setattr(services.ledger, "record", killed)
    with pytest.raises(RuntimeError):
        acts[verb](cast, notice)
    notice.refresh_from_db()
    assert notice.state == source
    assert (notice.steps.count(), Clock.objects.count(), notice.matter.events.count()) == before


@pytest.mark.parametrize(
    "verb", ["submit", "accept", "forward_to_seller", "file_declaration", "receive_declaration"]
)
def test_a_step_taken_twice_is_refused_the_second_time(notice_in, cast, acts, verb):
    source = {
        "submit": "drafted",
        "accept": "submitted",
        "forward_to_seller": "measures_taken",
        "file_declaration": "forwarded_to_seller",
        "receive_declaration": "forwarded_to_holder",
    }[verb]
    stale = notice_in(source)
    acts[verb](cast, stale)
    count = stale.steps.count()
    with pytest.raises(InvalidTransition):
        acts[verb](cast, stale)
    assert stale.steps.count() == count


def test_a_withdrawal_stops_the_clock(notice_in, cast):
    notice = services.withdraw_notice(cast.holder, notice_in("waiting"), "误发")
    assert services.waiting_clock(notice).state == Clock.State.STOPPED
    assert notice.is_final
    assert services.waiting_clock(notice).rule_id == clocks.WAITING
