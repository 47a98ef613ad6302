"""Forms about people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinder.office.people.kinds import Capacity, capacities_of
from joinder.office.people.models import ActingCapacity, Member, Organisation


def _choices(organisation: Organisation) -> list[tuple[str, str]]:
    return [(c.value, str(c.label)) for c in capacities_of(organisation.kind_id)]


def grantable(member: Member, held: Iterable[ActingCapacity]) -> list[Capacity]:
    """Capacities of the member's kind of organisation that they do not hold yet."""
    have = {capacity.capacity for capacity in held}
    return [c for c in capacities_of(member.organisation.kind_id) if c.value not in have]


class MemberForm(forms.Form):
    """A new member of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=80)
    username = forms.CharField(
        label=_("Sign-in name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("First password"),
        help_text=_("At least 12 characters. Hand it over in person; the member changes it."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    capacities = forms.MultipleChoiceField(
        label=_("May act as"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The first is taken at sign-in."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacities"].choices = _choices(organisation)  # type: ignore[attr-defined]


class ClientForm(forms.Form):
    """A new machine of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=80)
    capacity = forms.ChoiceField(label=_("Acts as"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = _choices(organisation)  # type: ignore[attr-defined]
