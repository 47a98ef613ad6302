"""The token file: every pair of ink and ground is legible, and no other sheet holds a raw value."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

import joinder.office.ui as ui

CSS = Path(ui.__file__).parent / "assets" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
PAIR = re.compile(r"--(c-[\w-]+):\s*(?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));")
SCHEMES = ("light", "dark")
STATES = ("info", "ok", "warn", "bad", "machine", "sealed")
GROUNDS = ("page", "surface", "sunken")


def tokens() -> dict[str, tuple[str, str]]:
    """Token → (light, dark)."""
    return {m[1]: (m[2] or m[4], m[3] or m[4]) for m in PAIR.finditer(TOKENS)}


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance of #RRGGBB."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_is_the_standards() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def pairs() -> list[tuple[str, str, float]]:
    """(ink, ground, least ratio): text 4.5, edges and series 3."""
    wanted = [
        (ink, ground, 4.5)
        for ink in ("text", "text-2", "text-3", "primary", "primary-hover")
        for ground in GROUNDS
    ]
    wanted += [
        ("visited", "surface", 4.5),
        ("on-primary", "primary", 4.5),
        ("on-primary", "primary-hover", 4.5),
    ]
    wanted += [("edge", ground, 3.0) for ground in GROUNDS]
    wanted += [(state, f"{state}-wash", 4.5) for state in STATES] + [
        (state, "surface", 4.5) for state in STATES
    ]
    wanted += [(state, "page", 4.5) for state in STATES]
    wanted += [("text", f"{state}-wash", 10.5) for state in STATES]
    wanted += [(f"series-{number}", "surface", 3.0) for number in range(1, 6)]
    wanted += [("heat-ink", f"heat-{number}", 4.0) for number in range(1, 5)]
    wanted += [("heat-ink-deep", f"heat-{number}", 4.5) for number in (5, 6)]
    wanted += [("text-3", "info-wash", 4.5), ("text-2", "info-wash", 4.5)]
    return wanted


@pytest.mark.parametrize(("ink", "ground", "least"), pairs())
@pytest.mark.parametrize("scheme", SCHEMES)
def test_contrast(ink: str, ground: str, least: float, scheme: str) -> None:
    known, which = tokens(), SCHEMES.index(scheme)
    ratio = contrast(known[f"c-{ink}"][which], known[f"c-{ground}"][which])
    assert ratio >= least, f"{ink} on {ground} ({scheme}) is {ratio:.2f}, below {least}"


def test_series_are_apart_in_each_scheme() -> None:
    known = tokens()
    for which in range(2):
        series = {known[f"c-series-{number}"][which] for number in range(1, 6)}
        assert len(series) == 5


OTHERS = sorted(path for path in CSS.rglob("*.css") if path.name != "tokens.css")
RAW = re.compile(r"#[0-9A-Fa-f]{3,8}\b(?![\w-]*\s*\{)|\brgba?\(|\bhsla?\(|(?<![\w.-])(?:[3-9]|\d{2,})px")


@pytest.mark.parametrize("sheet", OTHERS, ids=lambda path: path.name)
def test_only_the_token_file_holds_raw_values(sheet: Path) -> None:
    assert not RAW.findall(sheet.read_text(encoding="utf-8"))


@pytest.mark.parametrize("sheet", OTHERS, ids=lambda path: path.name)
def test_every_token_used_exists(sheet: Path) -> None:
    defined = set(re.findall(r"(--[\w-]+):", TOKENS))
    used = set(re.findall(r"var\((--[\w-]+)", sheet.read_text(encoding="utf-8")))
    assert used <= defined, used - defined


def test_no_text_below_twelve_pixels() -> None:
    sizes = [float(size) for size in re.findall(r"--t-\d+:\s*([\d.]+)rem", TOKENS)]
    assert min(sizes) * 16 >= 12
    text = "\n".join(path.read_text(encoding="utf-8") for path in OTHERS)
    assert not re.findall(r"font-size:\s*+(?!var|inherit|100%)", text)


def test_braces_balance() -> None:
    for sheet, (opened, closed) in itertools.product(OTHERS, [("{", "}")]):
        text = sheet.read_text(encoding="utf-8")
        assert text.count(opened) == text.count(closed), sheet
