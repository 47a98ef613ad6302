"""The actor: who does something, for which organisation, in which capacity.

Services, policies and ``visible_to`` take an actor and nothing else about the caller. ``id`` is opaque: the ledger
keeps it and a person's name can be forgotten without touching the log.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from joinder.office.people.models import ActingCapacity, ApiClient

SYSTEM_ID = "system"
ANONYMOUS_ID = "anonymous"


@dataclass(frozen=True)
class Actor:
    """Who acts. Anonymous and system actors have no member and no organisation."""

    id: str
    member_id: int | None = None
    organisation_id: int | None = None
    organisation_kind: str = ""
    capacity: str = ""
    is_system: bool = False

    @classmethod
    def system(cls) -> Actor:
        """The node itself: workers, clocks, migrations."""
        return cls(id=SYSTEM_ID, capacity="system", is_system=True)

    @classmethod
    def anonymous(cls) -> Actor:
        """Nobody signed in; sees nothing that asks for an actor."""
        return cls(id=ANONYMOUS_ID)

    @classmethod
    def acting(cls, capacity: ActingCapacity) -> Actor:
        """The member of an acting capacity (fetch it with ``member__organisation``)."""
        member = capacity.member
        return cls(
            id=member.opaque_id,
            member_id=member.pk,
            organisation_id=member.organisation_id,
            organisation_kind=member.organisation.kind_id,
            capacity=capacity.capacity,
        )

    @classmethod
    def client(cls, client: ApiClient) -> Actor:
        """A machine of an organisation."""
        return cls(
            id=client.opaque_id,
            organisation_id=client.organisation_id,
            organisation_kind=client.organisation.kind_id,
            capacity=client.capacity,
        )

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Actor:
        """The actor that ``to_json`` stored with a job."""
        return cls(**stored)

    def to_json(self) -> dict[str, Any]:
        """Plain values, to be stored with a job."""
        return asdict(self)

    @property
    def is_anonymous(self) -> bool:
        """Nobody signed in."""
        return self.id == ANONYMOUS_ID

    @property
    def is_administrator(self) -> bool:
        """Acts as administrator of its organisation."""
        return self.capacity == "administrator"
