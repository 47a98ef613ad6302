"""HTML of our own to PDF, by the same Chromium, without any network."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from joinder.evidence.browser import lair, sandbox_refused
from joinder.evidence.errors import BrowserFailed

_FLAGS = ("--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
          "--proxy-server=127.0.0.1:9", "--proxy-bypass-list=<-loopback>")  # fmt: skip


def print_pdf(html: str, browser: Path) -> bytes:
    """The PDF of ``html``, with its own page size, tags and outline. Raises BrowserFailed.

    Scripts do not run and nothing is fetched: the only proxy is the discard port.
    """
    with lair(browser) as nest, sync_playwright() as playwright:
        for sandbox in (True, False):
            try:
                context = playwright.chromium.launch_persistent_context(
                    str(nest.profile), executable_path=str(nest.launcher), chromium_sandbox=sandbox, headless=True,
                    args=list(_FLAGS), java_script_enabled=False, offline=True, timeout=60_000,
                )  # fmt: skip
            except PlaywrightError as error:
                if sandbox and sandbox_refused(nest):
                    continue
                raise BrowserFailed(
                    f"Chromium did not start to print: {error.message.splitlines()[0]}"
                ) from None
            try:
                page = context.pages[0]
                page.set_content(html, wait_until="load", timeout=30_000)
                return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
            except PlaywrightError as error:
                raise BrowserFailed(f"Chromium did not print: {error.message.splitlines()[0]}") from None
            finally:
                context.close()
    raise AssertionError("the second attempt returns or raises")
