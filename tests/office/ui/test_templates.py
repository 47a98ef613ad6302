"""No template carries an expression, a style or a script of its own; all load; every icon exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import joinder.office as office

ROOT = Path(office.__file__).parent
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html")) + sorted(ROOT.glob("*/*/templates/**/*.html"))
FORBIDDEN = {
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "hx-on": r"\bhx-on",
    "a script expression": r"\bjs:|javascript:",
    "an inline style": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an inline script": r"<script(?![^>]*\bsrc=)[^>]*>",
    "an expression in a trigger": r"hx-trigger\s*=\s*\"[^\"]*\[",
    "a foreign origin": r"(?:src|href)\s*=\s*\"(?:https?:)?//",
    "a safe filter": r"\|\s*safe\b",
    "an autoescape block": r"\{%\s*autoescape off",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_template(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for what, pattern in FORBIDDEN.items():
        found = re.search(pattern, text)
        assert found is None, f"{path.name} holds {what}: {found and found[0]!r}"
    get_template(str(path).split("/templates/", 1)[1])


def test_the_lint_finds_what_it_forbids() -> None:
    examples = ['<p onclick="x()">', '<b hx-on:click="x">', '<i hx-vals="js:{a}">', '<p style="color:red">', "<style>",
                "<script>", '<b hx-trigger="click[ctrlKey]">', '<img src="//elsewhere/x.png">', "{{ x|safe }}",
                "{% autoescape off %}"]  # fmt: skip
    for example in examples:
        assert any(re.search(pattern, example) for pattern in FORBIDDEN.values()), example


def test_every_button_says_something() -> None:
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for button in re.findall(r"<button[^>]*>\s*{% icon [^%]*%}\s*</button>", text):
            assert "aria-label" in button, f"{path.name}: {button}"
