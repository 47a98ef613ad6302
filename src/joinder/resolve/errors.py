"""What can go wrong in resolving, said so that a person can mend it."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError, UsageError


class SpecError(UsageError):
    """A resolve spec cannot be used: not YAML, an unknown evidence type, a column that the input does not have."""


class InputError(JoinderError):
    """The records cannot be resolved as they stand: duplicate ids, no rows, two files of one name."""


class ResultError(JoinderError):
    """A result folder is missing, incomplete, or does not hold the record asked about."""
