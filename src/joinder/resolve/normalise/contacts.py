"""Telephone numbers and messenger ids, also where a seller hides them in text.

``零一②``, ``①③捌``, ``微芯``, ``V❤``: digits are written as other characters and the word for the messenger is
misspelt, so that a platform's filter does not see them. Digits are mapped character by character; a number counts
only if the result is a possible mobile number, so that an ordinary ``一`` in a sentence does no harm.
"""

from __future__ import annotations

import re

from joinder.resolve.normalise.text import compact, folded
from joinder.vocabulary.identifiers import normalise_phone

_DIGITS = {
    "0": "零〇○洞oо", "1": "一壹幺丨❶➀➊l", "2": "二贰两❷➁➋", "3": "三叁❸➂➌", "4": "四肆❹➃➍", "5": "五伍❺➄➎",
    "6": "六陆❻➅➏", "7": "七柒拐❼➆➐", "8": "八捌❽➇➑", "9": "九玖❾➈➒",
}  # fmt: skip
_DIGIT_OF = {ord(c): digit for digit, characters in _DIGITS.items() for c in characters}
_SEPARATOR = r"[\s\-.·_*~,，、/|]{0,2}"
_MOBILE = re.compile(
    r"(?<!\d)(?:\+?86)?" + _SEPARATOR.join(["(1", "[3-9]"] + [r"\d"] * 8 + [r"\d)"]) + r"(?!\d)"
)
_WECHAT = re.compile(
    r"(?:微信|威信|微芯|薇信|薇芯|徽信|卫星号|v信|vx|wx|weixin|wechat|[v薇微威][❤♥]|[加➕+][v薇微威])(?:号|id)?[:：\s\-]*"
    r"([a-z][a-z0-9_\-]{4,19}|\d{6,11})"
)
_QQ = re.compile(r"(?:qq|扣扣|抠抠|企鹅)(?:号)?[:：\s\-]*([1-9]\d{4,10})")
_HANDLE = re.compile(r"[a-z0-9][a-z0-9_\-.@]{4,39}")
_MARKER = re.compile(
    r"^(?:v信|vx|wx|weixin|wechat|qq|telegram|tg|whatsapp|line|skype|id)[:：\s]+|^qq(?=\d{5})"
)
_NOT_HANDLES = frozenset({"wechat", "weixin", "telegram", "whatsapp", "skype"})


def phones(text: str) -> tuple[str, ...]:
    """Every possible telephone number of a telephone field, in E.164; () if there is none.

    A number that cannot be read is kept as its digits (at least 6), so that equal foreign or partial numbers meet.
    """
    found: list[str] = []
    for part in re.split(r"[;,；，、|]|\s/\s", text):
        number = normalise_phone(folded(part).translate(_DIGIT_OF)) if part.strip() else None
        digits = re.sub(r"\D", "", part)
        if number is None and len(digits) >= 6 and len(set(digits)) > 1:
            number = digits
        if number and number not in found:
            found.append(number)
    return tuple(found[:4])


def _plain_digits(text: str) -> str:
    return folded(text).translate(_DIGIT_OF)


def phones_in_text(text: str) -> tuple[str, ...]:
    """Chinese mobile numbers written inside free text, obfuscated or not, in E.164."""
    found = (re.sub(r"\D", "", match.group(1)) for match in _MOBILE.finditer(_plain_digits(text)))
    return tuple(dict.fromkeys(f"+86{number}" for number in found))[:3]


def messengers_in_text(text: str) -> tuple[str, ...]:
    """Messenger ids written inside free text behind a word for a messenger, misspelt or not."""
    plain = folded(text)
    found = [match.group(1) for match in _WECHAT.finditer(plain)]
    digits = _plain_digits(text)
    found += [match.group(1) for match in _QQ.finditer(digits)]
    found += [match.group(1) for match in _WECHAT.finditer(digits) if match.group(1).isdigit()]
    return tuple(dict.fromkeys(found))[:3]


def messengers(text: str) -> tuple[str, ...]:
    """The ids of a messenger field without the words for the messenger (``V❤lan_8812`` → ``lan_8812``); () if none.

    A field that holds no id in Latin letters or digits is read as a disguised number, else kept as it is.
    """
    plain = folded(text)
    found = [_MARKER.sub("", handle) for handle in _HANDLE.findall(_MARKER.sub("", plain))]
    found = [handle.strip(".-") for handle in found if handle not in _NOT_HANDLES and len(set(handle)) > 1]
    if not found:
        digits = re.sub(r"\D", "", _plain_digits(text))
        found = [digits] if len(digits) >= 5 else [compact(plain)] if len(compact(plain)) >= 4 else []
    return tuple(dict.fromkeys(found))[:2]
