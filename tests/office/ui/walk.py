"""The foundation's pages for the walk. Other apps bring their own ``walk.py``: ``pages(make)`` yields
``(name, actor, address)`` after making what the page shows; ``make`` is the ``actor_of`` fixture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.utils import timezone

from joinder.office.capabilities import services as capabilities
from joinder.office.capabilities.descriptor import parse
from joinder.office.jobs import services as jobs
from joinder.office.jobs.models import Job
from joinder.office.ledger.models import Entry
from joinder.office.people import services as people
from joinder.office.people.actors import Actor
from joinder.office.people.models import Member, Organisation

Walked = tuple[str, Actor, str]

APPRAISAL = {
    "id": "sample.appraise",
    "kind": "service",
    "version": "1.0.0",
    "title": {"zh": "样品真伪鉴定", "en": "Appraisal of samples"},
    "description": {
        "zh": "就送检样品是否为权利人产品出具意见。",
        "en": "An opinion on whether samples are genuine.",
    },
    "transport": "people",
    "input": {
        "type": "object",
        "properties": {
            "question": {"type": "string", "maxLength": 500, "title": "Question", "x-title-zh": "问题"},
            "samples": {"type": "integer", "minimum": 1, "title": "Samples", "x-title-zh": "样品数"},
            "urgent": {"type": "boolean", "title": "Urgent", "x-title-zh": "加急"},
        },
        "required": ["question"],
    },
    "output": {
        "type": "object",
        "properties": {
            "genuine": {"enum": ["yes", "no", "cannot_tell"], "title": "Genuine", "x-title-zh": "是否真品"},
            "opinion": {"type": "string", "maxLength": 2000, "title": "Opinion", "x-title-zh": "意见"},
        },
        "required": ["genuine"],
    },
    "effects": "none",
    "legal_bases": ["样例办法第1条"],
    "quota": {"per_day": 5},
    "expected_duration": "30日 / 30 days",
    "policy": {
        "rules": [
            {"effect": "permit", "organisation_kinds": ["market_regulator"]},
            {"effect": "ask", "organisation_kinds": ["right_holder"]},
        ]
    },
    "examples": [{"input": {"question": "样品一是否真品？"}}],
}


def pages(make: Callable[..., Actor]) -> Iterator[Walked]:
    """Make a small office and name its pages."""
    inspector, appraiser = make("market_regulator"), make("appraisal")
    admin = make("market_regulator", "administrator")
    people.grant_capacity(
        actor=Actor.system(), member=Member.objects.get(pk=inspector.member_id), capacity="reviewer"
    )
    provider = Organisation.objects.get(pk=appraiser.organisation_id)
    service = capabilities.publish(actor=Actor.system(), provider=provider, descriptor=parse(APPRAISAL))
    asked = capabilities.call(
        actor=inspector,
        capability=service,
        inputs={"question": "样品一、二是否为权利人产品？"},
        purpose="case",
        legal_basis="样例办法第1条",
        matter="样例〔2026〕1号",
    )
    running = jobs.enqueue(
        kind="sample.run",
        payload={"pool": "样例池"},
        actor=inspector,
        title_zh="筛查商品",
        title_en="Screen listings",
    )
    jobs.claim(owner="walk", kinds=["sample.run"], lease=timedelta(hours=1))
    jobs.beat(job_id=running.pk, fence=1, progress=0.4, message="8,000 / 20,000", lease=timedelta(hours=1))
    failed = jobs.enqueue(
        kind="sample.fail", payload={}, actor=inspector, title_zh="固定网页证据", title_en="Capture a page"
    )
    held = jobs.claim(owner="walk", kinds=["sample.fail"])
    assert held is not None
    jobs.fail(job=held, fence=held.fence, message="样例站点未响应。", mend="稍后重试。")
    Job.objects.filter(pk=asked.pk).update(expires_at=timezone.now() + timedelta(days=30))
    jobs.accept(actor=appraiser, job=Job.objects.get(pk=asked.pk))
    entry = Entry.objects.filter(actor_id=inspector.id).latest("id")
    yield "desk", inspector, "/"
    yield "desk-appraiser", appraiser, "/"
    yield "components", inspector, "/ui/components"
    yield "keys", inspector, "/ui/keys"
    yield "jobs", inspector, "/jobs/"
    yield "jobs-filtered", inspector, "/jobs/?state=failed&state=queued&colour=blue"
    yield "jobs-none", inspector, "/jobs/?q=nothing-like-this"
    yield "job-running", inspector, f"/jobs/{running.pk}/"
    yield "job-failed", inspector, f"/jobs/{failed.pk}/"
    yield "job-answer", appraiser, f"/jobs/{asked.pk}/"
    yield "capabilities", inspector, "/capabilities/"
    yield "capability", inspector, service.get_absolute_url()
    yield "ledger", make("market_regulator", "auditor"), "/ledger/"
    yield "entry", inspector, f"/ledger/{entry.entry_id}/"
    yield "members", admin, "/people/"
    yield "add-member", admin, "/people/add/"
    yield "member", admin, f"/people/members/{inspector.id}/"
    yield "organisations", inspector, "/people/organisations/"
    yield "machines", admin, "/people/clients/"
    yield "me", inspector, "/people/me/"
    yield "two-step", inspector, "/accounts/two-step/"
    yield "password", inspector, "/accounts/password/"
    yield "missing", inspector, "/no/such/page"
    yield "sign-in", Actor.anonymous(), "/accounts/login/"
