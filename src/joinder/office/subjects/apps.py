"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubjectsConfig(AppConfig):
    """Resolved entities, their links and the judgements about them."""

    name = "joinder.office.subjects"
    label = "subjects"
    verbose_name = _("Subjects")
