"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExhibitsConfig(AppConfig):
    """Sealed evidence and its custody."""

    name = "joinder.office.exhibits"
    label = "exhibits"
    verbose_name = _("Exhibits")
