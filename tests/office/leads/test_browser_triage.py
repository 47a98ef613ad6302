"""Triage by keys in a real Chromium: digits decide once, the row stays, Z takes back, an input method fires nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from joinder.office.leads.models import Judgement, Lead
from joinder.office.people.actors import Actor
from joinder.office.people.models import Member

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from browser import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COMPOSING = """() => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key: "1", keyCode: 229, bubbles: true}))"""
REPEATED = """() => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key: "1", repeat: true, bubbles: true}))"""


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)
    page.wait_for_timeout(350)  # the guard against a key pressed twice


def queue(page: Page) -> list[str]:
    """The rows of the queue by their ids, in order."""
    return page.eval_on_selector_all(".queue__link", "links => links.map(link => link.id)")


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def test_a_reader_decides_by_keys(inspector: Actor, leads: list[Lead], live_server: Any) -> None:
    client = Client()
    client.force_login(Member.objects.get(pk=inspector.member_id).user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    first, second, third = (f"lead-{lead.pk}" for lead in leads)
    with chromium() as context:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/leads/")
        assert (queue(page), focused(page)) == ([first, second, third], first)

        page.evaluate(COMPOSING)
        page.evaluate(REPEATED)
        assert Judgement.objects.count() == 0

        press(page, "1")
        assert (queue(page), focused(page)) == ([first, second, third], second)
        page.keyboard.press("2")  # asks for a reason instead of deciding without one
        assert page.evaluate("document.activeElement.name") == "grounds_cleared"
        page.keyboard.press("Space")
        page.locator(f"#{second}").focus()
        page.wait_for_timeout(350)
        press(page, "2")
        assert focused(page) == third
        press(page, "h")
        press(page, "z")
        assert focused(page) == second

    assert list(Judgement.objects.values_list("verdict", flat=True)) == ["suspected", "cleared", ""]
    assert list(Lead.objects.order_by("pk").values_list("status", flat=True)).count("undecided") == 2
