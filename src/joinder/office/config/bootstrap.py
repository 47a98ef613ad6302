"""Readying Django for one node, from the command line or a worker."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.utils import translation

from joinder.vocabulary.errors import JoinderError
from joinder.vocabulary.node import NodeHome, require_home

SETTINGS = "joinder.office.config.settings"


class OfficeError(JoinderError):
    """The office cannot be opened as asked."""


def open_office(home: NodeHome | None = None) -> NodeHome:
    """Load settings and apps for ``home`` (default: the node found from here) and return it.

    Raises NodeError where there is no node, OfficeError if this process already serves another one.
    """
    home = home or require_home()
    opened = getattr(settings, "HOME", None) if settings.configured else None
    if opened is not None and opened != home:
        raise OfficeError(
            f"This process already opened the node {opened.root}.",
            mend=f"Start a new process for {home.root}.",
        )
    os.environ["JOINDER_HOME"] = str(home.root)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    translation.activate("en")  # the command line speaks English; pages choose per reader
    return home
