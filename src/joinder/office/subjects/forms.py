"""Forms about subjects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinder.office.catalogue.models import Pool
from joinder.office.subjects.models import Verdict


class JudgeForm(forms.Form):
    """A judgement about a link."""

    verdict = forms.ChoiceField(choices=Verdict.choices, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.TextInput)


class NameForm(forms.Form):
    """The working name of a subject."""

    petname = forms.CharField(
        label=_("Working name"),
        max_length=120,
        required=False,
        help_text=_("Ours alone; never shown to the subject."),
    )


class ResolveForm(forms.Form):
    """Which pools to compare."""

    pools = forms.MultipleChoiceField(label=_("Pools of accounts"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, pools: list[Pool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = [(pool.name, f"{pool} · {pool.owner}") for pool in pools]
        self.fields["pools"].choices = choices  # type: ignore[attr-defined]
        self.fields["pools"].initial = [pool.name for pool in pools]


class WhyForm(forms.Form):
    """Two accounts to compare."""

    a = forms.CharField(label=_("First account"), max_length=300)
    b = forms.CharField(label=_("Second account"), max_length=300)
