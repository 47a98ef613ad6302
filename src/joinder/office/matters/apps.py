"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MattersConfig(AppConfig):
    """Cases, notices, their clocks."""

    name = "joinder.office.matters"
    label = "matters"
    verbose_name = _("Matters")
