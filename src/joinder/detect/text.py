"""The text of a listing as it is searched: its fields side by side, with a way back to each field.

The fields are joined by a separator that no fold removes, so nothing is ever found across two fields.
"""

from __future__ import annotations

from functools import cache

from joinder.vocabulary.script.fold import Folded, FoldTable, fold_table, squeeze_table
from joinder.vocabulary.script.hanzi import is_han
from joinder.vocabulary.script.pinyin import readings, sound_code

FIELDS = ("title", "brand", "description")
"""The fields that are searched, the most telling first."""
SEPARATOR = "\x1f"


def _keeping_separator(table: FoldTable) -> FoldTable:
    kept = FoldTable(lambda char: table[ord(char)])
    kept[ord(SEPARATOR)] = SEPARATOR
    return kept


@cache
def plain_fold() -> FoldTable:
    """`fold`, keeping the separator of fields."""
    return _keeping_separator(fold_table())


@cache
def squeezed_fold() -> FoldTable:
    """`squeeze`, keeping the separator of fields."""
    return _keeping_separator(squeeze_table())


_SOUND_CODES: dict[str, str] = {}


def sound_char(code: str) -> str:
    """One private-use character per sound code; the same within a process."""
    return _SOUND_CODES.setdefault(code, chr(0xF0000 + len(_SOUND_CODES)))


def _sound_of(char: str) -> str:
    squeezed = squeezed_fold()[ord(char)]
    return "".join(sound_char(sound_code(r[0])) if is_han(c) and (r := readings(c)) else c for c in squeezed)


@cache
def sound_fold() -> FoldTable:
    """Squeezed, with every Han character replaced by the code of its common sound."""
    return FoldTable(_sound_of)


class ListingText:
    """The searched fields of one listing."""

    __slots__ = ("_plain", "_squeezed", "raw", "starts")

    def __init__(self, values: tuple[str | None, ...]) -> None:
        """values: the texts of `FIELDS`, None where absent."""
        parts = [(value or "").replace(SEPARATOR, " ") for value in values]
        self.raw = SEPARATOR.join(parts)
        self.starts: list[int] = []
        at = 0
        for part in parts:
            self.starts.append(at)
            at += len(part) + 1
        self._squeezed: Folded | None = None
        self._plain: Folded | None = None

    @property
    def squeezed(self) -> Folded:
        if self._squeezed is None:
            table = squeezed_fold()
            self._squeezed = Folded(self.raw.translate(table), self.raw, table)
        return self._squeezed

    @property
    def plain(self) -> Folded:
        if self._plain is None:
            table = plain_fold()
            self._plain = Folded(self.raw.translate(table), self.raw, table)
        return self._plain

    @property
    def sounded(self) -> Folded:
        table = sound_fold()
        return Folded(self.raw.translate(table), self.raw, table)

    def locate(self, start: int, end: int) -> tuple[str, int, int]:
        """The field and the span in it of a span of `raw`."""
        which = max(i for i, at in enumerate(self.starts) if at <= start)
        return FIELDS[which], start - self.starts[which], end - self.starts[which]
