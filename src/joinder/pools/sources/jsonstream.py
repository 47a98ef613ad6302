"""Read the records of a JSON list one by one, without holding the file.

The standard decoder reads one value from the start of a text; here it is given a window that slides over the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from joinder.pools.errors import SourceError

# A single record longer than this is a file of another shape (one object, not a list of records).
LARGEST_RECORD = 64_000_000
_SPACE = " \t\r\n\ufeff"


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number that JSON allows")


# Decimals keep the digits of prices as they stand in the file.
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)


def loads(text: str) -> Any:
    """One JSON value; decimals stay decimal. Raises ValueError (JSONDecodeError) or RecursionError."""
    return _DECODER.decode(text.strip(_SPACE))


def stream_records(pieces: Iterator[str], records: str | None, path: Path) -> Iterator[Any]:
    """The elements of the list at the dotted path ``records`` (None: the file is the list, or one object).

    Raises SourceError naming the character where the text stops being JSON, or the path that leads to no list.
    """
    window = _Window(pieces, path)
    for name in records.split(".") if records else ():
        window.enter(name)
    if window.peek() == "[":
        yield from window.elements()
        window.finish(deeper=bool(records))
    elif window.peek() == "{" and records is None:
        value = window.value()
        window.finish(deeper=False)
        listed = [name for name, inner in value.items() if isinstance(inner, list)]
        if listed:
            raise SourceError(
                f"{path} holds one object; its records may lie under: {', '.join(listed)}.",
                mend=f"Name the list in the mapping (source: records: {listed[0]}).",
            )
        yield value
    else:
        raise SourceError(
            f"{path} has no list of records{f' under {records!r}' if records else ''}.",
            mend="Name the list in the mapping (source: records: ...).",
        )


class _Window:
    """A piece of text that is refilled from the file as its front is used up."""

    def __init__(self, pieces: Iterator[str], path: Path) -> None:
        self._pieces = pieces
        self._path = path
        self._text = ""
        self._at = 0
        self._dropped = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is not white space, or "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, expected: str) -> None:
        """Step over one expected character."""
        if self.peek() != expected:
            raise self._broken(f"expected {expected!r}")
        self._at += 1

    def value(self) -> Any:
        """The next value."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise self._broken("nested too deeply") from None
            except ValueError as error:
                # Either the text is broken or the window ends inside the value; more text decides which.
                if len(self._text) - self._at > LARGEST_RECORD:
                    raise self._broken("one value is longer than 64 MB, or a quote is missing") from None
                if not self._more(grow=True):
                    raise self._broken(str(error)) from None
                continue
            # A number at the very end of the window may go on in the next piece.
            if end == len(self._text) and self._more(grow=True):
                continue
            self._at = end
            return value

    def enter(self, name: str) -> None:
        """Step into the value of ``name`` in the object that comes next, over the values before it."""
        if self.peek() != "{":
            raise SourceError(f"{self._path}: there is no object that could hold {name!r}.")
        self._at += 1
        while self.peek() not in ("}", ""):
            found = self.value()
            self.take(":")
            if found == name:
                return
            self.value()
            if self.peek() == ",":
                self._at += 1
        raise SourceError(
            f"{self._path} has no {name!r}, where its records should be.",
            mend="Correct the mapping (source: records: ...).",
        )

    def elements(self) -> Iterator[Any]:
        """The elements of the list that comes next."""
        self.take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self.peek() == "]":
                self._at += 1
                return
            self.take(",")

    def finish(self, deeper: bool) -> None:
        """What follows the list must be the end of the file, or the rest of the objects around it."""
        if not deeper and self.peek():
            raise self._broken("text after the end of the records")

    def _more(self, grow: bool = False) -> bool:
        """Fetch more text, and with ``grow`` at least as much again as there is, so that retries stay linear."""
        wanted = max(1, len(self._text) - self._at) if grow else 1
        parts: list[str] = []
        while wanted > 0 and not self._ended:
            piece = next(self._pieces, None)
            if piece is None:
                self._ended = True
                break
            parts.append(piece)
            wanted -= len(piece)
        if not parts:
            return False
        self._dropped += self._at
        self._text = self._text[self._at :] + "".join(parts)
        self._at = 0
        return True

    def _broken(self, why: str) -> SourceError:
        return SourceError(
            f"{self._path} is not JSON at character {self._dropped + self._at}: {why}.",
            mend="Repair or fetch the file again; nothing of it was taken in.",
            zh=f"{self._path}在第{self._dropped + self._at}个字符处不是JSON。"
            "请修复或重新获取文件，此次未接入任何内容。",
        )
