"""Which apps make up the office, from the top layer down, and which of them this copy holds.

An app is present when its package has an ``apps.py``. Addresses and API are found by convention: ``urls.py`` with
``urlpatterns`` is mounted under the prefix below, ``api.py`` with ``router`` under ``/api/``.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

#: (app, address prefix of its pages)
ROOMS: tuple[tuple[str, str], ...] = (
    ("insight", "insight/"),
    ("federation", "federation/"),
    ("capabilities", "capabilities/"),
    ("matters", ""),  # /matters/ and /notices/
    ("leads", "leads/"),
    ("exhibits", "exhibits/"),
    ("subjects", "subjects/"),
    ("rights", "rights/"),
    ("catalogue", "catalogue/"),
    ("jobs", "jobs/"),
    ("people", "people/"),
    ("ledger", "ledger/"),
    ("ui", ""),
)

OFFICE = Path(__file__).resolve().parent.parent


def present(app: str) -> bool:
    """Whether this copy holds the app."""
    only = os.environ.get("JOINDER_ROOMS")
    if only and app not in only.split(","):
        return False
    return (OFFICE / app / "apps.py").is_file()


def present_rooms() -> list[tuple[str, str]]:
    """The apps that are here with their prefixes, top layer first."""
    return [(app, prefix) for app, prefix in ROOMS if present(app)]


def has_module(app: str, module: str) -> bool:
    """Whether ``joinder.office.<app>.<module>`` exists."""
    return present(app) and find_spec(f"joinder.office.{app}.{module}") is not None
