"""Refusals about leads, named after the outcome."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError


class VerdictConflict(JoinderError):
    """Somebody decided in the meantime; the verdict was not stored."""

    http_status = 409


class VerdictIncomplete(JoinderError):
    """A verdict without the ground that it needs."""


class NothingToUndo(JoinderError):
    """There is no verdict of the actor's own that stands."""


class ScreeningRefused(JoinderError):
    """A pool may not be screened by this organisation."""

    http_status = 403
