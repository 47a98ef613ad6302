"""The pages of rights in both languages: what each reader sees on them, and what they do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from joinder.office.jobs import worker
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.rights import services
from joinder.office.rights.models import Right

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_shown_in_both_languages(
    right: Right, inspector: Actor, holder: Actor, client_for: Callable[..., Client], language: str
) -> None:
    services.add_note(actor=holder, right=right, product="鞋", genuine="针脚均匀", fake="气味刺鼻")
    client = client_for(inspector, language)
    for page in (
        "/rights/",
        "/rights/?q=样品&kind=combined&sort=expires",
        f"/rights/{right.pk}/",
        "/rights/import/",
    ):
        answer = client.get(page)
        assert answer.status_code == 200, page
        text = answer.content.decode()
        assert ('lang="zh-Hans"' if language == "zh-hans" else 'lang="en"') in text
        assert ("权利" if language == "zh-hans" else "Rights") in text
        assert "style=" not in text


@pytest.mark.parametrize("words", ["样例优品", "样品", "samplo", "SAMPLO", "0000001", "优品"])
def test_search_finds_marks_other_writings_and_numbers(
    right: Right, inspector: Actor, client_for: Callable[..., Client], words: str
) -> None:
    page = client_for(inspector).get("/rights/", {"q": words}).content.decode()
    assert f'href="/rights/{right.pk}/"' in page
    assert "EXAMPLIA" not in page


def test_each_reader_sees_their_part(
    right: Right, holder: Actor, actor_of: Callable[..., Actor], client_for: Callable[..., Client]
) -> None:
    services.add_note(actor=holder, right=right, product="鞋", genuine="针脚均匀", fake="气味刺鼻")
    address = f"/rights/{right.pk}/"
    own = client_for(holder).get(address).content.decode()
    assert all(
        part in own for part in ("399.00", "淘贝/A1", "针脚均匀", "Authorise a seller", "Write a note")
    )
    platform = client_for(actor_of("platform")).get(address).content.decode()
    assert "淘贝/A1" in platform
    assert not any(part in platform for part in ("399.00", "针脚均匀", "Authorise a seller", "Write a note"))
    scholar = client_for(actor_of("scholar")).get(address).content.decode()
    assert "样例优品" in scholar
    assert not any(part in scholar for part in ("399.00", "淘贝/A1", "针脚均匀"))
    seller = client_for(actor_of("respondent"))
    assert seller.get(address).status_code == 404
    assert seller.get(f"{address}logo/").status_code == 404
    assert "样例优品" not in seller.get("/rights/").content.decode()


def test_reading_notes_is_in_the_ledger(
    right: Right, holder: Actor, inspector: Actor, client_for: Callable[..., Client]
) -> None:
    services.add_note(actor=holder, right=right, product="鞋", genuine="a", fake="")
    client_for(inspector).get(f"/rights/{right.pk}/")
    entry = Entry.objects.get(verb="rights.notes_read")
    assert (entry.actor_id, entry.is_read) == (inspector.id, True)


def test_the_picture(right: Right, inspector: Actor, client_for: Callable[..., Client]) -> None:
    client = client_for(inspector)
    answer = client.get(f"/rights/{right.pk}/logo/")
    assert answer.headers["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    orphan = Right.objects.get(right_id="R2")
    assert client.get(f"/rights/{orphan.pk}/logo/").status_code == 404
    assert "<img" not in client.get(f"/rights/{orphan.pk}/").content.decode().split("<main", 1)[1]


def test_notes_and_sellers_by_the_pages(
    right: Right, holder: Actor, client_for: Callable[..., Client]
) -> None:
    client, address = client_for(holder), f"/rights/{right.pk}/"
    client.post(
        f"{address}notes/", {"product": "鞋", "genuine": "针脚均匀", "fake": "", "readers": "examiners"}
    )
    note = right.notes.get()
    assert "针脚均匀" in client.get(address).content.decode()
    client.post(f"{address}notes/{note.pk}/retire/")
    assert "针脚均匀" not in client.get(address).content.decode()
    client.post(f"{address}sellers/", {"platform": "拼贝", "account_id": "B1", "valid_until": "2030-01-01"})
    seller = right.sellers.get(platform="拼贝")
    assert "拼贝/B1" in client.get(address).content.decode()
    client.post(f"{address}sellers/{seller.pk}/end/")
    assert "拼贝/B1" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("act", "told", "says"),
    [
        ("notes/", {"product": "鞋", "genuine": "", "fake": "", "readers": "examiners"}, "at least one sign"),
        ("notes/", {"product": "", "readers": "everyone"}, "Please correct this"),
        ("sellers/", {"platform": "淘贝", "account_id": "A1"}, "authorised already"),
        ("sellers/", {"platform": "x", "account_id": "y", "valid_from": "soon"}, "Please correct this"),
    ],
)
def test_wrong_forms_are_shown_again(
    right: Right, holder: Actor, client_for: Callable[..., Client], act: str, told: dict[str, str], says: str
) -> None:
    answer = client_for(holder).post(f"/rights/{right.pk}/{act}", told)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_what_one_may_not_do_is_refused(
    right: Right, actor_of: Callable[..., Actor], client_for: Callable[..., Client]
) -> None:
    client = client_for(actor_of("platform"))
    assert client.get("/rights/import/").status_code == 403
    told = {"product": "鞋", "genuine": "a", "fake": "", "readers": "examiners"}
    assert client.post(f"/rights/{right.pk}/notes/", told).status_code == 403
    assert (
        client.post(f"/rights/{right.pk}/sellers/", {"platform": "a", "account_id": "b"}).status_code == 403
    )


def test_importing_by_the_page(
    take_in: Callable[..., None], inspector: Actor, client_for: Callable[..., Client]
) -> None:
    take_in()
    client = client_for(inspector)
    assert "marks" in client.get("/rights/import/").content.decode()
    started = client.post("/rights/import/", {"pool": "marks"})
    worker.run_until_idle()
    assert client.get(started.headers["Location"]).status_code == 200
    assert Right.objects.count() == 2


def test_the_holders_desk_says_what_to_renew(
    right: Right, holder: Actor, inspector: Actor, client_for: Callable[..., Client]
) -> None:
    Right.objects.filter(pk=right.pk).update(expires_on="2026-12-31")
    assert "Rights to renew" in client_for(holder).get("/").content.decode()
    assert "Rights to renew" not in client_for(inspector).get("/").content.decode()


def test_rights_for_machines(
    right: Right, holder: Actor, actor_of: Callable[..., Actor], client_for: Callable[..., Client]
) -> None:
    (told,) = client_for(holder).get("/api/rights?q=samplo").json()
    assert told["mark"] == "样例优品"
    full = client_for(holder).get(f"/api/rights/{right.pk}").json()
    assert (full["genuine_price_minor"], full["authorised_sellers"]) == (39900, ["淘贝/A1", "淘贝/A2"])
    part = client_for(actor_of("scholar")).get(f"/api/rights/{right.pk}").json()
    assert (part["genuine_price_minor"], part["authorised_sellers"]) == (None, None)
    assert client_for(actor_of("respondent")).get(f"/api/rights/{right.pk}").status_code == 404
