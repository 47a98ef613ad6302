"""Whether an actor may ask a capability: a pure function of the rules and the question.

The first rule that matches decides; where none does the answer is deny. A rule matches if each of its lists is absent
or holds the question's value. Example: the rule ``{"effect": "ask", "organisation_kinds": ["market_regulator"],
"purposes": ["case"]}`` lets a regulator propose a job for a case, which a member of the provider then decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import get_language

from joinder.vocabulary.digests import canonical_json, digest_bytes


@dataclass(frozen=True)
class Question:
    """All a decision depends on."""

    organisation_kind: str
    capacity: str
    purpose: str
    legal_basis: str
    is_provider: bool = False


@dataclass(frozen=True)
class Decision:
    """permit, deny or ask, with the rule that said so (None: no rule matched) and what it obliges to."""

    effect: str
    rule: int | None
    reason_zh: str
    reason_en: str
    obligations: list[dict[str, Any]] = field(default_factory=list)
    policy_digest: str = ""

    @property
    def reason(self) -> str:
        """The reason in the reader's language."""
        return self.reason_zh if (get_language() or "").startswith("zh") else self.reason_en

    def to_json(self) -> dict[str, Any]:
        """As stored with the job."""
        return asdict(self)


_FIELDS = {
    "organisation_kinds": "organisation_kind",
    "capacities": "capacity",
    "purposes": "purpose",
    "legal_bases": "legal_basis",
}
_SAID = {
    "permit": ("规则{n}准许此请求。", "Rule {n} permits this."),
    "ask": ("规则{n}：须经提供方批准。", "Rule {n}: the provider must approve."),
    "deny": ("规则{n}不准许此请求。", "Rule {n} does not permit this."),
}


def decide(
    policy: Mapping[str, Any], question: Question, *, legal_bases: list[str] | None = None
) -> Decision:
    """The decision on a question. ``legal_bases``: those the capability accepts at all, any if empty."""
    digest = digest_bytes(canonical_json(dict(policy)))
    if legal_bases and question.legal_basis not in legal_bases:
        return Decision(
            "deny",
            None,
            f"须以下列依据之一提出：{'；'.join(legal_bases)}。",
            f"It must be asked on one of these legal bases: {'; '.join(legal_bases)}.",
            policy_digest=digest,
        )
    for number, rule in enumerate(policy.get("rules", []), start=1):
        if not _matches(rule, question):
            continue
        zh, en = (text.format(n=number) for text in _SAID[rule["effect"]])
        said = rule.get("reason", {})
        return Decision(
            rule["effect"],
            number,
            said.get("zh", zh),
            said.get("en", en),
            list(rule.get("obligations", [])),
            digest,
        )
    return Decision(
        "deny",
        None,
        "没有规则准许您的单位以此身份、为此目的提出。",
        "No rule lets your organisation ask this in this capacity for this purpose.",
        policy_digest=digest,
    )


def _matches(rule: Mapping[str, Any], question: Question) -> bool:
    return all(
        name not in rule or getattr(question, attribute) in rule[name] for name, attribute in _FIELDS.items()
    )


def granularity_allowed(offered: str, obligations: list[dict[str, Any]]) -> str:
    """The coarsest of what the pool offers and what obligations lower it to."""
    order = ("boolean", "count", "record")
    wanted = [o["value"] for o in obligations if o.get("type") == "granularity" and o.get("value") in order]
    return min([offered, *wanted], key=order.index)


def lower(result: Mapping[str, Any], granularity: str) -> dict[str, Any]:
    """A pool's answer made as coarse as allowed: records are dropped, a count becomes yes or no."""
    count = int(result.get("count", len(result.get("records", []))))
    if granularity == "boolean":
        return {"granularity": "boolean", "exists": count > 0}
    if granularity == "count":
        return {"granularity": "count", "exists": count > 0, "count": count}
    return {"granularity": "record", "exists": count > 0, "count": count, **dict(result)}
