"""What an error must say: what happened, what was expected, and how to mend it.

Every room subclasses :class:`JoinderError` in its own ``errors.py``. Only the command line prints and exits; the
office shows ``str(error)`` and ``error.mend`` on the page.
"""

from __future__ import annotations


class JoinderError(Exception):
    """Something could not be done, said so that a person can mend it.

    message: what happened and what was expected, in one or two sentences.
    mend: what the reader can do next, or None where nothing can be done.
    """

    exit_code = 1

    def __init__(self, message: str, *, mend: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return self.message if self.mend is None else f"{self.message}\n{self.mend}"


class UsageError(JoinderError):
    """The request itself is wrong: an unknown kind, a missing option, a file for another purpose."""

    exit_code = 2


class Undecided(JoinderError):
    """The work was done but the answer is open or incomplete."""

    exit_code = 3


class NotBuiltYet(JoinderError):
    """A later step of the road map; nothing was done and nothing is pretended."""

    exit_code = 4

    def __init__(self, what: str, *, instead: str | None = None) -> None:
        super().__init__(f"{what} is not built yet.", mend=instead)
