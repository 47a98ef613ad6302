"""Refusals about people."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError


class NotAllowed(JoinderError):
    """The actor may not do this; the message says which capacity or organisation may."""

    http_status = 403


class PeopleError(JoinderError):
    """An organisation or a member cannot be added or changed as asked."""
