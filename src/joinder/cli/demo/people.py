"""The demo's organisations and members: one of each kind, plainly fictional, with passwords of this node alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from joinder.cli.demo.secrets import write_private
from joinder.office.people.actors import Actor
from joinder.office.people.kinds import Kind, capacities_of
from joinder.office.people.models import Member, Organisation
from joinder.office.people.services import add_member, add_organisation

_REGION = ("样例市", "Sampleton")
# kind → sign-in name, organisation (zh, en), person. Names say that they are samples.
_CAST: dict[Kind, tuple[str, str, str, str]] = {
    Kind.MARKET_REGULATOR: (
        "inspector", "样例市市场监督管理局", "Sampleton Market Regulator", "执法人员甲",
    ),
    Kind.IP_OFFICE: ("ip-office", "样例市知识产权局", "Sampleton IP Office", "审查人员甲"),
    Kind.COPYRIGHT_OFFICE: ("copyright", "样例市版权局", "Sampleton Copyright Office", "版权人员甲"),
    Kind.CULTURE_ENFORCEMENT: (
        "culture", "样例市文化市场综合执法支队", "Sampleton Culture Enforcement", "文化执法人员甲",
    ),
    Kind.POLICE: ("police", "样例市公安局经侦支队", "Sampleton Police", "民警甲"),
    Kind.PROCURATORATE: ("prosecutor", "样例市人民检察院", "Sampleton Procuratorate", "检察官甲"),
    Kind.COURT: ("clerk", "样例市人民法院", "Sampleton Court", "书记员甲"),
    Kind.APPRAISAL: ("appraiser", "样例鉴定中心", "Sample Appraisal Centre", "鉴定人甲"),
    Kind.SCHOLAR: ("scholar", "样例大学知识产权研究中心", "Sample University IP Centre", "学者甲"),
    Kind.AGENT: ("agent", "样例商标代理所", "Sample Trade Mark Agents", "代理人甲"),
    Kind.PAYMENT: ("payments", "样例支付机构", "Sample Payments", "合规专员乙"),
    Kind.LOGISTICS: ("logistics", "样例物流公司", "Sample Logistics", "合规专员丙"),
    Kind.CUSTOMS: ("customs", "样例海关", "Sampleton Customs", "关员甲"),
    Kind.NOTARY: ("notary", "样例公证处", "Sample Notary Office", "公证员甲"),
    Kind.MEDIATION: ("mediator", "样例调解委员会", "Sample Mediation Committee", "调解员甲"),
}  # fmt: skip


@dataclass
class Cast:
    """Who takes part: organisations, an actor for each, and how each signs in."""

    actors: dict[str, Actor] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    sign_ins: list[tuple[str, str, str]] = field(default_factory=list)

    def engage(
        self,
        kind: Kind,
        username: str,
        name: str,
        name_en: str,
        person: str,
        *,
        superior: Organisation | None = None,
    ) -> None:
        """Add an organisation with one member who may act in the kind's first capacity and as administrator."""
        organisation = add_organisation(
            actor=Actor.system(), kind=kind, name=name, name_en=name_en, region=_REGION[0], superior=superior,
            is_demo=True,
        )  # fmt: skip
        own, *_others = capacities_of(kind)
        member = self._member(organisation, username, person, (own, "administrator"))
        self.organisations[username] = organisation
        self.actors[username] = _acting(member, own)

    def second(self, of: str, username: str, person: str) -> None:
        """Add another member to an organisation that is already there (a capture takes two operators)."""
        organisation = self.organisations[of]
        own, *_others = capacities_of(organisation.kind_id)
        member = self._member(organisation, username, person, (own,))
        self.actors[username] = _acting(member, own)

    def _member(
        self, organisation: Organisation, username: str, person: str, capacities: tuple[str, ...]
    ) -> Member:
        password = secrets.token_urlsafe(12)
        member = add_member(
            actor=Actor.system(), organisation=organisation, username=username, name=person, password=password,
            capacities=capacities, is_demo=True,
        )  # fmt: skip
        self.sign_ins.append((username, password, str(organisation)))
        return member

    def write(self, path: Path) -> None:
        """Keep the sign-ins for their owner alone."""
        lines = [f"{name}\t{password}\t{organisation}" for name, password, organisation in self.sign_ins]
        write_private(path, "\n".join(lines) + "\n")


def _acting(member: Member, capacity: str) -> Actor:
    return Actor.acting(member.capacities.select_related("member__organisation").get(capacity=capacity))


def assemble() -> Cast:
    """Every kind of organisation that takes part before the market names the parties of the case."""
    cast = Cast()
    province = add_organisation(
        actor=Actor.system(), kind=Kind.MARKET_REGULATOR, name="样例省市场监督管理局",
        name_en="Sample Province Market Regulator", region="样例省", is_demo=True,
    )  # fmt: skip
    for kind, (username, name, name_en, person) in _CAST.items():
        superior = province if kind is Kind.MARKET_REGULATOR else None
        cast.engage(kind, username, name, name_en, person, superior=superior)
    cast.second("inspector", "inspector-2", "执法人员乙")
    return cast
