"""Addresses down to building and room.

A normalised address is seven fields joined by ``|``: region, district, road, number, building, room, rest. Chinese
addresses are read by one grammar of suffixes (省 市 区 街道 路 号 栋 单元 室); others by the usual abbreviations, house
number and unit. Fields that are not found are empty; an address of which neither road nor room is found is compared
as a whole through ``rest``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from joinder.resolve.normalise.regions import PLACES
from joinder.resolve.normalise.text import folded, has_han, words

_NUMERAL = {c: str(i) for i, c in enumerate("零一二三四五六七八九")}
_ZH_NUMBER = re.compile(r"[零一二三四五六七八九十百]+(?=(?:号|栋|幢|座|楼|层|单元|室|房|铺|档|期|弄|巷|组))")
_ZH = re.compile(
    r"(?P<province>[\u4e00-\u9fff]{2,8}?(?:省|自治区|特别行政区))?"
    r"(?P<city>[\u4e00-\u9fff]{2,7}?(?:市|自治州|地区|盟))?"
    r"(?P<district>[\u4e00-\u9fff]{1,6}?(?:区|县|旗|市))?"
    r"(?P<town>[\u4e00-\u9fff]{1,8}?(?:街道|镇|乡))?"
    r"(?P<village>[\u4e00-\u9fff]{1,8}?(?:村|社区))?"
    r"(?P<road>[\u4e00-\u9fff0-9]{1,10}?(?:大道|大街|路|街|道|巷|弄|胡同|里))?"
    r"(?P<number>[0-9]+(?:-[0-9]+)?(?:号|弄)?(?:院)?)?"
)
_BUILDING = re.compile(r"([0-9a-z]+)(?:号楼|栋|幢|座|号院)|([0-9a-z]+)(?=单元)")
_ROOM = re.compile(r"([0-9a-z\-]{2,8})(?:室|房|铺|档|号铺|号房|号仓|仓)?$|([0-9a-z]{1,6})(?:室|房|铺|档)")
_PLACE = re.compile("^(?:" + "|".join(sorted(PLACES, key=len, reverse=True)) + ")(?=[\u4e00-\u9fff])")
_NOISE = re.compile(r"[\s,，.。;；、#()（）【】\[\]]+|附近|旁边|对面|中国")
_EN_WORDS = {
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "road": "rd", "boulevard": "blvd", "drive": "dr",
    "lane": "ln", "court": "ct", "place": "pl", "square": "sq", "terrace": "tce", "crescent": "cres", "close": "cl",
    "highway": "hwy", "parkway": "pkwy", "circuit": "cct", "north": "n", "south": "s", "east": "e", "west": "w",
    "apartment": "unit", "apt": "unit", "suite": "unit", "ste": "unit", "room": "unit", "rm": "unit", "flat": "unit",
    "floor": "fl", "building": "bldg", "saint": "st",
}  # fmt: skip
_EN_UNIT = re.compile(r"\bunit ([0-9a-z\-]+)")
_EN_NUMBER = re.compile(r"\b(\d+[a-z]?)\b")

FIELDS = ("region", "district", "road", "number", "building", "room", "rest")


def addresses(text: str) -> tuple[str, ...]:
    """The address as its seven fields; () for an empty one."""
    plain = folded(text)
    if not plain:
        return ()
    parts = _chinese(plain) if has_han(plain) else _western(plain)
    return ("|".join(part.replace("|", " ") for part in parts),)


def streets(text: str) -> tuple[str, ...]:
    """A street line (no city) with the usual words shortened; () for an empty one."""
    plain = " ".join(_EN_WORDS.get(word, word) for word in words(text).split())
    return (plain,) if plain else ()


def regions(text: str) -> tuple[str, ...]:
    """A region without its suffixes: ``广东省深圳市`` → ``广东深圳``."""
    plain = re.sub(
        r"(?<=[\u4e00-\u9fff]{2})(?:省|市|自治区|特别行政区|地区)", "", folded(text).replace(" ", "")
    )
    return (plain,) if plain else ()


def _chinese(text: str) -> tuple[str, ...]:
    text = _ZH_NUMBER.sub(lambda match: str(_number(match.group())), _NOISE.sub("", text))
    matched = _ZH.match(text)
    found = matched.groupdict("") if matched else {}
    rest = text[matched.end() :] if matched else text
    city = found.get("city", "").removesuffix("市")
    road = _PLACE.sub("", found.get("village", "") + found.get("road", ""))
    building = next((a or b for a, b in _BUILDING.findall(rest)), "")
    room = next((a or b for a, b in _ROOM.findall(rest)), "")
    number = re.sub(r"[号院弄]", "", found.get("number", ""))
    district = found.get("district", "").rstrip("区县")
    leftover = _ROOM.sub("", _BUILDING.sub("", rest)) if road else rest
    leftover = re.sub(r"[0-9]*(?:单元|层|楼)", "", leftover)
    return city, district, road, number, building, room, leftover


def _number(text: str) -> int:
    """A Chinese numeral below 1000 (``十二`` → 12); a row of digits is read one by one (``二零三`` → 203)."""
    if not set(text) & set("十百"):
        return int("".join(_NUMERAL[c] for c in text))
    total = unit = 0
    for character in text:
        if character in "十百":
            total += (unit or 1) * (10 if character == "十" else 100)
            unit = 0
        else:
            unit = int(_NUMERAL[character])
    return total + unit


def _western(text: str) -> tuple[str, ...]:
    plain = " ".join(_EN_WORDS.get(word, word) for word in words(text.replace("#", " unit ")).split())
    unit = _EN_UNIT.search(plain)
    plain = _EN_UNIT.sub(" ", plain) if unit else plain
    number = _EN_NUMBER.search(plain)
    if not number:
        return "", "", "", "", "", unit.group(1) if unit else "", " ".join(plain.split())
    after = plain[number.end() :].split()
    road, tail = _road(after)
    return "", "", road, number.group(1), "", unit.group(1) if unit else "", tail


def _road(after: list[str]) -> tuple[str, str]:
    kinds = set(_EN_WORDS.values()) - {"unit", "fl", "bldg", "n", "s", "e", "w"}
    for position, word in enumerate(after):
        if word in kinds and position:
            return " ".join(after[: position + 1]), " ".join(after[position + 1 :])
    return " ".join(after[:2]), " ".join(after[2:])


@lru_cache(maxsize=300_000)
def room_key(address: str) -> str:
    """The address down to the room: equal keys are one room. "" where the address does not reach so far."""
    _region, _district, road, number, building, room, _rest = fields(address)
    if not road or not (room or (number and not has_han(road))):
        return ""
    return "|".join((road, number, building, room))


@lru_cache(maxsize=300_000)
def building_key(address: str) -> str:
    """The address down to number and building: equal keys are one building. "" where it does not reach so far."""
    _region, _district, road, number, building, _room, _rest = fields(address)
    return "|".join((road, number, building)) if road and (number or building) else ""


@lru_cache(maxsize=300_000)
def street_key(address: str) -> str:
    """City, district and road; "" without a road."""
    region, district, road, *_ = fields(address)
    return "|".join((region, district, road)) if road else ""


@lru_cache(maxsize=300_000)
def district_key(address: str) -> str:
    """City and district; "" without a district."""
    region, district, *_ = fields(address)
    return "|".join((region, district)) if district else ""


def fields(address: str) -> list[str]:
    """The seven fields of a normalised address."""
    parts = address.split("|")
    return (parts + [""] * len(FIELDS))[: len(FIELDS)]
