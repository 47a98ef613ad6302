"""The pages: each answers whom it concerns in both languages and nobody else, and the acts work as plain forms."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from joinder.office.matters import services as matter_services
from joinder.office.matters.models import Matter, Notice
from joinder.office.matters.notices import services

pytestmark = pytest.mark.django_db
TABS = ("matter", "proof", "timeline", "clocks", "documents", "new_fact")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_a_matter_answers_the_handling_unit(language, matter, notice_in, cast, client_for):
    notice_in("waiting")
    matter_services.move_matter(actor=cast.inspector, matter=matter, verb="investigate")
    matter_services.add_fact(
        cast.inspector, matter, "该店售出被控商品一件。", "The shop sold one item.", ["sale"]
    )
    client = client_for(cast.inspector, language)
    pages = [reverse(f"matters:{name}", args=[matter.number]) for name in TABS]
    for page in (*pages, reverse("matters:list"), reverse("matters:new"), "/"):
        response = client.get(page)
        assert response.status_code == 200, page
        assert "style=" not in response.content.decode(), page


def test_others_get_the_same_answer_as_for_a_matter_that_does_not_exist(matter, cast, client_for):
    for actor in (cast.holder, cast.platform, cast.seller):
        client = client_for(actor)
        for name in TABS:
            assert client.get(reverse(f"matters:{name}", args=[matter.number])).status_code == 404
            assert client.get(reverse(f"matters:{name}", args=["M-1999-000001"])).status_code == 404


def test_without_sign_in_every_page_leads_to_it(client, matter, notice_in):
    notice = notice_in("submitted")
    for page in (
        reverse("matters:list"),
        reverse("matters:proof", args=[matter.number]),
        notice.get_absolute_url(),
        reverse("notices:answer", args=[notice.reference]),
    ):
        assert client.get(page).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "state", ["drafted", "submitted", "rejected", "measures_taken", "waiting", "holder_acted"]
)
def test_every_page_of_a_notice_answers_each_side(state, language, notice_in, cast, client_for):
    notice = notice_in(state)
    for actor in (cast.holder, cast.platform, cast.seller, cast.inspector):
        expected = 200 if Notice.objects.visible_to(actor).filter(pk=notice.pk).exists() else 404
        client = client_for(actor, language)
        for name in ("notice", "answer", "paper"):
            assert client.get(reverse(f"notices:{name}", args=[notice.reference])).status_code == expected
        assert client.get(reverse("notices:list")).status_code == 200
        assert client.get("/").status_code == 200


def test_the_seller_does_not_see_the_senders_identity_number(notice_in, cast, client_for):
    notice = notice_in("forwarded_to_seller")
    number = notice.content["claimant"]["identity_no"]
    for actor, sees in (
        (cast.holder, True),
        (cast.platform, True),
        (cast.seller, False),
        (cast.inspector, False),
    ):
        client = client_for(actor)
        for name in ("notice", "paper", "answer"):
            shown = number in client.get(reverse(f"notices:{name}", args=[notice.reference])).content.decode()
            assert not shown or sees, (actor.organisation_kind, name)
        assert (number in client.get(f"/api/notices/{notice.reference}").content.decode()) == sees


def test_the_right_holder_completes_checks_and_sends_as_plain_forms(draft, cast, client_for):
    client = client_for(cast.holder)
    edit = reverse("notices:edit", args=[draft.reference])
    assert client.get(edit).status_code == 200
    form = {
        "links-TOTAL_FORMS": "2",
        "links-INITIAL_FORMS": "1",
        "links-0-url": "https://market.example/item/7731",
        "links-0-ground": "同种商品上使用相同商标",
        "right_kind": "trademark",
        "registration_no": "1234567",
        "holder": "样例科技有限公司",
        "expires_on": "2033-05-20",
        "proof": "商标注册证",
        "claimant_capacity": "holder",
        "claimant_name": "样例科技有限公司",
        "identity_no": "91440300MA5EXAMP01",
        "email": "ip@example.com",
        "evidence": "固证包\n比对表",
        "guarantee": "on",
        "signed_by": "样例科技有限公司",
        "then": "send",
    }
    incomplete = client.post(edit, form | {"evidence": ""})
    check = reverse("notices:step", args=[draft.reference, "submit"])
    assert incomplete.url == check
    assert "Preliminary evidence" in client.get(check).content.decode()
    assert client.post(check).status_code == 422
    client.post(edit, form)
    sent = client.post(check)
    assert sent.status_code == 302
    done = client.get(sent.url)
    assert f"{draft.reference}/" in done.content.decode()
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert draft.content["evidence"] == [{"title": "固证包"}, {"title": "比对表"}]
    assert client.post(check).status_code == 409


def test_the_platform_decides_per_link(notice_in, cast, client_for):
    notice = notice_in("accepted")
    client = client_for(cast.platform)
    check = reverse("notices:step", args=[notice.reference, "take_measures"])
    assert client.post(check, {"measure_0": "none", "reason_0": ""}).status_code == 200
    assert client.post(check, {"measure_0": "removed", "reason_0": ""}).status_code == 302
    notice.refresh_from_db()
    assert notice.measures == [{"object": 0, "measure": "removed", "reason": ""}]


def test_the_seller_answers_in_two_steps(notice_in, cast, client_for):
    notice = notice_in("forwarded_to_seller")
    client = client_for(cast.seller, "zh-hans")
    page = reverse("notices:answer", args=[notice.reference])
    words = {"name": "某某优品商行", "phone": "13800000000", "statement": "正品", "evidence": "供货清单"}
    assert client.post(page, words | {"phone": ""}).status_code == 200
    checked = client.post(page, words)
    assert checked.status_code == 200
    notice.refresh_from_db()
    assert notice.state == "forwarded_to_seller"
    assert client.post(page, words | {"then": "send"}).status_code == 302
    notice.refresh_from_db()
    assert notice.declaration["statement"] == "正品"


@pytest.mark.parametrize(
    "verb", ["accept", "reject", "take_measures", "withdraw", "receive_declaration", "nonsense"]
)
def test_a_step_page_of_another_side_is_refused(verb, notice_in, cast, client_for):
    notice = notice_in("forwarded_to_seller")
    response = client_for(cast.seller).post(reverse("notices:step", args=[notice.reference, verb]))
    assert response.status_code in {403, 409}
    notice.refresh_from_db()
    assert notice.state == "forwarded_to_seller"


def test_the_whole_way_over_the_api(draft, cast, client_for, declaration, content):
    parts = [
        ("submit", "holder", {"content": content}),
        ("accept", "platform", {}),
        ("take_measures", "platform", {}),
        ("forward_to_seller", "platform", {}),
        ("file_declaration", "seller", {"content": declaration}),
        ("forward_declaration", "platform", {}),
        ("receive_declaration", "holder", {}),
    ]
    for verb, side, part in parts:
        client = client_for(getattr(cast, side))
        url = f"/api/notices/{draft.reference}/steps/{verb}"
        response = client.post(url, json.dumps(part), content_type="application/json")
        assert response.status_code == 200, (verb, response.content)
    shown = client_for(cast.holder).get(f"/api/notices/{draft.reference}").json()
    assert shown["state"] == "waiting"
    assert shown["clocks"][0]["explanation"]["steps"]
    assert shown["may"] == ["holder_acts", "withdraw"]


def test_the_api_opens_a_matter_and_states_a_fact(cast, client_for):
    client = client_for(cast.inspector)
    made = client.post("/api/matters", json.dumps({"title_zh": "样例案件"}), content_type="application/json")
    assert made.status_code == 201
    number = made.json()["number"]
    fact = {"statement_zh": "该店售出一件。", "elements": ["sale"]}
    stated = client.post(f"/api/matters/{number}/facts", json.dumps(fact), content_type="application/json")
    assert stated.status_code == 201
    shown = client.get(f"/api/matters/{number}").json()
    assert {e["key"]: e["standing"] for e in shown["elements"]}["sale"] == "unsupported"
    assert client_for(cast.holder).get(f"/api/matters/{number}").status_code == 404


def test_a_matter_is_worked_on_with_plain_forms(matter, cast, client_for):
    client = client_for(cast.inspector, "zh-hans")
    act = lambda verb, **data: client.post(reverse("matters:act", args=[matter.number, verb]), data)  # noqa: E731
    assert act("move", move="investigate").status_code == 302
    assert act("move", move="suspend").status_code == 400
    assert act("task", title="补充授权名单", due_on="2026-12-01").status_code == 302
    task = matter.tasks.get()
    assert act("task-done", task=task.pk).status_code == 302
    fact_page = reverse("matters:new_fact", args=[matter.number])
    fact = {
        "statement": "该店售出，且明知侵权。",
        "standing": "to_prove",
        "stance": "supports",
        "elements": ["sale"],
    }
    assert "该店" in client.post(fact_page, fact).content.decode()
    assert matter.facts.count() == 0
    assert client.post(fact_page, fact | {"sure": "on"}).status_code == 302
    assert act("standing", fact=1, standing="denied").status_code == 302
    assert Matter.objects.get().facts.get().standing == "denied"


def test_the_desk_groups_duties_by_urgency(notice_in, cast, client_for):
    services.receive_declaration(cast.holder, notice_in("forwarded_to_holder"))
    desk = client_for(cast.platform).get("/").content.decode()
    assert "Waiting for others" in desk
    assert "duties-" in client_for(cast.holder).get("/").content.decode()
