"""Refusals about subjects, named after the outcome."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError


class NothingToResolve(JoinderError):
    """No pool of accounts may be compared by this organisation, or the pools hold no records."""


class JudgementRefused(JoinderError):
    """The link cannot be judged as asked: it is no longer in force, or the reason is missing."""


class NothingToUndo(JoinderError):
    """The judgement was taken back before, or a later state stands against it."""
