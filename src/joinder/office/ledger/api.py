"""The ledger for machines: check it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from ninja import Router

from joinder.office.ledger import verifying

router = Router(tags=["ledger"])


@router.get("/ledger/verify")
def verify(request: HttpRequest) -> dict[str, Any]:
    """Rebuild the log offline and compare every entry with its leaf."""
    report = verifying.verify()
    return {"ok": report.ok, **asdict(report)}
