"""Forms about pools."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinder.office.catalogue.models import Audience, Granularity, Pool, Purpose, Sensitivity
from joinder.vocabulary.schemas import KINDS


def _kinds() -> list[tuple[str, str]]:
    chinese = (get_language() or "").startswith("zh")
    return [(name, kind.title_zh if chinese else kind.title_en) for name, kind in KINDS.items()]


class PoolForm(forms.Form):
    """A pool's titles and rules; name and kind are fixed once data may lie under them."""

    name = forms.SlugField(
        label=_("Name"),
        max_length=64,
        help_text=_("Letters, digits, hyphens and underscores. It stands in every reference to a record."),
    )
    kind = forms.ChoiceField(label=_("Kind of record"))
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    sensitivity = forms.ChoiceField(
        label=_("Sensitivity"), choices=Sensitivity.choices, initial=Sensitivity.PERSONAL
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        required=False,
        help_text=_("On which the data may be held and used."),
    )
    purposes = forms.MultipleChoiceField(
        label=_("Purposes"), choices=Purpose.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(label=_("Who may query it"), choices=Audience.choices, initial=Audience.OWN)
    granularity = forms.ChoiceField(
        label=_("Answers others with"), choices=Granularity.choices, initial=Granularity.COUNT
    )
    fresh_days = forms.IntegerField(
        label=_("Renewed every (days)"), required=False, min_value=1, max_value=3660,
        help_text=_("The desk says when it is overdue."),
    )  # fmt: skip

    def __init__(self, *args: Any, pool: Pool | None = None, **kwargs: Any) -> None:
        if pool is not None:
            kwargs["initial"] = {name: getattr(pool, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if pool is not None:
            del self.fields["name"], self.fields["kind"]
        else:
            self.fields["kind"].choices = _kinds()  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """A file for a pool."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, TSV, JSON, JSONL or Parquet; UTF-8, UTF-16 and GB18030 are recognised."),
    )


class AskForm(forms.Form):
    """A question to a pool: how many records have this value in this field."""

    field = forms.ChoiceField(label=_("Field"))
    value = forms.CharField(label=_("Value"), max_length=500)
    purpose = forms.ChoiceField(label=_("Purpose"))
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)

    def __init__(self, *args: Any, pool: Pool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chinese = (get_language() or "").startswith("zh")
        fields = [f for f in KINDS[pool.kind].fields if f.type.value != "money"]
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            (f.name, f.meaning_zh if chinese else f"{f.meaning_en} ({f.name})") for f in fields
        ]
        allowed = [(code, label) for code, label in Purpose.choices if code in pool.purposes]
        self.fields["purpose"].choices = allowed or Purpose.choices  # type: ignore[attr-defined]
