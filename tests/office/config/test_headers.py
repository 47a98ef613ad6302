"""Every answer carries the policy; an error of ours is a page, never a crash."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from joinder.office.config.middleware import content_security_policy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/", "/no/such/page", "/api/capabilities", "/static/none.css"]
)
def test_every_answer_carries_the_policy(path: str, client: Client) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_only_the_replay_origin_may_be_framed() -> None:
    assert "frame-src 'none'" in content_security_policy()
    assert "frame-src https://replay.example" in content_security_policy("https://replay.example")


def test_pages_are_not_kept_by_caches(client: Client) -> None:
    assert client.get("/accounts/login/").headers["Cache-Control"].startswith(("private", "max-age=0"))


def test_too_many_wrong_passwords_are_refused(client: Client) -> None:
    from django.core.cache import cache

    cache.clear()
    for _attempt in range(7):
        answer = client.post(
            "/accounts/login/", {"login": "nobody", "password": "x"}, headers={"accept-language": "en"}
        )
    assert "too many" in answer.content.decode().lower()
    cache.clear()


@override_settings(ALLOWED_HOSTS=["joinder.example"])
def test_foreign_hosts_are_refused(client: Client) -> None:
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400


def test_an_address_that_takes_a_form_only_says_so(client: Client) -> None:
    answer = client.get("/people/language/", headers={"accept-language": "en"})
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert '<a class="button" href="/">' in answer.content.decode()
