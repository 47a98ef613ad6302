"""The ``*.evz`` file: a plain zip, every member stored, written whole or not at all."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

from joinder.evidence.errors import SealFailed
from joinder.evidence.seal import members_of

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # time stands in the stamps; the container's own times would only mislead
_MAX_MEMBER = (4 << 30) - 1


def write_package(folder: Path, target: Path) -> None:
    """Write the files of ``folder`` to a fresh ``target``. Raises SealFailed for a member over 4 GiB.

    The bytes are on disk when this returns; putting the file in its final place is the caller's last step.
    """
    with target.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED, allowZip64=False) as container:
            for path in members_of(folder):
                if path.stat().st_size > _MAX_MEMBER:
                    raise SealFailed(f"{path.name} is larger than 4 GiB, which a package cannot hold.")
                info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _ZIP_EPOCH)
                info.external_attr = 0o644 << 16
                with path.open("rb") as source, container.open(info, "w") as sink:
                    while piece := source.read(1 << 20):
                        sink.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
