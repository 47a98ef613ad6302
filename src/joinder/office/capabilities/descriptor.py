"""The descriptor of a capability: JSON that says everything an asker must know before asking.

Names are borrowed: JSON Schema 2020-12 for what goes in and out, ODRL's permit/deny/duty idea for the policy, GA4GH
Beacon's graded answers for pools. The content digest of its canonical form is the version id.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from joinder.office.capabilities.errors import DescriptorInvalid, InputInvalid
from joinder.office.jobs.registry import kinds as handler_kinds
from joinder.vocabulary.digests import canonical_json, digest_bytes

KINDS = ("pool", "tool", "service", "action")
TRANSPORTS = ("local", "people", "pull")
GRANULARITIES = ("boolean", "count", "record")
_TEXT = {
    "type": "object",
    "properties": {"zh": {"type": "string", "minLength": 1}, "en": {"type": "string", "minLength": 1}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}
_NAMES = {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True}

#: What a descriptor looks like, itself as JSON Schema.
DESCRIPTOR_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": r"^[a-z0-9]+([._-][a-z0-9]+)*$", "maxLength": 80},
        "kind": {"enum": list(KINDS)},
        "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
        "title": _TEXT,
        "description": _TEXT,
        "contact": {"type": "string"},
        "transport": {"enum": list(TRANSPORTS)},
        "handler": {"type": "string"},
        "parameters": {"type": "object"},
        "input": {"type": "object"},
        "output": {"type": "object"},
        "effects": {"enum": ["none", "external"]},
        "deterministic": {"type": "boolean"},
        "granularity": {"enum": list(GRANULARITIES)},
        "legal_bases": _NAMES,
        "quota": {
            "type": "object",
            "properties": {"per_day": {"type": "integer", "minimum": 1}},
            "additionalProperties": False,
        },
        "expected_duration": {"type": "string"},
        "max_days": {"type": "integer", "minimum": 1, "maximum": 366},
        "policy": {
            "type": "object",
            "properties": {
                "rules": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "effect": {"enum": ["permit", "deny", "ask"]},
                            "organisation_kinds": _NAMES,
                            "capacities": _NAMES,
                            "purposes": _NAMES,
                            "legal_bases": _NAMES,
                            "reason": _TEXT,
                            "obligations": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "properties": {
                                        "type": {
                                            "enum": ["granularity", "retain_days", "watermark", "redact"]
                                        },
                                        "value": {},
                                    },
                                    "required": ["type"],
                                    "additionalProperties": False,
                                },
                            },
                        },
                        "required": ["effect"],
                        "additionalProperties": False,
                    },
                }
            },
            "required": ["rules"],
            "additionalProperties": False,
        },
        "examples": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"input": {}, "output": {}},
                "required": ["input"],
                "additionalProperties": False,
            },
        },
        "evaluation": {"type": "object"},
    },
    "required": ["id", "kind", "version", "title", "transport", "input", "output", "effects", "policy"],
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Descriptor:
    """A descriptor that was found in order."""

    content: dict[str, Any]

    @property
    def digest(self) -> str:
        """Its version id: the digest of its canonical form."""
        return digest_bytes(canonical_json(self.content))

    def __getitem__(self, name: str) -> Any:
        return self.content[name]

    def get(self, name: str, default: Any = None) -> Any:
        """A part that need not be there."""
        return self.content.get(name, default)

    def check_input(self, value: Any) -> None:
        """Raises InputInvalid listing every place that does not fit."""
        faults = faults_of(self.content["input"], value)
        if faults:
            listed = "; ".join(f"{place}: {fault}" for place, fault in faults)
            raise InputInvalid(
                _("The input of %(id)s does not fit: %(faults)s")
                % {"id": self.content["id"], "faults": listed},
                faults,
                mend=_("Compare it with the example in the descriptor."),
            )

    def check_output(self, value: Any) -> None:
        """Raises InputInvalid if an answer is not what was promised."""
        faults = faults_of(self.content["output"], value)
        if faults:
            listed = "; ".join(f"{place}: {fault}" for place, fault in faults)
            raise InputInvalid(
                _("The answer of %(id)s is not as described: %(faults)s")
                % {"id": self.content["id"], "faults": listed},
                faults,
            )


def faults_of(schema: Mapping[str, Any], value: Any) -> list[tuple[str, str]]:
    """(place, fault) of every disagreement, in the order of the places."""
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    found = sorted(validator.iter_errors(value), key=lambda error: list(map(str, error.absolute_path)))
    return [("/".join(map(str, e.absolute_path)) or "(whole)", _fault(e)) for e in found]


def _fault(error: Any) -> str:
    """What disagrees, in words for the faults that a person makes in a form; the validator's words for the rest."""
    if error.validator == "minProperties":
        return _("Fill in at least one field of the question.")
    return str(error.message)


def parse(content: Any) -> Descriptor:
    """A descriptor from JSON values. Raises DescriptorInvalid naming the first place that is wrong."""
    faults = faults_of(DESCRIPTOR_SCHEMA, content)
    if faults:
        place, fault = faults[0]
        raise DescriptorInvalid(f"The descriptor is wrong at {place}: {fault}")
    descriptor = Descriptor(dict(content))
    for part in ("input", "output"):
        try:
            Draft202012Validator.check_schema(descriptor[part])
        except jsonschema.SchemaError as error:
            raise DescriptorInvalid(f"{part} is not a JSON Schema: {error.message}") from None
    _check_sense(descriptor)
    for number, example in enumerate(descriptor.get("examples", []), start=1):
        faults = faults_of(descriptor["input"], example["input"])
        if "output" in example:
            faults += faults_of(descriptor["output"], example["output"])
        if faults:
            raise DescriptorInvalid(f"Example {number} does not fit its own schema: {faults[0][1]}")
    return descriptor


def _check_sense(descriptor: Descriptor) -> None:
    """What the schema cannot say."""
    kind, transport = descriptor["kind"], descriptor["transport"]
    if kind == "pool" and "granularity" not in descriptor.content:
        raise DescriptorInvalid("A pool says how fine its answers may be: granularity is missing.")
    if kind == "action" and descriptor["effects"] != "external":
        raise DescriptorInvalid("An action acts outside: its effects are external.")
    if transport == "local" and descriptor.get("handler") not in handler_kinds():
        raise DescriptorInvalid(
            f"No handler {descriptor.get('handler')!r} on this node; there are {', '.join(handler_kinds())}."
        )
    permits_actions = [rule for rule in descriptor["policy"]["rules"] if rule["effect"] == "permit"]
    if kind == "action" and permits_actions:
        raise DescriptorInvalid("An action needs approval: its rules say ask or deny, never permit.")


def read_file(path: Path) -> Descriptor:
    """A descriptor from a JSON file. Raises DescriptorInvalid where it is not JSON."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DescriptorInvalid(f"{path} is not JSON: {error}.") from None
    return parse(content)
