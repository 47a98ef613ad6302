"""One edit in a Latin word, found by the deletion neighbourhood.

Two words are one edit apart (a letter added, left out, changed, or two neighbours exchanged) only if a word
with at most one letter left out equals the other with at most one left out. So each mark is filed under all
its deletions, and a token asks under all of its own. The edit is then verified.
Source: the symmetric-delete idea of SymSpell (W. Garbe); written anew so that it yields the edit itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from joinder.detect.forms import Form, Script

MIN_EDIT = 5
"""Shorter words (nike, nice) have dictionary neighbours on every side; they are left to the other channels."""


@dataclass(frozen=True)
class Edit:
    """One edit. position: in the mark. kind: insert, delete, substitute or transpose."""

    kind: str
    position: int
    was: str
    now: str


def deletions(word: str) -> set[str]:
    """The word and all it becomes with one letter left out."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def deletion_index(forms: Sequence[Form]) -> dict[str, tuple[int, ...]]:
    """Deletion key → the Latin forms filed under it (indexes in `forms`)."""
    filed: dict[str, list[int]] = {}
    for index, form in enumerate(forms):
        word = joined(form)
        if form.script is Script.LATIN and len(word) >= MIN_EDIT and not word.isdigit():
            for key in deletions(word):
                filed.setdefault(key, []).append(index)
    return {key: tuple(filed[key]) for key in sorted(filed)}


def joined(form: Form) -> str:
    """The letters of a form without its separators."""
    return "".join(c for c in form.folded if c.isalnum())


def edit_between(mark: str, token: str) -> Edit | None:
    """The one edit that turns `mark` into `token`; None if they are equal or further apart."""
    if mark == token or abs(len(mark) - len(token)) > 1:
        return None
    start = next(
        (i for i, (a, b) in enumerate(zip(mark, token, strict=False)) if a != b), min(len(mark), len(token))
    )
    if len(token) == len(mark) + 1:
        return Edit("insert", start, "", token[start]) if token[start + 1 :] == mark[start:] else None
    if len(token) == len(mark) - 1:
        return Edit("delete", start, mark[start], "") if token[start:] == mark[start + 1 :] else None
    if token[start + 1 :] == mark[start + 1 :]:
        return Edit("substitute", start, mark[start], token[start])
    swapped = token[start : start + 2][::-1]
    if swapped == mark[start : start + 2] and token[start + 2 :] == mark[start + 2 :]:
        return Edit("transpose", start, mark[start : start + 2], token[start : start + 2])
    return None


def edited_forms(
    token: str, index: Mapping[str, tuple[int, ...]], forms: Sequence[Form]
) -> list[tuple[int, Edit]]:
    """The forms that are one edit away from `token`, with that edit, in the order of `forms`."""
    if len(token) < MIN_EDIT - 1:
        return []
    asked = sorted({i for key in deletions(token) for i in index.get(key, ())})
    return [(i, edit) for i in asked if (edit := edit_between(joined(forms[i]), token))]
