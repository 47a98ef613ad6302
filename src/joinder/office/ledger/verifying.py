"""Checking the ledger offline: every entry against its leaf, every leaf against the signed head.

Nothing here asks the network, and nothing is believed because the database says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from joinder.evidence.errors import AuthorityMissing, LogDamaged
from joinder.evidence.tlog.merkle import EMPTY_ROOT
from joinder.office.ledger.leaves import leaf_of
from joinder.office.ledger.models import Entry
from joinder.office.ledger.sequencing import node_log


@dataclass
class Report:
    """What the check found. ``ok`` needs no fault; entries that wait for the log are not faults."""

    log_size: int = 0
    root_hex: str = EMPTY_ROOT.hex()
    entries: int = 0
    waiting: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything agrees."""
        return not self.faults


def verify(limit: int = 100) -> Report:
    """Rebuild the whole log and compare every placed entry with its leaf; at most ``limit`` faults are listed."""
    report = Report()
    log = node_log()
    try:
        head = log.verify_all()
    except (LogDamaged, AuthorityMissing) as error:
        report.faults.append(error.message)
        return report
    report.log_size, report.root_hex = head.size, head.root.hex()
    report.waiting = Entry.objects.filter(leaf_index__isnull=True).count()
    placed = Entry.objects.filter(leaf_index__isnull=False).order_by("leaf_index")
    for entry in placed.iterator(chunk_size=1000):
        report.entries += 1
        index = entry.leaf_index or 0
        if index >= head.size:
            report.faults.append(
                f"Entry {entry.entry_id} claims place {index}, beyond the log's {head.size}."
            )
        elif log.leaf(index) != leaf_of(entry):
            report.faults.append(
                f"Entry {entry.entry_id} differs from leaf {index}: it was changed after logging."
            )
        if len(report.faults) >= limit:
            break
    return report
