"""Reading the ledger."""

from __future__ import annotations

from joinder.office.ledger.models import Entry, EntryQuerySet
from joinder.office.ledger.needs import LedgerActor


def history_of(actor: LedgerActor, target: str) -> EntryQuerySet:
    """What was done to one thing, newest first, as far as the actor may see it."""
    return Entry.objects.visible_to(actor).filter(target=target)
