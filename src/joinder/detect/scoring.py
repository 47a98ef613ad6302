"""From matches to a score: the sign, then the circumstances, each as an item with its weight.

One listing is scored once per right, on its strongest match. The sum is the log-odds of a suspicion:
base rate + sign + goods + seller + price + words beside the mark. Nothing is multiplied and nothing is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from joinder.detect import texts
from joinder.detect.bundle import Bundle
from joinder.detect.cues import Cue, cues_in, descriptive_cue
from joinder.detect.explain import Item
from joinder.detect.forms import Channel, Form, Script
from joinder.detect.goods import Proximity, goods_named, proximity
from joinder.detect.matches import Match
from joinder.detect.prices import price_ratio
from joinder.detect.rights import Right
from joinder.detect.sellers import Sellers
from joinder.detect.text import ListingText, plain_fold
from joinder.detect.weights import PUBLISHED, Weights, along
from joinder.detect.words import is_known_word
from joinder.vocabulary.money import from_minor

# What may carry a finding that is too little alone; that a shop is not on a list is no support.
_SUPPORT = frozenset(
    {"ratio", "robust-z", "cue", "official", *(s.replace("_", "-") for s in PUBLISHED.signals)}
)
_ALONE_TOO_LITTLE = frozenset({Channel.SOUND, Channel.SHAPE, Channel.WILDCARD, Channel.MASK})


@dataclass(frozen=True)
class Listing:
    """What scoring reads of one listing. price_minor: minor units of currency."""

    ref: str
    platform: str
    account_id: str
    category: str
    price_minor: int | None
    currency: str | None
    has_images: bool


@dataclass(frozen=True)
class Scored:
    """The items of one listing × right, what was not checked, and the group for price comparison (or None)."""

    right: Right
    items: tuple[Item, ...]
    not_checked: tuple[str, ...]
    price_group: str | None

    @property
    def score_milli(self) -> int:
        return sum(i.weight_milli for i in self.items)


def score_listing(
    bundle: Bundle, listing: Listing, text: ListingText, matches: Sequence[Match], sellers: Sellers
) -> list[Scored]:
    """One `Scored` per right that was found in the listing, in the order of the bundle's rights."""
    per_right: dict[int, list[Match]] = {}
    for match in matches:
        per_right.setdefault(bundle.forms[match.form].right, []).append(match)
    if not per_right:
        return []
    cues = cues_in(text.plain.text)
    return [
        _score_one(bundle, bundle.rights[index], listing, text, per_right[index], cues, sellers)
        for index in sorted(per_right)
    ]


def _score_one(
    bundle: Bundle,
    right: Right,
    listing: Listing,
    text: ListingText,
    matches: list[Match],
    cues: list[Cue],
    sellers: Sellers,
) -> Scored:
    weights = bundle.weights
    best = max(matches, key=lambda m: (_sign_weight(m, weights), -m.start))
    form = bundle.forms[best.form]
    missing = ["calibration"] if bundle.shapes_compared else ["calibration", "shape"]
    items = [Item("context", "prior", weights.prior, *texts.PRIOR)]
    items.extend(_sign(best, form, right, text, weights))
    goods, near = _goods(right, listing, text, weights, missing)
    items.extend(goods)
    items.extend(_brand(best, right, text, weights))
    items.extend(_seller(right, listing, sellers, weights, missing))
    price, group = _price(right, listing, near, weights, missing)
    items.extend(price)
    items.extend(_words(best, text, cues, weights))
    supported = any(i.weight_milli > 0 and i.channel in _SUPPORT for i in items)
    if form.script is Script.HAN and form.length <= 2 and best.channel in _ALONE_TOO_LITTLE and not supported:
        items.append(Item("context", "short-mark", weights.short_mark, *texts.SHORT))
    if listing.has_images:
        missing.extend(("image", "ocr"))
    return Scored(right, tuple(items), tuple(texts.not_checked(c) for c in sorted(missing)), group)


def _sign_weight(match: Match, weights: Weights) -> int:
    """The weight of a match: that of its channel, by how like the mark it is beyond one half."""
    alike = max(match.visual, match.aural)
    return round(weights.channels[match.channel.value] * match.strength * max(0.0, 2 * alike - 1))


def _finding(match: Match, observed: str, form: Form) -> tuple[str, str]:
    """The finding in both languages. Zero-width characters are named and not quoted: nobody could see them."""
    template = texts.CHANNEL_TEXTS[match.channel]
    if match.channel is Channel.SPLIT and match.ops and all(op.kind == "invisible" for op in match.ops):
        template, observed = texts.SPLIT_UNSEEN, "".join(c for c in observed if category(c) != "Cf")
    elif (
        match.channel is Channel.EXACT and form.alias
    ):  # what is only recorded beside the mark is not registered
        template = texts.EXACT_ALIAS
    zh, en = template
    return zh.format(observed=observed, mark=form.text), en.format(observed=observed, mark=form.text)


def _sign(match: Match, form: Form, right: Right, text: ListingText, weights: Weights) -> Iterator[Item]:
    whole = _sign_weight(match, weights)
    field, start, end = text.locate(match.start, match.end)
    observed = text.raw[match.start : match.end]
    share = weights.aspects[match.channel.value]
    parts = dict(zip(("visual", "aural", "conceptual"), (whole * s // 100 for s in share), strict=True))
    strongest = max(parts, key=lambda a: share[("visual", "aural", "conceptual").index(a)])
    parts[strongest] += whole - sum(parts.values())
    zh, en = _finding(match, observed, form)
    if form.alias:
        zh, en = (a + b.format(mark=form.text) for a, b in zip((zh, en), texts.ALIAS, strict=True))
    for aspect, weight in parts.items():
        if weight:
            alike = match.visual if aspect == "visual" else match.aural
            end_zh, end_en = (t.format(likeness=alike) for t in texts.ASPECT_TEXTS[aspect])
            yield Item(
                aspect, match.channel.value, weight, zh + end_zh, en + end_en,
                field, (start, end), observed, form.text, match.ops,
            )  # fmt: skip
    if field == "description":
        yield Item("context", "field", weights.in_description, *texts.DESCRIPTION_ONLY)
    if is_known_word(form.folded):
        yield Item("conceptual", "dictionary", weights.dictionary_word, *texts.DICTIONARY, mark=form.text)


def _goods(
    right: Right, listing: Listing, text: ListingText, weights: Weights, missing: list[str]
) -> tuple[list[Item], Proximity]:
    near = proximity(right.classes, right.goods, listing.category)
    if near is not Proximity.SAME and (named := goods_named(right.goods, text.raw[: text.starts[1]])):
        zh, en = (t.format(goods=named) for t in texts.GOODS_NAMED)
        return [Item("context", "goods", weights.class_match, zh, en)], Proximity.SAME
    if near is Proximity.UNKNOWN:
        missing.append("goods")
        return [], near
    same = near is Proximity.SAME
    template = texts.CLASS_SAME if same else texts.CLASS_OTHER
    zh, en = (t.format(category=listing.category) for t in template)
    weight = weights.class_match if same else weights.class_other
    span = (0, len(listing.category))
    return [Item("context", "goods", weight, zh, en, "category", span, listing.category)], near


def _brand(match: Match, right: Right, text: ListingText, weights: Weights) -> Iterator[Item]:
    """A brand of the seller's own that is longer than the finding: 皓弘 in the brand field, 碧弘 the mark."""
    low = text.starts[1]
    brand = text.raw[low : text.starts[2] - 1]
    folded = brand.strip().translate(plain_fold())
    if not folded or match.channel is Channel.EXACT:
        return
    if any(folded == word.translate(plain_fold()) for word in right.words):
        return
    # The seller who fills in a coined look-alike as his brand stands by it as a name of his own.
    zh, en = (t.format(brand=brand.strip()) for t in texts.OWN_BRAND)
    yield Item("context", "own-brand", weights.own_brand, zh, en, "brand", (0, len(brand)), brand)


def _seller(
    right: Right, listing: Listing, sellers: Sellers, weights: Weights, missing: list[str]
) -> Iterator[Item]:
    key = (listing.platform, listing.account_id)
    qualified = f"{listing.platform}/{listing.account_id}"
    if listing.account_id and (listing.account_id in right.authorised or qualified in right.authorised):
        yield Item("seller", "authorised", weights.authorised, *texts.AUTHORISED)
    elif right.authorised:
        yield Item("seller", "unlisted", weights.unlisted, *texts.UNLISTED)
        if name := sellers.official.get(key):
            zh, en = (t.format(name=name) for t in texts.OFFICIAL)
            yield Item("seller", "official", weights.claims_official, zh, en)
    if not sellers.accounts_given:
        missing.append("seller")
    if not sellers.signals_given:
        missing.append("signals")
    for signal in dict.fromkeys((*sellers.signals.get(key, ()), *sellers.signals.get(("", key[1]), ()))):
        yield Item("seller", signal.replace("_", "-"), weights.signals[signal], *texts.SIGNALS[signal])


def _price(
    right: Right, listing: Listing, near: Proximity, weights: Weights, missing: list[str]
) -> tuple[list[Item], str | None]:
    if not listing.price_minor or listing.price_minor <= 0:
        missing.append("price-absent")
        return [], None
    if near is Proximity.OTHER:
        missing.append("price-goods")
        return [], None
    ratio = price_ratio(listing.price_minor, listing.currency, right.genuine_price_minor, right.currency)
    if ratio is None:
        # Compared with other listings at the end, when all prices are known.
        return [], f"{right.ref}|{listing.category}|{listing.currency}"
    weight = along(weights.price_ratio, ratio)
    if near is Proximity.UNKNOWN:
        weight = weight * weights.unsure_goods_percent // 100
    if weight == 0:
        return [], None
    told = {
        "price": _money(listing.price_minor, listing.currency),
        "genuine": _money(right.genuine_price_minor, right.currency),
        "percent": round(100 * ratio),
    }
    zh, en = (t.format(**told) for t in (texts.PRICE_LOW if weight > 0 else texts.PRICE_USUAL))
    if right.currency != listing.currency:
        zh, en = zh + texts.PRICE_RATE[0], en + texts.PRICE_RATE[1]
    return [Item("price", "ratio", weight, zh, en, "price")], None


def _money(minor: int | None, currency: str | None) -> str:
    return f"{from_minor(minor or 0, str(currency))} {currency}"


def _words(match: Match, text: ListingText, cues: list[Cue], weights: Weights) -> Iterator[Item]:
    plain = text.plain
    low, high = _plain_span(text, match)
    if described := descriptive_cue(plain.text, low, high):
        yield _quoted("descriptive", weights.descriptive, texts.DESCRIPTIVE, text, *described)
    left = weights.cue_limit
    for cue in cues:
        start, end = plain.span(cue.start, cue.end)
        if start < match.end and match.start < end:
            continue
        if cue.kind == "bought":
            yield _quoted("bought", weights.bought, texts.BOUGHT, text, cue.start, cue.end)
            continue
        if cue.kind == "second_hand":
            yield _quoted("second-hand", weights.second_hand, texts.SECOND_HAND, text, cue.start, cue.end)
            continue
        weight = min(left, weights.cue if cue.kind == "strong" else weights.weak_cue)
        if weight > 0:
            left -= weight
            template = texts.STRONG_CUE if cue.kind == "strong" else texts.WEAK_CUE
            yield _quoted("cue", weight, template, text, cue.start, cue.end)


def _plain_span(text: ListingText, match: Match) -> tuple[int, int]:
    offsets = text.plain.offsets
    low = next((i for i, o in enumerate(offsets) if o >= match.start), len(offsets))
    high = next((i for i, o in enumerate(offsets) if o >= match.end), len(offsets))
    return low, high


def _quoted(
    channel: str, weight: int, template: tuple[str, str], text: ListingText, low: int, high: int
) -> Item:
    start, end = text.plain.span(low, high)
    observed = text.raw[start:end]
    field, at, to = text.locate(start, end)
    zh, en = (t.format(observed=observed.strip()) for t in template)
    return Item("context", channel, weight, zh, en, field, (at, to), observed)
