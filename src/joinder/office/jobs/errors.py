"""What can go wrong with a job, named after the outcome."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError


class JobError(JoinderError):
    """A job cannot be asked or changed as wished."""


class InvalidStateTransition(JobError):
    """The job's state does not allow this step."""

    http_status = 409


class IdempotencyConflict(JobError):
    """The same key was used before with another body."""

    http_status = 409


class LeaseLost(JobError):
    """Another worker holds the job now, or it ended: this worker's result is not accepted."""

    http_status = 409


class JobCancelled(JobError):
    """Raised inside a handler at the next progress call after someone cancelled."""


class UnknownJobKind(JobError):
    """No handler is registered for the kind."""


class InputNeeded(JobError):
    """Raised by a handler that cannot go on without an answer from the asker."""
