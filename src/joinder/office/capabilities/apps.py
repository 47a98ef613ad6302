"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CapabilitiesConfig(AppConfig):
    """What organisations can do for one another."""

    name = "joinder.office.capabilities"
    label = "capabilities"
    verbose_name = _("Capabilities")

    def ready(self) -> None:
        """People answer jobs in a form made from the capability's output schema."""
        from joinder.office.capabilities import forms
        from joinder.office.jobs import answers

        answers.register(forms.answer_form, forms.answer_result)
        answers.register_asked(forms.asked)
