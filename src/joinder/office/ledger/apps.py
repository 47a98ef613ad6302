"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """What was done, by whom, and the proof of it."""

    name = "joinder.office.ledger"
    label = "ledger"
    verbose_name = _("Ledger")
