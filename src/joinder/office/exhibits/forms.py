"""Forms about exhibits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinder.office.people.actors import Actor
from joinder.office.people.models import Member, Organisation


class CaptureForm(forms.Form):
    """What to capture and with whom."""

    url = forms.URLField(
        label=_("Address of the page"),
        max_length=2000,
        assume_scheme="https",
        help_text=_("The full address, beginning with https://. It is visited once, by this node's browser."),
    )
    second = forms.ModelChoiceField(
        Member.objects.none(),
        label=_("Second operator"),
        required=False,
        empty_label=_("none: the capture is then unofficial"),
        help_text=_("An official capture names two operators. You are the first."),
    )
    matter = forms.CharField(label=_("Case number"), max_length=120, required=False)
    cause = forms.CharField(label=_("Cause"), max_length=200, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    witness = forms.CharField(
        label=_("Witness"), max_length=120, required=False, help_text=_("As it is to stand in the record.")
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = Member.objects.visible_to(actor).filter(is_active=True).exclude(pk=actor.member_id or 0)
        self.fields["second"].queryset = colleagues  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """A package to receive."""

    file = forms.FileField(
        label=_("Evidence package (*.evz)"),
        help_text=_("It is verified first. A package that is not intact is refused, with the file at fault."),
    )


class ShowForm(forms.Form):
    """To whom the exhibit is shown, and why."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    purpose = forms.CharField(label=_("Purpose"), max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.visible_to(actor).exclude(pk=actor.organisation_id or 0)
        self.fields["organisation"].queryset = others  # type: ignore[attr-defined]
