"""The app's place in Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Organisations, members, acting capacities, sign-in."""

    name = "joinder.office.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        """Sign-in and sign-out are written to the ledger."""
        from joinder.office.people import signals  # noqa: F401
