"""What can go wrong in the law room, named after the outcome."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError, Undecided, UsageError


class LawError(JoinderError):
    """Base of the room's errors."""


class InvalidPack(LawError):
    """A rule pack cannot be read, breaks the schema, or contradicts another pack."""


class RuleNotFound(LawError, UsageError):
    """No rule has this id, or none of its versions was in force on the date asked."""


class YearWithoutData(Undecided):
    """A date falls in a year for which no holiday notice is loaded, so working days cannot be told."""


class ClockInputInvalid(LawError, UsageError):
    """A trigger without a zone, an exclusion that ends before it starts, or a rule that is not a clock."""


class NoticeUnreadable(LawError, UsageError):
    """The notice is not a JSON object of named fields."""


class AmountRowsInvalid(LawError):
    """The rows cannot be read as an amount sheet."""


class NothingToCount(Undecided):
    """No row can be counted, so no amount can be stated."""
