"""Every page in a real browser: nothing refused by the policy, nothing found by axe, no sideways scroll at 320 px.

Both languages, light (every rule, in Chinese) and dark (in English, the rules that language and colours can change:
the rest is the same document and was looked at before). JOINDER_SCREENSHOTS=FOLDER keeps pictures;
JOINDER_WALK=app,app walks some apps only.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from browser import overflows, refused, screenshot, sign_in, violations
from playwright.sync_api import BrowserContext, Page

from joinder.office.people.actors import Actor

OFFICE_TESTS = Path(__file__).resolve().parents[1]
WALKS = sorted(OFFICE_TESTS.glob("*/walk.py"))
LANGUAGES = ("zh-hans", "en")
#: What a second language or a second set of colours can break in a document that was in order.
CHANGED_BY_LANGUAGE_AND_SCHEME = [
    "color-contrast", "link-in-text-block", "html-has-lang", "html-lang-valid", "valid-lang", "label", "button-name",
    "link-name", "image-alt", "document-title", "select-name", "aria-input-field-name",
]  # fmt: skip
NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1400, "height": 900}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"walk_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def look_at(page: Page, name: str, language: str) -> list[str]:
    """Everything wrong with the page as it stands."""
    if language == "en":
        page.emulate_media(color_scheme="dark")
    wrong = [
        f"axe: {line}"
        for line in violations(page, CHANGED_BY_LANGUAGE_AND_SCHEME if language == "en" else None)
    ]
    screenshot(page, f"{name}-{language}-1400")
    page.set_viewport_size(NARROW)
    if overflows(page):
        wrong.append("scrolls sideways at 320 px")
    screenshot(page, f"{name}-{language}-320")
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    return wrong + [f"refused by the policy: {line}" for line in refused(page)]


@pytest.mark.parametrize("walk", WALKS, ids=lambda path: path.parent.name)
def test_walk(walk: Path, browser: BrowserContext, live_server: Any, actor_of: Callable[..., Actor]) -> None:
    app, chosen = walk.parent.name, os.environ.get("JOINDER_WALK", "")
    if chosen and app not in chosen.split(","):
        pytest.skip(f"{app} is not walked")
    wrong: list[str] = []
    page = browser.new_page()
    page.set_viewport_size(WIDE)
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    for name, actor, address in list(load(walk).pages(actor_of)):
        for language in LANGUAGES:
            sign_in(browser, live_server.url, actor, language)
            answer = page.goto(live_server.url + address)
            assert answer is not None
            if answer.status >= 500 or (answer.status >= 400 and name != "missing"):
                wrong.append(f"{name} ({address}) answers {answer.status}")
                continue
            wrong += [f"{name} [{language}] {line}" for line in look_at(page, f"{app}-{name}", language)]
    page.close()
    assert not wrong, "\n" + "\n".join(dict.fromkeys(wrong))


def test_the_watch_sees_a_refusal(browser: BrowserContext, live_server: Any) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.x = 1'; document.body.append(s)"
    )
    page.wait_for_timeout(200)
    assert refused(page)
    page.close()


def test_axe_sees_a_violation(browser: BrowserContext, live_server: Any) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate("document.body.append(document.createElement('button'))")
    assert any("button-name" in line for line in violations(page))
    page.close()
