"""Refusals about pools, named after the outcome."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError


class PoolError(JoinderError):
    """A pool cannot be registered or changed as asked."""


class UploadRefused(JoinderError):
    """An uploaded file is too large, empty, or not of a format that pools read."""


class QuestionRefused(JoinderError):
    """The pool does not answer this question of this organisation; the message says which part refuses."""

    http_status = 403
