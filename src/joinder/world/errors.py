"""What can go wrong while a world is made or shown."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError, UsageError


class UnknownKnob(UsageError):
    """A knob was named that this generator does not have, or its value is out of range."""


class OutputNotEmpty(UsageError):
    """The output folder holds files that are not a world, so it is not replaced."""


class NotAWorld(UsageError):
    """The folder given is not one that `joinder world make` wrote."""


class CannotServe(JoinderError):
    """The sample marketplace could not start, for example because its port is taken."""
