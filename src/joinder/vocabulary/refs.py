"""The name of a record everywhere: ``pool/kind/key@version``.

The key's parts are joined by ``/`` and each percent-encoded; the version is the first twelve hex digits of the
record's content hash, so a reference says not only *which* record but *as it was when we read it*. Example:
``market/listing/taobei/L0@3f2a9c01d4e7``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote

from joinder.vocabulary.digests import canonical_json
from joinder.vocabulary.errors import JoinderError
from joinder.vocabulary.moments import iso

VERSION_DIGITS = 12
_VERSION = re.compile(r"[0-9a-f]{12}")


class RefError(JoinderError):
    """A text is not a record reference."""


@dataclass(frozen=True, order=True)
class RecordRef:
    """The name of one version of one record."""

    pool: str
    kind: str
    key: tuple[str, ...]
    version: str

    def __str__(self) -> str:
        parts = "/".join(_encode(part) for part in (self.pool, self.kind, *self.key))
        return f"{parts}@{self.version}"

    @property
    def record(self) -> str:
        """The name without the version: the same for every version of the record."""
        return str(self).rpartition("@")[0]

    @classmethod
    def parse(cls, text: str) -> RecordRef:
        """Read ``pool/kind/key@version``. Raises RefError for anything else."""
        name, at, version = text.rpartition("@")
        parts = [_decode(part) for part in name.split("/")]
        if not at or len(parts) < 3 or not all(parts) or not _VERSION.fullmatch(version):
            raise RefError(
                f"{text!r} is not a record reference.",
                mend="Expected pool/kind/key@version, such as market/listing/taobei/L0@3f2a9c01d4e7.",
            )
        return cls(parts[0], parts[1], tuple(parts[2:]), version)


def _encode(part: str) -> str:
    return quote(part, safe="")


def _decode(part: str) -> str:
    return unquote(part, errors="replace")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def content_version(record: Mapping[str, Any]) -> str:
    """The version of a stored record: the first twelve hex digits of the SHA-256 of its canonical JSON.

    record: stored columns to values. Empty values (None, "", []) do not count, so adding an empty column changes no
    version; times are written in UTC.
    """
    told = {name: _plain(value) for name, value in record.items() if value not in (None, "", [])}
    return sha256(canonical_json(told)).hexdigest()[:VERSION_DIGITS]
