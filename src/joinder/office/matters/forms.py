"""Forms of a matter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinder.law.elements import Row
from joinder.office.matters.models import Fact, FactElement, MatterRecord, Role, in_language
from joinder.office.people.models import Organisation


class MatterForm(forms.Form):
    """A new matter."""

    title_zh = forms.CharField(label=_("Title"), max_length=200, help_text=_("Who, and which suspected act."))
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    act_on = forms.DateField(
        label=_("Day of the act"),
        help_text=_("Chooses the law: the Trade Mark Law has new articles from 1 January 2027."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    leads = forms.CharField(widget=forms.HiddenInput, required=False)
    entities = forms.CharField(widget=forms.HiddenInput, required=False)
    exhibits = forms.CharField(widget=forms.HiddenInput, required=False)


class FactForm(forms.Form):
    """One assertion, what it bears on, and the exhibits behind it."""

    statement = forms.CharField(
        label=_("Fact"),
        help_text=_("One sentence, one assertion: who, what, when."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    standing = forms.ChoiceField(label=_("Standing"), choices=Fact.Standing.choices)
    stance = forms.ChoiceField(label=_("This fact"), choices=FactElement.Stance.choices)
    elements = forms.MultipleChoiceField(
        label=_("Elements"), widget=forms.CheckboxSelectMultiple, required=False
    )
    exhibits = forms.MultipleChoiceField(
        label=_("Exhibits"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sure = forms.BooleanField(label=_("It is one assertion all the same"), required=False)

    def __init__(
        self, *args: Any, rows: Iterable[Row], exhibits: Iterable[MatterRecord], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["elements"].choices = [  # type: ignore[attr-defined]
            (row.key, in_language(row.rule.title_zh, row.rule.title_en)) for row in rows
        ]
        self.fields["exhibits"].choices = [(record.key, str(record)) for record in exhibits]  # type: ignore[attr-defined]


class TaskForm(forms.Form):
    """Something to do."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(
        label=_("By"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RecordForm(forms.Form):
    """A record to join, by its number."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MatterRecord.Kind.choices)
    key = forms.CharField(label=_("Number"), max_length=200, help_text=_("As its own page names it."))


class PartyForm(forms.Form):
    """An organisation and its role."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    role = forms.ChoiceField(
        label=_("Role"), choices=[choice for choice in Role.choices if choice[0] != Role.HANDLER]
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
