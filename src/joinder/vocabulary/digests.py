"""Digests that carry the name of their algorithm, and the one canonical form of JSON.

A digest is written ``sha256:<hex>`` or ``sm3:<hex>``, so that a reader never guesses how it was made and a second
algorithm (SM3 for Chinese deployments) stands beside the first without a change of format.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from joinder.vocabulary.errors import JoinderError

ALGORITHMS = ("sha256", "sm3")
_CHUNK = 1 << 20


class DigestError(JoinderError):
    """A digest is not written as ``algorithm:hex`` or names an unknown algorithm."""


def _hasher(algorithm: str) -> Any:
    if algorithm not in ALGORITHMS:
        raise DigestError(
            f"Unknown digest algorithm {algorithm!r}; expected one of {', '.join(ALGORITHMS)}.",
            mend="Write the digest as sha256:<hex> or sm3:<hex>.",
        )
    return hashlib.new(algorithm)


def digest_bytes(data: bytes, algorithm: str = "sha256") -> str:
    """The tagged digest of ``data``."""
    hasher = _hasher(algorithm)
    hasher.update(data)
    return f"{algorithm}:{hasher.hexdigest()}"


def digest_chunks(chunks: Iterable[bytes], algorithm: str = "sha256") -> str:
    """The tagged digest of a stream; the digest of nothing for an empty one."""
    hasher = _hasher(algorithm)
    for chunk in chunks:
        hasher.update(chunk)
    return f"{algorithm}:{hasher.hexdigest()}"


def digest_file(path: Path, algorithm: str = "sha256") -> str:
    """The tagged digest of a file's bytes, read in pieces of one mebibyte. Raises OSError if unreadable."""
    with path.open("rb") as stream:
        return digest_chunks(iter(lambda: stream.read(_CHUNK), b""), algorithm)


def split_digest(text: str) -> tuple[str, str]:
    """``("sha256", hex)`` of a tagged digest. Raises DigestError if it is not one."""
    algorithm, _, value = text.partition(":")
    expected = _hasher(algorithm).digest_size * 2
    if len(value) != expected or any(c not in "0123456789abcdef" for c in value):
        raise DigestError(
            f"{text!r} is not a digest; expected {algorithm}: and {expected} lower-case hex digits."
        )
    return algorithm, value


def canonical_json(value: Any) -> bytes:
    """The one byte form of a JSON value: sorted keys, no spaces, UTF-8, no NaN.

    Numbers should be integers or strings; floats are written as Python writes them. Close to RFC 8785 for the values
    we store (no floats in what is signed). Raises ValueError for NaN and TypeError for what JSON cannot hold.
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
