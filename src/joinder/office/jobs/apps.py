"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """The queue of long and shared work."""

    name = "joinder.office.jobs"
    label = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        """Every present app may register job handlers in its ``handlers.py``."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("handlers")
