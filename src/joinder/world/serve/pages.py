"""The pages of the sample market as HTML. Every value from the world is escaped: sellers write hostile titles too."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from joinder.world.draws import Draws
from joinder.world.serve.catalogue import Item, Shop
from joinder.world.serve.wording import BUYERS, COMMENTS, LABELS, PARTY_KINDS, PLATFORM_NAMES

COMMENT_PAGES = 5
_COMMENTS_A_PAGE = 20
_CURRENCY_SIGNS = {"CNY": "¥", "USD": "US$"}


def language(platform: str) -> str:
    """The language a platform speaks: shopora sells abroad."""
    return "en" if platform == "shopora" else "zh-CN"


def item_page(item: Item, shop: Shop | None, others: list[Item]) -> str:
    """A listing: the price comes by script, detail pictures when scrolled to, comments page by page."""
    say = LABELS[language(item.platform)]
    pictures = [_source(path) for path in item.images]
    # Detail pictures lie below the fold. As on real pages, one has moved and one is gone.
    details = [
        *("/old" + source for source in pictures[:1]),
        *pictures[1:],
        *(_source(path) for other in others[:8] for path in other.images),
    ]
    details.append("/images/gone/0000000000.png")
    facts = [
        (say["number"], escape(item.listing_id)),
        (say["brand"], escape(item.brand or "—")),
        (say["category"], escape(item.category)),
        (say["ships"], escape(item.ships_from)),
        (say["since"], escape(item.first_seen)),
        (
            say["seller"],
            f'<a href="/{_part(item.platform)}/shop/{_part(item.account_id)}">{escape(shop.name if shop else "—")}</a>',
        ),
    ]
    body = f"""
<section class="panel item" data-item="{escape(item.listing_id)}">
<div><img class="hero" src="{pictures[0] if pictures else ""}" alt="" width="400" height="400">
<div class="thumbs">{"".join(f'<img src="{source}" alt="" width="72" height="72">' for source in pictures)}</div></div>
<div><h1>{escape(item.title)}</h1>
<div class="price"><span>···</span><small></small><noscript>{say["noscript"]}</noscript></div>
{_facts(facts)}
<p>{escape(item.description)}</p>
<button class="buy" type="button">{say["buy"]}</button></div>
</section>
<section class="panel"><h2>{say["licence"]}</h2>
<iframe src="/licence/{_part(item.account_id)}" title="{say["licence"]}"></iframe></section>
<section class="panel details"><h2>{say["details"]}</h2>
{"".join(f'<img loading="lazy" src="{source}" alt="" width="300" height="300">' for source in details)}</section>
<section class="panel"><h2>{say["comments"]}</h2>
<div class="comments"></div><div class="end">{say["loading"]}</div></section>"""
    return _page(item.platform, item.title, body)


def shop_page(shop: Shop, items: list[Item]) -> str:
    """A shop: what it says of itself, its licence, and its offers."""
    say = LABELS[language(shop.platform)]
    facts = [
        (say["region"], escape(shop.region)),
        (say["opened"], escape(shop.opened_on)),
        (say["contact"], escape(shop.contact_name)),
        (say["phone"], escape(shop.phone)),
        (say["messenger"], escape(shop.messenger)),
        (say["returns"], escape(shop.return_address)),
        (say["icp"], escape(shop.icp)),
        (say["licence"], f'<a href="/licence/{_part(shop.account_id)}">{say["licence_title"]}</a>'),
    ]
    closed = (
        f"<p><strong>{escape(say['closed'].format(shop.closed_on))}</strong></p>" if shop.closed_on else ""
    )
    body = f"""
<section class="panel"><h1>{escape(shop.name)}</h1>{closed}{_facts([fact for fact in facts if fact[1]])}</section>
<section class="panel"><h2>{say["offers"]}</h2>{_grid(items, say)}</section>"""
    return _page(shop.platform, shop.name, body)


def licence_page(shop: Shop) -> str:
    """The licence that a shop publishes, as the platform shows it; also stands in a frame of the listing."""
    say = LABELS[language(shop.platform)]
    if not shop.licence_no:
        inner = f'<p class="none">{say["no_licence"]}</p>'
    else:
        inner = _facts(
            [
                (say["uscc"], escape(shop.licence_no)),
                (say["party"], escape(shop.party_name)),
                (say["party_kind"], PARTY_KINDS.get(shop.party_kind, "")),
                (say["representative"], escape(shop.representative)),
                (say["address"], escape(shop.party_address)),
                (say["registered"], escape(shop.registered_on)),
            ]
        )
    body = f'<div class="licence"><h1>{say["licence_title"]}</h1>{inner}</div>'
    return _document(shop.platform, say["licence"], body)


def search_page(words: str, items: list[Item]) -> str:
    """What a plain search finds on all platforms."""
    say = LABELS["zh-CN"]
    body = (
        f'<section class="panel"><h2>{escape(say["results"].format(words))}</h2>{_grid(items, say)}</section>'
    )
    return _page("", say["search"], body, words)


def front_page(items: list[Item]) -> str:
    """The front page of all platforms."""
    say = LABELS["zh-CN"]
    return _page(
        "", "样例市场", f'<section class="panel"><h2>{say["front"]}</h2>{_grid(items, say)}</section>'
    )


def missing_page() -> str:
    """The page for what is not there."""
    say = LABELS["zh-CN"]
    other = LABELS["en"]
    body = (
        f'<section class="panel"><h1>{say["missing"]} · {other["missing"]}</h1>'
        f"<p>{say['missing_text']}</p><p>{other['missing_text']}</p></section>"
    )
    return _page("", say["missing"], body)


def price(item: Item) -> dict[str, str]:
    """What the price script asks for."""
    say = LABELS[language(item.platform)]
    sign = _CURRENCY_SIGNS.get(item.currency, item.currency + " ")
    return {"text": f"{sign}{item.price}", "sold": say["sold"].format(item.units_sold)}


def comments(item: Item, page: int) -> dict[str, object]:
    """One page of comments; the same listing always has the same ones."""
    tongue = language(item.platform)
    draws = Draws(page, "comments", item.listing_id)
    made = [
        {
            "who": f"{BUYERS[tongue]} {draws.pick('abcdefghjkmnpqrstuvwxyz')}***{draws.below(10)}",
            "stars": "★" * (5 - min(3, int(draws.random() ** 3 * 5))),
            "day": f"2026-{1 + draws.below(6):02d}-{1 + draws.below(28):02d}",
            "text": draws.pick(COMMENTS[tongue]),
        }
        for _ in range(_COMMENTS_A_PAGE)
    ]
    return {"page": page, "comments": made, "more": page < COMMENT_PAGES, "end": LABELS[tongue]["end"]}


def _grid(items: list[Item], say: dict[str, str]) -> str:
    if not items:
        return f"<p>{say['none']}</p>"
    cells = []
    for item in items:
        source = _source(item.images[0]) if item.images else ""
        sign = _CURRENCY_SIGNS.get(item.currency, item.currency + " ")
        cells.append(
            f'<li><a href="/go/{_part(item.listing_id)}"><img loading="lazy" src="{source}" alt="" width="200" '
            f'height="200"><p>{escape(item.title)}</p><b>{escape(sign)}{escape(item.price)}</b></a></li>'
        )
    return f'<ul class="grid">{"".join(cells)}</ul>'


def _facts(facts: list[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts) + "</dl>"


def _page(platform: str, title: str, body: str, words: str = "") -> str:
    say = LABELS[language(platform)]
    return _document(
        platform,
        title,
        f"""<div class="bar"><div><a href="/"><strong>{escape(PLATFORM_NAMES.get(platform, "样例市场"))}</strong></a>
<form class="search" action="/search"><input name="q" value="{escape(words)}" aria-label="{say["search"]}">
<button>{say["search"]}</button></form><small>SAMPLE · 样例</small></div></div>
<main>{body}</main><footer>{say["fiction"]}</footer>
<script src="/assets/market.js" defer></script>""",
    )


def _document(platform: str, title: str, body: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="{language(platform)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{escape(title)}</title><link rel="stylesheet" href="/assets/market.css"></head>
<body class="{escape(platform)}">{body}</body></html>
"""


def _source(path: str) -> str:
    return "/" + quote(path)


def _part(text: str) -> str:
    return quote(text, safe="")
