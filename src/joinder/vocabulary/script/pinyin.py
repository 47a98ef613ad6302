"""Mandarin readings: cached, toneless, and a forgiving code for what sounds alike.

Readings come from the pypinyin package (data of mozillazg/pinyin-data). A character may have several
readings (行: xing, hang); the first is the common one. The *sound code* merges the initials and finals
that speakers in much of China do not tell apart: zh/z, ch/c, sh/s, n/l, f/h before u, and -n/-ng after a, e, i.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from joinder.vocabulary.script.fold import fold
from joinder.vocabulary.script.hanzi import is_han

_RETROFLEX = re.compile(r"^(zh|ch|sh)")
_NASAL = re.compile(r"(?<=[aei])ng$")


@cache
def _dictionary() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return dict(pinyin_dict)


def _toneless(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    # ǘ decomposes to u + diaeresis + accent; the diaeresis is what makes it v.
    return "".join(
        c for c in decomposed.replace("u\u0308", "v") if not unicodedata.combining(c) and c.isalpha()
    )


@lru_cache(maxsize=65536)
def readings(char: str) -> tuple[str, ...]:
    """Toneless readings of one Han character, the common one first; () when none is known."""
    found = _dictionary().get(ord(char), "")
    return tuple(dict.fromkeys(_toneless(r) for r in found.split(",") if r))


@lru_cache(maxsize=65536)
def sound_code(syllable: str) -> str:
    """A toneless syllable with the commonly merged sounds merged: zhang and zan give the same code."""
    code = _RETROFLEX.sub(lambda m: m.group(1)[0], syllable)
    code = _NASAL.sub("n", code)
    if code.startswith("l"):
        code = "n" + code[1:]
    if code.startswith("hu") and len(code) > 2:
        code = "f" + code[2:]
    return code


@lru_cache(maxsize=65536)
def sound_codes(char: str) -> frozenset[str]:
    """The sound codes of all readings of one Han character; empty when none is known."""
    return frozenset(sound_code(r) for r in readings(char))


@lru_cache(maxsize=65536)
def spell(text: str) -> tuple[str, ...]:
    """The common toneless reading of each Han character of the folded `text`; other characters as they are."""
    folded = fold(text).text
    return tuple((readings(c) or (c,))[0] if is_han(c) else c for c in folded)


def sounds_alike(a: str, b: str) -> float:
    """How alike two Han characters sound: 1 same reading, 0.8 same sound code, 0 otherwise or unknown."""
    if a == b or set(readings(a)) & set(readings(b)):
        return 1.0
    return 0.8 if sound_codes(a) & sound_codes(b) else 0.0


@cache
def phrases() -> frozenset[str]:
    """Chinese words and phrases known to the pypinyin package (about 47,000), folded."""
    from pypinyin.phrases_dict import phrases_dict

    return frozenset(fold(p).text for p in phrases_dict)
