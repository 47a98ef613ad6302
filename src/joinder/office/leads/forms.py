"""The form of a screening."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinder.office.catalogue.models import Pool
from joinder.office.people.actors import Actor


class ScreenForm(forms.Form):
    """Which listings, against which rights, with which accounts beside them."""

    listings = forms.ModelChoiceField(Pool.objects.none(), label=_("Listings"))
    rights = forms.ModelChoiceField(Pool.objects.none(), label=_("Rights"))
    accounts = forms.ModelChoiceField(
        Pool.objects.none(),
        label=_("Accounts"),
        required=False,
        help_text=_("To read what shops call themselves."),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("listings", "listing"), ("rights", "right"), ("accounts", "account")):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Pool.objects.visible_to(actor).filter(kind=kind)
