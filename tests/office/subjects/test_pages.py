"""The pages and the API of subjects, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.subjects import services
from joinder.office.subjects.models import Entity, Judgement, Link, State

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., Client]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_shown_in_both_languages(
    subject: Entity, link: Link, inspector: Actor, client_for: ClientFor, language: str
) -> None:
    services.judge(actor=inspector, link=link, verdict="unsure", reason="当事人异议")
    client = client_for(inspector, language)
    base = f"/subjects/{subject.reference}/"
    for page in ("/subjects/", "/subjects/?q=样例&state=suspected&sort=undecided", "/subjects/compare/", base,
                 f"{base}?at=2020-01-01", f"{base}?at=nonsense", f"{base}graph/", f"{base}links/{link.pk}/unlink/",
                 "/subjects/why/", "/subjects/why/?a=A1&b=B1", "/"):  # fmt: skip
        answer = client.get(page)
        assert answer.status_code == 200, page
        text = answer.content.decode()
        assert ('lang="zh-Hans"' if language == "zh-hans" else 'lang="en"') in text
        assert ("主体" if language == "zh-hans" else "ubjects") in text
        assert " style=" not in text


def test_the_page_shows_reasons_that_add_up(subject: Entity, inspector: Actor, client_for: ClientFor) -> None:
    import re

    text = unescape(client_for(inspector).get(subject.get_absolute_url()).content.decode())
    tables = re.findall(r'<table class="why">.*?</table>', text, re.S)
    assert len(tables) == 3
    for table in tables:
        cells = re.findall(r'why__weight">([+−-]?[\d.]+)', table)
        numbers = [round(float(cell.replace("−", "-")) * 100) for cell in cells]
        assert sum(numbers[:-1]) == numbers[-1]
    assert "payee account: equal" in text
    assert Entry.objects.filter(is_read=True, target=f"subjects/{subject.reference}").exists()


def test_a_link_is_judged_undone_and_unlinked_from_the_page(
    subject: Entity, link: Link, inspector: Actor, client_for: ClientFor
) -> None:
    client, base = client_for(inspector), f"/subjects/{subject.reference}/"
    client.post(f"{base}links/{link.pk}/judge/", {"verdict": "same", "reason": "查实"})
    link.refresh_from_db()
    assert link.state == State.CONFIRMED
    assert "查实" in client.get(base).content.decode()
    client.post(f"{base}judgements/{Judgement.objects.get().pk}/undo/")
    preview = client.get(f"{base}links/{link.pk}/unlink/").content.decode()
    assert "2 accounts stay" in preview
    client.post(f"{base}links/{link.pk}/unlink/", {"verdict": "different", "reason": "不同经营者"})
    link.refresh_from_db()
    assert link.state == State.RETRACTED
    page = client.get(base).content.decode()
    assert "Unlinked" in page
    client.post(f"{base}judgements/{Judgement.objects.standing().get().pk}/undo/")
    link.refresh_from_db()
    assert (link.state, link.until) == (State.SUSPECTED, None)


def test_a_judgement_without_a_reason_is_asked_for_one(
    subject: Entity, link: Link, inspector: Actor, client_for: ClientFor
) -> None:
    client = client_for(inspector)
    answer = client.post(
        f"/subjects/{subject.reference}/links/{link.pk}/judge/",
        {"verdict": "same", "reason": " "},
        follow=True,
    )
    assert "needs a reason" in answer.content.decode()
    assert not Judgement.objects.exists()


def test_a_working_name_is_given_and_searched(
    subject: Entity, inspector: Actor, client_for: ClientFor
) -> None:
    client = client_for(inspector)
    client.post(f"/subjects/{subject.reference}/name/", {"petname": "深巷团伙"})
    assert "深巷团伙" in client.get("/subjects/?q=深巷").content.decode()
    assert "深巷团伙" not in client.get("/subjects/?q=别处").content.decode().split("<table")[-1]


def test_the_graph_has_an_equal_table(subject: Entity, inspector: Actor, client_for: ClientFor) -> None:
    text = client_for(inspector).get(f"/subjects/{subject.reference}/graph/").content.decode()
    assert "<svg" in text
    assert text.count("990011112222") >= 4  # one node, three rows


def test_a_comparison_is_started_from_the_page(pool: object, inspector: Actor, client_for: ClientFor) -> None:
    from joinder.office.jobs import worker

    client = client_for(inspector)
    answer = client.post("/subjects/compare/", {"pools": ["shops"]})
    assert answer.status_code == 302
    worker.run_until_idle()
    assert Entity.objects.count() == 2


@pytest.mark.parametrize("kind", ["platform", "customs", "respondent"])
def test_others_find_nothing(
    subject: Entity, link: Link, actor_of: Callable[..., Actor], client_for: ClientFor, kind: str
) -> None:
    client, base = client_for(actor_of(kind)), f"/subjects/{subject.reference}/"
    for page in (base, f"{base}graph/", f"{base}links/{link.pk}/unlink/", "/subjects/why/?a=A1&b=A2"):
        assert client.get(page).status_code == 404, page
    assert client.post(f"{base}links/{link.pk}/judge/", {"verdict": "same", "reason": "x"}).status_code == 404
    listed = client.get("/subjects/").content.decode()
    assert base not in listed
    assert link.platform not in listed


def test_hostile_names_are_text(subject: Entity, link: Link, inspector: Actor, client_for: ClientFor) -> None:
    Link.objects.filter(pk=link.pk).update(name="<script>alert(1)</script>")
    for page in ("/subjects/", subject.get_absolute_url(), f"{subject.get_absolute_url()}graph/"):
        assert "<script>alert" not in client_for(inspector).get(page).content.decode()


class TestApi:
    def test_list_read_judge_undo(
        self, subject: Entity, link: Link, inspector: Actor, client_for: ClientFor
    ) -> None:
        client = client_for(inspector)
        assert client.get("/api/subjects").json()[0]["reference"] == subject.reference
        detail = client.get(f"/api/subjects/{subject.reference}").json()
        assert len(detail["links"]) == 3
        where = f"/api/subjects/{subject.reference}"
        made = client.post(
            f"{where}/links/{link.pk}/judge", {"verdict": "same", "reason": "查实"}, "application/json"
        )
        assert made.json()["state"] == "confirmed"
        undone = client.post(f"{where}/judgements/{made.json()['id']}/undo", content_type="application/json")
        assert undone.json()["state"] == "suspected"

    def test_a_refusal_says_how_to_mend(
        self, subject: Entity, link: Link, inspector: Actor, client_for: ClientFor
    ) -> None:
        where = f"/api/subjects/{subject.reference}/links/{link.pk}/judge"
        answer = client_for(inspector).post(where, {"verdict": "same", "reason": ""}, "application/json")
        assert answer.status_code == 400
        assert answer.json()["mend"]

    def test_a_comparison_is_asked(self, pool: object, inspector: Actor, client_for: ClientFor) -> None:
        answer = client_for(inspector).post("/api/subjects/resolve", {"pools": []}, "application/json")
        assert answer.status_code == 202

    def test_others_find_nothing(
        self, subject: Entity, actor_of: Callable[..., Actor], client_for: ClientFor
    ) -> None:
        client = client_for(actor_of("platform"))
        assert client.get("/api/subjects").json() == []
        assert client.get(f"/api/subjects/{subject.reference}").status_code == 404
