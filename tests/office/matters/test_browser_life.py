"""A notice's life through its pages in a real Chromium whose scripts are blocked: every act is a plain form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from joinder.office.matters.models import Clock, Notice
from joinder.office.matters.notices import services
from joinder.office.people.actors import Actor
from joinder.office.people.models import Member

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from browser import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def become(context: BrowserContext, actor: Actor, address: str) -> None:
    """Sign the browser in as an actor who reads Chinese."""
    member = Member.objects.select_related("user").get(pk=actor.member_id)
    member.user.language = "zh-hans"
    member.user.save(update_fields=["language"])
    client = Client()
    client.force_login(member.user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.clear_cookies()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def take(page: Page, verb: str) -> None:
    """Follow a step's link on the notice's page to its check page, and send the form."""
    page.locator(f"a[href$='/steps/{verb}/']").first.click()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/done/*/")


def test_from_draft_to_running_clock_without_scripts(
    draft: Notice, cast: Any, live_server: Any, joined: dict[str, list[str]]
) -> None:
    site, path = live_server.url, draft.get_absolute_url()

    def visit(page: Page, actor: Actor, where: str = path) -> None:
        become(page.context, actor, site)
        page.goto(site + where)

    with chromium() as context:
        context.route("**/*.js", lambda route: route.abort())
        page = context.new_page()
        page.set_viewport_size({"width": 360, "height": 740})

        visit(page, cast.holder)
        fill_in(page, path)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/done/*/")
        assert draft.reference in page.inner_text("main")

        visit(page, cast.platform)
        take(page, "accept")
        page.goto(site + path)
        take(page, "take_measures")
        page.goto(site + path)
        take(page, "forward_to_seller")

        visit(page, cast.seller, f"{path}answer/")
        page.fill("#id_name", "某某优品商行")
        page.fill("#id_phone", "13800000000")
        page.fill("#id_statement", "本店销售的是从授权经销商进货的正品。")
        page.fill("#id_evidence", "供货清单")
        page.locator("main form button[type=submit]").first.click()
        page.locator("button[value=send]").click()
        page.wait_for_url("**/done/*/")

        visit(page, cast.platform)
        take(page, "forward_declaration")
        visit(page, cast.holder)
        take(page, "receive_declaration")
        said = page.inner_text("main")

    draft.refresh_from_db()
    clock = services.waiting_clock(draft)
    assert (draft.state, clock.state) == ("waiting", Clock.State.RUNNING)
    assert f"{clock.due_on:%Y-%m-%d}" in said
    assert clock.explanation["steps"][0]["text_zh"] in said


def fill_in(page: Page, path: str) -> None:
    """The right holder completes the draft and goes on to the check page."""
    page.locator(f"a[href='{path}edit/']").click()
    fields: dict[str, str] = {
        "#id_registration_no": "1234567",
        "#id_holder": "样例科技有限公司",
        "#id_expires_on": "2033-05-20",
        "#id_proof": "商标注册证",
        "#id_claimant_name": "样例科技有限公司",
        "#id_identity_no": "91440300MA5EXAMP01",
        "#id_email": "ip@example.com",
        "#id_evidence": "固证包",
        "#id_signed_by": "样例科技有限公司",
    }
    page.select_option("#id_right_kind", "trademark")
    for field, value in fields.items():
        page.fill(field, value)
    page.check("#id_guarantee")
    page.locator("button[value=send]").click()
    page.wait_for_url("**/steps/submit/")
