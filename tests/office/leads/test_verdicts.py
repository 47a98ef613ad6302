"""Verdicts: appended, with grounds, never on an outdated view, taken back by a reversal, seen by one's own only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from joinder.office.jobs.errors import IdempotencyConflict
from joinder.office.leads import services
from joinder.office.leads.errors import NothingToUndo, VerdictConflict, VerdictIncomplete
from joinder.office.leads.grounds import proposed_grounds
from joinder.office.leads.importing import Imported
from joinder.office.leads.models import Judgement, Lead, Status
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed

pytestmark = pytest.mark.django_db
KEY = "key-00000001"


def decide(actor: Actor, lead: Lead, verdict: str = "suspected", **more: Any) -> Judgement:
    given = {"grounds": ["mark"], "seen_version": lead.version, "idempotency_key": KEY, **more}
    return services.judge(actor=actor, lead=lead, verdict=verdict, **given)


def test_a_verdict_is_stored_with_who_when_and_why(inspector: Actor, leads: list[Lead]) -> None:
    given = decide(inspector, leads[0], grounds=["price", "mark"])
    lead = Lead.objects.get(pk=leads[0].pk)
    assert (lead.status, lead.decided_by, lead.version) == ("suspected", inspector.id, 1)
    assert lead.decided_at == given.at
    assert given.grounds == ["mark", "price"]
    entry = Entry.objects.get(verb="leads.judged")
    assert (entry.actor_id, entry.target, entry.detail["verdict"]) == (
        inspector.id,
        f"leads/{lead.pk}",
        "suspected",
    )


INCOMPLETE = [
    ("suspected", [], "", "a suspicion without a ground"),
    ("cleared", [], "", "an acquittal without a reason"),
    ("suspected", ["authorised"], "", "a ground of another verdict"),
    ("cleared", ["other"], "", "another reason that is not named"),
    ("guilty", ["mark"], "", "a verdict that no person here can give"),
    ("duplicate", ["mark"], "", "a duplicate needs no ground"),
]


@pytest.mark.parametrize(("verdict", "grounds", "note", "why"), INCOMPLETE, ids=[c[3] for c in INCOMPLETE])
def test_incomplete_verdicts_store_nothing(
    inspector: Actor, leads: list[Lead], verdict: str, grounds: list[str], note: str, why: str
) -> None:
    with pytest.raises(VerdictIncomplete):
        decide(inspector, leads[0], verdict, grounds=grounds, note=note)
    assert Judgement.objects.count() == 0, why


def test_who_decides_on_an_outdated_view_is_refused(
    inspector: Actor, colleague: Actor, leads: list[Lead]
) -> None:
    decide(colleague, leads[0], "duplicate", grounds=[])
    with pytest.raises(VerdictConflict, match="L-"):
        decide(inspector, leads[0])
    assert Lead.objects.get(pk=leads[0].pk).status == "duplicate"
    assert Judgement.objects.count() == 1
    seen_again = Lead.objects.get(pk=leads[0].pk)
    decide(inspector, seen_again)
    assert Lead.objects.get(pk=leads[0].pk).status == "suspected"


def test_the_same_key_decides_once(inspector: Actor, leads: list[Lead]) -> None:
    first = decide(inspector, leads[0])
    assert decide(inspector, leads[0]) == first
    with pytest.raises(IdempotencyConflict):
        decide(inspector, leads[0], grounds=["price"])
    assert Judgement.objects.count() == 1


def test_taking_back_is_appended_and_restores_what_stood(
    inspector: Actor, colleague: Actor, leads: list[Lead]
) -> None:
    decide(colleague, leads[0], "unsure", grounds=[], note="样品？")
    decide(inspector, Lead.objects.get(pk=leads[0].pk))
    services.undo(actor=inspector, lead=leads[0], idempotency_key="undo-0000001")
    lead = Lead.objects.get(pk=leads[0].pk)
    assert (lead.status, lead.decided_by) == ("unsure", colleague.id)
    assert Judgement.objects.count() == 3
    with pytest.raises(NothingToUndo):
        services.undo(actor=inspector, lead=leads[0], idempotency_key="undo-0000002")
    services.undo(actor=colleague, lead=leads[0], idempotency_key="undo-0000003")
    assert Lead.objects.get(pk=leads[0].pk).status == Status.UNDECIDED
    assert [e.verb for e in Entry.objects.filter(verb="leads.verdict_taken_back")] == [
        "leads.verdict_taken_back"
    ] * 2


def test_z_walks_back_through_ones_own_verdicts(inspector: Actor, leads: list[Lead]) -> None:
    began = timezone.now()
    for number, lead in enumerate(leads):
        decide(inspector, lead, idempotency_key=f"key-1000000{number}")
    for number, lead in enumerate(reversed(leads)):
        back = services.undo_last(actor=inspector, since=began, idempotency_key=f"undo-100000{number}")
        assert back.lead_id == lead.pk
    assert set(Lead.objects.values_list("status", flat=True)) == {"undecided"}
    with pytest.raises(NothingToUndo):
        services.undo_last(actor=inspector, since=began, idempotency_key="undo-1000009")


def test_a_broken_ledger_leaves_no_verdict(
    inspector: Actor, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError("the ledger is away")

    monkeypatch.setattr("joinder.office.leads.services.ledger.record", broken)
    with pytest.raises(RuntimeError):
        decide(inspector, leads[0])
    assert Judgement.objects.count() == 0
    assert Lead.objects.get(pk=leads[0].pk).status == "undecided"


@pytest.mark.parametrize(
    ("kind", "capacity"),
    [("platform", ""), ("respondent", ""), ("police", ""), ("market_regulator", "auditor")],
)
def test_others_may_not_decide(
    actor_of: Callable[..., Actor], leads: list[Lead], kind: str, capacity: str
) -> None:
    actor = actor_of(kind, capacity)
    with pytest.raises(NotAllowed):
        decide(actor, leads[0])


def test_leads_are_seen_by_their_own_organisation(actor_of: Callable[..., Actor], leads: list[Lead]) -> None:
    assert Lead.objects.visible_to(leads and actor_of("market_regulator")).count() == 3
    for kind in ("market_regulator", "platform", "right_holder", "respondent"):
        other = actor_of(kind, organisation=f"另一单位 {kind}")
        assert not Lead.objects.visible_to(other).exists()
        assert not Judgement.objects.visible_to(other).exists()
    assert not Lead.objects.visible_to(Actor.anonymous()).exists()


def test_importing_again_renews_open_leads_and_keeps_decided_ones(
    inspector: Actor, leads: list[Lead], screened: Callable[..., Imported]
) -> None:
    decide(inspector, leads[0])
    again = screened(inspector)
    assert (again.new, again.renewed, again.decided) == (0, 2, 1)
    assert Lead.objects.count() == 3
    assert Lead.objects.get(pk=leads[0].pk).status == "suspected"


def test_the_database_knows_that_a_decided_lead_has_a_decider(leads: list[Lead]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.filter(pk=leads[0].pk).update(status="suspected")


def test_a_lead_keeps_the_explanation_whose_weights_add_up(leads: list[Lead]) -> None:
    for lead in leads:
        told = lead.explanation
        weights = [i["weight"] for i in [*told["evidence"], *told["counter_evidence"]]]
        assert sum(weights) == pytest.approx(lead.score)


def test_grounds_are_proposed_from_the_evidence(leads: list[Lead]) -> None:
    proposed = proposed_grounds(leads[0].explanation)
    assert {"mark", "price", "goods"} <= set(proposed)


def test_attaching_to_a_matter_is_noted_and_can_be_taken_away(inspector: Actor, leads: list[Lead]) -> None:
    lead = services.attach_to_matter(
        actor=inspector, lead=leads[0], matter="2026-0117", url="/matters/2026-0117/"
    )
    assert Lead.objects.get(pk=lead.pk).matter == "2026-0117"
    services.attach_to_matter(actor=inspector, lead=lead, matter="")
    verbs = list(Entry.objects.filter(target=f"leads/{lead.pk}").values_list("verb", flat=True))
    assert sorted(verbs) == ["leads.attached", "leads.detached"]
