"""What a shop offers: titles in Chinese and English, prices and pictures, and whether a right is infringed.

Every listing has one nature. `infringing` ones name the right they infringe and how the mark is shown; all others are
there to be left alone: unrelated goods, goods of other traders' marks, accessories that name a mark to say what they
fit, genuine goods second-hand, and the authorised seller's own offers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from joinder.world.draws import Draws, scrambled
from joinder.world.entities import Account, Operator, Role
from joinder.world.evasions import Evasion, obscured_messenger, obscured_number, spelt
from joinder.world.market import DAY_S, DAY_US, FAKE_SHOTS, GENUINE_SHOTS, SECOND_US, TODAY, Market
from joinder.world.rights import Right
from joinder.world.tables.goods import (
    ADJECTIVES_EN,
    ADJECTIVES_ZH,
    CUES_EN,
    CUES_ZH,
    GENUINE_EN,
    GENUINE_ZH,
    TAILS_EN,
    TAILS_ZH,
    Category,
)

LISTING_KIND = 2
_YUAN_PER_DOLLAR = 7
_FITS_ZH = (
    "适用于{mark}{goods}",
    "适用{mark} {goods}",
    "兼容{mark}的{goods}",
    "{goods} 适配{mark}",
    "通用{goods} 可用于{mark}",
)
_FITS_EN = ("{goods} for {mark}", "{goods} compatible with {mark}", "replacement {goods} fits {mark}")
_DESCRIPTIONS_ZH = (
    "实物拍摄，颜色以实物为准。下单请备注尺码。", "现货，当天发出，支持退换。", "细节见图，懂的来，不议价。",
    "工厂直发，质量稳定，长期有货。", "产品均为全新，包装完好。", "尺码齐全，喜欢的可以先收藏。",
    "拍下请留言，默认发顺路快递。", "本店所有商品均可提供实拍视频。",
)  # fmt: skip
_DESCRIPTIONS_EN = (
    "Photos are of the actual item. Please choose your size.", "In stock, ships within one day, returns accepted.",
    "New item, carefully packed.", "Details as in the pictures. Ask before you order.", "Bulk orders welcome.",
)  # fmt: skip
_CONTACTS_ZH = ("更多款式联系{}", "拿货{}", "看图册加{}", "售后请加{}")
_CONTACTS_EN = ("More styles: {}", "Catalogue on request, {}", "Contact {}")


class Nature(Enum):
    """What a listing is in the truth."""

    INFRINGING = "infringing"
    """Offers goods under another's right."""
    AUTHORISED = "authorised"
    """Offered by a seller whom the holder allowed."""
    DESCRIPTIVE = "descriptive"
    """Names a mark to say what an accessory fits."""
    RESALE = "resale"
    """Genuine goods, second-hand or bought in a store."""
    NEAR_MARK = "near_mark"
    """Bears another trader's own mark that looks related."""
    UNRELATED = "unrelated"
    """Has nothing to do with any right of the register."""


@dataclass(slots=True)
class Listing:
    """One listing as shown, what orders need of it, and its truth."""

    listing_id: str
    row: tuple[object, ...]
    url: str
    category: Category
    price_minor: int
    currency: str
    first_seen: int
    last_seen: int
    nature: Nature
    right: Right | None
    evasion: Evasion


@dataclass(slots=True)
class _Offer:
    """The parts of a listing that its nature decides."""

    nature: Nature
    category: Category
    title: str
    brand: str | None
    price_minor: int
    images: list[str]
    right: Right | None = None
    evasion: Evasion = Evasion.NONE


def listings(market: Market, operator: Operator, account: Account, first: int) -> Iterator[Listing]:
    """The listings of one account; `first` is the number of listings made before it."""
    for number in range(first, first + _how_many(market, operator.draws)):
        yield _listing(market, operator, account, number)


def _how_many(market: Market, draws: Draws) -> int:
    """Listings per shop: mostly few, some many; the mean is the scale's listings per account."""
    mean = market.scale.listings / market.scale.accounts
    return 1 + min(80, int(-math.log(1.0 - draws.random()) * (mean - 0.5)))


def _listing(market: Market, operator: Operator, account: Account, number: int) -> Listing:
    draws = operator.draws
    english = account.platform == "shopora" or draws.random() < market.knobs.english
    offer = _offered(market, operator, draws, english)
    identity = f"L{scrambled(number, market.seed, LISTING_KIND):010d}"
    url = account.url.split("/shop/", 1)[0] + "/item/" + identity
    price, currency = offer.price_minor, "CNY"
    if account.platform == "shopora":
        price, currency = price // _YUAN_PER_DOLLAR, "USD"
    end = account.closed_on or TODAY
    first_day = end - 1 - draws.below(max(1, min(400, end - account.opened_on)))
    first_seen = first_day * DAY_US + draws.below(DAY_S) * SECOND_US
    last_seen = min(first_seen + (1 + draws.below(90)) * DAY_US, end * DAY_US + 43_200_000_000)
    row = (
        account.platform, identity, url, account.account_id, offer.title,
        _description(market, operator, account, draws, english), offer.brand, offer.category.name,
        f"{price // 100}.{price % 100:02d}", currency, int(-math.log(1.0 - draws.random()) * 60),
        account.hub.address[:6] if account.hub else operator.company.city.region, offer.images, first_seen, last_seen,
    )  # fmt: skip
    return Listing(
        identity, row, url, offer.category, price, currency, first_seen, last_seen,
        offer.nature, offer.right, offer.evasion,
    )  # fmt: skip


def _offered(market: Market, operator: Operator, draws: Draws, english: bool) -> _Offer:
    knobs, role, chance = market.knobs, operator.role, draws.random()
    if role is Role.INFRINGER:
        if chance < knobs.infringing:
            return _infringing(market, operator, draws, english)
    elif role is Role.AUTHORISED:
        if chance < 0.85:
            return _genuine(market, operator.rights[0], draws, english, Nature.AUTHORISED)
    elif role is Role.LOOKALIKE and operator.own_mark and chance < 0.7:
        right = operator.rights[0]
        return _plain(market, operator, draws, english, right.category, operator.own_mark, Nature.NEAR_MARK)
    elif chance < knobs.descriptive:
        return _descriptive(market, draws, english)
    elif chance < knobs.descriptive + knobs.resale:
        return _genuine(market, draws.pick(market.word_rights), draws, english, Nature.RESALE)
    mark = draws.pick(market.other_marks) if draws.random() < 0.35 else ""
    return _plain(market, operator, draws, english, market.category_of(draws), mark, Nature.UNRELATED)


def _title(mark: str, goods: str, draws: Draws, english: bool, extra: str = "") -> str:
    """The words of a title in the order sellers put them; `extra` is a cue or a reassurance."""
    if english:
        words = [
            mark,
            draws.pick(ADJECTIVES_EN),
            goods,
            extra,
            draws.pick(TAILS_EN) if draws.random() < 0.5 else "",
        ]
        if draws.random() < 0.2:
            words[0], words[1] = words[1], words[0]
        return " ".join(word for word in words if word)
    words = [extra, mark, draws.pick(ADJECTIVES_ZH), goods, draws.pick(ADJECTIVES_ZH)]
    if draws.random() < 0.4:
        words.append(draws.pick(TAILS_ZH))
    if draws.random() < 0.25:
        words[1], words[2] = words[2], words[1]
    gap = " " if draws.random() < 0.45 else ""
    return gap.join(word for word in words if word)


def _goods(category: Category, draws: Draws, english: bool) -> str:
    return draws.pick(category.nouns_en if english else category.nouns_zh)


def _infringing(market: Market, operator: Operator, draws: Draws, english: bool) -> _Offer:
    knobs, right = market.knobs, draws.pick(operator.rights)
    evasion, mark = Evasion.IMAGE_ONLY, ""
    if right.spellings:
        spelling = _spelling(right, draws, english)
        if draws.random() >= knobs.evasive:
            evasion, mark = Evasion.EXACT, spelling
        elif not (right.is_pictured and draws.random() < knobs.image_only):
            evasion, mark = spelt(spelling, draws, knobs.compound)
    cue = ""
    if draws.random() < (knobs.cues if evasion is Evasion.EXACT else knobs.cues / 3):
        cue = draws.pick(CUES_EN if english else CUES_ZH)
    share = 0.06 + 0.32 * draws.random() if draws.random() < knobs.low_price else 0.5 + 0.5 * draws.random()
    images = []
    if right.is_pictured and (evasion is Evasion.IMAGE_ONLY or draws.random() < 0.6):
        images.append(market.gallery.fake(right.index, draws.below(FAKE_SHOTS)))
    if draws.random() < 0.2:
        images.append(market.gallery.genuine(right.index, draws.below(GENUINE_SHOTS)))
    images += _photos(market, operator, right.category, draws)
    return _Offer(
        Nature.INFRINGING,
        right.category,
        _title(mark, _goods(right.category, draws, english), draws, english, cue),
        mark if evasion is Evasion.EXACT and draws.random() < 0.4 else None,
        int(right.genuine_minor * share),
        images,
        right,
        evasion,
    )


def _spelling(right: Right, draws: Draws, english: bool) -> str:
    """The writing that fits the title's language, as a rule."""
    spellings = sorted(right.spellings, key=str.isascii, reverse=english)
    return spellings[0] if draws.random() < 0.8 else spellings[-1]


def _genuine(market: Market, right: Right, draws: Draws, english: bool, nature: Nature) -> _Offer:
    mark = _spelling(right, draws, english) if right.spellings else ""
    extra = draws.pick(GENUINE_EN if english else GENUINE_ZH) if nature is Nature.RESALE else ""
    share = 0.45 + 0.4 * draws.random() if nature is Nature.RESALE else 0.85 + 0.25 * draws.random()
    return _Offer(
        nature,
        right.category,
        _title(mark, _goods(right.category, draws, english), draws, english, extra),
        mark or None,
        int(right.genuine_minor * share),
        [market.gallery.genuine(right.index, draws.below(GENUINE_SHOTS))],
    )


def _descriptive(market: Market, draws: Draws, english: bool) -> _Offer:
    right = draws.pick(market.word_rights)
    mark, category = _spelling(right, draws, english), right.category
    goods = draws.pick(category.accessories_en if english else category.accessories_zh)
    fits = draws.pick(_FITS_EN if english else _FITS_ZH).format(mark=mark, goods=goods)
    stock = market.gallery.stock_of(market.category_number[category.code], draws)
    return _Offer(
        Nature.DESCRIPTIVE,
        category,
        _title("", fits, draws, english),
        None,
        1_000 + draws.below(9_000),
        [market.gallery.stock_photo(stock)],
    )


def _plain(
    market: Market,
    operator: Operator,
    draws: Draws,
    english: bool,
    category: Category,
    mark: str,
    nature: Nature,
) -> _Offer:
    price = int(category.low_minor * 0.5 + draws.random() ** 2 * (category.high_minor - category.low_minor))
    brand = mark or None if draws.random() < 0.5 else None
    title = _title(mark, _goods(category, draws, english), draws, english)
    return _Offer(nature, category, title, brand, price, _photos(market, operator, category, draws))


def _photos(market: Market, operator: Operator, category: Category, draws: Draws) -> list[str]:
    """One or two pictures: the operator's own, used again and again, or any stock picture of the category."""
    number = market.category_number[category.code]
    own = operator.photos if draws.random() < market.knobs.own_photos else ()
    return [
        market.gallery.stock_photo(draws.pick(own) if own else market.gallery.stock_of(number, draws))
        for _ in range(1 + (draws.random() < 0.35))
    ]


def _description(market: Market, operator: Operator, account: Account, draws: Draws, english: bool) -> str:
    text = draws.pick(_DESCRIPTIONS_EN if english else _DESCRIPTIONS_ZH)
    if operator.role is not Role.INFRINGER or draws.random() >= market.knobs.obfuscation:
        return text
    contact = (
        obscured_messenger(draws.pick(operator.messengers), draws)
        if draws.random() < 0.6
        else obscured_number(account.own_phone, draws)
    )
    return f"{text}{' ' if english else ''}{draws.pick(_CONTACTS_EN if english else _CONTACTS_ZH).format(contact)}"
