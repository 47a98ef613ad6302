"""Marks with masking signs in place of characters: N*KE, 耐*, a__das.

A masked text has exactly as many signs as the mark; the shown ones are equal, at least half are shown, and
the first one is among them (a mask over the beginning hides what the eye looks for).
"""

from __future__ import annotations

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
    """Forms filed by their first character, Latin and Han ones."""

    def __init__(self, forms: Sequence[list[str]]) -> None:
        self._by_first: dict[str, list[tuple[int, list[str]]]] = {}
        for index, letters in enumerate(forms):
            self._by_first.setdefault(letters[0], []).append((index, letters))
        self._firsts = frozenset(self._by_first)

    def may_hold(self, folded: str) -> bool:
        """False where no form can begin in the text, which is most of the time."""
        return not self._firsts.isdisjoint(folded)

    def find(self, folded: str) -> Iterator[tuple[int, int, int, list[int]]]:
        """(form, start, end, masked positions) for every masked form in a folded text."""
        for at, char in enumerate(folded):
            for index, letters in self._by_first.get(char, ()):
                hidden = _hidden(letters, folded[at : at + len(letters)])
                if hidden and len(hidden) <= len(letters) / 2:
                    yield index, at, at + len(letters), hidden


def _hidden(letters: list[str], piece: str) -> list[int]:
    """The masked positions of `piece`, or [] unless it is the form with some characters masked."""
    if len(piece) < len(letters):
        return []
    hidden: list[int] = []
    for i, (want, have) in enumerate(zip(letters, piece, strict=True)):
        if want == have:
            continue
        if not is_mask(have) and not (have in _HAN_MASKS and is_han(want)):
            return []
        hidden.append(i)
    return hidden
