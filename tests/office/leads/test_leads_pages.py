"""Pages and machine door: triage without JavaScript, hostile text as text, both languages, screening as a job."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from joinder.office.catalogue import services as catalogue
from joinder.office.jobs import worker
from joinder.office.jobs.models import Job
from joinder.office.leads import selectors, services
from joinder.office.leads.errors import ScreeningRefused
from joinder.office.leads.models import Judgement, Lead
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.pools import intake
from joinder.vocabulary.node import NodeHome

pytestmark = pytest.mark.django_db
Signed = Callable[..., Client]


def form_of(page: Any, lead: Lead, verdict: str, **more: Any) -> dict[str, Any]:
    """What the page's form sends."""
    context = page.context
    return {
        "seen_version": lead.version,
        "idempotency_key": context["verdict_key"],
        "back": context["back"],
        "next": context["following"].pk if context.get("following") else "",
        "verdict": verdict,
        **more,
    }


def test_triage_decides_and_goes_on_while_the_row_stays(
    inspector: Actor, leads: list[Lead], client_for: Signed
) -> None:
    client = client_for(inspector)
    page = client.get("/leads/", follow=True)
    assert [row.pk for row in page.context["rows"]] == [lead.pk for lead in leads]
    assert page.context["chosen"] == leads[0]
    sent = form_of(page, leads[0], "suspected", grounds_suspected=["mark", "price"])
    after = client.post(f"/leads/{leads[0].pk}/judge/", sent, follow=True)
    assert after.context["chosen"] == leads[1]
    assert [row.pk for row in after.context["rows"]] == [lead.pk for lead in leads]
    assert Judgement.objects.get().grounds == ["mark", "price"]
    undone = client.post(
        "/leads/undo/",
        {"since": after.context["since"], "back": after.context["back"], "idempotency_key": "undo-00000001"},
        follow=True,
    )
    assert undone.context["chosen"] == leads[0]
    assert Lead.objects.get(pk=leads[0].pk).status == "undecided"


def test_a_verdict_that_lost_the_race_stays_with_the_reason(
    inspector: Actor, colleague: Actor, leads: list[Lead], client_for: Signed
) -> None:
    client = client_for(inspector, "zh-hans")
    page = client.get("/leads/", follow=True)
    services.judge(
        actor=colleague,
        lead=leads[0],
        verdict="duplicate",
        grounds=[],
        seen_version=0,
        idempotency_key="k-00000001",
    )
    sent = form_of(page, leads[0], "suspected", grounds_suspected=["mark"])
    after = client.post(f"/leads/{leads[0].pk}/judge/", sent, follow=True)
    assert after.context["chosen"].pk == leads[0].pk
    assert "您的结论未保存" in after.content.decode()
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize(("language", "words"), [("en", "Your verdict"), ("zh-hans", "您的结论")])
def test_pages_speak_both_languages_and_show_hostile_text_as_text(
    inspector: Actor, leads: list[Lead], client_for: Signed, language: str, words: str
) -> None:
    client = client_for(inspector, language)
    for address in ("/leads/", f"/leads/{leads[0].pk}/"):
        text = client.get(address, follow=True).content.decode()
        assert words in text
        assert "<b onclick" not in text
    hostile = next(lead for lead in leads if "onclick" in lead.title)
    page = client.get(f"/leads/?lead={hostile.pk}", follow=True)
    assert "&lt;b onclick=x&gt;" in page.content.decode()
    hidden = next(lead for lead in leads if "\u200b" in lead.title)
    assert "U+200B" in client.get(f"/leads/{hidden.pk}/").content.decode()


def test_others_leads_are_not_there(
    actor_of: Callable[..., Actor], leads: list[Lead], client_for: Signed
) -> None:
    client = client_for(actor_of("market_regulator", organisation="另一单位"))
    assert client.get(f"/leads/{leads[0].pk}/").status_code == 404
    assert client.post(f"/leads/{leads[0].pk}/judge/").status_code == 404
    assert client.get("/leads/", follow=True).context["rows"] == []


def test_a_lead_put_later_comes_last(inspector: Actor, leads: list[Lead], client_for: Signed) -> None:
    client = client_for(inspector)
    client.post(f"/leads/{leads[0].pk}/later/", {"back": "/leads/"})
    rows = client.get("/leads/", follow=True).context["rows"]
    assert rows[-1].pk == leads[0].pk


def test_pages_of_the_queue_neither_skip_nor_repeat(
    inspector: Actor, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "PAGE", 1)
    services.put_later(actor=inspector, lead=leads[1])
    seen: list[int] = []
    place = None
    for _ in range(4):
        rows, place = selectors.page_of(Lead.objects.visible_to(inspector), place)
        seen += [row.pk for row in rows]
        if place is None:
            break
        place = selectors.Place.parse(str(place))
    assert seen == [leads[0].pk, leads[2].pk, leads[1].pk]


def test_filters_and_export_pass_the_same_gate(
    inspector: Actor, leads: list[Lead], client_for: Signed
) -> None:
    client = client_for(inspector)
    assert client.get("/leads/?q=维", follow=True).context["rows"] == [
        lead for lead in leads if "维" in lead.title
    ]
    told = b"".join(client.get("/leads/leads.jsonl?mark=Vellorix").streaming_content).decode()  # type: ignore[attr-defined]
    assert len(told.splitlines()) == 3
    assert json.loads(told.splitlines()[0])["explanation"]["bundle"].startswith("sha256:")
    Lead.objects.filter(pk=leads[0].pk).update(title="=HYPERLINK(1)")
    table = b"".join(client.get("/leads/leads.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=HYPERLINK(1)" in table
    assert Entry.objects.filter(verb="leads.exported").count() == 2


def test_the_machine_door_refuses_a_lost_race(
    inspector: Actor, leads: list[Lead], client_for: Signed
) -> None:
    client = client_for(inspector)
    listed = client.get("/api/leads").json()
    assert [row["id"] for row in listed["leads"]] == [lead.pk for lead in leads]
    body = {"verdict": "cleared", "grounds": ["resale"], "seen_version": 0, "idempotency_key": "api-00000001"}
    address = f"/api/leads/{leads[0].pk}/judge"
    assert client.post(address, body, content_type="application/json").status_code == 200
    late = {**body, "idempotency_key": "api-00000002"}
    answer = client.post(address, late, content_type="application/json")
    assert (answer.status_code, Judgement.objects.count()) == (409, 1)


LISTINGS = """platform,listing_id,account_id,title,category,price,currency
taobei,L1,S1,V*llorix 跑步鞋,鞋靴,99.00,CNY
taobei,L2,S2,透气跑步鞋,鞋靴,99.00,CNY
taobei,L3,S3,维·洛·森 运动鞋,鞋靴,88.00,CNY
"""
RIGHTS = """right_id,kind,mark,aliases,classes,goods,genuine_price,currency
R1,word,Vellorix,维洛森,25,运动鞋,800.00,CNY
"""


@pytest.fixture
def pools(
    node_home: NodeHome, tmp_path: Path, actor_of: Callable[..., Actor], inspector: Actor
) -> Iterator[Any]:
    """The regulator's listings, and the register of an office for intellectual property."""
    office = actor_of("ip_office")
    made = {}
    for name, kind, text, owner in (
        ("market", "listing", LISTINGS, inspector),
        ("register", "right", RIGHTS, office),
    ):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        report = intake(node_home, name, kind, [path])
        made[kind] = catalogue.note_intake(
            actor=Actor.system(),
            owner=Organisation.objects.get(pk=owner.organisation_id),
            report=report,
            legal_basis="商标法",
            purposes=["screening"],
            audience="authorities",
        )
    yield made
    shutil.rmtree(node_home.pools, ignore_errors=True)


def test_screening_is_a_job_that_leaves_leads(inspector: Actor, pools: Any, client_for: Signed) -> None:
    client = client_for(inspector)
    asked = client.post("/leads/screen/", {"listings": pools["listing"].pk, "rights": pools["right"].pk})
    assert asked.status_code == 302
    worker.run_until_idle()
    job = Job.objects.get(kind="leads.screen")
    assert (job.state, job.result["new"]) == ("succeeded", 2)
    found = Lead.objects.visible_to(inspector)
    assert {lead.listing_record for lead in found} == {"market/listing/taobei/L1", "market/listing/taobei/L3"}
    assert {lead.holder for lead in found} == {""}
    assert Entry.objects.filter(verb="leads.screened").count() == 1


def test_a_pool_of_others_is_screened_only_if_its_rules_allow(
    actor_of: Callable[..., Actor], pools: Any
) -> None:
    customs = actor_of("customs")
    with pytest.raises(ScreeningRefused):
        services.start_screening(actor=customs, listings=pools["listing"], rights=pools["right"])
    pools["listing"].granularity = "record"
    assert services.start_screening(actor=customs, listings=pools["listing"], rights=pools["right"]).pk
