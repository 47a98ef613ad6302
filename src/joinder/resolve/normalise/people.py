"""Names of persons, and how a name sounds."""

from __future__ import annotations

import re
from functools import lru_cache

from joinder.resolve.normalise.text import compact, folded, has_han, words
from joinder.vocabulary.script.pinyin import spell

_TITLES = re.compile(r"\b(mr|mrs|ms|miss|dr|prof|sir|jr|sr|ii|iii)\b\.?")
_POLITE = re.compile(r"(先生|女士|小姐|老师|经理|老板|师傅)$")
_SOUNDEX = {**dict.fromkeys("bfpv", "1"), **dict.fromkeys("cgjkqsxz", "2"), **dict.fromkeys("dt", "3"), "l": "4",
            **dict.fromkeys("mn", "5"), "r": "6"}  # fmt: skip


def persons(text: str) -> tuple[str, ...]:
    """A full name: titles dropped, words in the order written; Chinese names without spaces."""
    plain = _TITLES.sub(" ", folded(text).replace(".", " "))
    if has_han(plain):
        return _one(_POLITE.sub("", compact(plain)))
    return _one(words(plain))


def names(text: str) -> tuple[str, ...]:
    """A part of a name (given or family name), words joined by single spaces."""
    plain = words(text)
    return _one(plain.replace(" ", "") if has_han(plain) else plain)


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


@lru_cache(maxsize=300_000)
def sound(text: str) -> str:
    """How a name sounds: toneless pinyin joined without spaces for Chinese, Soundex per word (sorted) for the rest.

    ``张伟`` and ``zhang wei`` do not meet here, for one is written by meaning; they meet by ``romanised``.
    """
    if has_han(text):
        return romanised(text)
    return " ".join(sorted(_soundex(word) for word in text.split() if word))


@lru_cache(maxsize=300_000)
def romanised(text: str) -> str:
    """Toneless pinyin of the Chinese characters and the other characters as they are, without spaces."""
    return "".join(spell(text)).replace(" ", "") if has_han(text) else compact(text)


def _soundex(word: str) -> str:
    """Soundex (Russell 1918) with four characters; digits are kept as they are."""
    if not word[:1].isalpha():
        return word
    code, last = word[0], _SOUNDEX.get(word[0], "")
    for letter in word[1:]:
        digit = _SOUNDEX.get(letter, "")
        if digit and digit != last:
            code += digit
        if letter not in "hw":
            last = digit
    return code[:4].ljust(4, "0")
