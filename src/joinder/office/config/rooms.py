"""The apps of the office from the top layer down, and under which addresses their pages stand.

Addresses and API are found by convention: an app's ``urls.py`` with ``urlpatterns`` is mounted under its prefix,
its ``api.py`` with ``router`` under ``/api/``, its ``desk.py`` and ``handlers.py`` are loaded at start. ``insight`` and
``federation`` keep their place in the import rule and are not apps yet.
"""

from __future__ import annotations

from importlib.util import find_spec

#: (app, address prefix of its pages)
ROOMS: tuple[tuple[str, str], ...] = (
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


def has_module(app: str, module: str) -> bool:
    """Whether ``joinder.office.<app>.<module>`` exists."""
    return find_spec(f"joinder.office.{app}.{module}") is not None
