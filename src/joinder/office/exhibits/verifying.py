"""What the verifier says of a package, in both languages, from a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from joinder.evidence import verify


@dataclass(frozen=True)
class Said:
    """verdict: valid, invalid or unknown. checks: {check, member, ok, zh, en}. summary: what a valid package states."""

    verdict: str
    checks: list[dict[str, Any]]
    summary: dict[str, Any]

    @property
    def fault(self) -> dict[str, Any] | None:
        """The check that failed, or could not be made; None if all passed."""
        return next((check for check in self.checks if check["ok"] is not True), None)


def run(package: Path) -> Said:
    """Verify with the node's own trust anchors. Raises EvidenceError if the verifier cannot run."""
    report = verify(package, settings.HOME.trust).report
    summary = {key: value for key, value in report.items() if key not in ("verdict", "checks")}
    return Said(report["verdict"], report["checks"], summary)
