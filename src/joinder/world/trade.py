"""What follows from listings: orders paid and shipped, complaints, and parcels that customs detained.

Parcels and payments show more of the operator than its shops do: the phone behind the hub, the payee behind the
missing field. That is why they are worth asking for.
"""

from __future__ import annotations

from collections.abc import Iterator

from joinder.world.draws import Draws
from joinder.world.entities import Account, Operator
from joinder.world.listings import Listing, Nature
from joinder.world.market import CARRIERS, DAY_S, SECOND_US, Market
from joinder.world.tables.places import RECEIVERS

Row = tuple[object, ...]

_OUTCOMES = ("立案", "下架", "证据不足", "转交平台", "处理中", None)
_COMPLAINTS = (
    "疑似假冒，与专柜商品做工不同",
    "收到的商品没有防伪标识",
    "图片盗用品牌方照片",
    "商标拼写可疑，怀疑是仿品",
)
_UNFOUNDED = ("发货太慢，怀疑不是正品", "颜色与图片有差异", "客服态度差")
_CUSTOMS = ("样例海关", "测试关区", "示范口岸海关")


def trade(
    market: Market, operator: Operator, account: Account, listing: Listing
) -> Iterator[tuple[str, Row]]:
    """The records that hang on one listing, each with the name of its file."""
    draws, knobs = operator.draws, market.knobs
    infringing = listing.nature is Nature.INFRINGING
    orders = int(knobs.orders) + (draws.random() < knobs.orders % 1)
    for _ in range(orders):
        yield from _order(market, operator, account, listing, draws)
    if draws.random() < (knobs.complaints if infringing else knobs.unfounded):
        yield "complaints", _complaint(account, listing, draws)


def _order(
    market: Market, operator: Operator, account: Account, listing: Listing, draws: Draws
) -> Iterator[tuple[str, Row]]:
    order = f"D{draws.digits(14)}"
    quantity = 1 if draws.random() < 0.8 else 2 + draws.below(30)
    shown_s = max(1, (listing.last_seen - listing.first_seen) // SECOND_US)
    paid_at = listing.first_seen + draws.below(shown_s) * SECOND_US
    place = draws.random()
    status = "paid" if place < 0.9 else "refunded" if place < 0.96 else "cancelled"
    unit, total = listing.price_minor, listing.price_minor * quantity
    yield (
        "payments",
        (
            account.platform, order, listing.listing_id, account.account_id, account.own_payee,
            f"{draws.getrandbits(64):016x}", quantity, _major(unit), _major(total), listing.currency, paid_at, status,
        ),
    )  # fmt: skip
    if status == "cancelled":
        return
    hub, receiver = account.hub, draws.pick(RECEIVERS)
    sent_at = paid_at + draws.below(3 * DAY_S) * SECOND_US
    through_hub = hub is not None and draws.random() < 0.8
    sender = operator.person if draws.random() < 0.4 else draws.pick(("发货部", "仓库", account.row[3]))
    yield (
        "shipments",
        (
            draws.pick(CARRIERS), f"SF{draws.digits(13)}", order,
            hub.name if hub and through_hub else sender,
            hub.phone if hub and through_hub else account.own_phone,
            hub.address if hub and through_hub else operator.warehouse,
            hub.sender_account if hub and through_hub else operator.sender_account,
            receiver, listing.category.hs, listing.category.nouns_zh[0], quantity, sent_at,
        ),
    )  # fmt: skip
    if listing.right and len(receiver) == 2 and draws.random() < market.knobs.detained:
        yield (
            "detentions",
            _detention(
                account, listing, quantity, sent_at + (DAY_S + draws.below(5 * DAY_S)) * SECOND_US, draws
            ),
        )


def _complaint(account: Account, listing: Listing, draws: Draws) -> Row:
    right = listing.right
    return (
        f"T{draws.digits(12)}", "消费者" if draws.random() < 0.6 else "权利人代理", listing.url, listing.listing_id,
        account.account_id, right.right_id if right and draws.random() < 0.5 else None,
        draws.pick(_COMPLAINTS if right else _UNFOUNDED), listing.category.nouns_zh[0], 1, _major(listing.price_minor),
        listing.currency, listing.last_seen, draws.pick(_OUTCOMES),
    )  # fmt: skip


def _detention(account: Account, listing: Listing, quantity: int, at: int, draws: Draws) -> Row:
    right = listing.right
    return (
        f"HG{draws.digits(10)}", draws.pick(_CUSTOMS), listing.url, listing.listing_id, account.account_id,
        right.right_id if right else None, "出口申报货物涉嫌侵犯已备案知识产权，予以扣留", listing.category.nouns_zh[0],
        quantity, _major(listing.price_minor * quantity), listing.currency, at,
        draws.pick(("扣留", "认定侵权", "放行", None)),
    )  # fmt: skip


def _major(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
