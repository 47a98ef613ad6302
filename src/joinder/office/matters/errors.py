"""Refusals about matters and notices."""

from __future__ import annotations

from collections.abc import Sequence

from joinder.law.notices import Finding
from joinder.vocabulary.errors import JoinderError


class MatterError(JoinderError):
    """A matter, fact or task cannot be changed as asked."""


class NotAllowed(JoinderError):
    """The actor is not of the side, or not in the capacity, that may do this."""

    http_status = 403


class InvalidTransition(JoinderError):
    """The step does not follow from the present state, or its condition is not met."""

    http_status = 409


class NoticeIncomplete(JoinderError):
    """The notice or counter-statement lacks something required; ``findings`` is the fix list."""

    http_status = 422

    def __init__(self, message: str, findings: Sequence[Finding], *, mend: str | None = None) -> None:
        super().__init__(message, mend=mend)
        self.findings = tuple(findings)
