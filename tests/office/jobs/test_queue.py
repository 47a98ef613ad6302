"""Asked once, claimed by one, finished under the fence, taken back, given back, expired."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from joinder.office.jobs import reaper, registry, services, worker
from joinder.office.jobs.errors import IdempotencyConflict, LeaseLost
from joinder.office.jobs.models import Job, JobEvent, OutboxMessage
from joinder.office.jobs.states import State
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed
from joinder.office.people.models import Organisation

pytestmark = pytest.mark.django_db
EFFECTS: list[str] = []


@registry.handler("test.ok")
def ok(payload: dict[str, Any], context: Any) -> dict[str, Any]:
    context.progress(0.5, "half")
    return {"echo": payload}


@registry.handler("test.boom")
def boom(payload: dict[str, Any], context: Any) -> None:
    raise RuntimeError("样例故障")


@registry.handler("test.asks")
def asks(payload: dict[str, Any], context: Any) -> dict[str, Any]:
    if not payload.get("answers"):
        context.ask_back("哪一天？")
    return {"day": payload["answers"][-1]["answer"]}


@registry.handler("test.cancels")
def cancels(payload: dict[str, Any], context: Any) -> None:
    services.cancel(actor=context.actor, job=Job.objects.get(pk=context.job.pk))
    assert context.cancelled()
    context.progress(0.1)


@registry.handler("test.effect")
def effect(payload: dict[str, Any], context: Any) -> Any:
    def apply() -> dict[str, Any]:
        made = Organisation.objects.create(kind_id="platform", name=payload["name"])
        return {"made": made.pk}

    if payload.get("steal"):
        Job.objects.filter(pk=context.job.pk).update(fence=99)
    return context.finish(apply)


@pytest.fixture
def asker(actor_of: Callable[..., Actor]) -> Actor:
    return actor_of("market_regulator")


def ask(actor: Actor, kind: str = "test.ok", **changes: Any) -> Job:
    given: dict[str, Any] = {"payload": {"n": 1}, "title_zh": "样例", "title_en": "Sample", **changes}
    return services.enqueue(kind=kind, actor=actor, **given)


def test_done_with_history_outbox_and_ledger(asker: Actor) -> None:
    job = ask(asker)
    assert worker.run_until_idle() == 1
    job.refresh_from_db()
    assert (job.state, job.result, job.progress) == (State.SUCCEEDED, {"echo": {"n": 1}}, 1.0)
    assert list(JobEvent.objects.filter(job=job).values_list("after", flat=True)) == [
        "queued",
        "leased",
        "succeeded",
    ]
    assert list(OutboxMessage.objects.values_list("topic", flat=True)) == [
        "job.queued",
        "job.leased",
        "job.succeeded",
    ]
    verbs = list(Entry.objects.filter(target=f"jobs/{job.pk}").order_by("id").values_list("verb", flat=True))
    assert verbs == ["jobs.asked", "jobs.succeeded"]


def test_the_same_key_with_the_same_body_is_the_same_job(asker: Actor) -> None:
    first = ask(asker, idempotency_key="k")
    assert ask(asker, idempotency_key="k").pk == first.pk
    assert Job.objects.count() == 1
    with pytest.raises(IdempotencyConflict):
        ask(asker, idempotency_key="k", payload={"n": 2})
    assert Entry.objects.filter(verb="jobs.asked").count() == 1, "a refused repetition records nothing"


def test_keys_are_apart_per_asker_and_kind(asker: Actor, actor_of: Callable[..., Actor]) -> None:
    jobs = {ask(asker, idempotency_key="k").pk, ask(actor_of("police"), idempotency_key="k").pk,
            ask(asker, "test.boom", idempotency_key="k").pk}  # fmt: skip
    assert len(jobs) == 3


def test_a_job_is_claimed_once(asker: Actor) -> None:
    ask(asker)
    first = services.claim(owner="a")
    assert first is not None
    assert (first.fence, first.attempts) == (1, 1)
    assert services.claim(owner="b") is None


def test_the_late_finisher_changes_no_row(asker: Actor) -> None:
    ask(asker)
    late = services.claim(owner="late")
    assert late is not None
    Job.objects.filter(pk=late.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert reaper.reap() == 1
    rightful = services.claim(owner="rightful")
    assert rightful is not None
    assert rightful.fence == late.fence + 1
    before = Job.objects.filter(pk=late.pk).values().get()
    with pytest.raises(LeaseLost):
        services.finish(job=late, fence=late.fence, result={"by": "late"})
    with pytest.raises(LeaseLost):
        services.beat(job_id=late.pk, fence=late.fence)
    assert Job.objects.filter(pk=late.pk).values().get() == before
    services.finish(job=rightful, fence=rightful.fence, result={"by": "rightful"})
    with pytest.raises(LeaseLost):
        services.finish(job=rightful, fence=rightful.fence, result={"by": "replay"})
    assert Job.objects.get(pk=late.pk).result == {"by": "rightful"}


def test_effects_land_with_the_acceptance_or_not_at_all(asker: Actor) -> None:
    job = ask(asker, "test.effect", payload={"name": "样例平台"})
    stolen = ask(asker, "test.effect", payload={"name": "不应存在", "steal": True})
    worker.run_until_idle()
    job.refresh_from_db()
    stolen.refresh_from_db()
    assert job.state == State.SUCCEEDED
    assert Organisation.objects.filter(name="样例平台").count() == 1
    assert stolen.state == State.LEASED, "the rightful holder still has it"
    assert not Organisation.objects.filter(name="不应存在").exists()


def test_a_fault_is_retried_and_then_fails_with_its_reason(asker: Actor) -> None:
    job = ask(asker, "test.boom", max_attempts=2)
    worker.run_one()
    job.refresh_from_db()
    assert job.state == State.QUEUED
    assert job.run_after > timezone.now()
    Job.objects.update(run_after=timezone.now())
    worker.run_one()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "样例故障" in job.error["message"]


def test_what_acts_outside_is_never_tried_again(asker: Actor) -> None:
    job = ask(asker, "test.boom", effects_external=True, max_attempts=5)
    worker.run_one()
    job.refresh_from_db()
    assert job.state == State.FAILED
    lost = ask(asker, effects_external=True)
    services.claim(owner="gone")
    Job.objects.filter(pk=lost.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    reaper.reap()
    lost.refresh_from_db()
    assert lost.state == State.FAILED


def test_cancelled_while_waiting_and_while_running(asker: Actor, actor_of: Callable[..., Actor]) -> None:
    waiting, running = ask(asker), ask(asker, "test.cancels")
    with pytest.raises(NotAllowed):
        services.cancel(actor=actor_of("platform"), job=waiting)
    services.cancel(actor=asker, job=waiting)
    worker.run_until_idle()
    for job in (waiting, running):
        job.refresh_from_db()
        assert job.state == State.CANCELLED


def test_a_question_back_and_its_answer(asker: Actor) -> None:
    job = ask(asker, "test.asks")
    worker.run_until_idle()
    job.refresh_from_db()
    assert (job.state, job.question) == (State.NEEDS_INPUT, "哪一天？")
    services.give_input(actor=asker, job=job, answer="周一")
    worker.run_until_idle()
    job.refresh_from_db()
    assert job.result == {"day": "周一"}


def test_overdue_jobs_expire_and_running_ones_do_not(asker: Actor) -> None:
    past = timezone.now() - timedelta(minutes=1)
    waiting, running = ask(asker), ask(asker)
    services.claim(owner="a")
    Job.objects.update(expires_at=past)
    assert reaper.reap() == 1
    states = set(Job.objects.filter(pk__in=[waiting.pk, running.pk]).values_list("state", flat=True))
    assert states == {State.EXPIRED, State.LEASED}


def test_nobody_decides_on_their_own_request(actor_of: Callable[..., Actor]) -> None:
    colleague, asker = actor_of("platform"), actor_of("platform")
    job = ask(asker, state=State.PROPOSED, provider_id=asker.organisation_id)
    with pytest.raises(NotAllowed):
        services.approve(actor=asker, job=job)
    assert services.approve(actor=colleague, job=job).state == State.QUEUED


def test_jobs_are_visible_to_both_sides_only(asker: Actor, actor_of: Callable[..., Actor]) -> None:
    provider, stranger = actor_of("appraisal"), actor_of("logistics")
    job = ask(asker, provider_id=provider.organisation_id)
    seen = {name: Job.objects.visible_to(actor).filter(pk=job.pk).exists()
            for name, actor in {"asker": asker, "provider": provider, "stranger": stranger,
                                "nobody": Actor.anonymous(), "node": Actor.system()}.items()}  # fmt: skip
    assert seen == {"asker": True, "provider": True, "stranger": False, "nobody": False, "node": True}


def test_claims_read_the_partial_index(asker: Actor, django_assert_max_num_queries: Any) -> None:
    from django.db import connection

    ask(asker)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT id FROM jobs_job WHERE state = 'queued' ORDER BY priority DESC, id LIMIT 1"
            )
            assert "job_queued" in str(cursor.fetchall())
        else:
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname IN ('job_queued', 'job_leased')")
            assert all("WHERE" in row[0] for row in cursor.fetchall())
