"""Reading word lists that are written as running text."""

from __future__ import annotations


def words(text: str, sep: str | None = None) -> tuple[str, ...]:
    """The words of a text, parted by white space or by `sep`."""
    return tuple(text.split(sep))
