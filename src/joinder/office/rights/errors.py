"""Refusals about rights, named after the outcome."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError


class RightError(JoinderError):
    """A right, a note or an authorisation cannot be added or changed as asked."""
