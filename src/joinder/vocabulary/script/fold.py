"""Folding: one plain form for the many ways a text can be written, with a map back to the original.

Every fold is a table *character → text* (possibly empty), so the offset of each folded character is known
exactly. Three folds are built on one another:

- `fold(text)`: NFKC, case folding, Latin accents and invisible characters removed, traditional Han made
  simplified, every kind of white space made one plain space. "ＮＩＫＥ", "Níke" and "ni\\u200bke" are "nike".
- `fold(text, confusables=True)`: the same, then TR39 prototypes and digit spellings ("Ν1КЕ" → "nlke").
  Compare only with another text folded alike.
- `squeeze(text)`: the confusable fold with every separator, sign and emoji removed ("耐 · 克" → "耐克").

Combining marks of scripts that need them (Devanagari vowels, Thai, kana voicing) stay.
Source: Unicode UAX #15 (NFKC), UTS #39 section 4 (skeletons).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from joinder.vocabulary.script.confusables import BARS, READ_AS, SKELETON_EXTRA, prototype_of
from joinder.vocabulary.script.hanzi import simplified_of

# Blocks of combining marks that are accents or decoration on Latin, Greek, Cyrillic and symbols.
_ACCENT_RANGES = ((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
# Letters that draw nothing: Hangul fillers, Khmer inherent vowels, combining grapheme joiner.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
# Drawn as blank although Unicode calls it a symbol.
_BLANK = frozenset("\u2800")


class FoldTable(dict[int, str]):
    """code point → folded text, filled on demand; usable with `str.translate`."""

    def __init__(self, fold_char: Callable[[str], str]) -> None:
        super().__init__()
        self._fold_char = fold_char

    def __missing__(self, point: int) -> str:
        folded = self[point] = self._fold_char(chr(point))
        return folded


@dataclass(frozen=True)
class Folded:
    """A folded text that can point back into its original.

    text: the folded text. original: what was folded. Offsets count code points of `original`.
    """

    text: str
    original: str
    table: FoldTable

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """For each character of `text`, the index in `original` of the character it came from."""
        if len(self.text) == len(self.original) and self.text.isascii() and self.original.isascii():
            return tuple(range(len(self.text)))
        table = self.table
        return tuple(i for i, char in enumerate(self.original) for _ in table[ord(char)])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of `original` that gave `text[start:end]`; (0, 0) for an empty slice."""
        if start >= end:
            return (0, 0)
        return (self.offsets[start], self.offsets[end - 1] + 1)


def _letter_of_emblem(char: str) -> str:
    """The letter in a letter-shaped emblem that NFKC leaves alone: 🅐, 🅰 and the flag letters 🇦."""
    for first in (0x1F150, 0x1F170, 0x1F1E6):
        if first <= ord(char) < first + 26:
            return chr(ord("a") + ord(char) - first)
    return char


def _is_dropped(char: str) -> bool:
    point = ord(char)
    if char in _INVISIBLE or 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF:
        return True
    if any(low <= point <= high for low, high in _ACCENT_RANGES):
        return True
    return unicodedata.category(char) == "Cf"


def _plain(text: str) -> Iterable[str]:
    """NFKC and simplified form of the characters of `text`, without accents; case is left alone."""
    simplified = simplified_of()
    for part in unicodedata.normalize("NFKC", "".join(map(_letter_of_emblem, text))):
        if part in _BLANK or part.isspace() or unicodedata.category(part) == "Cc":
            yield " "
        elif not _is_dropped(part):
            base = "".join(c for c in unicodedata.normalize("NFD", part) if not _is_dropped(c))
            yield from (simplified.get(c, c) for c in unicodedata.normalize("NFC", base))


def _fold_char(char: str) -> str:
    return "" if _is_dropped(char) else "".join(_plain("".join(_plain(char)).casefold()))


def _skeleton_char(char: str) -> str:
    prototypes = prototype_of()
    read = [] if _is_dropped(char) else [READ_AS.get(c.casefold(), c) for c in _plain(char)]
    folded = "".join(_fold_char(p) for text in read for c in text for p in prototypes.get(c, c))
    again = "".join(READ_AS.get(f) or prototypes.get(f, f) for f in folded)
    return "".join(SKELETON_EXTRA.get(c, c) for c in again)


def _squeeze_char(char: str) -> str:
    return "" if char in BARS else "".join(c for c in _skeleton_char(char) if c.isalnum())


@cache
def fold_table() -> FoldTable:
    """The table behind `fold`."""
    return FoldTable(_fold_char)


@cache
def skeleton_table() -> FoldTable:
    """The table behind `fold(..., confusables=True)`."""
    return FoldTable(_skeleton_char)


@cache
def squeeze_table() -> FoldTable:
    """The table behind `squeeze`."""
    return FoldTable(_squeeze_char)


def fold(text: str, *, confusables: bool = False) -> Folded:
    """Fold `text`; the empty text folds to the empty text. Never raises on any str.

    confusables: also replace look-alikes by their prototype (UTS #39 skeleton, i/l/1 merged).
    """
    table = skeleton_table() if confusables else fold_table()
    return Folded(text.translate(table), text, table)


def squeeze(text: str) -> Folded:
    """The confusable fold with everything that is neither letter nor digit removed."""
    table = squeeze_table()
    return Folded(text.translate(table), text, table)
