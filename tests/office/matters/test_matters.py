"""A matter's life: who opens and sees it, its facts and matrix, its moves and its clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from joinder.law.elements import Standing
from joinder.office.leads.models import Lead
from joinder.office.ledger.models import Entry
from joinder.office.matters import clocks, policies, selectors, services
from joinder.office.matters.errors import MatterError, NotAllowed
from joinder.office.matters.models import Clock, Fact, Matter
from joinder.office.matters.states import MOVES, TONES, Status, moves_from
from joinder.office.people.actors import Actor
from joinder.office.people.kinds import Kind, capacities_of

pytestmark = pytest.mark.django_db


def test_opening_joins_records_and_parties_and_is_in_the_ledger(matter, cast):
    assert matter.number.startswith("M-")
    assert {party.role for party in matter.parties.all()} == {
        "handler",
        "complainant",
        "platform",
        "respondent",
    }
    verbs = set(Entry.objects.filter(target=f"matters/{matter.number}").values_list("verb", flat=True))
    assert {"matters.opened", "matters.party_added"} <= verbs
    assert all(
        entry.actor_id == cast.inspector.id
        for entry in Entry.objects.filter(target=f"matters/{matter.number}")
    )


def test_a_joined_lead_says_which_matter_it_belongs_to(matter):
    record = matter.records.get(kind="lead")
    lead = Lead.objects.get(pk=record.key)
    assert (lead.matter, lead.matter_url) == (matter.number, matter.get_absolute_url())


def test_a_record_is_joined_once_under_either_name(matter, cast):
    key = matter.records.get(kind="lead").key
    for name in (key, f"L-{key}"):
        services.join_record(actor=cast.inspector, matter=matter, kind="lead", key=name)
    assert matter.records.filter(kind="lead").count() == 1


@pytest.mark.parametrize("key", ["999999", "L-999999", "nonsense", "'; --", "9" * 60])
def test_a_record_that_is_not_there_or_not_visible_is_refused_alike(key, matter, cast, actor_of):
    with pytest.raises(MatterError, match="that you may see"):
        services.join_record(actor=cast.inspector, matter=matter, kind="lead", key=key)
    other = actor_of("market_regulator", organisation="别的局")
    theirs = services.open_matter(other, "别的案件")
    with pytest.raises(MatterError, match="that you may see"):
        services.join_record(actor=other, matter=theirs, kind="lead", key=matter.records.get(kind="lead").key)


def test_who_may_open_a_matter():
    allowed = {
        (kind, capacity)
        for kind in Kind
        for capacity in capacities_of(kind)
        if policies.may_open(Actor("x", 1, 1, kind, capacity))
    }
    assert {kind for kind, _ in allowed} == policies.HANDLERS
    assert not {capacity for _, capacity in allowed} & {"administrator", "auditor", "analyst"}


@pytest.mark.parametrize("kind", ["right_holder", "platform", "respondent", "scholar"])
def test_others_do_not_open_matters(kind, actor_of):
    with pytest.raises(NotAllowed):
        services.open_matter(actor_of(kind), "案件")


def test_a_matter_without_title_or_with_an_unknown_role_leaves_nothing(cast):
    with pytest.raises(MatterError):
        services.open_matter(cast.inspector, " ")
    with pytest.raises(MatterError, match="no role"):
        services.open_matter(cast.inspector, "案件", parties={"juror": cast.organisations["platform"]})
    assert Matter.objects.count() == 0
    assert not Entry.objects.filter(verb__startswith="matters.").exists()


def test_who_sees_the_file(matter, cast, actor_of):
    prosecutor, other_unit = actor_of("procuratorate"), actor_of("market_regulator", organisation="别的局")
    sees = lambda actor: Matter.objects.visible_to(actor).filter(pk=matter.pk).exists()  # noqa: E731
    assert [sees(a) for a in (cast.inspector, cast.holder, cast.platform, cast.seller)] == [
        True,
        False,
        False,
        False,
    ]
    assert not sees(prosecutor)
    assert not sees(other_unit)
    assert not sees(Actor.anonymous())
    from joinder.office.people.models import Organisation

    services.add_party(
        actor=cast.inspector,
        matter=matter,
        organisation=Organisation.objects.get(pk=prosecutor.organisation_id),
        role="supervisor",
    )
    assert sees(prosecutor)
    with pytest.raises(NotAllowed):
        services.add_fact(prosecutor, matter, "一个事实")


def test_the_matrix_shows_gaps_then_what_stands_behind_each_element(matter, cast):
    keys = list(matter.records.filter(kind="exhibit").values_list("key", flat=True))
    fact = services.add_fact(
        cast.inspector,
        matter,
        "2026年10月8日，该店售出被控商品一件。",
        "The shop sold one item on 8 October 2026.",
        ["sale"],
        keys[:1],
    )
    rows = {row.key: row for row in selectors.proof(matter)}
    assert rows["sale"].standing is Standing.SUPPORTED
    assert rows["knowledge"].standing is Standing.GAP
    services.set_standing(actor=cast.inspector, fact=fact, standing=Fact.Standing.DENIED)
    assert {row.key: row for row in selectors.proof(matter)}["sale"].standing is Standing.CONTESTED


def test_facts_are_numbered_and_must_say_something(matter, cast):
    assert [services.add_fact(cast.inspector, matter, f"事实{n}").number for n in (1, 2, 3)] == [1, 2, 3]
    with pytest.raises(MatterError):
        services.add_fact(cast.inspector, matter, " ")
    with pytest.raises(MatterError, match="no element"):
        services.add_fact(cast.inspector, matter, "事实", elements_supported=["no-such"])
    with pytest.raises(MatterError, match="not joined"):
        services.add_fact(cast.inspector, matter, "事实", exhibit_ids=["EV-9"])
    assert matter.facts.count() == 3


@pytest.mark.parametrize(
    ("statement", "doubtful"),
    [
        ("该店售出被控商品一件。", False),
        ("该店售出被控商品，且明知侵权。", True),
        ("The shop sold one item.", False),
        ("The shop sold one item and knew it was fake.", True),
    ],
)
def test_a_sentence_with_two_assertions_is_doubted(statement, doubtful):
    assert bool(policies.doubts(statement)) == doubtful


def test_the_database_refuses_an_empty_fact(matter):
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.create(matter=matter, number=9, stated_by="x")


# --- Moves -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", list(Status))
def test_only_the_moves_of_the_table_are_made(status, matter, cast):
    for move in MOVES:
        Matter.objects.filter(pk=matter.pk).update(status=status)
        if status in move.sources:
            assert (
                services.move_matter(
                    actor=cast.inspector, matter=matter, verb=move.verb, reason="理由"
                ).status
                == move.target
            )
        else:
            with pytest.raises(MatterError):
                services.move_matter(actor=cast.inspector, matter=matter, verb=move.verb, reason="理由")


def test_every_status_leads_on_and_has_a_tone():
    assert all(moves_from(status) for status in Status)
    assert set(TONES) == set(Status)


def test_an_adverse_move_needs_its_reason(matter, cast):
    services.move_matter(actor=cast.inspector, matter=matter, verb="investigate")
    for verb in ("suspend", "decide", "refer"):
        with pytest.raises(MatterError, match="reason"):
            services.move_matter(actor=cast.inspector, matter=matter, verb=verb)


def test_only_the_handling_unit_moves_it(matter, cast, actor_of):
    for other in (
        cast.holder,
        cast.platform,
        cast.seller,
        actor_of("market_regulator", organisation="别的局"),
    ):
        with pytest.raises(NotAllowed):
            services.move_matter(actor=other, matter=matter, verb="investigate")


def test_the_case_clock_starts_pauses_resumes_and_is_met(matter, cast, monkeypatch):
    services.move_matter(actor=cast.inspector, matter=matter, verb="investigate")
    clock = matter.clocks.get(rule_id=clocks.CASE_DECISION)
    first = clock.due_on
    services.move_matter(actor=cast.inspector, matter=matter, verb="suspend", reason="等待鉴定")
    clock.refresh_from_db()
    assert (clock.state, clock.stop_reason) == (Clock.State.PAUSED, "等待鉴定")
    later = timezone.now() + timedelta(days=10)
    monkeypatch.setattr(timezone, "now", lambda: later)
    services.move_matter(actor=cast.inspector, matter=matter, verb="resume")
    clock.refresh_from_db()
    assert clock.state == Clock.State.RUNNING
    assert clock.due_on >= first + timedelta(days=8)
    assert any("等待鉴定" in step for step in clock.steps)
    services.move_matter(actor=cast.inspector, matter=matter, verb="decide", reason="已作出决定")
    clock.refresh_from_db()
    assert clock.state == Clock.State.MET


def test_tasks_are_done_once(matter, cast):
    task = services.add_task(
        actor=cast.inspector, matter=matter, title="补充授权名单", due_on=date(2026, 12, 1)
    )
    services.finish_task(actor=cast.inspector, task=task)
    done = task.done_at
    services.finish_task(actor=cast.inspector, task=task)
    assert task.done_at == done
    with pytest.raises(NotAllowed):
        services.finish_task(actor=cast.holder, task=task)
