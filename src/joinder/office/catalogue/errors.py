"""Refusals about pools, named after the outcome."""

from __future__ import annotations

from django.utils.translation import get_language

from joinder.pools.errors import PoolsError
from joinder.vocabulary.errors import JoinderError


def said(error: JoinderError) -> str:
    """An error in the reader's language, as far as it is written so."""
    if isinstance(error, PoolsError) and (get_language() or "").startswith("zh"):
        return error.said_zh
    return str(error)


class PoolError(JoinderError):
    """A pool cannot be registered or changed as asked."""


class UploadRefused(JoinderError):
    """An uploaded file is too large, empty, or not of a format that pools read."""


class QuestionRefused(JoinderError):
    """The pool does not answer this question of this organisation; the message says which part refuses."""

    http_status = 403
