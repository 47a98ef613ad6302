"""Every page of the foundation answers for those who may see it, and only for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from joinder.office.jobs import services
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor

pytestmark = pytest.mark.django_db

PAGES = ["/", "/ui/components", "/ui/keys", "/people/", "/people/organisations/", "/people/me/", "/jobs/",
         "/jobs/?side=received&state=queued&state=nonsense", "/ledger/", "/ledger/?read=False&q=signed",
         "/accounts/two-step/", "/accounts/password/", "/accounts/logout/"]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_member_sees_it(
    page: str, language: str, actor_of: Callable[..., Actor], client_for: Callable[..., Client]
) -> None:
    answer = client_for(actor_of("market_regulator"), language).get(page)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    assert ('lang="zh-Hans"' if language == "zh-hans" else 'lang="en"') in answer.content.decode()


@pytest.mark.parametrize("page", [page for page in PAGES if page != "/accounts/logout/"])
def test_nobody_else_does(page: str, client: Client) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")


def test_administrators_pages(actor_of: Callable[..., Actor], client_for: Callable[..., Client]) -> None:
    client = client_for(actor_of("platform", "administrator"))
    for page in ("/people/add/", "/people/clients/"):
        assert client.get(page).status_code == 200
    other = client_for(actor_of("platform"))
    for page in ("/people/add/", "/people/clients/"):
        assert other.get(page).status_code == 403


def test_job_and_entry_pages(actor_of: Callable[..., Actor], client_for: Callable[..., Client]) -> None:
    actor = actor_of("market_regulator")
    job = services.enqueue(
        kind="test.page", payload={"a": 1}, actor=actor, title_zh="样例", title_en="Sample"
    )
    client = client_for(actor)
    for page in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/state/"):
        assert client.get(page).status_code == 200
    entry = Entry.objects.filter(actor_id=actor.id).latest("id")
    assert client.get(f"/ledger/{entry.entry_id}/").status_code == 200
    stranger = client_for(actor_of("platform"))
    assert stranger.get(f"/jobs/{job.pk}/").status_code == 404
    assert stranger.get(f"/ledger/{entry.entry_id}/").status_code == 404


def test_the_sign_in_page_and_unknown_addresses(client: Client) -> None:
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/no/such/page").status_code == 404
    assert client.get("/accounts/signup/").headers["Location"] == "/accounts/login/"
