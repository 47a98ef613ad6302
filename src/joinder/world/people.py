"""Invented people, companies and places of business, with codes that pass their own checks."""

from __future__ import annotations

from dataclasses import dataclass

from joinder.vocabulary.identifiers import USCC_ALPHABET, org_code_check_character, uscc_check_character
from joinder.world.draws import Draws
from joinder.world.tables.names import (
    COMPANY_CORES,
    COMPANY_FORMS,
    COMPANY_TRADES,
    GIVEN_COMMON,
    GIVEN_FIRST,
    GIVEN_SECOND,
    READINGS,
    STORE_FORMS,
    SURNAMES,
)
from joinder.world.tables.places import CITIES, PARKS, ROADS, City
from joinder.world.tables.wording import words

_MOBILE = words(
    "130 131 132 135 136 137 138 139 150 151 152 155 157 158 159 176 177 178 180 181 185 186 187 188 189"
)
_VIRTUAL = ["170", "171", "162", "165", "167"]
_MAIL_HOSTS = ("qmail.example", "post163.example", "xinmail.example", "mail.example")


@dataclass(frozen=True, slots=True)
class Company:
    """A registered company or individual business and who stands in the register for it."""

    uscc: str
    kind: str
    name: str
    representative: str
    address: str
    phone: str
    city: City
    registered_on: int


def person_name(draws: Draws) -> str:
    """A name as common as names are: about a third share one of twenty given names."""
    surname = SURNAMES[int(draws.random() ** 2 * len(SURNAMES))]
    if draws.random() < 0.35:
        return surname + draws.pick(GIVEN_COMMON)
    return surname + draws.pick(GIVEN_FIRST) + (draws.pick(GIVEN_SECOND) if draws.random() < 0.85 else "")


def uscc(draws: Draws, city: City, *, individual: bool) -> str:
    """A unified social credit code that passes GB 32100 and, inside it, GB 11714."""
    organisation = "".join(
        draws.pick(USCC_ALPHABET) if place < 3 else str(draws.below(10)) for place in range(8)
    )
    first17 = (
        ("92" if individual else "91") + city.code + organisation + org_code_check_character(organisation)
    )
    return first17 + uscc_check_character(first17)


def phone(draws: Draws) -> str:
    """A Chinese mobile number of eleven digits; one in twelve comes from a range of virtual operators."""
    return draws.pick(_VIRTUAL if draws.random() < 0.08 else _MOBILE) + draws.digits(8)


def address(draws: Draws, city: City) -> str:
    """A full address down to the room."""
    district, road = draws.pick(city.districts), draws.pick(ROADS)
    number = 1 + draws.below(399)
    if draws.random() < 0.5:
        building, room = 1 + draws.below(12), (1 + draws.below(20)) * 100 + draws.below(30)
        where = f"{road}{number}号{draws.pick(PARKS)}{building}栋{room}室"
    else:
        where = f"{road}{number}号{1 + draws.below(9)}单元{1 + draws.below(30)}0{1 + draws.below(6)}"
    return city.region + district + where


def invented_company(draws: Draws, *, trade: str | None = None, representative: str | None = None) -> Company:
    """A company; `trade` is its core name where it has one of its own, else one from the common stock."""
    city = draws.pick(CITIES)
    individual = trade is None and draws.random() < 0.35
    core = trade or (draws.pick(COMPANY_CORES) + (draws.pick("达通源发瑞") if draws.random() < 0.3 else ""))
    who = representative or person_name(draws)
    if individual:
        name = f"{city.name}市{draws.pick(city.districts)}{core}{draws.pick(STORE_FORMS)}"
    else:
        name = f"{city.name}市{core}{draws.pick(COMPANY_TRADES)}{draws.pick(COMPANY_FORMS)}"
    return Company(
        uscc=uscc(draws, city, individual=individual),
        kind="individual_business" if individual else "company",
        name=name,
        representative=who,
        address=address(draws, city),
        phone=phone(draws),
        city=city,
        registered_on=15_500 + draws.below(4_600),
    )


def romanised(name: str, draws: Draws) -> str:
    """The stem of somebody's handles, e.g. "chen8812"."""
    return READINGS.get(name[0], "user") + draws.digits(2 + draws.below(3))


def email(stem: str, draws: Draws) -> str:
    return f"{stem}{draws.pick(('', '_', '.shop', 'x'))}{draws.digits(4)}@{draws.pick(_MAIL_HOSTS)}"


def messenger(stem: str, draws: Draws) -> str:
    """A messenger id; the number after it keeps two people of one surname apart."""
    if draws.random() < 0.25:
        return f"QQ{1 + draws.below(9)}{draws.digits(8)}"
    return f"{draws.pick(('wx_', 'lan_', 'shop', 'a', ''))}{stem}_{draws.digits(4)}"


def payee(draws: Draws) -> str:
    """An account that takes money: nineteen digits under a bank number that no bank uses (9900)."""
    return "9900" + draws.digits(15)
