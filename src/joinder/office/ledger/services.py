"""Writing the ledger."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from joinder.office.ledger import sequencing
from joinder.office.ledger.models import Entry
from joinder.office.ledger.needs import LedgerActor

log = logging.getLogger(__name__)


def record(*, actor: LedgerActor, verb: str, target: str, detail: Mapping[str, Any] | None = None) -> Entry:
    """Write one entry in the caller's transaction; it enters the transparency log after the commit.

    verb: ``app.past_participle`` ("leads.judged"). target: "leads/12" or a RecordRef string. detail: JSON values that
    name no person. If the caller's transaction is rolled back there is no entry.
    """
    return _write(actor, verb, target, detail, is_read=False)


def record_read(
    *, actor: LedgerActor, target: str, verb: str = "read", detail: Mapping[str, Any] | None = None
) -> Entry:
    """Record that protected data was read, shown or exported."""
    return _write(actor, verb, target, detail, is_read=True)


def _write(
    actor: LedgerActor, verb: str, target: str, detail: Mapping[str, Any] | None, *, is_read: bool
) -> Entry:
    entry = Entry.objects.create(
        actor_id=actor.id,
        organisation_id=actor.organisation_id,
        capacity=actor.capacity,
        verb=verb,
        target=target,
        detail=dict(detail or {}),
        is_read=is_read,
    )
    transaction.on_commit(_sequence_quietly)
    return entry


def _sequence_quietly() -> None:
    """The act is done and committed; a log that cannot be written now is caught up by the next entry or the worker."""
    try:
        sequencing.sequence()
    except Exception:  # the reader's act must not fail after its commit
        log.exception("The transparency log could not be written; entries wait for it.")
