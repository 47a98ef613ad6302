"""What can go wrong while data is taken in or read."""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError, UsageError


class SourceError(JoinderError):
    """A file cannot be read as what it is said to be."""


class MappingError(UsageError):
    """A mapping is not well formed, is for another kind, or names columns that the file lacks."""


class LakeError(JoinderError):
    """The lake of a node cannot be read or written."""


class PoolBusy(LakeError):
    """Another intake is writing the same pool."""


class DiskFull(LakeError):
    """There was no room; the lake is as it was before."""


class PoolMissing(UsageError):
    """There is neither a file nor a pool of that name."""
