"""What an operator is, and what one of its shops is: the facts that the rest of the generator passes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from joinder.world.draws import Draws
from joinder.world.market import Hub
from joinder.world.people import Company
from joinder.world.rights import Right


class Role(Enum):
    """What an operator is in the truth."""

    INFRINGER = "infringer"
    """Sells under marks of others and hides."""
    HONEST = "honest"
    """Sells unrelated goods, accessories, or genuine goods second-hand."""
    AUTHORISED = "authorised"
    """Sells genuine goods with the holder's leave."""
    LOOKALIKE = "lookalike"
    """Honest, with a name or a mark that looks like another's."""


@dataclass(slots=True)
class Account:
    """One shop as shown, and the values behind what it shows (`own_*`), which parcels and payments reveal."""

    account_id: str
    platform: str
    kind: str
    row: tuple[object, ...]
    usable: tuple[tuple[str, str], ...]
    hub: Hub | None
    own_phone: str
    own_payee: str
    url: str
    opened_on: int
    closed_on: int | None
    link_group: str = ""
    linkable: bool = False


@dataclass(slots=True)
class Operator:
    """A real entity with everything it owns; its chance comes from one stream of its own."""

    operator_id: str
    role: Role
    draws: Draws
    company: Company
    person: str
    warehouse: str
    sender_account: str
    payees: tuple[str, ...]
    phones: list[str]
    messengers: tuple[str, ...]
    emails: tuple[str, ...]
    straws: tuple[Company, ...]
    rights: tuple[Right, ...]
    own_mark: str
    photos: tuple[int, ...]
    icp: str
    accounts: list[Account] = field(default_factory=list)
