"""Refusals about exhibits, named after the outcome."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError


class ExhibitError(JoinderError):
    """An exhibit cannot be made or used as asked."""


class PackageRefused(ExhibitError):
    """A package is not intact, or nobody whom this node trusts has sealed it; it was not kept."""


class ExhibitIsSealed(ExhibitError):
    """Something tried to change an exhibit. Evidence is appended and verified, never edited."""

    http_status = 409
