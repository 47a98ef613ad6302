"""Han characters: recognising them and folding traditional forms to simplified ones.

The traditional-to-simplified table is read out of the OpenCC package once, one character at a time.
Phrase rules are left aside on purpose: a fold has to keep one offset per character, and a mark is
compared under the same fold as the text, so a rare wrong choice falls on both sides alike.
"""

from __future__ import annotations

from functools import cache

_HAN_RANGES = (
    (0x3400, 0x4DBF),  # extension A
    (0x4E00, 0x9FFF),  # unified ideographs
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0x20000, 0x323AF),  # extensions B to H
)


def is_han(char: str) -> bool:
    """True if `char` (one code point) is a Han ideograph; 〇 counts, kana and radicals do not."""
    point = ord(char)
    return char == "〇" or any(low <= point <= high for low, high in _HAN_RANGES)


def has_han(text: str) -> bool:
    """True if at least one character of `text` is a Han ideograph."""
    return any(is_han(char) for char in text)


@cache
def simplified_of() -> dict[str, str]:
    """Traditional character → simplified character, for the characters that differ.

    Source: the TSCharacters table of OpenCC, asked for the two common blocks of ideographs.
    """
    import opencc

    chars = [chr(p) for low, high in _HAN_RANGES[:3] for p in range(low, high + 1)]
    # One character per line, so that no phrase rule joins two of them.
    simplified = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return {a: b for a, b in zip(chars, simplified, strict=True) if a != b and len(b) == 1}
