"""Taking the market's tables in as the separate pools of their owners."""

from __future__ import annotations

from dataclasses import dataclass

from joinder.cli.demo.people import Cast
from joinder.cli.progress import TerminalProgress
from joinder.office.catalogue import services as catalogue
from joinder.office.people.actors import Actor
from joinder.pools import IntakeReport, intake
from joinder.vocabulary.node import NodeHome
from joinder.world import World

_PURPOSES = ["case", "screening", "protection", "border", "referral"]


@dataclass(frozen=True)
class Source:
    """One table of the market, the pool it becomes, and the member organisation that owns it."""

    table: str
    pool: str
    kind: str
    owner: str
    title_zh: str
    title_en: str
    granularity: str = "count"


SOURCES = (
    Source("rights", "rights", "right", "ip-office", "知识产权登记", "Register of rights"),
    Source("listings", "market", "listing", "inspector", "平台商品链接", "Marketplace listings"),
    Source("accounts", "market", "account", "inspector", "平台账号", "Marketplace accounts"),
    Source("parties", "register", "party", "inspector", "市场主体登记", "Business register"),
    Source("shipments", "logistics", "shipment", "logistics", "物流寄件", "Shipments"),
    Source("payments", "payments", "payment", "payments", "支付流水", "Payments"),
    Source("complaints", "complaints", "complaint", "inspector", "投诉举报", "Complaints"),
    Source("detentions", "customs", "detention", "customs", "海关扣留", "Customs detentions"),
)


def ingest(world: World, home: NodeHome, cast: Cast) -> dict[str, IntakeReport]:
    """Take every table in; each pool gets its owner, legal basis, purposes and how finely it answers."""
    reports = {}
    for source in SOURCES:
        report = intake(
            home, source.pool, source.kind, [world.table(source.table)], progress=TerminalProgress()
        )
        catalogue.note_intake(
            actor=Actor.system(),
            owner=cast.organisations[source.owner],
            report=report,
            title_zh=source.title_zh,
            title_en=source.title_en,
            legal_basis="《电子商务法》第二十五条",
            purposes=_PURPOSES,
            sensitivity="personal",
            granularity=source.granularity,
            audience="authorities",
        )
        reports[f"{source.pool}/{source.kind}"] = report
    return reports
