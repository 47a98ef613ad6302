"""Keys, menus and morphing in a real browser: keys act outside fields, never while an input method composes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browser import sign_in
from playwright.sync_api import BrowserContext, Page, expect

from joinder.office.jobs import services
from joinder.office.people.actors import Actor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: The confirming Enter of an input method as Chromium and macOS send it, and a letter in the middle of composing.
COMPOSING = [
    {"key": "Enter", "keyCode": 229, "isComposing": False},
    {"key": "?", "keyCode": 229, "isComposing": False},
    {"key": "?", "keyCode": 191, "isComposing": True},
    {"key": "Process", "keyCode": 0, "isComposing": False},
]
SEND_KEY = """(event) => {
  const sent = new KeyboardEvent('keydown', {...event, bubbles: true, cancelable: true});
  Object.defineProperty(sent, 'keyCode', {value: event.keyCode});
  (document.activeElement ?? document.body).dispatchEvent(sent);
}"""


@pytest.fixture
def page(browser: BrowserContext, live_server: Any, actor_of: Callable[..., Actor]) -> Page:
    actor = actor_of("market_regulator")
    for number in range(3):
        title = {"title_zh": f"样例{number}", "title_en": f"Sample {number}"}
        services.enqueue(kind="sample.keys", payload={}, actor=actor, **title)
    sign_in(browser, live_server.url, actor)
    shown = browser.new_page()
    shown.goto(f"{live_server.url}/jobs/")
    return shown


def test_keys(page: Page, live_server: Any) -> None:
    dialog = page.locator("#key-dialog")
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    for event in COMPOSING:
        page.evaluate(SEND_KEY, event)
        expect(dialog).not_to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.type("g?j")
    expect(page.locator("[data-search]")).to_have_value("g?j")
    expect(dialog).not_to_be_visible()
    page.locator("[data-search]").blur()
    rows = page.locator("[data-open]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url("**/jobs/*/")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url(f"{live_server.url}/")
    page.keyboard.press("?")
    page.locator("#keys-off").check()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(dialog).not_to_be_visible()
    page.evaluate("localStorage.clear()")
    page.close()


def test_a_running_job_shows_its_end_by_itself(page: Page, live_server: Any) -> None:
    job = services.claim(owner="test", kinds=["sample.keys"])
    assert job is not None
    page.goto(f"{live_server.url}/jobs/{job.pk}/")
    expect(page.locator("#job-state")).to_contain_text("Running")
    services.finish(job=job, fence=job.fence, result={"found": 3})
    expect(page.locator("#job-state")).to_contain_text("Done", timeout=15_000)
    expect(page.locator("#job-state")).to_contain_text("found")
    assert page.locator("#job-state").get_attribute("hx-trigger") is None, "polling goes on after the end"
    page.close()


def test_menus_close_with_escape_and_give_the_focus_back(page: Page) -> None:
    menu = page.locator("details.me")
    menu.locator("summary").click()
    expect(menu.locator(".menu__sheet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator(".menu__sheet")).not_to_be_visible()
    expect(menu.locator("summary")).to_be_focused()
    page.close()
