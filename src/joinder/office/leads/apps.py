"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeadsConfig(AppConfig):
    """Suspicions to triage and verdicts."""

    name = "joinder.office.leads"
    label = "leads"
    verbose_name = _("Leads")
