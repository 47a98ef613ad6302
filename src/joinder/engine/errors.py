"""What can go wrong where tables are computed."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError


class EngineError(JoinderError):
    """A query could not be run: the SQL, a table or the machine's memory or disk."""


class KernelError(EngineError):
    """A kernel gave back a batch that is not of the schema it promised."""
