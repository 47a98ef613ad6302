"""The side bar: entries in the order of the work, shown if their page exists and the capacity needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True)
class Entry:
    """One entry. ``key`` is the second letter after ``g`` that opens it."""

    url: str
    label: str | Promise
    icon: str
    order: int
    key: str = ""
    shown: Callable[[HttpRequest], bool] = lambda request: True


_ENTRIES: list[Entry] = []


def register(entry: Entry) -> None:
    """Add an entry, from the app's ``desk.py``."""
    if entry not in _ENTRIES:
        _ENTRIES.append(entry)


def _holds(url: str, path: str) -> bool:
    """Whether the page at ``path`` belongs to the entry; the desk holds itself alone."""
    return path == url if url == "/" else path.startswith(url)


def entries(request: HttpRequest) -> list[tuple[Entry, bool]]:
    """The entries for this request, each with whether it is the present page's."""
    shown = [entry for entry in sorted(_ENTRIES, key=lambda e: e.order) if entry.shown(request)]
    here = max(
        (entry.url for entry in shown if _holds(entry.url, request.path)),
        key=len,
        default="",
    )
    return [(entry, entry.url == here) for entry in shown]
