"""How a seller spells a mark so that a reader sees it and a keyword search does not.

`spelt(mark, draws, english)` returns the evasion used and the text. Every table here was written for the generator
(see `tables`). A spelling that happens to contain the mark is thrown away and the mark is split instead: an evasive
listing never spells its mark out.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from joinder.world.draws import Draws
from joinder.world.tables.characters import CHARACTERS


class Evasion(Enum):
    """How an infringing listing shows the mark."""

    EXACT = "exact"
    """Spelt out, usually beside a cue word."""
    HOMOGLYPH = "homoglyph"
    """Letters of another script, leet digits, full-width or accented letters."""
    SPLIT = "split"
    """Parted by spaces, signs, emoji or characters without width."""
    MASK = "mask"
    """One or two characters hidden behind a sign."""
    PINYIN = "pinyin"
    """Chinese characters written by their reading, all or one of them."""
    HOMOPHONE = "homophone"
    """One character replaced by one that sounds the same."""
    SHAPE = "shape"
    """One character replaced by one that looks alike."""
    DECOMPOSED = "decomposed"
    """One character written as its parts."""
    EDIT = "edit"
    """One letter or character left out, doubled, swapped or changed."""
    IMAGE_ONLY = "image_only"
    """Not in the text at all: the mark stands in the picture."""
    NONE = "none"
    """Not an infringing listing."""


Speller = Callable[[str, Draws], str | None]

_HOMOGLYPHS: dict[str, str] = {
    "a": "аαáàä@ａ", "b": "ьᏏｂ", "c": "сçϲｃ", "d": "ԁđｄ", "e": "еéèë3ｅ", "f": "ƒｆ", "g": "ɡ9ｇ", "h": "һｈ",
    "i": "іí1!ι", "j": "јｊ", "k": "κкｋ", "l": "1ⅼ|ｌ", "m": "мｍ", "n": "пηñｎ", "o": "оο0óöｏ", "p": "рρｐ",
    "q": "ԛｑ", "r": "гｒ", "s": "ѕ5$ｓ", "t": "т7τｔ", "u": "υüúｕ", "v": "ѵνｖ", "w": "ԝωｗ", "x": "х×ｘ",
    "y": "уγýｙ", "z": "ᴢžｚ",
}  # fmt: skip
_PARTERS = (" ", "  ", ".", "·", "-", "_", "~", "/", "\u200b", "\u200d", "❤", "✨", "🔥", "丨", "♡", "、")
_MASKS = ("*", "＊", "○", "□", "x", "某", "✱", "×")
_ASCII_MASKS = ("*", "_", ".", "·", "✱", "#")
_VOWELS = "aeiou"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _homoglyph(mark: str, draws: Draws) -> str:
    letters = list(mark)
    places = [place for place, letter in enumerate(letters) if letter.lower() in _HOMOGLYPHS]
    for _ in range(1 + draws.below(2)):
        place = draws.pick(places)
        letters[place] = draws.pick(_HOMOGLYPHS.get(letters[place].lower(), letters[place]))
    return "".join(letters)


def _split(mark: str, draws: Draws) -> str:
    parter = draws.pick(_PARTERS)
    if draws.chance(0.4) or len(mark) < 4:
        return parter.join(mark)
    place = 1 + draws.below(len(mark) - 1)
    return mark[:place] + parter + mark[place:]


def _mask(mark: str, draws: Draws) -> str:
    sign = draws.pick(_ASCII_MASKS if mark.isascii() else _MASKS)
    place = 1 + draws.below(len(mark) - 1)  # the first character stays: buyers must recognise it
    return mark[:place] + sign + mark[place + 1 :]


def _edit_latin(mark: str, draws: Draws) -> str:
    place = 1 + draws.below(len(mark) - 2)
    way = draws.below(4)
    if way == 0:
        return mark[:place] + mark[place + 1 :]
    if way == 1:
        return mark[:place] + mark[place] + mark[place:]
    if way == 2:
        return mark[:place] + mark[place + 1] + mark[place] + mark[place + 2 :]
    other = draws.pick(_VOWELS if mark[place].lower() in _VOWELS else _LETTERS)
    return mark[:place] + other + mark[place + 1 :]


def _edit_chinese(mark: str, draws: Draws) -> str:
    if len(mark) >= 3 and draws.chance(0.6):
        place = 1 + draws.below(len(mark) - 1)
        return mark[:place] + mark[place + 1 :]
    place = draws.below(len(mark) - 1)
    return mark[:place] + mark[place + 1] + mark[place] + mark[place + 2 :]


def _pinyin(mark: str, draws: Draws) -> str:
    if draws.chance(0.6) or len(mark) < 3:
        joiner = draws.pick(("", "", " "))
        return joiner.join(CHARACTERS[char].reading for char in mark)
    place = draws.below(len(mark))
    return mark[:place] + CHARACTERS[mark[place]].reading + mark[place + 1 :]


def _swapped(attribute: str) -> Speller:
    """Replace one character by what the table offers under `attribute`; None where it offers nothing."""

    def spell(mark: str, draws: Draws) -> str | None:
        places = [place for place, char in enumerate(mark) if getattr(CHARACTERS[char], attribute)]
        if not places:
            return None
        place = draws.pick(places)
        offer: str = getattr(CHARACTERS[mark[place]], attribute)
        new = offer if attribute == "parts" else draws.pick(offer)
        return mark[:place] + new + mark[place + 1 :]

    return spell


_LATIN: tuple[tuple[Evasion, Speller], ...] = (
    (Evasion.HOMOGLYPH, _homoglyph),
    (Evasion.HOMOGLYPH, _homoglyph),
    (Evasion.SPLIT, _split),
    (Evasion.MASK, _mask),
    (Evasion.EDIT, _edit_latin),
)
_CHINESE: tuple[tuple[Evasion, Speller], ...] = (
    (Evasion.SPLIT, _split),
    (Evasion.MASK, _mask),
    (Evasion.PINYIN, _pinyin),
    (Evasion.HOMOPHONE, _swapped("homophones")),
    (Evasion.SHAPE, _swapped("shapes")),
    (Evasion.DECOMPOSED, _swapped("parts")),
    (Evasion.EDIT, _edit_chinese),
)


def spelt(mark: str, draws: Draws, compound: float = 0.0) -> tuple[Evasion, str]:
    """An evasive spelling of a mark and its kind.

    mark: at least five ASCII letters, or at least two characters of the character table.
    compound: the chance that a bent spelling is parted as well; its kind stays that of the first bend.
    The text never contains the mark, whatever its case.
    """
    evasion, spell = draws.pick(_LATIN if mark.isascii() else _CHINESE)
    text = spell(mark, draws)
    if text is None or mark.lower() in text.lower():
        return Evasion.SPLIT, draws.pick(_PARTERS).join(mark)
    if evasion in _PARTABLE and draws.random() < compound:
        parted = _split(text, draws)
        text = parted if mark.lower() not in parted.lower() else text
    return evasion, text


_PARTABLE = (Evasion.HOMOGLYPH, Evasion.EDIT, Evasion.HOMOPHONE, Evasion.SHAPE)

_OBSCURE_DIGITS = (
    "零〇０ο⓪",
    "一壹①１幺",
    "二贰②２两",
    "三叁③３",
    "四肆④４",
    "五伍⑤５",
    "六陆⑥６",
    "七柒⑦７",
    "八捌⑧８",
    "九玖⑨９",
)
_MESSENGER_WORDS = ("V❤", "薇❤", "微芯", "+V", "威信", "卫星", "VX", "加薇", "绿色软件")


def obscured_number(digits: str, draws: Draws) -> str:
    """A number written for human eyes: some digits become words, circled or full-width digits, with signs between."""
    out = []
    for digit in digits:
        out.append(draws.pick(_OBSCURE_DIGITS[int(digit)]) if draws.chance(0.45) else digit)
        if draws.chance(0.12):
            out.append(draws.pick(" -.丶~"))
    return "".join(out)


def obscured_messenger(handle: str, draws: Draws) -> str:
    """A messenger id behind a disguised word for the messenger, e.g. "V❤lan_8812"."""
    return draws.pick(_MESSENGER_WORDS) + draws.pick(("", ":", "：", " ")) + handle
