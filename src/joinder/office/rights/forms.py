"""Forms about rights."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from joinder.office.rights.models import Readers


class NoteForm(forms.Form):
    """How to tell genuine from fake."""

    product = forms.CharField(label=_("Product"), max_length=200)
    genuine = forms.CharField(
        label=_("What genuine goods show"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    fake = forms.CharField(
        label=_("What fakes show"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    readers = forms.ChoiceField(label=_("Who may read it, besides the holder"), choices=Readers.choices)


class SellerForm(forms.Form):
    """An account that may sell."""

    platform = forms.CharField(label=_("Platform"), max_length=120)
    account_id = forms.CharField(label=_("Account"), max_length=200)
    name = forms.CharField(label=_("Shop name"), max_length=200, required=False)
    valid_from = forms.DateField(
        label=_("Valid from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
