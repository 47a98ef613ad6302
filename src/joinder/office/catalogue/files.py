"""Files handed in: kept in the node's folder, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from joinder.office.catalogue.errors import UploadRefused

LARGEST_BYTES = 2 * 1024**3


@dataclass(frozen=True)
class Stored:
    """A file that was stored. path: relative to the node's folder."""

    path: str
    digest: str
    size: int


def folder() -> Path:
    """Where files that were handed in lie."""
    home: Path = settings.HOME.root
    return home / "uploads"


def plain_name(name: str) -> str:
    """The name without folders and characters that a file system or a shell could take amiss."""
    last = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[\x00-\x1f<>:\"|?*]", "_", last).strip(". ")[-120:] or "file"


def store(name: str, chunks: Iterable[bytes], *, largest: int = LARGEST_BYTES) -> Stored:
    """Write the bytes under a name of their own. Raises UploadRefused (empty, too large, no room)."""
    place = folder() / uuid.uuid4().hex
    hasher, size = hashlib.sha256(), 0
    target = place / plain_name(name)
    try:
        place.mkdir(parents=True)
        with target.open("wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > largest:
                    raise UploadRefused(
                        _("%(file)s is larger than %(size)s MiB.")
                        % {"file": name, "size": largest // 1024**2},
                        mend=_("Split it, or take it in on the server with: joinder pool add"),
                    )
                hasher.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if size == 0:
            raise UploadRefused(_("%(file)s is empty.") % {"file": name}, mend=_("Choose the file again."))
    except OSError as error:
        _remove(target)
        raise UploadRefused(
            _("%(file)s could not be stored: %(why)s.") % {"file": name, "why": error.strerror or error},
            mend=_("Free some space, then try again."),
        ) from error
    except UploadRefused:
        _remove(target)
        raise
    return Stored(str(target.relative_to(settings.HOME.root)), f"sha256:{hasher.hexdigest()}", size)


def path_of(stored: str) -> Path:
    """The file's path on this machine."""
    home: Path = settings.HOME.root
    return home / stored


def remove(stored: str) -> None:
    """Remove a file that is no longer needed."""
    _remove(path_of(stored))


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    try:
        path.parent.rmdir()
    except OSError:
        return
