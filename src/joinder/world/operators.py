"""Operators and the shops they open.

An operator is the real entity: a person or a company with phones, payees, addresses and a stock of photos. What a
shop shows of it is chance: fields are missing, contacts are somebody else's, the licence may be a straw man's, the
phone and return address may be a logistics firm's. The truth keeps who runs what, and which shops can be told to
belong together at all: those that share a *usable* value (one that is the operator's own and is shown).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from joinder.world.draws import Draws, scrambled
from joinder.world.evasions import obscured_messenger, obscured_number, spelt
from joinder.world.market import PLATFORM_WEIGHTS, SOCIAL, TODAY, WEB, Hub, Market
from joinder.world.people import (
    Company,
    address,
    email,
    invented_company,
    messenger,
    payee,
    person_name,
    phone,
    romanised,
)
from joinder.world.rights import ACCOUNTS_PER_RIGHT, Right, near_mark
from joinder.world.tables.names import SHOP_EN, SHOP_EN_TAILS, SHOP_HEADS, SHOP_TAILS, STAFF

ACCOUNT_KIND = 1
_SHOPS_OF_INFRINGER = (1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 8, 12)
_SHOPS_OF_HONEST = (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)


class Role(Enum):
    """What an operator is in the truth."""

    INFRINGER = "infringer"
    """Sells under marks of others and hides."""
    HONEST = "honest"
    """Sells unrelated goods, accessories, or genuine goods second-hand."""
    AUTHORISED = "authorised"
    """Sells genuine goods with the holder's leave."""
    LOOKALIKE = "lookalike"
    """Honest, with a name or a mark that looks like another's."""


@dataclass(slots=True)
class Account:
    """One shop as shown, and the values behind what it shows (`own_*`), which parcels and payments reveal."""

    account_id: str
    platform: str
    kind: str
    row: tuple[object, ...]
    usable: tuple[tuple[str, str], ...]
    hub: Hub | None
    own_phone: str
    own_payee: str
    url: str
    opened_on: int
    closed_on: int | None
    link_group: str = ""
    linkable: bool = False


@dataclass(slots=True)
class Operator:
    """A real entity with everything it owns; its chance comes from one stream of its own."""

    operator_id: str
    role: Role
    draws: Draws
    company: Company
    person: str
    warehouse: str
    sender_account: str
    payees: tuple[str, ...]
    phones: list[str]
    messengers: tuple[str, ...]
    emails: tuple[str, ...]
    straws: tuple[Company, ...]
    rights: tuple[Right, ...]
    own_mark: str
    photos: tuple[int, ...]
    icp: str
    accounts: list[Account] = field(default_factory=list)


def operators(market: Market) -> Iterator[Operator]:
    """Every operator with its accounts, in turn, until the market has as many accounts as its scale asks for."""
    number, opened, wanted = 0, 0, market.scale.accounts
    while opened < wanted:
        operator, shops = _founded(market, number)
        shops = min(shops, wanted - opened)
        _open_shops(market, operator, opened, shops)
        _tie(operator)
        yield operator
        number, opened = number + 1, opened + shops


def account_id(market: Market, number: int) -> str:
    """The id of the market's n-th account, unique across platforms."""
    return f"S{scrambled(number, market.seed, ACCOUNT_KIND):010d}"


def authorised_platform(shop: int) -> str:
    return ("taobei", "jingmai")[shop % 2]


def _role_and_shops(market: Market, number: int, draws: Draws) -> tuple[Role, int]:
    if number < len(market.rights):
        return Role.AUTHORISED, ACCOUNTS_PER_RIGHT
    knobs = market.knobs
    # Shares are of accounts; an infringer runs 3.5 shops and an honest operator 1.4 on average (tables above).
    weights = (
        knobs.infringers / 3.5,
        knobs.lookalikes,
        max(0.0, 1 - knobs.infringers - knobs.lookalikes) / 1.4,
    )
    place = draws.random() * sum(weights)
    if place < weights[0]:
        return Role.INFRINGER, draws.pick(_SHOPS_OF_INFRINGER)
    if place < weights[0] + weights[1]:
        return Role.LOOKALIKE, 1
    return Role.HONEST, draws.pick(_SHOPS_OF_HONEST)


def _founded(market: Market, number: int) -> tuple[Operator, int]:
    draws = Draws(market.seed, "operator", number)
    role, shops = _role_and_shops(market, number, draws)
    person = person_name(draws)
    company = (
        market.rights[number].holder
        if role is Role.AUTHORISED
        else invented_company(draws, representative=person)
    )
    if role is Role.AUTHORISED:
        person = company.representative
    rights: tuple[Right, ...] = ()
    if role is Role.INFRINGER:
        rights = tuple(_copied_right(market, draws) for _ in range(1 + draws.below(3)))
    elif role is Role.AUTHORISED:
        rights = (market.rights[number],)
    elif role is Role.LOOKALIKE:
        rights = (draws.pick(market.word_rights),)
    stem = romanised(person, draws)
    category = (
        market.category_number[rights[0].category.code]
        if rights
        else draws.below(len(market.category_number))
    )
    return (
        Operator(
            operator_id=f"O{number:07d}",
            role=role,
            draws=draws,
            company=company,
            person=person,
            warehouse=_warehouse(market, company, draws),
            sender_account=f"KH{draws.digits(9)}",
            payees=tuple(payee(draws) for _ in range(1 + (draws.random() < 0.4))),
            phones=[_number(market, draws, company.phone)],
            messengers=tuple(messenger(stem, draws) for _ in range(1 + (draws.random() < 0.5))),
            emails=tuple(email(stem, draws) for _ in range(1 + (draws.random() < 0.4))),
            straws=tuple(invented_company(draws) for _ in range(2))
            if role is Role.INFRINGER and shops > 1
            else (),
            rights=rights,
            own_mark=near_mark(draws.pick(rights[0].spellings), draws)
            if role is Role.LOOKALIKE and rights[0].spellings
            else "",
            photos=tuple(market.gallery.stock_of(category, draws) for _ in range(3)),
            icp=f"{company.city.short}ICP备{2010 + draws.below(16)}{draws.digits(6)}号",
        ),
        shops,
    )


def _warehouse(market: Market, company: Company, draws: Draws) -> str:
    if draws.random() < market.knobs.neighbours:
        return draws.pick(market.shared_rooms)
    return address(draws, company.city)


def _number(market: Market, draws: Draws, fresh: str) -> str:
    return draws.pick(market.recycled_phones) if draws.random() < market.knobs.recycled else fresh


def _copied_right(market: Market, draws: Draws) -> Right:
    if draws.random() < market.knobs.pictures and market.picture_rights:
        return draws.pick(market.picture_rights)
    return draws.pick(market.word_rights)


def _open_shops(market: Market, operator: Operator, first: int, shops: int) -> None:
    last_closed: int | None = None
    for shop in range(shops):
        account = _opened(market, operator, first + shop, shop, last_closed)
        last_closed = account.closed_on
        operator.accounts.append(account)


def _opened(
    market: Market, operator: Operator, number: int, shop: int, reopened_after: int | None
) -> Account:
    draws, knobs = operator.draws, market.knobs
    hides = operator.role is Role.INFRINGER
    platform, kind = _where(operator, shop, draws)
    identity = account_id(market, number)
    usable: set[tuple[str, str]] = set()

    def shown(name: str, value: str, missing: float) -> str | None:
        if draws.random() < missing:
            return None
        usable.add((name, value))
        return value

    hub = (
        draws.pick(market.hubs)
        if operator.role is not Role.AUTHORISED and draws.random() < knobs.hubs
        else None
    )
    if shop and draws.random() < (knobs.rotation if hides else 0.15):
        operator.phones.append(_number(market, draws, phone(draws)))
    own_phone = operator.phones[-1] if draws.random() < 0.7 else draws.pick(operator.phones)
    own_payee = draws.pick(operator.payees)
    phone_text = hub.phone if hub else shown("phone", own_phone, knobs.missing)
    return_address = hub.address if hub else shown("address", operator.warehouse, knobs.missing * 1.6)
    sender = (
        hub.sender_account if hub else shown("sender_account", operator.sender_account, knobs.missing * 2)
    )
    licence = _licence(market, operator, draws, usable) if kind != "social" else None
    mail = shown("email", draws.pick(operator.emails), knobs.missing * 2)
    handle = shown("messenger", draws.pick(operator.messengers), knobs.missing * 1.7)
    payee_text = shown("payee", own_payee, min(0.95, knobs.missing * 2.6))
    if hides and draws.random() < 0.5:
        stated: str | None = address(draws, operator.company.city)
    else:
        stated = shown("address", operator.company.address, knobs.missing)
    icp = None
    if kind == "domain" and draws.random() > knobs.missing:
        usable.add(("icp", operator.icp))
        icp = f"{operator.icp}-{shop + 1}"
    if hides and draws.random() < knobs.obfuscation and handle:
        handle = obscured_messenger(handle, draws)
    if phone_text:
        phone_text = _written(phone_text, draws, knobs.obfuscation if hides else 0.0)
    opened_on = TODAY - 40 - draws.below(1500)
    if reopened_after is not None:
        opened_on = reopened_after + 2 + draws.below(20)
    closed_on = None
    if hides and draws.random() < knobs.reopen:
        closed_on = min(TODAY - 25, opened_on + 20 + draws.below(300))
        if closed_on <= opened_on:
            closed_on = None
    host = f"{identity.lower()}.example" if kind == "domain" else f"{platform}.example"
    url = f"https://{host}/shop/{identity}"
    name = _shop_name(operator, platform, shop, draws)
    row = (
        platform, identity, kind, name, url, _contact(operator, knobs.disguise, draws), phone_text, mail, handle,
        licence, payee_text, _abridged(stated, draws), _abridged(return_address, draws), sender, icp,
        operator.company.city.region if draws.random() < 0.7 else None, opened_on, closed_on,
    )  # fmt: skip
    return Account(
        identity,
        platform,
        kind,
        row,
        tuple(sorted(usable)),
        hub,
        own_phone,
        own_payee,
        url,
        opened_on,
        closed_on,
    )


def _where(operator: Operator, shop: int, draws: Draws) -> tuple[str, str]:
    if operator.role is Role.AUTHORISED:
        return authorised_platform(shop), "shop"
    place = draws.random()
    if place < 0.04:
        return WEB, "domain"
    if place < 0.11:
        return SOCIAL, "social"
    return draws.pick(PLATFORM_WEIGHTS), "shop" if place < 0.9 else "seller"


def _licence(market: Market, operator: Operator, draws: Draws, usable: set[tuple[str, str]]) -> str | None:
    knobs = market.knobs
    if operator.role is Role.INFRINGER:
        place = draws.random()
        if place < knobs.mills:
            return draws.pick(market.mills).uscc
        if place < knobs.mills + knobs.straw and operator.straws:
            code = draws.pick(operator.straws).uscc
            usable.add(("licence_no", code))
            return code
    if draws.random() < (knobs.missing * 2.2 if operator.role is Role.INFRINGER else knobs.missing):
        return None
    usable.add(("licence_no", operator.company.uscc))
    return operator.company.uscc


def _contact(operator: Operator, disguise: float, draws: Draws) -> str | None:
    if operator.role is Role.INFRINGER and draws.random() < disguise:
        return draws.pick(STAFF) if draws.random() < 0.5 else person_name(draws)
    if draws.random() < 0.15:
        return None
    return (
        operator.person if draws.random() < 0.8 else operator.person[0] + draws.pick(("先生", "女士", "经理"))
    )


def _written(number: str, draws: Draws, obfuscation: float) -> str:
    """A phone as people write it in a form."""
    if draws.random() < obfuscation:
        return obscured_number(number, draws)
    place = draws.random()
    if place < 0.55:
        return number
    if place < 0.75:
        return f"{number[:3]} {number[3:7]} {number[7:]}"
    if place < 0.9:
        return f"{number[:3]}-{number[3:7]}-{number[7:]}"
    return f"+86 {number}"


def _abridged(where: str | None, draws: Draws) -> str | None:
    """An address with its province left off now and then, as in many forms."""
    if where and draws.random() < 0.25 and "省" in where:
        return where.split("省", 1)[1]
    return where


def _shop_name(operator: Operator, platform: str, shop: int, draws: Draws) -> str:
    if operator.role is Role.AUTHORISED:
        right = operator.rights[0]
        return f"{right.mark or right.holder.name}{('官方旗舰店', '授权专卖店')[shop % 2]}"
    if operator.role is Role.LOOKALIKE and operator.own_mark and draws.random() < 0.7:
        return f"{operator.own_mark}{draws.pick(('旗舰店', '专营店', '生活馆', '小铺'))}"
    if platform == "shopora":
        return f"{draws.pick(SHOP_EN)} {draws.pick(SHOP_EN)} {draws.pick(SHOP_EN_TAILS)}"
    if operator.role is Role.INFRINGER and operator.rights[0].spellings and draws.random() < 0.25:
        _, hint = spelt(draws.pick(operator.rights[0].spellings), draws)
        return f"{hint}{draws.pick(SHOP_TAILS)}"
    if operator.role is not Role.INFRINGER and draws.random() < 0.4:
        return operator.company.name
    number = draws.digits(2) if draws.random() < 0.3 else ""
    return f"{draws.pick(SHOP_HEADS)}{draws.pick(SHOP_TAILS)}{number}"


def _tie(operator: Operator) -> None:
    """Group the operator's accounts by shared usable values; an account is linkable if it shares one directly."""
    group = list(range(len(operator.accounts)))

    def root(place: int) -> int:
        while group[place] != place:
            place = group[place]
        return place

    first_with: dict[tuple[str, str], int] = {}
    for place, account in enumerate(operator.accounts):
        for value in account.usable:
            if value in first_with:
                one, other = sorted((root(place), root(first_with[value])))
                group[other] = one
            else:
                first_with[value] = place
    sizes: dict[int, int] = {}
    for place in range(len(group)):
        sizes[root(place)] = sizes.get(root(place), 0) + 1
    for place, account in enumerate(operator.accounts):
        account.link_group = f"{operator.operator_id}.{root(place)}"
        account.linkable = sizes[root(place)] > 1
