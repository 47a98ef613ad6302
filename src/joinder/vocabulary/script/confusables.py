"""Characters that look alike: Unicode TR39 prototypes and the digit spellings of letters.

`prototype_of()` holds the TR39 relation as one character → its prototype, read once from the tables of
the confusable-homoglyphs package. That package stores each class as a star: the prototype lists all its
look-alikes, each look-alike lists only the prototype. Where a class contains a Han ideograph but its
prototype is not ASCII, the ideograph is made the prototype (ロ and 囗 become 口; 一 stands for ー), since
marks are registered in Han characters and Latin letters.

`SKELETON_EXTRA` is ours: what TR39 does not call confusable but sellers use ("N1KE", "ad!das", "vvest").
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from joinder.vocabulary.script.hanzi import is_han

# Applied after case folding. i and l fall together because TR39 maps I, 1 and | to l while case folding
# maps I to i: without the merger "NlKE" and "NIKE" would differ.
SKELETON_EXTRA: dict[str, str] = {
    "i": "l",
    "1": "l",
    "!": "l",
    "|": "l",
    "¡": "l",
    "0": "o",
    "2": "z",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "€": "e",
    "¢": "c",
    "¥": "y",
    "m": "rn",
    "w": "vv",
    # TR39 gives small Cyrillic and Greek letters prototypes of their own (к → ĸ); a buyer reads Latin.
    "ĸ": "k",
    "κ": "k",
    "π": "n",
    "ꞓ": "e",
    "ε": "e",
    "ᴛ": "t",
    "τ": "t",
    "ʙ": "b",
    "ʜ": "h",
    "ᴍ": "rn",
    "ʀ": "r",
    "ɴ": "n",
    "и": "n",
    "я": "r",
    "λ": "a",
    "ʟ": "l",
}

# Applied before TR39, which calls β a ß and gives small Cyrillic letters prototypes that no mark uses.
READ_AS: dict[str, str] = {
    "β": "b", "ω": "w", "ѡ": "w", "ш": "w", "щ": "w", "м": "m", "и": "n", "й": "n", "л": "n", "з": "e", "ь": "b",
    "ъ": "b", "б": "b", "д": "d", "г": "r", "σ": "o", "χ": "x", "μ": "u", "γ": "y", "ɸ": "o", "э": "e", "ю": "io",
}  # fmt: skip

# Letters of Unicode that sellers use as a bar between the letters of a mark: T丨u丨r丨n.
BARS = frozenset("丨|｜￨∣ǀ︱丶ㅣㆍ")

_BIDI = "\u200e\u200f"


@cache
def prototype_of() -> dict[str, str]:
    """One character → the text it can be mistaken for (its TR39 prototype); prototypes are absent.

    Keys are single code points; a value may have several characters (m → rn).
    """
    raw = json.loads(resources.files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    links = {key.strip(_BIDI): [item["c"].strip(_BIDI) for item in items] for key, items in raw.items()}
    table: dict[str, str] = {}
    for key, others in links.items():
        if len(key) == 1 and len(others) == 1 and not _is_prototype(key, others[0], links):
            table[key] = others[0]
    return _prefer_han(table)


def _is_prototype(key: str, other: str, links: dict[str, list[str]]) -> bool:
    """In a class of two, each names the other: ASCII wins, then Han, then the lower code point."""
    if links.get(other) != [key]:
        return False
    return min((key, other), key=lambda c: (not c.isascii(), not is_han(c[0]), c)) == key


def _prefer_han(table: dict[str, str]) -> dict[str, str]:
    best: dict[str, str] = {}
    for char, prototype in sorted(table.items()):
        if is_han(char) and not prototype.isascii() and not is_han(prototype[0]):
            best.setdefault(prototype, char)
    rerooted = {char: best.get(prototype, prototype) for char, prototype in table.items()}
    for prototype, han in best.items():
        rerooted[prototype] = han
    return {char: target for char, target in rerooted.items() if char != target}
