"""permit, deny or ask: the table of decisions."""

from __future__ import annotations

import pytest

from joinder.office.capabilities.policy import Question, decide, granularity_allowed, lower

RULES = {
    "rules": [
        {"effect": "deny", "purposes": ["research"]},
        {"effect": "permit", "organisation_kinds": ["market_regulator"], "capacities": ["inspector"]},
        {
            "effect": "ask",
            "organisation_kinds": ["right_holder"],
            "obligations": [{"type": "granularity", "value": "boolean"}],
        },
    ]
}
TABLE = [
    ("market_regulator", "inspector", "case", "permit", 2),
    ("market_regulator", "auditor", "case", "deny", None),
    ("market_regulator", "inspector", "research", "deny", 1),
    ("right_holder", "counsel", "protection", "ask", 3),
    ("platform", "compliance", "case", "deny", None),
    ("", "", "case", "deny", None),
]


@pytest.mark.parametrize(("kind", "capacity", "purpose", "effect", "rule"), TABLE)
def test_decision(kind: str, capacity: str, purpose: str, effect: str, rule: int | None) -> None:
    decision = decide(RULES, Question(kind, capacity, purpose, ""))
    assert (decision.effect, decision.rule) == (effect, rule)
    assert decision.reason_zh
    assert decision.reason_en
    assert decision.policy_digest.startswith("sha256:")


def test_no_rules_deny() -> None:
    assert decide({"rules": []}, Question("market_regulator", "inspector", "case", "")).effect == "deny"


def test_a_legal_basis_that_is_not_accepted_denies() -> None:
    question = Question("market_regulator", "inspector", "case", "样例法第1条")
    assert decide(RULES, question, legal_bases=["样例法第2条"]).effect == "deny"
    assert decide(RULES, question, legal_bases=["样例法第1条"]).effect == "permit"


@pytest.mark.parametrize(
    ("offered", "obliged", "allowed"),
    [
        ("record", [], "record"),
        ("count", ["boolean"], "boolean"),
        ("boolean", ["record"], "boolean"),
        ("record", ["count", "boolean"], "boolean"),
    ],
)
def test_obligations_only_lower(offered: str, obliged: list[str], allowed: str) -> None:
    assert granularity_allowed(offered, [{"type": "granularity", "value": v} for v in obliged]) == allowed


def test_lowering_drops_what_may_not_be_told() -> None:
    answer = {"count": 2, "records": [{"name": "某某"}, {"name": "某某二"}]}
    assert lower(answer, "boolean") == {"granularity": "boolean", "exists": True}
    assert lower(answer, "count") == {"granularity": "count", "exists": True, "count": 2}
    assert lower(answer, "record")["records"] == answer["records"]
    assert lower({"count": 0}, "boolean")["exists"] is False
