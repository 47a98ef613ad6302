"""The plain data that the component tags draw. No queries, no requests: a page prepares them, a tag shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Reason:
    """One part of a score or decision. ``weight`` adds up with the others; ``kind`` says how it counts.

    kind: positive, negative, missing, weak, learned or manual.
    """

    text: str
    weight: float | None = None
    kind: str = "positive"
    detail: str = ""
    records: Sequence[str] = ()

    @property
    def signed(self) -> str:
        """The weight with its sign (a true minus), or — where the reason carries none."""
        if self.weight is None:
            return "—"
        return f"{'+' if self.weight >= 0 else MINUS}{abs(self.weight):.2f}"


@dataclass(frozen=True)
class Clock:
    """A time limit: date first, remainder second, rule third.

    state: running, due_soon, overdue, paused, stopped, waived or unknown.
    """

    due: datetime | None
    state: str
    rule: str
    remainder: str = ""
    trigger: str = ""
    paused_reason: str = ""
    explanation: Sequence[str] = ()
    url: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table. ``key`` is looked up in each row; ``kind``: text, number, time, day, code, html-free cell.

    sort: the value of ``?sort=`` that sorts by it, or empty.
    """

    key: str
    label: Any
    kind: str = "text"
    sort: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell that is more than text."""

    text: Any
    url: str = ""
    tone: str = ""
    note: str = ""
    machine: bool = False
    code: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Row:
    """A row: values by column key; the first column links to ``url``."""

    cells: dict[str, Any]
    url: str = ""
    id: str = ""
    muted: bool = False


@dataclass(frozen=True)
class Table:
    """A table of at most one page of rows."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: Any = ""
    empty: Any = ""
    empty_url: str = ""
    empty_action: Any = ""
    hidden: int = 0
    sort: str = ""
    query: str = ""


@dataclass(frozen=True)
class Choice:
    """One value of a filter, with its count where known."""

    value: str
    label: Any
    count: int | None = None


@dataclass(frozen=True)
class FilterField:
    """A field of the filter panel. kind: text, choice, many or date."""

    name: str
    label: Any
    kind: str = "text"
    choices: Sequence[Choice] = ()
    value: Any = ""
    hint: Any = ""


@dataclass(frozen=True)
class Chip:
    """A filter in force, removable by its link; ``invalid`` says why a parameter was not used."""

    label: Any
    remove_url: str
    invalid: str = ""


@dataclass(frozen=True)
class Filters:
    """The filter panel: its fields and what is in force."""

    fields: Sequence[FilterField]
    chips: Sequence[Chip] = ()
    reset_url: str = ""
    keep: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pager:
    """Where in a list this page is; ``total`` is None where counting was not asked for."""

    first: int
    last: int
    total: int | None
    first_url: str = ""
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class Name:
    """A stranger's name: ours (petname), its own (nickname, quoted), its key.

    state: known, unknown, colliding or changed.
    """

    petname: str = ""
    nickname: str = ""
    key: str = ""
    state: str = "known"


@dataclass(frozen=True)
class Event:
    """One line of a timeline. kind: event, decision, outward, machine, correction or hidden."""

    title: Any
    at: datetime | None = None
    by: Any = ""
    kind: str = "event"
    body: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Verdict:
    """Machine voice or human voice: suspected (no decider) or decided (by whom, as what, when)."""

    text: Any
    decided_by: Any = ""
    capacity: Any = ""
    at: datetime | None = None
    tone: str = "machine"
