"""How large and how difficult a world is.

A scale fixes the counts; a knob fixes a share or a rate. Both are written into `world.json`, so that a world can be
made again from its own description. Seeds below 100 are for development; seeds from 100 on are kept for evaluation:
nobody who tunes a detector or a resolver looks into those worlds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from joinder.world.errors import UnknownKnob


@dataclass(frozen=True, slots=True)
class Scale:
    """Target counts. Accounts are exact; listings and everything that hangs on them follow their averages."""

    name: str
    listings: int
    accounts: int
    rights: int
    logistics_hubs: int
    licence_mills: int
    stock_photos: int


SCALES: dict[str, Scale] = {
    scale.name: scale
    for scale in (
        Scale("tiny", 700, 130, 12, 2, 1, 24),
        Scale("small", 20_000, 3_000, 60, 5, 3, 300),
        Scale("city", 1_000_000, 150_000, 400, 60, 40, 3_000),
        Scale("nation", 10_000_000, 1_500_000, 2_000, 400, 250, 8_000),
    )
}


def _share(default: float, meaning: str) -> float:
    """A knob: its default, and what it is a share of (kept for the help and the specification)."""
    value: float = field(default=default, metadata={"meaning": meaning})
    return value


@dataclass(frozen=True, slots=True)
class Knobs:
    """Shares between 0 and 1 unless their meaning says otherwise; the defaults are the default difficulty."""

    infringers: float = _share(0.45, "of the accounts, run by operators who infringe")
    pictures: float = _share(
        0.06, "of the rights an operator copies, infringed by pictures alone (device, design, work)"
    )
    lookalikes: float = _share(0.06, "of the accounts, honest with names or marks near to another's")
    infringing: float = _share(0.42, "of an infringing shop's listings")
    evasive: float = _share(
        0.82, "of the infringing listings, spelt or pictured so that the mark is not written out"
    )
    compound: float = _share(
        0.12, "of the evasive spellings with a changed letter or character are parted as well"
    )
    image_only: float = _share(0.10, "of the evasive listings: the mark stands in the picture alone")
    cues: float = _share(
        0.55,
        "of the exact infringing listings carry a word such as 复刻; of the evasive ones a third of that",
    )
    descriptive: float = _share(0.05, "of honest listings name a mark to say what they fit")
    resale: float = _share(0.04, "of honest listings resell genuine goods")
    english: float = _share(0.35, "of the listings are titled in English")
    low_price: float = _share(0.75, "of the infringing listings are far under the genuine price")
    missing: float = _share(0.30, "of an account's optional fields are empty")
    hubs: float = _share(0.10, "of the accounts show a logistics firm's phone, address and sender account")
    straw: float = _share(0.16, "of an infringing operator's shops use a straw man's licence")
    mills: float = _share(
        0.04, "of an infringing operator's shops use a licence that a licence mill lends to many"
    )
    recycled: float = _share(0.03, "of the operators' numbers were somebody else's before, or still are")
    neighbours: float = _share(0.06, "of the operators send from a room that others send from too")
    rotation: float = _share(0.55, "chance that a further shop of an operator gets a fresh phone")
    disguise: float = _share(0.70, "of an infringing operator's shops name somebody else as their contact")
    obfuscation: float = _share(
        0.18, "of the contacts shown are written to be read by people only (零一②, V❤)"
    )
    reopen: float = _share(
        0.12, "of an infringing operator's shops are taken down and open again under another name"
    )
    own_photos: float = _share(0.40, "of an infringing operator's listings reuse its own photos")
    orders: float = _share(0.40, "orders per listing (may exceed 1)")
    complaints: float = _share(0.05, "complaints per infringing listing")
    unfounded: float = _share(0.004, "complaints per listing that does not infringe")
    detained: float = _share(0.15, "of infringing parcels that leave the country are detained")

    def with_settings(self, settings: Iterable[str]) -> Knobs:
        """This set of knobs with `name=value` settings applied. Raises UnknownKnob on a bad name or value."""
        names = [knob.name for knob in fields(self)]
        changed: dict[str, float] = {}
        for setting in settings:
            name, _, text = setting.partition("=")
            if name not in names:
                raise UnknownKnob(f"No knob is called {name!r}.", mend=f"Knobs: {', '.join(names)}.")
            limit = 20.0 if name == "orders" else 1.0
            try:
                value = float(text)
            except ValueError:
                value = -1.0
            if not 0.0 <= value <= limit:
                raise UnknownKnob(
                    f"Knob {name} was given {text!r}; a number from 0 to {limit:g} was expected.",
                    mend=f"For example --knob {name}={getattr(self, name)}",
                )
            changed[name] = value
        return replace(self, **changed)
