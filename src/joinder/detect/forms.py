"""The written forms of a mark, and every pattern under which each channel looks for it.

A right has one *form* per word (its mark and each alias). A form gives patterns in two alphabets:

- *squeezed*: the confusable fold without separators. The form itself (found exactly, with look-alikes or
  split), the form with one sign left out (a mask over the gap), its pinyin, its characters written as parts,
  and characters replaced by look-alikes;
- *sound*: one code per Han syllable, for homophones.

One edit in a Latin word is looked up by the deletion neighbourhood of single tokens instead (`edits`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from joinder.vocabulary.script.fold import fold, squeeze
from joinder.vocabulary.script.hanzi import is_han
from joinder.vocabulary.script.pinyin import readings, sound_code
from joinder.vocabulary.script.shapes import written_as_parts

LookAlikes = Mapping[str, tuple[tuple[str, float], ...]]


class Channel(StrEnum):
    """How a mark was found."""

    EXACT = "exact"
    """Written as registered, apart from case, width and traditional characters."""
    HOMOGLYPH = "homoglyph"
    """With characters that look like the registered ones."""
    SPLIT = "split"
    """With separators, signs or invisible characters between its characters."""
    MASK = "mask"
    """With a sign standing for a character."""
    SOUND = "sound"
    """With Han characters of the same or a nearly equal sound."""
    SHAPE = "shape"
    """With Han characters of a similar shape."""
    DECOMPOSED = "decomposed"
    """With Han characters written as their parts."""
    PINYIN = "pinyin"
    """Wholly or partly in pinyin."""
    EDIT = "edit"
    """With one letter added, left out, changed or two exchanged."""
    WILDCARD = "wildcard"
    """With one Han character that is neither alike in sound nor in shape."""


class Script(StrEnum):
    """What a form is written in; thresholds differ."""

    LATIN = "latin"
    HAN = "han"
    MIXED = "mixed"


@dataclass(frozen=True)
class Form:
    """One word of one right. right: index in the bundle. alias: not the registered mark itself."""

    right: int
    text: str
    folded: str
    squeezed: str
    script: Script
    alias: bool

    @property
    def length(self) -> int:
        """Letters or characters that count (separators do not)."""
        return sum(c.isalnum() for c in self.folded)


@dataclass(frozen=True)
class Pattern:
    """One text to look for. position: the character of the folded form it concerns, -1 for all of it.

    filler: what stands in the text instead of that character ("" where it was left out or for all of it).
    """

    text: str
    form: int
    channel: Channel
    position: int = -1
    filler: str = ""


MIN_LATIN = 3
"""Latin words up to this length are not looked for with a gap: two letters stand everywhere by chance."""
MIN_PINYIN = 5
"""Shorter spellings (aibo is four) are ordinary syllables of other words."""


def form_of(right: int, word: str, alias: bool) -> Form | None:
    """The form of one word, or None where nothing can be looked for (one character, or only signs)."""
    folded = " ".join(fold(word).text.split())
    squeezed = squeeze(word).text
    letters = [c for c in folded if c.isalnum()]
    if len(letters) < 2:
        return None
    han = sum(map(is_han, letters))
    script = Script.HAN if han == len(letters) else Script.LATIN if han == 0 else Script.MIXED
    return Form(right, word, folded, squeezed, script, alias)


def squeezed_patterns(index: int, form: Form, look_alikes: LookAlikes) -> Iterator[Pattern]:
    """Every pattern of one form in the squeezed alphabet, the form itself first."""
    yield Pattern(form.squeezed, index, Channel.EXACT)
    letters = [c for c in form.folded if c.isalnum()]
    if form.script is Script.LATIN:
        if len(letters) > MIN_LATIN:
            yield from _with_gap(index, letters)
        return
    if len(letters) > 2:
        yield from _with_gap(index, letters)
    yield from _han_edits(index, letters)
    yield from _pinyin(index, letters)
    yield from _decomposed(index, letters)
    yield from _shaped(index, letters, look_alikes)


def _join(letters: list[str]) -> str:
    return squeeze("".join(letters)).text


def _with_gap(index: int, letters: list[str]) -> Iterator[Pattern]:
    # The first and the last sign are never the gap: "*ike" without its edge is the word "ike".
    for i in range(1, len(letters) - 1):
        yield Pattern(_join(letters[:i] + letters[i + 1 :]), index, Channel.MASK, i)


def _han_edits(index: int, letters: list[str]) -> Iterator[Pattern]:
    for i in range(len(letters) - 1):
        if letters[i] != letters[i + 1]:
            swapped = [*letters[:i], letters[i + 1], letters[i], *letters[i + 2 :]]
            yield Pattern(_join(swapped), index, Channel.EDIT, i, letters[i + 1] + letters[i])
    if len(letters) > 2:
        for i in range(len(letters)):
            yield Pattern(_join(letters[:i] + letters[i + 1 :]), index, Channel.EDIT, i)


def _pinyin(index: int, letters: list[str]) -> Iterator[Pattern]:
    spelt = [(readings(c) or (c,))[0] if is_han(c) else c for c in letters]
    whole = _join(spelt)
    if len(whole) >= MIN_PINYIN:
        yield Pattern(whole, index, Channel.PINYIN)
    for i, char in enumerate(letters):
        if is_han(char) and spelt[i] != char:
            mixed = [*letters[:i], spelt[i], *letters[i + 1 :]]
            yield Pattern(_join(mixed), index, Channel.PINYIN, i, spelt[i])


def _decomposed(index: int, letters: list[str]) -> Iterator[Pattern]:
    ways = [written_as_parts(c) for c in letters]
    for i, parts in enumerate(ways):
        for way in parts:
            yield Pattern(_join([*letters[:i], way, *letters[i + 1 :]]), index, Channel.DECOMPOSED, i, way)
    if sum(map(bool, ways)) > 1:
        for choice in (0, -1):
            whole = [w[choice] if w else c for w, c in zip(ways, letters, strict=True)]
            yield Pattern(_join(whole), index, Channel.DECOMPOSED)


def _shaped(index: int, letters: list[str], look_alikes: LookAlikes) -> Iterator[Pattern]:
    for i, char in enumerate(letters):
        for other, _ in look_alikes.get(char, ()):
            # What also sounds alike in its common reading is left to the sound channel, which says so.
            if _common_sound(char) != _common_sound(other):
                yield Pattern(_join([*letters[:i], other, *letters[i + 1 :]]), index, Channel.SHAPE, i, other)


def _common_sound(char: str) -> str:
    return sound_code((readings(char) or (char,))[0])


def sound_pattern(form: Form) -> tuple[str, ...] | None:
    """The sound codes of a form's common readings, or None unless it is Han throughout with known readings."""
    if form.script is not Script.HAN:
        return None
    codes = [readings(c) for c in form.folded if c.isalnum()]
    return tuple(sound_code(r[0]) for r in codes) if all(codes) else None
