"""One browser for all of a module's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import chromium
from playwright.sync_api import BrowserContext


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """A headless Chromium with an empty profile."""
    with chromium() as context:
        yield context
