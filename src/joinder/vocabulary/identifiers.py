"""Identifiers of the trade: social credit codes, telephone numbers, addresses on the web.

A failed check is a warning, never proof: codes that fail are found on genuine licences
(``reference`` case 91350203M0001QAY9B), so every function says what it found and lets the caller judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

import phonenumbers

from joinder.vocabulary.errors import JoinderError

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# What a reader or an OCR engine takes for another character; the alphabet has no I, O, S, V, Z.
_LOOK_ALIKE = {"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2", "0": "DQ", "1": "L", "8": "B", "B": "8", "D": "0",
               "5": "6", "6": "5", "2": "7", "L": "1", "Q": "0"}  # fmt: skip
_CN_MOBILE = re.compile(r"(?:\+?0{0,2}86)?(1[3-9]\d{9})")


class IdentifierError(JoinderError):
    """A text cannot be an identifier of the kind asked for."""


def uscc_check_character(first17: str) -> str:
    """The 18th character of a unified social credit code (GB 32100-2015, mod 31 over powers of three).

    Raises IdentifierError unless given 17 characters of the code's alphabet.
    """
    if len(first17) != 17 or any(c not in USCC_ALPHABET for c in first17):
        raise IdentifierError(f"{first17!r} is not the first 17 characters of a social credit code.")
    total = sum(USCC_ALPHABET.index(c) * weight for c, weight in zip(first17, _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def org_code_check_character(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714); it is the 17th of a social credit code.

    Raises IdentifierError unless given eight digits or capital letters.
    """
    if not re.fullmatch(r"[0-9A-Z]{8}", first8):
        raise IdentifierError(f"{first8!r} is not the first 8 characters of an organisation code.")
    remainder = 11 - sum(int(c, 36) * weight for c, weight in zip(first8, _ORG_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


@dataclass(frozen=True)
class UsccCheck:
    """What was found about a social credit code.

    code: the text in capitals without spaces; valid: shape and check character agree; candidates: codes that one
    look-alike correction would make valid (0/O, 1/I, 8/B …), empty when valid or hopeless.
    """

    code: str
    valid: bool
    candidates: tuple[str, ...] = ()


def check_uscc(text: str) -> UsccCheck:
    """Check a social credit code and offer repairs. Never raises: any text gets an answer."""
    code = re.sub(r"[\s\-—·]", "", text).upper()
    if _uscc_is_valid(code):
        return UsccCheck(code, valid=True)
    repaired: list[str] = []
    straight = "".join(c if c in USCC_ALPHABET else _LOOK_ALIKE.get(c, c)[0] for c in code)
    if straight != code and _uscc_is_valid(straight):
        repaired.append(straight)
    for position, character in enumerate(straight[:18]):
        for other in _LOOK_ALIKE.get(character, ""):
            candidate = straight[:position] + other + straight[position + 1 :]
            if _uscc_is_valid(candidate) and candidate not in repaired:
                repaired.append(candidate)
    return UsccCheck(code, valid=False, candidates=tuple(repaired))


def _uscc_is_valid(code: str) -> bool:
    if len(code) != 18 or any(c not in USCC_ALPHABET for c in code) or not code[2:8].isdigit():
        return False
    return uscc_check_character(code[:17]) == code[17]


@lru_cache(maxsize=200_000)
def normalise_phone(text: str, region: str = "CN") -> str | None:
    """A telephone number in E.164 (``+8613800000000``), or None if the text holds none that could be dialled.

    Chinese mobile numbers take a fast path; all else is read by libphonenumber with ``region`` as default country.
    """
    digits = re.sub(r"[^\d+]", "", text)
    if region == "CN" and (match := _CN_MOBILE.fullmatch(digits)):
        return f"+86{match.group(1)}"
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normalise_host(host: str) -> str:
    """A host name in lower-case ASCII (punycode), without a trailing dot. Raises IdentifierError if it is none."""
    text = host.strip().rstrip(".").lower()
    try:
        ascii_host = text.encode("idna").decode("ascii") if not text.isascii() else text
    except UnicodeError:
        ascii_host = ""
    if not re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?", ascii_host) or ".." in ascii_host:
        raise IdentifierError(f"{host!r} is not a host name.")
    return ascii_host


def normalise_url(url: str) -> str:
    """A web address with lower-case scheme and host, no fragment, no default port.

    Raises IdentifierError if it is not an http or https address with a host.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise IdentifierError(f"{url!r} is not a web address.") from None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise IdentifierError(f"{url!r} is not a web address.", mend="Expected https://host/path.")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else normalise_host(parts.hostname)
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    place = host if port in (None, default) else f"{host}:{port}"
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", parts.query, ""))
