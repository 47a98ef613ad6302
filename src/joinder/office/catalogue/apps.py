"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Data pools and their policies; intakes."""

    name = "joinder.office.catalogue"
    label = "catalogue"
    verbose_name = _("Data pools")
