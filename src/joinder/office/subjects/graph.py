"""The value graph of one subject as a server-made picture: accounts left, shared values right, lines between.

Positions are computed, not simulated: the same subject gives the same picture. A hub is drawn dashed and says on how
many accounts it stands. The picture always has an equal table beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from joinder.office.subjects.models import Link

MOST_NODES = 60
ROW, TOP = 44, 28
LEFT, RIGHT, WIDTH = 20, 560, 900
BOX = 300
LONGEST = 24


@dataclass(frozen=True)
class Node:
    """A box: where it stands and what it says. kind: account, value or hub; state: of the account's link."""

    x: int
    y: int
    text: str
    note: str
    kind: str
    state: str = ""


@dataclass(frozen=True)
class Line:
    """From an account to a value that it holds."""

    x1: int
    y1: int
    x2: int
    y2: int
    state: str


@dataclass(frozen=True)
class Row:
    """The same as one row of the equal table."""

    account: str
    name: str
    evidence: str
    value: str
    records: int
    hub: bool


@dataclass(frozen=True)
class Picture:
    """The graph and its table. left_out: nodes beyond the limit, which the table still lists."""

    width: int
    height: int
    nodes: list[Node]
    lines: list[Line]
    rows: list[Row]
    left_out: int


def picture(links: Sequence[Link], shared: Sequence[dict[str, Any]], tongue: str) -> Picture:
    """Draw the links that a reader may see and the values that at least two of them share."""
    known = {link.record: link for link in links}
    values = []
    for value in shared:
        members = [record for record in value["members"] if record in known]
        if len(members) > 1:
            values.append((value, members))
    half = MOST_NODES // 2
    place = {link.record: TOP + ROW * number for number, link in enumerate(links[:half])}
    nodes = [
        Node(LEFT, place[link.record], _short(link.name or link.account_id), str(link), "account", link.state)
        for link in links[:half]
    ]
    lines: list[Line] = []
    for number, (value, members) in enumerate(values[:half]):
        y = TOP + ROW * number
        note = f"{value[tongue]} ×{value['records']}"
        nodes.append(Node(RIGHT, y, _short(value["shown"]), note, "hub" if value["hub"] else "value"))
        lines += [
            Line(LEFT + BOX, place[record], RIGHT, y, known[record].state)
            for record in members
            if record in place
        ]
    rows = [
        Row(
            str(known[record]),
            known[record].name,
            value[tongue],
            value["shown"],
            value["records"],
            value["hub"],
        )
        for value, members in values
        for record in members
    ]
    tallest = max(min(len(links), half), min(len(values), half), 1)
    left_out = max(0, len(links) - half) + max(0, len(values) - half)
    return Picture(WIDTH, TOP + ROW * tallest, nodes, lines, rows, left_out)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
