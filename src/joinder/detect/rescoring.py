"""Rescoring: the found text laid beside the mark, sign by sign.

Costs follow how examiners compare: the first sign counts half as much again (a changed beginning is seen
first), and a cost weighs more the shorter the mark is, since it is divided by the length.
Source: CNIPA trade mark examination standards and EUIPO Guidelines Part C Section 2 Chapter 4, as summed up in
the detection paper; the numbers are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from joinder.detect.edits import Edit
from joinder.detect.forms import Channel, LookAlikes
from joinder.detect.matches import Op
from joinder.vocabulary.script.fold import fold_table, squeeze_table
from joinder.vocabulary.script.hanzi import is_han
from joinder.vocabulary.script.pinyin import readings, sounds_alike

FIRST_POSITION = 1.5

# kind → (cost to the eye, cost to the ear)
COSTS: dict[str, tuple[float, float]] = {
    "homoglyph": (0.10, 0.0),
    "style": (0.05, 0.0),
    "separator": (0.08, 0.0),
    "invisible": (0.0, 0.0),
    "mask": (0.35, 0.45),
    "decomposed": (0.20, 0.30),
    "pinyin": (0.80, 0.05),
    "sound": (0.75, 0.05),
    "near-sound": (0.80, 0.20),
    "shape": (0.30, 0.90),
    "insert": (0.45, 0.45),
    "delete": (0.50, 0.45),
    "substitute": (0.60, 0.55),
    "transpose": (0.35, 0.50),
    "other": (1.0, 1.0),
}


def op(position: int, was: str, now: str, kind: str) -> Op:
    """One operation at its published cost (the smaller of eye and ear)."""
    return Op(position, was, now, kind, min(COSTS[kind]))


def likeness(ops: Iterable[Op], length: int) -> tuple[float, float]:
    """Visual and aural likeness of the found text to a mark of `length` signs, each in 0..1."""
    eye = ear = 0.0
    for each in ops:
        weight = FIRST_POSITION if each.position == 0 else 1.0
        cost = COSTS[each.kind]
        eye += weight * cost[0]
        ear += weight * cost[1]
    return max(0.0, 1 - eye / max(length, 1)), max(0.0, 1 - ear / max(length, 1))


def letters(text: str) -> list[str]:
    """The signs of a mark that count: letters, digits and Han characters of its folded form."""
    return [c for c in text if c.isalnum()]


def align_look_alikes(mark: Sequence[str], observed: str) -> list[Op]:
    """Operations between a mark and a text whose squeezed forms are equal.

    mark: the letters of the folded mark. Signs that the squeeze removed are separators (or invisible).
    """
    squeezed, folded = squeeze_table(), fold_table()
    ops: list[Op] = []
    at, want, have = 0, "", ""
    was = now = ""
    # A title typed in full-width letters is innocent; one full-width letter in a word is not.
    wide = sum(0xFF00 < ord(c) < 0xFF5F for c in observed)
    mixed = 0 < wide < sum(c.isalpha() for c in observed)
    for char in observed:
        piece = squeezed[ord(char)]
        if not piece:
            ops.append(op(at, "", char, "separator" if folded[ord(char)] else "invisible"))
            continue
        if want == have == "" and at >= len(mark):
            break
        have += piece
        now += char
        while at < len(mark) and len(want) < len(have):
            want += "".join(squeezed[ord(c)] for c in mark[at])
            was += mark[at]
            at += 1
        if want == have:
            ops.extend(_difference(at - len(was), was, now, mixed))
            want = have = was = now = ""
    return ops


def _difference(position: int, was: str, now: str, mixed_width: bool) -> list[Op]:
    folded = "".join(fold_table()[ord(c)] for c in now)
    if folded != was:
        return [op(position, was, now, "homoglyph")]
    # Case, width and traditional forms are the same sign; a letter in a circle or with an accent is dressed up.
    if mixed_width and any(0xFF00 < ord(c) < 0xFF5F for c in now):
        return [op(position, was, now, "style")]
    plain = all(c.isascii() or is_han(c) or 0xFF00 <= ord(c) <= 0xFFEF or c.lower() == c for c in now)
    dressed = now.casefold() != was and not all(is_han(c) or 0xFF00 <= ord(c) <= 0xFFEF for c in now)
    if dressed and not (plain and now.lower() == was):
        return [op(position, was, now, "style")]
    return []


def align_sounds(mark: Sequence[str], observed: Sequence[str]) -> list[Op]:
    """Operations between two Han texts of equal length that sound alike, sign by sign."""
    ops: list[Op] = []
    for i, (a, b) in enumerate(zip(mark, observed, strict=True)):
        if a != b:
            ops.append(op(i, a, b, "sound" if sounds_alike(a, b) == 1.0 else "near-sound"))
    return ops


def replaced_op(
    channel: Channel, mark: Sequence[str], position: int, filler: str, shapes: LookAlikes
) -> list[Op]:
    """Operations of a pattern that replaces one sign of the mark, or all of them (`position` -1)."""
    if channel is Channel.EDIT:
        if filler:
            return [op(position, "".join(mark[position : position + 2]), filler, "transpose")]
        return [op(position, mark[position], "", "delete")]
    kind = {Channel.PINYIN: "pinyin", Channel.DECOMPOSED: "decomposed", Channel.SHAPE: "shape"}[channel]
    if position >= 0:
        return [op(position, mark[position], filler, kind)]
    if channel is Channel.PINYIN:
        return [op(i, c, (readings(c) or (c,))[0], kind) for i, c in enumerate(mark) if is_han(c)]
    return [op(i, c, c, kind) for i, c in enumerate(mark)]


def edit_op(edit: Edit) -> list[Op]:
    """The operation of one edit."""
    return [op(edit.position, edit.was, edit.now, edit.kind)]
