"""Descriptors and a handler for the tests, all invented."""

from __future__ import annotations

from typing import Any

from joinder.office.jobs import registry


def descriptor(**changes: Any) -> dict[str, Any]:
    """A pool that counts, in order; ``changes`` replace parts."""
    return {
        "id": "sample.count",
        "kind": "pool",
        "version": "1.0.0",
        "title": {"zh": "样例池查询", "en": "Sample pool"},
        "transport": "local",
        "handler": "test.count",
        "parameters": {"pool": "sample"},
        "input": {
            "type": "object",
            "properties": {
                "phone": {"type": "string", "minLength": 3, "x-title-zh": "电话", "title": "Phone"}
            },
            "required": ["phone"],
            "additionalProperties": False,
        },
        "output": {"type": "object", "properties": {"exists": {"type": "boolean"}}, "required": ["exists"]},
        "effects": "none",
        "granularity": "count",
        "policy": {"rules": [{"effect": "permit", "organisation_kinds": ["market_regulator"]}]},
        "examples": [{"input": {"phone": "000-0000"}}],
        **changes,
    }


PEOPLE = {
    "id": "sample.appraise",
    "kind": "service",
    "version": "1.0.0",
    "title": {"zh": "样例鉴定", "en": "Sample appraisal"},
    "transport": "people",
    "handler": "",
    "granularity": "record",
    "examples": [],
    "input": {
        "type": "object",
        "properties": {"question": {"type": "string", "maxLength": 500}},
        "required": ["question"],
    },
    "output": {
        "type": "object",
        "properties": {"genuine": {"enum": ["yes", "no", "cannot_tell"]}, "opinion": {"type": "string"}},
        "required": ["genuine"],
    },
    "policy": {
        "rules": [
            {"effect": "permit", "organisation_kinds": ["market_regulator"]},
            {"effect": "ask", "organisation_kinds": ["right_holder"]},
        ]
    },
}


@registry.handler("test.count")
def count(payload: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers more finely than it may: the office must lower it."""
    return {"count": 3, "records": [{"phone": payload["input"]["phone"]}]}
