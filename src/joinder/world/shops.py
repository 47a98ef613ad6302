"""What a shop shows of its operator: fields go missing, contacts are somebody else's, the licence may be a straw man's,
the phone and the return address may be a logistics firm's, and a number may be written for human eyes only.

A value is *usable* when it is the operator's own and is shown; those are what the truth ties shops by.
"""

from __future__ import annotations

from joinder.world.draws import Draws, scrambled
from joinder.world.entities import Account, Operator, Role
from joinder.world.evasions import obscured_messenger, obscured_number, spelt
from joinder.world.market import PLATFORM_WEIGHTS, SOCIAL, TODAY, WEB, Hub, Market
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


class _Display:
    """What one shop shows, and which of it ties the shop to its operator."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._usable: set[tuple[str, str]] = set()

    def show(self, name: str, value: str, missing: float) -> str | None:
        """The operator's own value, or None where the field is left empty."""
        if self._draws.random() < missing:
            return None
        self._usable.add((name, value))
        return value

    @property
    def usable(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self._usable))


def _opened(
    market: Market, operator: Operator, number: int, shop: int, reopened_after: int | None
) -> Account:
    draws, missing = operator.draws, market.knobs.missing
    display = _Display(draws)
    platform, kind = _where(operator, shop, draws)
    identity = account_id(market, number)
    hub = _hub(market, operator, draws)
    own_phone, own_payee = _own_phone(market, operator, shop, draws), draws.pick(operator.payees)
    phone_text, mail, handle = _contacts(market, operator, display, hub, own_phone)
    back = hub.address if hub else display.show("address", operator.warehouse, missing * 1.6)
    sender = (
        hub.sender_account if hub else display.show("sender_account", operator.sender_account, missing * 2)
    )
    licence = _licence(market, operator, draws, display) if kind != "social" else None
    payee = display.show("payee", own_payee, min(0.95, missing * 2.6))
    stated = _stated_address(operator, display, missing)
    icp = display.show("icp", operator.icp, missing) if kind == "domain" else None
    opened_on, closed_on = _life(operator, market.knobs.reopen, reopened_after)
    host = f"{identity.lower()}.example" if kind == "domain" else f"{platform}.example"
    url = f"https://{host}/shop/{identity}"
    row = (
        platform, identity, kind, _shop_name(operator, platform, shop, draws), url,
        _contact(operator, market.knobs.disguise, draws), phone_text, mail, handle, licence, payee,
        _abridged(stated, draws), _abridged(back, draws), sender, f"{icp}-{shop + 1}" if icp else None,
        operator.company.city.region if draws.random() < 0.7 else None, opened_on, closed_on,
    )  # fmt: skip
    return Account(
        identity, platform, kind, row, display.usable, hub, own_phone, own_payee, url, opened_on, closed_on
    )


def _hub(market: Market, operator: Operator, draws: Draws) -> Hub | None:
    if operator.role is Role.AUTHORISED or draws.random() >= market.knobs.hubs:
        return None
    return draws.pick(market.hubs)


def _own_phone(market: Market, operator: Operator, shop: int, draws: Draws) -> str:
    """The phone behind this shop: as a rule the operator's latest, sometimes an older one."""
    rotation = market.knobs.rotation if operator.role is Role.INFRINGER else 0.15
    if shop and draws.random() < rotation:
        operator.phones.append(number_of(market, draws, phone(draws)))
    return operator.phones[-1] if draws.random() < 0.7 else draws.pick(operator.phones)


def _contacts(
    market: Market, operator: Operator, display: _Display, hub: Hub | None, own_phone: str
) -> tuple[str | None, str | None, str | None]:
    """Phone, e-mail and messenger as written; who hides may write them for human eyes only."""
    draws, missing = operator.draws, market.knobs.missing
    obfuscation = market.knobs.obfuscation if operator.role is Role.INFRINGER else 0.0
    number = hub.phone if hub else display.show("phone", own_phone, missing)
    mail = display.show("email", draws.pick(operator.emails), missing * 2)
    handle = display.show("messenger", draws.pick(operator.messengers), missing * 1.7)
    if handle and draws.random() < obfuscation:
        handle = obscured_messenger(handle, draws)
    return _written(number, draws, obfuscation) if number else None, mail, handle


def _stated_address(operator: Operator, display: _Display, missing: float) -> str | None:
    """Half of those who hide state an address that is not theirs."""
    if operator.role is Role.INFRINGER and operator.draws.random() < 0.5:
        return address(operator.draws, operator.company.city)
    return display.show("address", operator.company.address, missing)


def _life(operator: Operator, reopen: float, reopened_after: int | None) -> tuple[int, int | None]:
    """When the shop opened, soon after the one before was taken down if it was, and when it was taken down itself."""
    draws = operator.draws
    opened_on = TODAY - 40 - draws.below(1500)
    if reopened_after is not None:
        opened_on = reopened_after + 2 + draws.below(20)
    if operator.role is not Role.INFRINGER or draws.random() >= reopen:
        return opened_on, None
    closed_on = min(TODAY - 25, opened_on + 20 + draws.below(300))
    return opened_on, closed_on if closed_on > opened_on else None


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


def _licence(market: Market, operator: Operator, draws: Draws, display: _Display) -> str | None:
    knobs, missing = market.knobs, market.knobs.missing
    if operator.role is Role.INFRINGER:
        place = draws.random()
        if place < knobs.mills:
            return draws.pick(market.mills).uscc
        if place < knobs.mills + knobs.straw and operator.straws:
            return display.show("licence_no", draws.pick(operator.straws).uscc, 0.0)
        missing *= 2.2
    return display.show("licence_no", operator.company.uscc, missing)


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
