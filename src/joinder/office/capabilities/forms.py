"""Forms made from JSON Schema: what a caller fills in, and what an answering person fills in.

Understood: string (enum, date, long text), integer, number, boolean, a list of strings (one per line). Anything deeper
is asked as JSON text. Titles are taken from ``title`` (English) and ``x-title-zh``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from joinder.office.capabilities.models import Capability
from joinder.office.capabilities.purposes import Purpose
from joinder.office.jobs.models import Job, Transport

LONG_TEXT = 200


def label_of(name: str, schema: Mapping[str, Any]) -> str:
    """A property's title in the reader's language."""
    chinese = (get_language() or "").startswith("zh")
    return str((schema.get("x-title-zh") if chinese else None) or schema.get("title") or name)


def hint_of(schema: Mapping[str, Any]) -> str:
    """A property's description in the reader's language."""
    chinese = (get_language() or "").startswith("zh")
    return str((schema.get("x-description-zh") if chinese else None) or schema.get("description") or "")


class LinesField(forms.CharField):
    """A list of strings, one per line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        """The non-empty lines."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class JsonField(forms.CharField):
    """A value too deep for a form, as JSON text."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> Any:
        """The parsed value, or None if empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise forms.ValidationError(_("This is not JSON: %(error)s") % {"error": error}) from None


def field_for(name: str, schema: Mapping[str, Any], required: bool) -> forms.Field:
    """The form field of one property."""
    common: dict[str, Any] = {
        "label": label_of(name, schema),
        "help_text": hint_of(schema),
        "required": required,
    }
    kind = schema.get("type")
    if "enum" in schema:
        labels = schema.get("x-enum-zh", {}) if (get_language() or "").startswith("zh") else {}
        named = [(str(v), labels.get(str(v), str(v))) for v in schema["enum"]]
        return forms.ChoiceField(choices=named if required else [("", "—"), *named], **common)
    if kind == "boolean":
        return forms.BooleanField(**{**common, "required": False})
    if kind == "integer":
        return forms.IntegerField(min_value=schema.get("minimum"), max_value=schema.get("maximum"), **common)
    if kind == "number":
        return forms.FloatField(**common)
    if kind == "array" and schema.get("items", {}).get("type") == "string":
        return LinesField(**common)
    if kind == "string":
        return _text_field(schema, common)
    return JsonField(**common)


def _text_field(schema: Mapping[str, Any], common: dict[str, Any]) -> forms.Field:
    if schema.get("format") == "date":
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    longest = schema.get("maxLength", LONG_TEXT)
    widget = forms.Textarea(attrs={"rows": 4}) if longest > LONG_TEXT else forms.TextInput()
    return forms.CharField(max_length=longest, widget=widget, **common)


class SchemaForm(forms.Form):
    """A form over an object schema; ``value()`` is what the schema describes."""

    def __init__(self, schema: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schema = schema
        required = set(schema.get("required", ()))
        for name, part in schema.get("properties", {}).items():
            self.fields[name] = field_for(name, part, name in required)

    def value(self) -> dict[str, Any]:
        """The cleaned values; what was left empty and is not required is absent."""
        required = set(self.schema.get("required", ()))
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.schema.get("properties", {}) and (name in required or value not in (None, "", []))
        }


class CallForm(SchemaForm):
    """The input of a capability with purpose, legal basis and matter."""

    prefix = "in"

    def __init__(self, capability: Capability, *args: Any, **kwargs: Any) -> None:
        super().__init__(capability.descriptor["input"], *args, **kwargs)
        self.fields["_purpose"] = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
        bases = capability.descriptor.get("legal_bases", [])
        if bases:
            self.fields["_legal_basis"] = forms.ChoiceField(
                label=_("Legal basis"), choices=[(b, b) for b in bases]
            )
        else:
            self.fields["_legal_basis"] = forms.CharField(
                label=_("Legal basis"), required=False, max_length=200
            )
        self.fields["_matter"] = forms.CharField(label=_("Matter"), required=False, max_length=80)


def _capability_of(job: Job) -> Capability | None:
    if job.transport != Transport.PEOPLE or not job.capability:
        return None
    return Capability.objects.filter(key=job.capability, digest=job.payload.get("version", "")).first()


def shown(value: Any) -> str:
    """A value in words: yes or no, lines, else its JSON."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def asked(job: Job) -> list[tuple[str, str]] | None:
    """What a capability's job asked, with the labels of its schema; None for other jobs."""
    capability = Capability.objects.filter(key=job.capability, digest=job.payload.get("version", "")).first()
    if capability is None:
        return None
    properties = capability.descriptor["input"].get("properties", {})
    said = [
        (label_of(name, properties.get(name, {})), shown(value))
        for name, value in job.payload.get("input", {}).items()
    ]
    purposes = {str(value): str(label) for value, label in Purpose.choices}
    purpose = str(job.payload.get("purpose", ""))
    said.append((_("Purpose"), purposes.get(purpose, purpose)))
    for label, name in ((_("Legal basis"), "legal_basis"), (_("Matter"), "matter")):
        if job.payload.get(name):
            said.append((label, str(job.payload[name])))
    for part in job.payload.get("answers", []):
        said.append((str(part["question"]), str(part["answer"])))
    return said


def answer_form(job: Job, data: Mapping[str, Any] | None) -> forms.Form | None:
    """The form in which a person answers the job, or None if it is not of a capability."""
    capability = _capability_of(job)
    return SchemaForm(capability.descriptor["output"], data, prefix="out") if capability else None


def answer_result(job: Job, cleaned: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answer as the output schema describes it; ``handlers.check_answer`` holds it against the schema."""
    capability = _capability_of(job)
    if capability is None:
        return None
    return {k: v for k, v in cleaned.items() if v not in (None, "", [])}
