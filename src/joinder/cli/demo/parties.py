"""The parties act, each as its own member: notice, removal, counter-notice, running clock; and one question asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from joinder.cli.demo.people import Cast
from joinder.office.capabilities import services as capabilities
from joinder.office.capabilities.descriptor import Descriptor
from joinder.office.exhibits import services as exhibits
from joinder.office.exhibits.models import Exhibit
from joinder.office.jobs import worker
from joinder.office.matters.models import Clock, Matter, Notice
from joinder.office.matters.notices import services as notices
from joinder.office.people.actors import Actor

HOLDER, PLATFORM, SELLER, INSPECTOR, PAYMENTS = "holder", "platform", "seller", "inspector", "payments"
LEGAL_BASIS = "《电子商务法》第二十五条"


@dataclass(frozen=True)
class Case:
    """What the notice is about: values of the lead's listing, right and account as the pools hold them."""

    listing: dict[str, Any]
    right: dict[str, Any]
    account: dict[str, Any]
    exhibit_reference: str


def notify(cast: Cast, case: Case, matter: Matter) -> tuple[Notice, Clock]:
    """From the take-down notice to the running clock. Returns the notice as it ends and its waiting period."""
    holder, platform, seller = (cast.actors[name] for name in (HOLDER, PLATFORM, SELLER))
    notice = notices.draft_notice(
        actor=cast.actors[INSPECTOR],
        sender=cast.organisations[HOLDER],
        platform=cast.organisations[PLATFORM],
        content={"objects": [_object(case)], "evidence": [_exhibit(case)]},
        matter=matter,
        shop_name=case.account["name"],
    )
    _show_exhibit(cast, case)
    notice = notices.submit_notice(actor=holder, notice=notice, content=complete_notice(case))
    notice = notices.accept_notice(actor=platform, notice=notice)
    notice = notices.take_measures(actor=platform, notice=notice)
    notice = notices.forward_to_seller(actor=platform, notice=notice, respondent=cast.organisations[SELLER])
    notice = notices.file_declaration(actor=seller, notice=notice, content=declaration(case))
    notice = notices.forward_declaration(actor=platform, notice=notice)
    notice = notices.receive_declaration(actor=holder, notice=notice)
    return notice, notices.waiting_clock(notice)


def _show_exhibit(cast: Cast, case: Case) -> None:
    """The sides see the sealed page that the notice rests on, and so can check it themselves."""
    exhibit = Exhibit.objects.get(reference=case.exhibit_reference)
    for side in (HOLDER, PLATFORM, SELLER):
        exhibits.show_to(
            actor=cast.actors[INSPECTOR], exhibit=exhibit, organisation=cast.organisations[side],
            purpose="通知所附初步证据",
        )  # fmt: skip


def _object(case: Case) -> dict[str, Any]:
    listing = case.listing
    return {
        "url": listing["url"],
        "item_id": listing["listing_id"],
        "title": listing["title"],
        "ground": "同种商品上使用与注册商标近似的标识",
    }


def _exhibit(case: Case) -> dict[str, Any]:
    return {"title": "商品页面固证包", "ref": case.exhibit_reference}


def complete_notice(case: Case) -> dict[str, Any]:
    """What the right holder adds to the draft: the right, its own identity, its guarantee."""
    holder = case.right["holder"]
    return {
        "right": {
            "kind": "trademark",
            "registration_no": case.right["registration_no"],
            "holder": holder,
            "title": case.right["mark"],
            "proof": ["商标注册证.pdf"],
            "expires_on": str(case.right["expires_on"] or ""),
        },
        "claimant": {
            "name": holder,
            "identity_no": "91440300MA5TE5T07D",
            "email": "ip@holder.example",
            "capacity": "holder",
        },
        "objects": [_object(case)],
        "evidence": [_exhibit(case)],
        "guarantee": {"accepted": True, "signed_by": holder},
    }


def declaration(case: Case) -> dict[str, Any]:
    """The seller's declaration that it does not infringe."""
    return {
        "declarant": {
            "name": case.account["name"],
            "identity_no": case.account["licence_no"] or "91440300MA5TE5T07D",
            "phone": "13800000000",
        },
        "objects": [{"url": case.listing["url"]}],
        "statement": "本店所售商品从合法渠道购进，未使用他人注册商标，声明不存在侵权行为。",
        "evidence": [{"title": "盖有供货单位印章的供货清单", "ref": "附件1"}],
        "guarantee": {"accepted": True, "signed_by": case.account["name"]},
    }


def publish_question(cast: Cast) -> None:
    """The payment firm offers to count its records, to authorities, for a case, on a legal basis."""
    capabilities.publish(
        actor=Actor.system(),
        provider=cast.organisations[PAYMENTS],
        descriptor=Descriptor(
            {
                "id": "payments.count",
                "kind": "pool",
                "version": "1.0.0",
                "title": {"zh": "支付流水笔数查询", "en": "How many payments fit"},
                "description": {
                    "zh": "只回答符合条件的笔数，不提供流水。",
                    "en": "Answers with a count only; the records stay.",
                },
                "transport": "local",
                "handler": "catalogue.count",
                "parameters": {"pool": "payments", "kind": "payment"},
                "input": {
                    "type": "object",
                    "properties": {
                        "payee": {"type": "string", "title": "收款账户 / payee", "minLength": 1},
                        "account_id": {"type": "string", "title": "账号 / account", "minLength": 1},
                    },
                    "minProperties": 1,
                    "additionalProperties": False,
                },
                "output": {"type": "object"},
                "effects": "none",
                "deterministic": True,
                "granularity": "count",
                "legal_bases": [LEGAL_BASIS],
                "quota": {"per_day": 100},
                "policy": {
                    "rules": [
                        {
                            "effect": "permit",
                            "organisation_kinds": ["market_regulator", "police", "procuratorate", "customs"],
                            "purposes": ["case", "referral"],
                            "reason": {
                                "zh": "执法机关为办理案件查询。",
                                "en": "An authority asks for a case.",
                            },
                            "obligations": [{"type": "granularity", "value": "count"}],
                        }
                    ]
                },
                "examples": [{"input": {"account_id": "A1"}}],
            }
        ),
    )


def ask(cast: Cast, case: Case, matter: Matter) -> dict[str, Any]:
    """The inspector asks how many payments the account received. The question travels, the data stays."""
    from joinder.office.capabilities.models import Capability

    job = capabilities.call(
        actor=cast.actors[INSPECTOR],
        capability=Capability.objects.current().get(key="payments.count"),
        inputs={"account_id": case.account["account_id"]},
        purpose="case",
        legal_basis=LEGAL_BASIS,
        matter=matter.number,
        idempotency_key=f"demo-{matter.number}",
    )
    worker.run_until_idle()
    job.refresh_from_db()
    return {"job": job.reference, "state": job.state, "answer": job.result}
