"""Drawing the world's pictures: logos, goods, goods that bear a logo, and stock photos. Plain geometry and numbers.

No system font and no clock is used: the same seed draws the same bytes (for one version of Pillow). Latin letters
come from the small bitmap face inside Pillow; Chinese marks are pictured by their Latin writing and a device.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator

from PIL import Image, ImageDraw, ImageFont, ImageOps

from joinder.world.draws import Draws
from joinder.world.market import FAKE_SHOTS, GENUINE_SHOTS, Market
from joinder.world.rights import Right
from joinder.world.tables.goods import CATEGORIES

SIDE = 240
Colour = tuple[int, int, int]

_FACE = ImageFont.load_default_imagefont()
_SOFT: tuple[Colour, ...] = (
    (236, 228, 214), (221, 231, 236), (231, 222, 235), (224, 235, 222), (240, 226, 222), (229, 229, 229),
    (214, 224, 240), (246, 238, 220),
)  # fmt: skip
_STRONG: tuple[Colour, ...] = (
    (164, 44, 52), (28, 76, 120), (32, 104, 84), (92, 56, 124), (184, 116, 28), (44, 48, 56), (140, 92, 60),
    (12, 116, 140), (176, 60, 112),
)  # fmt: skip


def pictures(market: Market) -> Iterator[tuple[str, bytes]]:
    """Every picture of a market: its path within the world and its PNG bytes."""
    logos = [logo(market.seed, right) for right in market.rights]
    for right, mark in zip(market.rights, logos, strict=True):
        yield right.logo, _png(mark)
        for shot in range(GENUINE_SHOTS):
            yield (
                market.gallery.genuine(right.index, shot),
                _png(_shot(market.seed, right, mark, "genuine", shot)),
            )
        for shot in range(FAKE_SHOTS):
            yield market.gallery.fake(right.index, shot), _png(_shot(market.seed, right, mark, "fake", shot))
    for number in range(market.gallery.stock):
        yield market.gallery.stock_photo(number), _png(_stock(market.seed, number))


def logo(seed: int, right: Right) -> Image.Image:
    """The right's own picture: a device with its Latin word, or for a design or work the drawing alone."""
    draws = Draws(seed, "logo", right.index)
    image = Image.new("RGB", (SIDE, SIDE), "white")
    pen = ImageDraw.Draw(image)
    if right.kind in ("design", "patent"):
        _silhouette(image, right.category.silhouette, draws)
        return image
    if right.kind == "copyright":
        _work(pen, draws)
        return image
    word = next((text for text in (right.alias, right.mark) if text and text.isascii()), "")
    _device(pen, draws, 44 if word else 80)
    if word:
        _word(image, word.upper() if draws.chance(0.5) else word, draws.pick(_STRONG))
    return image


def _device(pen: ImageDraw.ImageDraw, draws: Draws, radius: int) -> None:
    """Two or three simple shapes about one centre."""
    x, y = SIDE // 2, 34 + radius if radius < 60 else SIDE // 2
    for ring in range(2 + draws.below(2)):
        size = radius - ring * radius // 4 - draws.below(6)
        colour = draws.pick(_STRONG) if ring != 1 else (255, 255, 255)
        shape = draws.below(5)
        if shape == 0:
            pen.ellipse((x - size, y - size, x + size, y + size), fill=colour)
        elif shape == 1:
            pen.rounded_rectangle((x - size, y - size, x + size, y + size), radius=size // 3, fill=colour)
        elif shape == 2:
            pen.polygon(_star(x, y, size, 3 + draws.below(6), 0.45 + draws.random() * 0.3), fill=colour)
        elif shape == 3:
            pen.polygon(_star(x, y, size, 3 + draws.below(5), 1.0), fill=colour)
        else:
            start = draws.below(360)
            pen.pieslice(
                (x - size, y - size, x + size, y + size), start, start + 200 + draws.below(120), fill=colour
            )


def _star(x: int, y: int, size: int, points: int, inner: float) -> list[tuple[float, float]]:
    """A regular polygon (inner = 1) or star."""
    corners: list[tuple[float, float]] = []
    for step in range(points * 2):
        reach = size if step % 2 == 0 else size * (inner if inner < 1 else math.cos(math.pi / points))
        angle = math.pi * step / points - math.pi / 2
        corners.append((round(x + reach * math.cos(angle), 2), round(y + reach * math.sin(angle), 2)))
    return corners


def _word(image: Image.Image, word: str, colour: Colour) -> None:
    box = _FACE.getbbox(word)
    small = Image.new("L", (int(box[2]) + 2, int(box[3]) + 2), 0)
    ImageDraw.Draw(small).text((1, 1), word, fill=255, font=_FACE)
    width = min(SIDE - 24, small.width * 4)
    big = small.resize((width, small.height * width // small.width), Image.Resampling.BICUBIC)
    image.paste(Image.new("RGB", big.size, colour), ((SIDE - width) // 2, 200 - big.height // 2), big)


def _work(pen: ImageDraw.ImageDraw, draws: Draws) -> None:
    """A work of art of sorts: bands of hills under a sun."""
    pen.rectangle((0, 0, SIDE, SIDE), fill=draws.pick(_SOFT))
    x, y = 40 + draws.below(160), 30 + draws.below(60)
    pen.ellipse((x, y, x + 44, y + 44), fill=draws.pick(_STRONG))
    for band in range(4):
        base = 110 + band * 32
        corners: list[tuple[float, float]] = [(0.0, SIDE), (0.0, base + draws.below(20))]
        corners += [(float(step * 30), float(base - draws.below(46))) for step in range(1, 8)]
        pen.polygon([*corners, (SIDE, base + 10.0), (SIDE, SIDE)], fill=draws.pick(_STRONG))


def _backdrop(draws: Draws) -> Image.Image:
    """A table under a wall, lit from one side."""
    image = Image.new("RGB", (SIDE, SIDE), draws.pick(_SOFT))
    pen = ImageDraw.Draw(image)
    edge = 150 + draws.below(50)
    table = draws.pick(_SOFT)
    pen.rectangle((0, edge, SIDE, SIDE), fill=(table[0] - 26, table[1] - 26, table[2] - 26))
    for _ in range(draws.below(4)):
        x, y, size = draws.below(SIDE), draws.below(SIDE), 8 + draws.below(26)
        pen.ellipse((x, y, x + size, y + size), fill=draws.pick(_SOFT))
    return image


def _silhouette(image: Image.Image, shape: str, draws: Draws) -> None:
    _SHAPES[shape](ImageDraw.Draw(image), draws, draws.pick(_STRONG))


def _bag(pen: ImageDraw.ImageDraw, draws: Draws, colour: Colour) -> None:
    top = 84 + draws.below(20)
    pen.arc((76, top - 52, 164, top + 52), 180, 360, fill=colour, width=8 + draws.below(5))
    pen.rounded_rectangle((46, top, 194, 206), radius=8 + draws.below(26), fill=colour)
    pen.line((46, top + 40, 194, top + 40), fill=(250, 250, 246), width=2 + draws.below(4))


def _shoe(pen: ImageDraw.ImageDraw, draws: Draws, colour: Colour) -> None:
    lift = draws.below(16)
    pen.polygon([(38, 110 - lift), (86, 104), (126, 140), (196, 156), (208, 178), (38, 178)], fill=colour)
    pen.rounded_rectangle((34, 174, 212, 192 + lift // 2), radius=8, fill=(246, 246, 240))
    for step in range(3 + draws.below(3)):
        pen.line(
            (94 + step * 14, 112 + step * 9, 82 + step * 14, 126 + step * 9), fill=(250, 250, 250), width=3
        )


def _shirt(pen: ImageDraw.ImageDraw, draws: Draws, colour: Colour) -> None:
    reach = 14 + draws.below(30)
    pen.polygon(
        [(84, 56), (156, 56), (206, 84), (196, 112 + reach), (170, 104), (170, 202), (70, 202), (70, 104),
         (44, 112 + reach), (34, 84)],
        fill=colour,
    )  # fmt: skip
    pen.ellipse((100, 44, 140, 72), fill=(244, 240, 232))


def _phone(pen: ImageDraw.ImageDraw, draws: Draws, colour: Colour) -> None:
    width = 40 + draws.below(30)
    pen.rounded_rectangle((120 - width, 46, 120 + width, 204), radius=10 + draws.below(18), fill=colour)
    pen.rounded_rectangle((126 - width, 62, 114 + width, 184), radius=4, fill=(238, 242, 246))
    pen.ellipse((112, 188, 128, 202), fill=(238, 242, 246))


def _bottle(pen: ImageDraw.ImageDraw, draws: Draws, colour: Colour) -> None:
    width, neck = 30 + draws.below(26), 12 + draws.below(12)
    pen.rectangle((120 - neck, 38, 120 + neck, 84), fill=(52, 52, 56))
    pen.rounded_rectangle((120 - width, 76, 120 + width, 206), radius=10 + draws.below(16), fill=colour)
    pen.rectangle((120 - width + 8, 112, 120 + width - 8, 166), fill=(248, 246, 238))


def _watch(pen: ImageDraw.ImageDraw, draws: Draws, colour: Colour) -> None:
    size = 42 + draws.below(18)
    pen.rectangle((100, 22, 140, 218), fill=colour)
    pen.ellipse((120 - size, 120 - size, 120 + size, 120 + size), fill=(60, 60, 64))
    pen.ellipse((130 - size, 130 - size, 110 + size, 110 + size), fill=(248, 248, 244))
    pen.line((120, 120, 120, 92), fill=(30, 30, 30), width=4)
    pen.line((120, 120, 138 + draws.below(8), 128), fill=(30, 30, 30), width=3)


def _toy(pen: ImageDraw.ImageDraw, draws: Draws, colour: Colour) -> None:
    step = 30 + draws.below(10)
    for row in range(3):
        for column in range(3 - row):
            x, y = 60 + column * (step + 4) + row * step // 2, 172 - row * (step + 2)
            shade = colour if (row + column) % 2 else draws.pick(_STRONG)
            pen.rounded_rectangle((x, y, x + step, y + step), radius=4, fill=shade)
            pen.ellipse((x + 8, y - 6, x + step - 8, y + 6), fill=shade)


def _box(pen: ImageDraw.ImageDraw, draws: Draws, colour: Colour) -> None:
    left, top = 48 + draws.below(14), 78 + draws.below(24)
    pen.polygon(
        [(left, top), (left + 26, top - 26), (208, top - 26), (184, top)], fill=tuple(c + 40 for c in colour)
    )
    pen.polygon([(184, top), (208, top - 26), (208, 178), (184, 204)], fill=tuple(c - c // 4 for c in colour))
    pen.rectangle((left, top, 184, 204), fill=colour)


_SHAPES: dict[str, Callable[[ImageDraw.ImageDraw, Draws, Colour], None]] = {
    "bag": _bag, "shoe": _shoe, "shirt": _shirt, "phone": _phone, "bottle": _bottle, "watch": _watch, "toy": _toy,
    "box": _box,
}  # fmt: skip


def _shot(seed: int, right: Right, mark: Image.Image, kind: str, shot: int) -> Image.Image:
    """A photo of goods under a right. Copies bend the logo: turned, mirrored in tone, pressed, or small in a corner."""
    draws = Draws(seed, kind, right.index, shot)
    if right.kind in ("design", "copyright", "patent"):
        copy = mark if shot == 0 else mark.resize((150 + draws.below(80), 150 + draws.below(80)))
        image = _backdrop(draws)
        image.paste(copy, (draws.below(SIDE - copy.width + 1), draws.below(SIDE - copy.height + 1)))
        return image
    image = _backdrop(draws)
    _silhouette(image, right.category.silhouette, draws)
    label = mark
    if kind == "fake":
        if shot == 0:
            return ImageOps.expand(mark.resize((208, 208)), 16, fill=draws.pick(_SOFT))
        if shot == 1:
            label = ImageOps.invert(label)
        if shot == 2:
            label = label.rotate(8 + draws.below(16), fillcolor="white", resample=Image.Resampling.BICUBIC)
        if shot == 3:
            label = label.resize((SIDE, SIDE * 3 // 4))
    side = 84 if kind == "genuine" or shot > 2 else 110
    label = label.resize((side, side * label.height // label.width), Image.Resampling.BICUBIC)
    image.paste(label, ((SIDE - side) // 2 + draws.below(21) - 10, 104 + draws.below(21) - 10))
    return image


def _stock(seed: int, number: int) -> Image.Image:
    """A photo of goods that bear no mark."""
    draws = Draws(seed, "stock", number)
    image = _backdrop(draws)
    _silhouette(image, CATEGORIES[number % len(CATEGORIES)].silhouette, draws)
    if draws.chance(0.3):
        image = ImageOps.mirror(image)
    return image


def _png(image: Image.Image) -> bytes:
    """Without metadata: three kilobytes a picture, and the same bytes each time."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()
