"""Write so that a full disk or a kill leaves nothing half-written, and lock a pool while it is written."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from joinder.pools.errors import DiskFull, LakeError, PoolBusy

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_safely(path: Path, data: bytes) -> None:
    """Write a file so that readers see the old one or the new one, whatever happens in between."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_parquet_safely(path: Path, table: pa.Table) -> None:
    """The same for a Parquet file."""
    part = path.with_name(f".{path.name}.part")
    try:
        pq.write_table(table, part, compression="zstd", row_group_size=100_000)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def explained_failures(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals to write under ``folder`` into DiskFull or LakeError."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM or "No space left" in str(error):
            raise DiskFull(
                f"There is no room left to write in {folder}; the pool is as it was before.",
                mend="Free some space (df shows where), then run the same command again.",
                zh="磁盘空间不足，数据池保持原样。请腾出空间后重新接入。",
            ) from error
        raise LakeError(
            f"{folder} cannot be written: {error.strerror or error}; the pool is as it was before.",
            mend="Check the folder's owner and permissions.",
        ) from error


@contextmanager
def locked(pools: Path, pool: str) -> Iterator[None]:
    """Hold the right to write one pool. Raises PoolBusy if another process holds it.

    The lock is the operating system's and ends with its process, so a killed intake leaves none behind.
    """
    folder = pools / ".locks"
    with explained_failures(pools):
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / pool).open("a+")
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise PoolBusy(
                f"Another intake is writing the pool {pool!r}.",
                mend="Wait until it is done, then try again.",
                zh=f"另一项接入正在写入数据池{pool}，请等其完成后重试。",
            ) from None
        yield
