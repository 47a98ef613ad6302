"""Folding of text for comparison: form, case, accents, traditional characters, zero-width characters."""

from __future__ import annotations

import re
from functools import lru_cache

from joinder.vocabulary.script.fold import fold

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+|_+")
LONGEST_VALUE = 2_000
"""Characters of a value that are compared. A value of 10 MB is data gone wrong, not a name."""
_NOTHING = frozenset(
    {"", "null", "none", "nan", "n/a", "na", "unknown", "-", "--", "无", "不详", "未知", "暂无"}
)


def has_han(text: str) -> bool:
    """Whether a Chinese character occurs."""
    return _HAN.search(text) is not None


@lru_cache(maxsize=300_000)
def folded(text: str) -> str:
    """NFKC, lower case, no accents, no zero-width characters, simplified characters, single spaces.

    Empty for values that say "nothing" (``null``, ``n/a``, ``无`` …).
    """
    text = fold(text[:LONGEST_VALUE]).text
    text = _SPACES.sub(" ", text).strip()
    return "" if text in _NOTHING else text


def words(text: str) -> str:
    """Folded text with punctuation as spaces: the form in which titles and names are compared."""
    return _SPACES.sub(" ", _NOT_WORD.sub(" ", folded(text))).strip()


def compact(text: str) -> str:
    """Folded text without spaces and punctuation: the form in which codes and business names are compared."""
    return _NOT_WORD.sub("", folded(text))
