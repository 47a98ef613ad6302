"""What Han characters are made of, and which ones a hurried reader takes for one another.

`components` is a table written for this project (`parts.txt`): characters that sellers write as their parts
(好 as 女子).
`look_alikes` compares glyphs drawn with a font of the machine; without a Han font it answers nothing, and the
caller says that the comparison was not made.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

# How a radical is typed when the keyboard gives no radical: 讠 as 言.
_RADICAL_AS_CHARACTER = str.maketrans(
    "亻氵讠钅扌艹忄犭礻衤纟饣刂灬囗彳阝攵", "人水言金手草心犬示衣丝食刀火口行耳文"
)


@cache
def components() -> dict[str, str]:
    """Character → its parts in reading order (好 → 女子); only characters that do have two or more parts."""
    lines = resources.files(__package__).joinpath("parts.txt").read_text("utf-8").splitlines()
    entries = (entry for line in lines if not line.startswith("#") for entry in line.split())
    return {entry[0]: entry[1:] for entry in entries}


@cache
def _families() -> dict[str, tuple[str, ...]]:
    """What follows the first part → the characters that have it (令 → 冷 玲 铃 …), where that is one or two signs."""
    found: dict[str, list[str]] = {}
    for char, parts in sorted(components().items()):
        if len(parts) == 2:
            found.setdefault(parts[1], []).append(char)
    return {part: tuple(chars) for part, chars in found.items() if len(chars) > 1}


@lru_cache(maxsize=8192)
def written_as_parts(char: str) -> tuple[str, ...]:
    """The ways to write a character as its parts; () if none is known.

    With radicals as drawn (讠) and as typed (言), and with a part taken apart once more (森 as 木林 and 木木木).
    """
    parts = components().get(char)
    if not parts:
        return ()
    apart = "".join(components().get(part, part) for part in parts)
    ways = [parts, apart] if len(apart) <= 4 else [parts]
    return tuple(dict.fromkeys(w for way in ways for w in (way, way.translate(_RADICAL_AS_CHARACTER))))


_FONT_NAMES = (
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc", "wqy-zenhei.ttc", "simhei.ttf", "PingFang.ttc",
)  # fmt: skip
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
_CELL = 24  # pixels: enough to tell 己 from 已, small enough to compare 6,763 glyphs in well under a second


@cache
def han_font() -> Path | None:
    """A font of this machine that draws Han characters, or None."""
    folders = [*map(Path, _FONT_FOLDERS), Path.home() / ".local/share/fonts", Path.home() / ".fonts"]
    for name in _FONT_NAMES:
        for folder in folders:
            found = sorted(folder.rglob(name)) if folder.is_dir() else []
            if found:
                return found[0]
    return None


@cache
def common_characters() -> tuple[str, ...]:
    """The 6,763 characters of GB 2312, in its order."""
    cells = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return tuple(c for c in (cell.decode("gb2312", "ignore") for cell in cells) if c)


# Parts of a glyph that two characters may share under different radicals: all of it, without a left radical
# (铃, 冷), without a top one (菲, 韭). (rows, columns, by how much a likeness of that part alone counts)
_VIEWS = (
    (slice(0, _CELL), slice(0, _CELL), 1.0),
    (slice(0, _CELL), slice(_CELL * 3 // 8, _CELL), 0.95),
    (slice(_CELL * 3 // 8, _CELL), slice(0, _CELL), 0.92),
)
_RELATIVE = 0.85  # two characters that differ in their radical only (铃, 冷)
_PART_AT_LEAST = 0.88  # a part must be all but equal; half of all characters share some of their right side


@lru_cache(maxsize=1)
def _glyphs() -> Any:
    """For each view, one unit row per common character: its blurred, centred glyph; None without a font."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    path = han_font()
    if path is None:
        return None
    font = ImageFont.truetype(str(path), 42)
    cells: Any = np.empty((len(common_characters()), _CELL, _CELL), dtype=np.float32)
    for i, char in enumerate(common_characters()):
        image = Image.new("L", (48, 48))
        ImageDraw.Draw(image).text((24, 24), char, fill=255, font=font, anchor="mm")
        cells[i] = np.asarray(image.resize((_CELL, _CELL), Image.Resampling.BOX))
    for axis in (1, 2):  # blur, so that a stroke one pixel aside is still the same stroke
        cells = (np.roll(cells, 1, axis) + 2 * cells + np.roll(cells, -1, axis)) / 4
        cells = (np.roll(cells, 1, axis) + 2 * cells + np.roll(cells, -1, axis)) / 4
    views = []
    for rows, columns, _ in _VIEWS:
        flat = cells[:, rows, columns].reshape(len(cells), -1)
        flat = flat - flat.mean(axis=1, keepdims=True)
        views.append(flat / (np.linalg.norm(flat, axis=1, keepdims=True) + 1e-9))
    return views


def look_alikes(
    chars: Iterable[str], *, most: int = 40, at_least: float = 0.72
) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each character of GB 2312 among `chars`, the characters that a hurried reader takes for it.

    most: how many at most. at_least: the lowest correlation of blurred glyphs that counts. Returns pairs of
    character and likeness (two decimals), the likest first; {} when the machine has no Han font.
    """
    import numpy as np

    views = _glyphs()
    if views is None:
        return {}
    common = common_characters()
    index = {char: i for i, char in enumerate(common)}
    asked = [char for char in dict.fromkeys(chars) if char in index]
    places = [index[char] for char in asked]
    likeness = views[0][places] @ views[0].T
    for view, (_, _, counts) in zip(views[1:], _VIEWS[1:], strict=True):
        part = view[places] @ view.T
        likeness = np.maximum(likeness, np.where(part >= _PART_AT_LEAST, counts * part, 0))
    found: dict[str, tuple[tuple[str, float], ...]] = {}
    for char, at, row in zip(asked, places, np.round(likeness, 2), strict=True):
        order = np.argsort(-row, kind="stable")[: most + 1]
        alike = {common[i]: round(float(row[i]), 2) for i in order if i != at and row[i] >= at_least}
        for relative in _families().get(components().get(char, "")[1:], ()):
            if relative != char:
                alike[relative] = max(alike.get(relative, 0.0), _RELATIVE)
        found[char] = tuple(sorted(alike.items(), key=lambda pair: (-pair[1], pair[0]))[:most])
    return found
