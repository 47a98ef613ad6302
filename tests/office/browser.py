"""A real headless Chromium for the office's tests, under an unprivileged account as root, with its sandbox where the
kernel has one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from joinder.evidence.browser import find_browser, lair, sandbox_refused
from joinder.office.people.actors import Actor
from joinder.office.people.models import Member

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ARGUMENTS = ["--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking"]

#: Records every refusal of the policy before the page's own scripts run.
WATCH_POLICY = """
window.__refused = [];
document.addEventListener('securitypolicyviolation', (e) => window.__refused.push(
  e.violatedDirective + ' ' + e.blockedURI + ' ' + (e.sample || '')));
"""


@contextmanager
def chromium() -> Iterator[BrowserContext]:
    """A browser with an empty profile, gone afterwards."""
    with lair(find_browser()) as nest, sync_playwright() as playwright:
        context = None
        for sandbox in (True, False):
            try:
                context = playwright.chromium.launch_persistent_context(
                    str(nest.profile),
                    executable_path=str(nest.launcher),
                    chromium_sandbox=sandbox,
                    headless=True,
                    args=ARGUMENTS,
                    reduced_motion="reduce",
                    timeout=60_000,
                )
                break
            except PlaywrightError:
                if not (sandbox and sandbox_refused(nest)):
                    raise
        assert context is not None
        context.add_init_script(WATCH_POLICY)
        context.add_init_script(
            AXE.read_text(encoding="utf-8")
        )  # a script tag would be refused by our own policy
        try:
            yield context
        finally:
            context.close()


def sign_in(context: BrowserContext, address: str, actor: Actor, language: str = "en") -> None:
    """Make the browser this actor on the site at ``address``, or nobody for the anonymous actor."""
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if not actor.is_anonymous:
        member = Member.objects.select_related("user").get(pk=actor.member_id)
        member.user.language = language
        member.user.save(update_fields=["language"])
        client = Client()
        client.force_login(member.user)
        cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    context.clear_cookies()
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])


def violations(page: Page, only: list[str] | None = None) -> list[str]:
    """What axe finds on the page, one line each; ``only`` names single rules."""
    run: dict[str, Any] = {"type": "rule", "values": only} if only else {"type": "tag", "values": RULES}
    found = page.evaluate(
        "o => axe.run(document, {runOnly: o, resultTypes: ['violations']}).then(r => r.violations)", run
    )
    return [
        f"{v['id']}: {node['target']} {(node.get('failureSummary') or '').splitlines()[-1].strip()}"
        for v in found
        for node in v["nodes"][:3]
    ]


def refused(page: Page) -> list[str]:
    """What the content security policy refused on this page."""
    return [str(line) for line in page.evaluate("window.__refused || []")]


def overflows(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    )


def screenshot(page: Page, name: str) -> None:
    """Keep a picture where JOINDER_SCREENSHOTS names a folder."""
    folder = os.environ.get("JOINDER_SCREENSHOTS")
    if folder:
        path = Path(folder) / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(path), full_page=True)
