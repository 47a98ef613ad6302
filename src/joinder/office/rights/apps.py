"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """Rights, authorised sellers, product knowledge."""

    name = "joinder.office.rights"
    label = "rights"
    verbose_name = _("Rights")
