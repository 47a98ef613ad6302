"""Codes and numbers: social credit codes, accounts, filing numbers, dates, domains, e-mail addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from joinder.resolve.normalise.text import compact, folded
from joinder.vocabulary.identifiers import check_uscc

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "mil", "net", "nom", "or", "org", "ne", "go"})
_ICP = re.compile(r"([\u4e00-\u9fff]?)\s*icp\s*[备证]\s*(\d{6,10})")
_EMAIL = re.compile(r"([^@\s]+)@([^@\s]+)")


def codes(text: str) -> tuple[str, ...]:
    """A code without spaces and punctuation, in lower case; () if nothing is left or all characters are one."""
    plain = compact(text)
    return (plain,) if plain else ()


def usccs(text: str) -> tuple[str, ...]:
    """The social credit code if its check character holds; a code that fails is no evidence of identity.

    A unique look-alike repair (0/O, 1/I …) is taken only where the code had characters outside the alphabet, for
    there the misreading is certain. Longer text is searched for a code.
    """
    found: list[str] = []
    for piece in re.findall(r"[0-9A-Za-z]{18}", re.sub(r"[\s\-—·]", "", text)) or [text]:
        check = check_uscc(piece)
        if check.valid:
            found.append(check.code)
        elif len(check.candidates) == 1 and any(c in "IOSVZ" for c in check.code):
            found.append(check.candidates[0])
    return tuple(dict.fromkeys(code for code in found if len(set(code)) > 3))[:2]


def accounts(text: str) -> tuple[str, ...]:
    """An account as its letters and digits, with a masked middle kept as one ``*``; () below four characters."""
    plain = re.sub(r"[*•xX×]{2,}", "*", folded(text).replace("＊", "*"))
    plain = re.sub(r"[^\w*]", "", plain)
    return (plain,) if len(plain) >= 4 and len(set(plain)) > 1 else ()


def icps(text: str) -> tuple[str, ...]:
    """The main ICP filing number without the site suffix (``粤ICP备12345678号-2`` and ``-3`` have one registrant)."""
    match = _ICP.search(folded(text))
    return (f"{match.group(1)}icp{match.group(2)}",) if match else ()


def emails(text: str) -> tuple[str, ...]:
    """E-mail addresses in lower case without a ``+tag``."""
    found = []
    for part in re.split(r"[;,；，\s]+", folded(text)):
        if match := _EMAIL.fullmatch(part):
            found.append(f"{match.group(1).split('+')[0]}@{match.group(2)}")
    return tuple(dict.fromkeys(found))[:3]


def domains(text: str) -> tuple[str, ...]:
    """The registrable domain of a web address, host or e-mail address (approximated by the usual second levels)."""
    plain = folded(text)
    if not plain or " " in plain:
        return ()
    try:
        host = urlsplit(plain if "//" in plain else f"//{plain.rsplit('@', 1)[-1]}").hostname or ""
    except ValueError:
        return ()
    labels = [label for label in host.strip(".").split(".") if label]
    if len(labels) < 2 or host.replace(".", "").isdigit():
        return (host,) if host else ()
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return (".".join(labels[-keep:]),)


def dates(text: str) -> tuple[str, ...]:
    """A date as ``YYYYMMDD``. Day and month are taken as written where both readings exist (year last: month first);
    the comparison forgives the other reading. Text that is no date is kept folded."""
    plain = folded(text)
    numbers = re.findall(r"\d+", plain)
    if len(numbers) == 1 and len(numbers[0]) == 8:
        return (numbers[0],)
    if len(numbers) >= 3 and len(numbers[0]) == 4:
        return (f"{numbers[0]}{int(numbers[1]) % 100:02d}{int(numbers[2]) % 100:02d}",)
    if len(numbers) >= 3 and len(numbers[2]) == 4:
        first, second = int(numbers[0]) % 100, int(numbers[1]) % 100
        month, day = (second, first) if first > 12 else (first, second)
        return (f"{numbers[2]}{month:02d}{day:02d}",)
    return (plain,) if plain else ()


def years(text: str) -> tuple[str, ...]:
    """A year of four digits; two digits are read as 1930–2029."""
    numbers = re.findall(r"\d{4}|\d{2}", folded(text))
    if not numbers:
        return ()
    year = int(numbers[0])
    return (str(year if year > 99 else year + (2000 if year < 30 else 1900)),)


def numbers(text: str) -> tuple[str, ...]:
    """A number without currency, thousands separators and trailing zeros; () if the text holds none."""
    match = re.search(r"-?\d+(?:\.\d+)?", folded(text).replace(",", ""))
    if not match:
        return ()
    plain = match.group().rstrip("0").rstrip(".") if "." in match.group() else match.group()
    return (plain or "0",)
