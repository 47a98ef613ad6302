"""The capabilities' entry in the side bar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from joinder.office.ui.navigation import Entry, register

register(
    Entry(
        "/capabilities/",
        _("Capabilities"),
        "capability",
        55,
        "c",
        shown=lambda request: getattr(request, "acting", None) is not None,
    )
)
