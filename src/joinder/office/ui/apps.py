"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Tokens, components, base pages."""

    name = "joinder.office.ui"
    label = "ui"
    verbose_name = _("Interface")

    def ready(self) -> None:
        """Every present app may add panels to the desk and entries to the side bar in its ``desk.py``."""
        from django.utils.module_loading import autodiscover_modules

        from joinder.office.ui import navigation

        navigation.register(navigation.Entry("/", _("Desk"), "desk", 0, "d"))
        autodiscover_modules("desk")
