"""What a shop shows of its operator: fields go missing, contacts are somebody else's, the licence may be a straw man's,
the phone and the return address may be a logistics firm's, and a number may be written for human eyes only.

A value is *usable* when it is the operator's own and is shown; those are what the truth ties shops by.
"""

from __future__ import annotations

from joinder.world.draws import Draws, scrambled
from joinder.world.entities import Account, Operator, Role
from joinder.world.evasions import obscured_messenger, obscured_number, spelt
from joinder.world.market import PLATFORM_WEIGHTS, SOCIAL, TODAY, WEB, Market
from joinder.world.people import address, person_name, phone
from joinder.world.tables.names import SHOP_EN, SHOP_EN_TAILS, SHOP_HEADS, SHOP_TAILS, STAFF

ACCOUNT_KIND = 1


def account_id(market: Market, number: int) -> str:
    """The id of the market's n-th account, unique across platforms."""
    return f"S{scrambled(number, market.seed, ACCOUNT_KIND):010d}"


def authorised_platform(shop: int) -> str:
    return ("taobei", "jingmai")[shop % 2]


def open_shops(market: Market, operator: Operator, first: int, shops: int) -> None:
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
        operator.phones.append(number_of(market, draws, phone(draws)))
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


def number_of(market: Market, draws: Draws, fresh: str) -> str:
    """A number of the operator's: the fresh one, or one that changed hands."""
    return draws.pick(market.recycled_phones) if draws.random() < market.knobs.recycled else fresh


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
