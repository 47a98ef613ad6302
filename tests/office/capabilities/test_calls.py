"""Asking: permitted, proposed, refused; once per key; within the quota; answered no more finely than allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from sample_capability import PEOPLE

from joinder.office.capabilities import services
from joinder.office.capabilities.descriptor import faults_of
from joinder.office.capabilities.errors import CallDenied, InputInvalid, QuotaUsedUp
from joinder.office.capabilities.models import Capability
from joinder.office.jobs import services as jobs
from joinder.office.jobs import worker
from joinder.office.jobs.errors import IdempotencyConflict
from joinder.office.jobs.models import Job
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed

pytestmark = pytest.mark.django_db
Publish = Callable[..., Capability]
Actors = Callable[..., Actor]


def ask(actor: Actor, capability: Capability, **changes: Any) -> Job:
    wanted: dict[str, Any] = {"inputs": {"phone": "000-1234"}, "purpose": "case", **changes}
    return services.call(actor=actor, capability=capability, **wanted)


def test_a_count_is_answered_without_records(published: Publish, actor_of: Actors) -> None:
    job = ask(actor_of("market_regulator"), published())
    assert worker.run_until_idle() == 1
    job.refresh_from_db()
    assert job.state == "succeeded", job.error
    assert job.result == {"granularity": "count", "exists": True, "count": 3}
    assert job.policy["effect"] == "permit"
    assert job.policy_digest.startswith("sha256:")


def test_refused_and_recorded(published: Publish, actor_of: Actors) -> None:
    actor = actor_of("logistics")
    with pytest.raises(CallDenied):
        ask(actor, published())
    assert not Job.objects.exists()
    assert Entry.objects.filter(actor_id=actor.id, verb="capabilities.refused").count() == 1


def test_wrong_input_is_refused_before_anything(published: Publish, actor_of: Actors) -> None:
    with pytest.raises(InputInvalid):
        ask(actor_of("market_regulator"), published(), inputs={})
    assert not Job.objects.exists()


def test_the_same_key_is_the_same_job(published: Publish, actor_of: Actors) -> None:
    actor, capability = actor_of("market_regulator"), published()
    first = ask(actor, capability, idempotency_key="k")
    assert ask(actor, capability, idempotency_key="k").pk == first.pk
    with pytest.raises(IdempotencyConflict):
        ask(actor, capability, idempotency_key="k", inputs={"phone": "000-9999"})


def test_the_quota_is_the_organisations(published: Publish, actor_of: Actors) -> None:
    capability = published(quota={"per_day": 2})
    one, two, other = (
        actor_of("market_regulator"),
        actor_of("market_regulator"),
        actor_of("market_regulator", organisation="另一局"),
    )
    ask(one, capability, idempotency_key="a")
    ask(two, capability)
    ask(one, capability, idempotency_key="a")
    with pytest.raises(QuotaUsedUp):
        ask(one, capability)
    ask(other, capability)


def test_a_service_is_proposed_approved_accepted_and_answered(published: Publish, actor_of: Actors) -> None:
    capability = published("appraisal", **PEOPLE)
    holder, appraiser = actor_of("right_holder"), actor_of("appraisal")
    job = ask(holder, capability, inputs={"question": "真伪？"}, purpose="protection")
    assert job.state == "proposed"
    with pytest.raises(NotAllowed):
        jobs.approve(actor=holder, job=job)
    jobs.approve(actor=appraiser, job=job)
    assert worker.run_until_idle() == 0
    jobs.accept(actor=appraiser, job=job)
    with pytest.raises(InputInvalid):
        jobs.answer(actor=appraiser, job=job, result={"genuine": "perhaps"})
    job.refresh_from_db()
    jobs.answer(actor=appraiser, job=job, result={"genuine": "no", "opinion": "样例"})
    assert Job.objects.get(pk=job.pk).result == {"genuine": "no", "opinion": "样例"}


def test_a_new_version_retires_the_one_before(published: Publish) -> None:
    first = published()
    assert published().pk == first.pk
    second = published(version="1.1.0")
    assert list(Capability.objects.current()) == [second]


def test_a_name_belongs_to_its_first_provider(published: Publish) -> None:
    published("platform")
    with pytest.raises(NotAllowed):
        published("logistics", version="2.0.0")


def test_pages_from_form_to_job(
    published: Publish, actor_of: Actors, client_for: Callable[..., Client]
) -> None:
    capability, client = published(), client_for(actor_of("market_regulator"))
    assert b"Sample pool" in client.get("/capabilities/").content
    page = capability.get_absolute_url()
    filled = {"in-phone": "000-1234", "in-_purpose": "case", "in-_legal_basis": "", "in-_matter": ""}
    check = client.post(page, {**filled, "step": "check"})
    assert b"permitted" in check.content
    assert not Job.objects.exists()
    sent = client.post(page, {**filled, "step": "send", "key": "one"})
    assert sent.status_code == 302
    client.post(page, {**filled, "step": "send", "key": "one"})
    assert Job.objects.count() == 1
    assert client.post(page, {**filled, "in-phone": "1", "step": "check"}).status_code == 422


def test_a_refusal_is_shown_before_submitting(
    published: Publish, actor_of: Actors, client_for: Callable[..., Client]
) -> None:
    page = published().get_absolute_url()
    filled = {"in-phone": "000-1234", "in-_purpose": "case", "step": "check"}
    shown = client_for(actor_of("logistics")).post(page, filled).content.decode()
    assert "No rule lets your organisation ask this" in shown
    assert 'value="send"' not in shown


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Count", "Found", "yes")), ("zh-hans", ("是否查到",))]
)
def test_an_answer_is_read_in_words(
    language: str, words: tuple[str, ...], published: Publish, actor_of: Actors, client_for: Any
) -> None:
    actor = actor_of("market_regulator")
    job = ask(actor, published())
    worker.run_until_idle()
    page = client_for(actor, language).get(job.get_absolute_url()).content.decode()
    assert "<dt>granularity</dt>" not in page
    assert ">true<" not in page
    for word in words:
        assert word in page


def test_an_empty_question_is_answered_in_words() -> None:
    schema = {"type": "object", "minProperties": 1}
    with translation.override("en"):
        assert faults_of(schema, {}) == [("(whole)", "Fill in at least one field of the question.")]
