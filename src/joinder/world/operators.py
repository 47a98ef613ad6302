"""Operators and the shops they open.

An operator is the real entity: a person or a company with phones, payees, addresses and a stock of photos. What a
shop shows of it is chance: fields are missing, contacts are somebody else's, the licence may be a straw man's, the
phone and return address may be a logistics firm's. The truth keeps who runs what, and which shops can be told to
belong together at all: those that share a *usable* value (one that is the operator's own and is shown).
"""

from __future__ import annotations

from collections.abc import Iterator

from joinder.world.draws import Draws
from joinder.world.entities import Operator, Role
from joinder.world.market import Market
from joinder.world.people import (
    Company,
    address,
    email,
    invented_company,
    messenger,
    payee,
    person_name,
    romanised,
)
from joinder.world.rights import ACCOUNTS_PER_RIGHT, Right, near_mark
from joinder.world.shops import number_of, open_shops

_SHOPS_OF_INFRINGER = (1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 8, 12)
_SHOPS_OF_HONEST = (1, 1, 1, 1, 1, 1, 1, 2, 2, 3)


def operators(market: Market) -> Iterator[Operator]:
    """Every operator with its accounts, in turn, until the market has as many accounts as its scale asks for."""
    number, opened, wanted = 0, 0, market.scale.accounts
    while opened < wanted:
        operator, shops = _founded(market, number)
        shops = min(shops, wanted - opened)
        open_shops(market, operator, opened, shops)
        _tie(operator)
        yield operator
        number, opened = number + 1, opened + shops


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
            phones=[number_of(market, draws, company.phone)],
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


def _copied_right(market: Market, draws: Draws) -> Right:
    if draws.random() < market.knobs.pictures and market.picture_rights:
        return draws.pick(market.picture_rights)
    return draws.pick(market.word_rights)


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
