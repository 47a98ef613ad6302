"""What can go wrong in detection, said so that it can be mended."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError, UsageError


class DetectError(JoinderError):
    """Detection could not be done on this input."""


class NothingToDetect(UsageError):
    """The rights hold no mark that could be looked for."""


class SignalsError(UsageError):
    """The signals table lacks a column or names an unknown signal."""
