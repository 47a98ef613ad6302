"""From committed entries to leaves of the node's transparency log, in order and exactly once.

One process at a time holds the lock file. A crash between the log's write and the database's leaves leaves in the log
that no entry knows: their bytes name their entries, which are placed before anything is appended.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from joinder.evidence.tlog import Log
from joinder.office.ledger.leaves import entry_id_of, leaf_of
from joinder.office.ledger.models import Entry
from joinder.vocabulary.node import NodeHome

BATCH = 500


def node_log() -> Log:
    """The node's transparency log; evidence seals are leaves of the same one."""
    home: NodeHome = settings.HOME
    return Log(home)


@contextmanager
def _alone() -> Iterator[None]:
    """One sequencer at a time on this node; the lock dies with its process."""
    home: NodeHome = settings.HOME
    home.log.mkdir(parents=True, exist_ok=True)
    with (home.log / "ledger.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sequence() -> int:
    """Append all entries that wait to the log and return how many were placed.

    Never call it inside a transaction: an entry that is not committed must not enter the log.
    Raises AuthorityMissing without the node's log key, LogDamaged if the log cannot be trusted.
    """
    if connection.in_atomic_block or not _waiting().exists():
        return 0
    with _alone():
        log, placed = node_log(), 0
        placed += _adopt(log)
        while batch := list(_waiting()[:BATCH]):
            indices = log.append([leaf_of(entry) for entry in batch])
            _place(zip(batch, indices, strict=True))
            placed += len(batch)
        return placed


def _waiting() -> QuerySet[Entry]:
    return Entry.objects.filter(leaf_index__isnull=True).order_by("id")


def _place(pairs: Iterable[tuple[Entry, int]]) -> None:
    with transaction.atomic():
        for entry, index in pairs:
            Entry.objects.filter(pk=entry.pk, leaf_index__isnull=True).update(leaf_index=index)


def _adopt(log: Log) -> int:
    """Find leaves beyond the last placed entry that a crash left unknown, and place their entries.

    Other writers' leaves (evidence seals) are passed over; the scan is as long as what was logged since our last
    entry.
    """
    last = Entry.objects.filter(leaf_index__isnull=False).order_by("-leaf_index").first()
    start = last.leaf_index + 1 if last is not None and last.leaf_index is not None else 0
    found = []
    for index in range(start, log.size):
        named = entry_id_of(log.leaf(index))
        entry = _waiting().filter(entry_id=named).first() if named else None
        if entry is not None:
            found.append((entry, index))
    _place(found)
    return len(found)
