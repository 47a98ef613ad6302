"""The bytes of an entry in the transparency log.

Canonical JSON with the actor's opaque id and the *digest* of the detail: what the log shows to others names nobody and
discloses nothing, and whoever has the entry can prove that it is the one logged.
"""

from __future__ import annotations

import json
from datetime import UTC
from uuid import UUID

from joinder.office.ledger.models import Entry
from joinder.vocabulary.digests import canonical_json, digest_bytes

TYPE = "joinder-ledger/1"


def leaf_of(entry: Entry) -> bytes:
    """The leaf of an entry; the same bytes whenever it is asked for."""
    return canonical_json(
        {
            "type": TYPE,
            "entry": str(entry.entry_id),
            "at": entry.recorded_at.astimezone(UTC).isoformat(),
            "actor": entry.actor_id,
            "capacity": entry.capacity,
            "verb": entry.verb,
            "target": digest_bytes(entry.target.encode()),
            "detail": digest_bytes(canonical_json(entry.detail)),
            "read": entry.is_read,
        }
    )


def entry_id_of(leaf: bytes) -> UUID | None:
    """The entry a leaf names, or None for a leaf of another kind."""
    try:
        named = json.loads(leaf)
        return UUID(named["entry"]) if named.get("type") == TYPE else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
