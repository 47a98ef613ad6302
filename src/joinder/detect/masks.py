"""Marks with masking signs in place of characters: N*KE, 耐*, a__das.

A masked text has exactly as many signs as the mark; the shown ones are equal, at least half are shown, and
the first one is among them (a mask over the beginning hides what the eye looks for).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MASK_SIGNS = frozenset("*＊×✕✖○◯●◎□■◻◼▢☐☆★#＃_＿?？~～^•·@&※❤♥❌⭕⭐")
"""Signs that sellers put over a character."""
# What the fold makes of them (full-width forms become ASCII).
_FOLDED = "*×✕✖○◯●◎□■◻◼▢☐☆★#_?~^•·@&※❤♥❌⭕⭐"
_RUN = re.compile(rf"[^\W_][\w{re.escape(_FOLDED)}]*[{re.escape(_FOLDED)}][\w{re.escape(_FOLDED)}]*")


class MaskIndex:
    """Forms filed by their first character."""

    def __init__(self, forms: Sequence[list[str]]) -> None:
        self._by_first: dict[str, list[tuple[int, list[str]]]] = {}
        for index, letters in enumerate(forms):
            self._by_first.setdefault(letters[0], []).append((index, letters))

    def find(self, folded: str) -> Iterator[tuple[int, int, int, list[int]]]:
        """(form, start, end, masked positions) for every masked form in a folded text."""
        masks = set(_FOLDED)
        for run in _RUN.finditer(folded):
            text, at = run.group(), run.start()
            for i, char in enumerate(text):
                for index, letters in self._by_first.get(char, ()):
                    piece = text[i : i + len(letters)]
                    if len(piece) < len(letters):
                        continue
                    hidden = [k for k, c in enumerate(piece) if c in masks]
                    fits = all(c == letters[k] or c in masks for k, c in enumerate(piece))
                    if fits and 0 < len(hidden) <= len(letters) / 2:
                        yield index, at + i, at + i + len(letters), hidden
