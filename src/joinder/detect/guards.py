"""Guards: when a finding in the letters is no finding in the language.

Each guard has the case that forced it. A strength of 0 drops the finding; one below 1 lets it count in part.
"""

from __future__ import annotations

from collections.abc import Sequence

from joinder.detect.edits import Edit
from joinder.detect.forms import Channel, Form, Pattern, Script
from joinder.detect.matches import Op
from joinder.detect.text import plain_fold, squeezed_fold
from joinder.detect.words import english_words, is_known_word
from joinder.vocabulary.script.hanzi import is_han
from joinder.vocabulary.script.pinyin import phrases

# Signs that end a clause; a mark is not split over them ("舒适透气耐，克服").
_CLAUSE = frozenset('，。；：、！？,;!?:()（）[]【】《》“”"\n\r\x1f')
_MAX_GAP = 4
SHORT_LATIN = 3
"""Latin marks up to this length are found as registered only."""


def _latin(char: str) -> bool:
    squeezed = squeezed_fold()[ord(char)]
    return squeezed.isascii() and squeezed.isalnum() and char.isalnum()


# Latin letters that Chinese titles set against any word: ins风.
_GLUED = frozenset({"ins", "diy", "pro", "plus", "logo", "vip"})


def stands_alone(raw: str, start: int, end: int) -> bool:
    """False where a Latin finding is a piece of a longer word: nike in "unikettle".

    A digit may follow a letter. A longer mark may be run together with an ordinary word ("velluxshoes", "velluxins风").
    """
    before = (
        start and _latin(raw[start]) and _latin(raw[start - 1]) and not _turns(raw[start - 1], raw[start])
    )
    after = (
        end < len(raw) and _latin(raw[end - 1]) and _latin(raw[end]) and not _turns(raw[end - 1], raw[end])
    )
    if not before and not after:
        return True
    if end - start < 5:
        return False
    return not (before and not _ordinary_run(raw, start - 1, -1)) and not (
        after and not _ordinary_run(raw, end, 1)
    )


def _ordinary_run(raw: str, at: int, step: int) -> bool:
    """True where the run of Latin letters from `at` on is an ordinary word."""
    stop = at
    while 0 <= stop < len(raw) and _latin(raw[stop]):
        stop += step
    run = raw[at:stop] if step > 0 else raw[stop + 1 : at + 1]
    word = run.translate(plain_fold()).rstrip("0123456789")
    return word in _GLUED or (len(word) > 2 and is_ordinary(word))


def _turns(before: str, after: str) -> bool:
    return before.isdigit() != after.isdigit()


def part_of_a_word(raw: str, start: int, end: int, longer: Sequence[str]) -> bool:
    """True where a dictionary word that contains the mark stands there: 光明 in 光明正大."""
    if not longer:
        return False
    around = raw[max(0, start - 6) : end + 6].translate(plain_fold())
    return any(phrase in around for phrase in longer)


def crosses_words(raw: str, start: int, end: int) -> bool:
    """True where the finding begins in one dictionary word and ends in the next: 透气|耐 克|服."""
    known = phrases()
    before = raw[start - 1 : start + 1] if start else ""
    after = raw[end - 1 : end + 1] if end < len(raw) else ""
    return before.translate(plain_fold()) in known or after.translate(plain_fold()) in known


def split_strength(raw: str, start: int, end: int, form: Form) -> float:
    """How far separators within a mark count: none across a clause, little where two plain words stand."""
    if form.script is Script.LATIN and form.length <= SHORT_LATIN:
        return 0.0
    observed = raw[start:end]
    table = squeezed_fold()
    gaps: list[str] = []
    pieces: list[str] = [""]
    for char in observed:
        if table[ord(char)]:
            if gaps and pieces[-1] == "" and len(pieces) == len(gaps):
                pieces.append("")
            pieces[-1] += char
        elif pieces[-1] == "" and gaps:
            gaps[-1] += char
        else:
            gaps.append(char)
            pieces.append("")
    # One and the same sign in every gap is no clause: 琥、桐、橙、铃. Two names with one 、 are a list.
    uniform = len(set(gaps)) == 1 and len(gaps) > 1 and "\n" not in gaps[0]
    if any(len(gap) > _MAX_GAP for gap in gaps):
        return 0.0
    plain = all(gap in " -" for gap in gaps)
    if form.script is Script.LATIN:
        words = [p.translate(plain_fold()) for p in pieces if p]
        if all(is_ordinary(w) for w in words) or "\n" in "".join(gaps):
            return 0.0
        if len(words) == 2 and min(map(len, words)) >= 2:
            # Two halves of a long coined word; of a short one they may be a name and another word.
            return 0.85 if form.length >= 6 else 0.35 if plain else 0.0
        return 1.0
    if not uniform and any(_CLAUSE.intersection(gap) for gap in gaps):
        return (0.4 if form.length == 2 else 0.75) if gaps == ["、"] else 0.0
    if plain and crosses_words(raw, start, end):
        return 0.0
    return 0.85 if plain else 1.0


def look_alike_strength(observed: str, folded: str, form: Form, changed: Sequence[Op]) -> float:
    """How far look-alikes count: not at all where the text is an ordinary word or a number."""
    # Three letters stand in every size and version number: "x 1" is not XL, "4.0" is not A&O.
    if (form.script is Script.LATIN and form.length <= SHORT_LATIN) or not any(map(str.isalpha, folded)):
        return 0.0
    if is_ordinary(folded):
        return 0.0
    # "adldas" is written in plain letters: as telling as a misspelling. Foreign letters and digits are telling.
    if all(o.kind == "style" for o in changed):
        return 0.9 if all(ord(c) < 0x250 for c in observed) else 1.0
    return 1.0


def mask_strength(signs: str, rest: str, form: Form) -> float:
    """How far a sign in place of one character counts; `rest` is the found text around it."""
    visible = signs.strip()
    table = squeezed_fold()
    if not visible or len(visible) > _MAX_GAP or any(not table[ord(c)] for c in rest):
        return 0.0
    if _CLAUSE.intersection(visible):
        return 0.0
    # t-shirt, rock&roll: marks of ordinary English punctuation between two words.
    if form.script is Script.LATIN and visible in "-'&./+" and is_ordinary(rest.casefold()):
        return 0.0
    return 0.7 if visible in "-'&./+," else 1.0


def shown_strength(shown: float, length: int) -> float:
    """How far a masked mark counts by the part that is shown: 耐* shows half of a short mark."""
    return round(min(1.0, shown + 0.25) * (0.75 if length <= 2 else 1.0), 2)


def edit_strength(edit: Edit) -> float:
    """How far one edit counts: a plural s hardly, a changed first letter less, a changed digit not at all."""
    if edit.kind == "insert" and edit.now == "s":
        return 0.6
    if (edit.was + edit.now).isdigit():
        return 0.0
    return 0.7 if edit.position == 0 else 1.0


def replaced_strength(raw: str, start: int, end: int, folded: str, form: Form, pattern: Pattern) -> float:
    """How far a replaced character counts: not where the result is a word, less where the mark is short."""
    if is_known_word(folded):
        return 0.0
    if pattern.channel is Channel.EDIT:
        return _han_edit_strength(raw, start, end, form, pattern)
    if pattern.channel is Channel.PINYIN:
        return 0.0 if folded.isascii() and is_ordinary(folded) else 1.0
    if pattern.channel is Channel.DECOMPOSED:
        # 女子 is a word of its own: 好运 is not hidden in 女子运动鞋.
        parts = pattern.filler.translate(plain_fold())
        return (0.35 if form.length <= 2 else 0.9) if parts in phrases() else 1.0
    if form.length <= 2 and crosses_words(raw, start, end):
        return 0.0
    return 1.0


def _han_edit_strength(raw: str, start: int, end: int, form: Form, pattern: Pattern) -> float:
    if any(squeezed_fold()[ord(c)] == "" for c in raw[start:end]):
        return 0.0
    if pattern.filler:  # two characters exchanged
        if form.length == 2 and crosses_words(raw, start, end):
            return 0.0
        return 0.7 if form.length == 2 else 1.0
    # One character left out: 砚焰 for 砚焰桐 may be anybody's name; of five characters four are telling.
    if crosses_words(raw, start, end):
        return 0.0
    # 鲲沁碧 is not 绒沁碧 without its beginning but another name with another beginning.
    if pattern.position == 0 and start and is_han(raw[start - 1]):
        return 0.0
    strength = 0.8 if form.length <= 3 else 1.0
    if pattern.position == form.length - 1 and end < len(raw) and is_han(raw[end]):
        return round(strength * 0.7, 2)
    return strength


def sound_strength(raw: str, start: int, end: int, observed: str, length: int) -> float:
    """How far a homophone counts: not where it is a word or runs across two words."""
    if not all(map(is_han, observed)) or observed in phrases():
        return 0.0
    if any(c in _CLAUSE for c in raw[start:end]):
        return 0.0
    return 0.0 if length <= 2 and crosses_words(raw, start, end) else 1.0


def is_ordinary(word: str) -> bool:
    """True for a common English word, also in the plural or past."""
    words = english_words()
    return word in words or (
        len(word) > 4 and (word.removesuffix("s") in words or word.removesuffix("ed") in words)
    )
