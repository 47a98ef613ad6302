"""Marks with masking signs in place of characters: N*KE, 耐*, a__das.

A masked text has exactly as many signs as the mark; the shown ones are equal, at least half are shown, and
the first one is among them (a mask over the beginning hides what the eye looks for).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from joinder.vocabulary.script.hanzi import is_han

# Signs that stand between words and clauses; anything else that is no letter may stand for one.
_ORDINARY = frozenset(" ,.;:!'\"()[]{}<>/\\|+=%$-、，。；：！‘’“”（）【】《》「」…—\x1f")
# Letters that stand for a Han character: 耐x, 耐某.
_HAN_MASKS = frozenset("x×某叉")


@lru_cache(maxsize=4096)
def is_mask(char: str) -> bool:
    """True for a sign that sellers put over a character."""
    return not char.isalnum() and char not in _ORDINARY and unicodedata.category(char)[0] in "SP"


class MaskIndex:
    """Forms filed by their first character; only places near a masking sign are looked at."""

    def __init__(self, forms: Sequence[list[str]]) -> None:
        self._by_first: dict[str, list[tuple[int, list[str]]]] = {}
        for index, letters in enumerate(forms):
            self._by_first.setdefault(letters[0], []).append((index, letters))
        self._longest = max(map(len, forms), default=0)

    def find(self, folded: str) -> Iterator[tuple[int, int, int, list[int]]]:
        """(form, start, end, masked positions) for every masked form in a folded text."""
        for at in self._starts(folded):
            following = folded[at + 1]
            for index, letters in self._by_first.get(folded[at], ()):
                if letters[1] != following and not _covers(following, letters[1]):
                    continue
                hidden = _hidden(letters, folded[at : at + len(letters)])
                if hidden and len(hidden) <= len(letters) / 2:
                    yield index, at, at + len(letters), hidden

    def _starts(self, folded: str) -> list[int]:
        """Where a masked form can begin: at a word's first sign, not too far before a masking sign."""
        starts: set[int] = set()
        for sign in _SIGNS.finditer(folded):
            low = max(0, sign.start() - self._longest + 1)
            run = folded[low : sign.start()]
            run = run[max(run.rfind(" "), run.rfind("\x1f")) + 1 :]
            first = sign.start() - len(run)
            starts.update(
                at
                for at in range(first, sign.start())
                if folded[at] in self._by_first
                and not (at and _is_latin(folded[at]) and _is_latin(folded[at - 1]))
            )
        return sorted(starts)


# Anything that may be a mask; ordinary signs and letters are sorted out one by one afterwards.
_SIGNS = re.compile(
    r"[^\w\s,.;:!'\"()\[\]{}<>/\\|+=%$\-、，。；：！？‘’“”（）【】《》「」…—]|_|(?<=[^\x00-\x7f])[x×某叉]"
)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _covers(sign: str, letter: str) -> bool:
    return is_mask(sign) or (sign in _HAN_MASKS and is_han(letter))


def _hidden(letters: list[str], piece: str) -> list[int]:
    """The masked positions of `piece`, or [] unless it is the form with some characters masked."""
    if len(piece) < len(letters):
        return []
    hidden: list[int] = []
    for i, (want, have) in enumerate(zip(letters, piece, strict=True)):
        if want == have:
            continue
        if not _covers(have, want):
            return []
        hidden.append(i)
    return hidden
