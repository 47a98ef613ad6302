"""The registry of desk panels: what each app puts on the home page, per role.

An app registers in its own ``desk.py``, which is discovered at start::

    @desk.register(order=20)
    def waiting_leads(request) -> desk.Panel | None: ...

A panel that returns None does not concern the acting capacity and is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Item:
    """One line of a panel: what it is, where it leads, its status and its time limit."""

    title: str
    url: str
    note: str = ""
    tone: str = ""
    status: str = ""
    due: Any = None
    rule: str = ""


@dataclass(frozen=True)
class Panel:
    """A group of the desk in plain words ("Due today"), most urgent first; ``count`` may exceed the items shown."""

    key: str
    title: str
    items: list[Item] = field(default_factory=list)
    count: int | None = None
    url: str = ""
    empty: str = ""
    template: str = "ui/component/panel.html"
    context: dict[str, Any] = field(default_factory=dict)
    side: bool = False


Maker = Callable[[HttpRequest], Panel | list[Panel] | None]
_MAKERS: list[tuple[int, Maker]] = []


def register(maker: Maker | None = None, *, order: int = 50) -> Any:
    """Add a panel maker; smaller ``order`` comes first. Works as decorator with or without arguments."""

    def add(function: Maker) -> Maker:
        _MAKERS.append((order, function))
        return function

    return add(maker) if maker is not None else add


def panels(request: HttpRequest) -> list[Panel]:
    """All panels that concern the request's actor, in order."""
    made: list[Panel] = []
    for _order, maker in sorted(_MAKERS, key=lambda pair: pair[0]):
        panel = maker(request)
        made += panel if isinstance(panel, list) else [panel] if panel else []
    return made
