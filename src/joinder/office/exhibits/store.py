"""The content-addressed store of packages: written once under the digest of the bytes, read-only, never renamed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from joinder.office.exhibits.errors import ExhibitError, PackageRefused
from joinder.vocabulary.digests import split_digest

LARGEST_BYTES = 4 * 1024**3
_PIECE = 1 << 20


def root() -> Path:
    """Where evidence lies."""
    home: Path = settings.HOME.store
    return home


def path_of(digest: str) -> Path:
    """The file with these bytes, whether it is there or not. Raises DigestError for what is no digest."""
    algorithm, value = split_digest(digest)
    return root() / algorithm / value[:2] / value


@contextlib.contextmanager
def incoming() -> Iterator[Path]:
    """A folder beside the store for one package on its way in; removed afterwards."""
    place = root() / "incoming"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as name:
        yield Path(name)


def write(path: Path, name: str, chunks: Iterable[bytes]) -> None:
    """Write what someone hands in to ``path``. Raises PackageRefused (empty, too large, no room)."""
    size = 0
    try:
        with path.open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST_BYTES:
                    raise PackageRefused(f"{name}超过4 GiB。 {name} is larger than 4 GiB.")
                out.write(chunk)
    except OSError as error:
        raise PackageRefused(
            f"{name}无法保存。 {name} could not be stored: {error.strerror or error}.",
            mend="Free some space, then try again.",
        ) from error
    if size == 0:
        raise PackageRefused(f"{name}是空文件。 {name} is empty.")


def keep(path: Path) -> tuple[str, int]:
    """Put the bytes of ``path`` into the store; their digest and size. The same bytes twice are one file."""
    hasher, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as out, path.open("rb") as source:
        while piece := source.read(_PIECE):
            hasher.update(piece)
            size += len(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    digest = f"sha256:{hasher.hexdigest()}"
    target = path_of(digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(name)
    fresh.chmod(0o444)
    fresh.replace(target)
    return digest, size


@contextlib.contextmanager
def opened(digest: str) -> Iterator[zipfile.ZipFile]:
    """A kept package, whose container the verifier has passed. Raises ExhibitError if its bytes are gone."""
    try:
        package = zipfile.ZipFile(path_of(digest))
    except (OSError, zipfile.BadZipFile) as error:
        raise ExhibitError(
            f"证据包不在存储中或已损坏。 The package is not in the store, or is damaged: {error}.",
            mend="Restore the store from your backup, then verify again.",
        ) from None
    with package:
        yield package


def read_member(digest: str, name: str) -> bytes:
    """The bytes of one member. Raises KeyError if there is none, ExhibitError if they are damaged."""
    with opened(digest) as package:
        try:
            return package.read(name)
        except zipfile.BadZipFile as error:
            raise ExhibitError(f"{name}已损坏。 {name} is damaged: {error}.") from None
