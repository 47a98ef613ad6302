"""The life of a subject: found, judged, undone, found again, and as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from joinder.office.catalogue.models import Pool
from joinder.office.jobs import worker
from joinder.office.jobs.models import Job
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed
from joinder.office.subjects import selectors, services
from joinder.office.subjects.errors import JudgementRefused, NothingToResolve, NothingToUndo
from joinder.office.subjects.models import TONES, Entity, Judgement, Link, Run, State
from joinder.vocabulary.refs import RecordRef

pytestmark = pytest.mark.django_db
Resolve = Callable[[], None]


def members(entity: Entity) -> set[str]:
    return set(entity.links.filter(until__isnull=True).values_list("account_id", flat=True))


class TestResolving:
    def test_accounts_become_subjects_with_reasons_that_add_up(self, subject: Entity) -> None:
        assert members(subject) == {"A1", "A2", "A3"}
        for link in subject.links.all():
            assert link.state == State.SUSPECTED
            assert link.prior_bits + sum(part["bits"] for part in link.parts) == pytest.approx(
                link.bits, abs=1e-6
            )
            assert RecordRef.parse(link.ref).pool == "shops"

    def test_who_stands_alone_is_no_subject(self, subject: Entity) -> None:
        assert Entity.objects.count() == 2
        assert not Link.objects.filter(account_id__startswith="X").exists()

    def test_it_is_in_the_ledger(self, subject: Entity) -> None:
        assert Entry.objects.filter(verb="subjects.resolved").count() == 1
        assert Run.objects.get().counts["records"] == 30

    def test_again_changes_nothing_but_the_run(self, subject: Entity, resolve: Resolve) -> None:
        before = sorted(Link.objects.values_list("pk", "entity_id", "state", "until", "bits"))
        resolve()
        assert sorted(Link.objects.values_list("pk", "entity_id", "state", "until", "bits")) == before
        assert Run.objects.count() == 2

    def test_only_who_works_on_subjects_may_ask(self, pool: Pool, actor_of: Callable[..., Actor]) -> None:
        with pytest.raises(NotAllowed):
            services.start_resolution(actor=actor_of("court"))

    def test_pools_of_others_must_release_records(self, pool: Pool, actor_of: Callable[..., Actor]) -> None:
        customs = actor_of("customs")
        with pytest.raises(NothingToResolve):
            services.start_resolution(actor=customs)
        with pytest.raises(NothingToResolve, match="shops"):
            services.start_resolution(actor=customs, pools=["shops"])

    def test_the_node_may_ask_for_an_organisation(self, pool: Pool, inspector: Actor, system: Actor) -> None:
        services.start_resolution(actor=system, pools=["shops"], owner_id=inspector.organisation_id)
        worker.run_until_idle()
        assert Entity.objects.visible_to(inspector).count() == 2

    def test_empty_pools_fail_with_a_word(self, pool: Pool, inspector: Actor, node_home: object) -> None:
        import shutil

        shutil.rmtree(node_home.pools)  # type: ignore[attr-defined]
        job = services.start_resolution(actor=inspector)
        worker.run_until_idle()
        job = Job.objects.get(pk=job.pk)
        assert job.state == "failed"
        assert not Run.objects.exists()


class TestReferences:
    def test_a_subject_keeps_its_reference_when_it_grows(
        self, subject: Entity, resolve: Resolve, take_in: Callable[..., None]
    ) -> None:
        take_in("shops", [{"platform": "丙网", "account_id": "A4", "kind": "shop", "name": "样例四店",
                           "payee": "990011112222",
                           "messenger": "yangli_01"}])  # fmt: skip
        resolve()
        assert members(subject) == {"A1", "A2", "A3", "A4"}

    def test_a_subject_that_dissolves_is_retired_and_its_links_end(
        self, subject: Entity, resolve: Resolve, take_in: Callable[..., None]
    ) -> None:
        take_in("shops", [{"platform": "乙网", "account_id": "B2", "kind": "shop", "name": "另家二号",
                           "email": "new1@example.org", "contact_name": "新某"}])  # fmt: skip
        resolve()
        gone = Entity.objects.get(links__account_id="B1")
        assert gone.retired_at is not None
        assert set(gone.links.values_list("state", flat=True)) == {State.SUPERSEDED}

    def test_two_subjects_that_join_leave_an_alias(
        self, subject: Entity, resolve: Resolve, take_in: Callable[..., None]
    ) -> None:
        for account, where in (("B1", "甲网"), ("B2", "乙网")):
            take_in("shops", [{"platform": where, "account_id": account, "kind": "shop", "name": "另家",
                               "payee": "990011112222",
                               "messenger": "yangli_01", "email": "other7781@example.org"}])  # fmt: skip
        resolve()
        assert members(subject) == {"A1", "A2", "A3", "B1", "B2"}
        other = Entity.objects.exclude(pk=subject.pk).get()
        assert other.merged_into == subject


class TestJudging:
    @pytest.mark.parametrize(
        ("verdict", "state"),
        [("same", State.CONFIRMED), ("unsure", State.DISPUTED), ("different", State.RETRACTED)],
    )
    def test_a_judgement_sets_the_state_and_undo_brings_it_back(
        self, link: Link, inspector: Actor, verdict: str, state: str
    ) -> None:
        before = Link.objects.filter(pk=link.pk).values().get()
        judgement = services.judge(actor=inspector, link=link, verdict=verdict, reason="收款人核实")
        link.refresh_from_db()
        assert link.state == state
        assert (link.until is None) == (verdict != "different")
        services.undo(actor=inspector, judgement=judgement)
        assert Link.objects.filter(pk=link.pk).values().get() == before
        assert Judgement.objects.get().retired_by == inspector.id

    def test_the_next_run_keeps_apart_and_undo_joins_again(
        self, subject: Entity, link: Link, inspector: Actor, resolve: Resolve
    ) -> None:
        judgement = services.judge(actor=inspector, link=link, verdict="different", reason="不同经营者")
        resolve()
        assert members(subject) == {"A1", "A2"}
        services.undo(actor=inspector, judgement=judgement)
        resolve()
        assert members(subject) == {"A1", "A2", "A3"}

    def test_a_confirmed_link_outlives_its_evidence(
        self, subject: Entity, link: Link, inspector: Actor, resolve: Resolve, take_in: Callable[..., None]
    ) -> None:
        services.judge(actor=inspector, link=link, verdict="same", reason="笔录")
        take_in(
            "shops",
            [
                {
                    "platform": "乙网",
                    "account_id": "A3",
                    "kind": "shop",
                    "name": "别样小铺",
                    "payee": "990077778888",
                }
            ],
        )
        resolve()
        link.refresh_from_db()
        assert members(subject) == {"A1", "A2", "A3"}
        assert (link.state, link.until) == (State.CONFIRMED, None)

    def test_a_new_judgement_retires_the_former(self, link: Link, inspector: Actor) -> None:
        first = services.judge(actor=inspector, link=link, verdict="unsure", reason="待查")
        services.judge(actor=inspector, link=link, verdict="same", reason="查实")
        first.refresh_from_db()
        assert first.retired_at is not None
        assert Judgement.objects.standing().get().verdict == "same"

    def test_it_is_in_the_ledger(self, link: Link, inspector: Actor) -> None:
        judgement = services.judge(actor=inspector, link=link, verdict="same", reason="查实")
        services.undo(actor=inspector, judgement=judgement)
        verbs = list(Entry.objects.filter(verb__startswith="subjects.judge").values_list("verb", flat=True))
        assert sorted(verbs) == ["subjects.judged", "subjects.judgement_undone"]

    def test_when_the_ledger_fails_nothing_was_judged(
        self, link: Link, inspector: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(**_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("joinder.office.subjects.services.ledger.record", broken)
        with pytest.raises(RuntimeError):
            services.judge(actor=inspector, link=link, verdict="same", reason="查实")
        link.refresh_from_db()
        assert link.state == State.SUSPECTED
        assert not Judgement.objects.exists()

    @pytest.mark.parametrize(("verdict", "reason"), [("same", "  "), ("perhaps", "why"), ("", "why")])
    def test_a_judgement_without_reason_or_sense_is_refused(
        self, link: Link, inspector: Actor, verdict: str, reason: str
    ) -> None:
        with pytest.raises(JudgementRefused):
            services.judge(actor=inspector, link=link, verdict=verdict, reason=reason)

    def test_a_link_that_ended_is_not_judged_and_nothing_is_undone_twice(
        self, link: Link, inspector: Actor
    ) -> None:
        judgement = services.judge(actor=inspector, link=link, verdict="different", reason="不同经营者")
        with pytest.raises(JudgementRefused):
            services.judge(actor=inspector, link=link, verdict="same", reason="还是")
        services.undo(actor=inspector, judgement=judgement)
        with pytest.raises(NothingToUndo):
            services.undo(actor=inspector, judgement=judgement)

    def test_a_person_of_the_owner_decides_never_the_node_nor_a_stranger(
        self, link: Link, system: Actor, actor_of: Callable[..., Actor]
    ) -> None:
        for actor in (
            system,
            actor_of("market_regulator", organisation="别的样例单位"),
            actor_of("platform"),
        ):
            with pytest.raises(NotAllowed):
                services.judge(actor=actor, link=link, verdict="same", reason="查实")


class TestAsOf:
    def test_a_past_moment_shows_the_links_and_states_of_then(
        self, subject: Entity, link: Link, inspector: Actor
    ) -> None:
        found, judged, later = (timezone.now() - timedelta(days=days) for days in (30, 20, 10))
        Link.objects.update(since=found)
        services.judge(actor=inspector, link=link, verdict="unsure", reason="当事人异议")
        Judgement.objects.update(at=judged)
        services.judge(actor=inspector, link=link, verdict="different", reason="不同经营者")
        Judgement.objects.filter(verdict="unsure").update(retired_at=later)
        Judgement.objects.filter(verdict="different").update(at=later)
        Link.objects.filter(pk=link.pk).update(until=later)

        def then(days: int) -> dict[str, str]:
            shown = selectors.subject(inspector, subject, timezone.now() - timedelta(days=days))
            return {one.account_id: one.state for one in shown.links}

        assert then(40) == {}
        assert then(25)["A3"] == State.SUSPECTED
        assert then(15)["A3"] == State.DISPUTED
        assert "A3" not in then(5)
        assert "A3" not in {one.account_id for one in selectors.subject(inspector, subject).links}


class TestWhoSees:
    def test_subjects_are_their_owners_alone(self, subject: Entity, actor_of: Callable[..., Actor]) -> None:
        for kind in ("platform", "customs", "respondent", "right_holder"):
            assert not Entity.objects.visible_to(actor_of(kind)).exists()
            assert not Link.objects.visible_to(actor_of(kind)).exists()
        assert not Entity.objects.visible_to(Actor.anonymous()).exists()

    def test_a_link_from_a_pool_one_may_not_know_is_withheld_and_counted(
        self, subject: Entity, link: Link, inspector: Actor, actor_of: Callable[..., Actor]
    ) -> None:
        from joinder.office.catalogue import services as catalogue
        from joinder.office.people.models import Organisation

        platform = actor_of("platform")
        services.judge(actor=inspector, link=link, verdict="unsure", reason="待查")
        catalogue.register_pool(
            actor=platform, owner=Organisation.objects.get(pk=platform.organisation_id), name="closed", kind="account",
            title_zh="平台自有", title_en="The platform's own",
        )  # fmt: skip
        Link.objects.filter(pk=link.pk).update(pool="closed")
        shown = selectors.subject(inspector, subject)
        assert {one.account_id for one in shown.links} == {"A1", "A2"}
        assert shown.hidden == 1
        assert shown.judgements == []


class TestTheDatabaseKnowsToo:
    def test_an_account_stands_in_one_subject(self, subject: Entity, link: Link) -> None:
        link.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            link.save()

    def test_a_link_that_ended_says_when(self, link: Link) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Link.objects.filter(pk=link.pk).update(state=State.RETRACTED)
        link.state = State.RETRACTED
        with pytest.raises(ValidationError):
            link.validate_constraints()

    def test_every_state_has_a_tone(self) -> None:
        assert set(TONES) == set(State.values)
