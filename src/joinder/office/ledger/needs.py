"""What the ledger needs to know about an actor (people stands above the ledger)."""

from __future__ import annotations

from typing import Protocol


class LedgerActor(Protocol):
    """Anything with an opaque id, an organisation and a capacity."""

    @property
    def id(self) -> str:
        """Opaque id."""

    @property
    def organisation_id(self) -> int | None:
        """The organisation acted for."""

    @property
    def capacity(self) -> str:
        """The acting capacity."""

    @property
    def is_system(self) -> bool:
        """The node itself."""
