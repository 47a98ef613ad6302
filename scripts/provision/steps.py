"""What every step of set-up shares: messages, stamps, running a program, one set-up at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

STATE = ".setup"
"""Folder at the root of the clone, ignored by git: logs of the outside programs, the lock, loose stamps."""

_LINES_OF_LOG_SHOWN = 25

_held: list[int] = []
"""The descriptor of the lock this process holds. Programs inherit it, so that a pip whose set-up was killed keeps the
next set-up waiting instead of writing into an environment that is being made anew."""


class SetUpStopped(Exception):
    """Set-up cannot go on; the message says what happened and what to do."""


def say(message: str) -> None:
    """One line of progress, on stderr so that a command's result keeps stdout to itself."""
    print(f"set-up: {message}", file=sys.stderr, flush=True)


def fingerprint(files: Iterable[Path], *facts: object) -> str:
    """A digest of the contents of `files` and of `facts`: what a step was made from.

    A file that is missing counts as empty, so that its appearing later is a change.
    """
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes() if file.is_file() else b""
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    for fact in facts:
        digest.update(f"\0{fact}".encode())
    return digest.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    """Whether the step that owns `stamp` was finished for exactly this `value`."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == value


def put_stamp(stamp: Path, value: str) -> None:
    """Record that a step is finished; written whole or not at all."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    part = stamp.with_name(stamp.name + ".part")
    part.write_text(value + "\n", encoding="utf-8")
    os.replace(part, stamp)


def run(
    command: Sequence[str | Path],
    *,
    root: Path,
    log: str,
    failing: str,
    env: Mapping[str, str] | None = None,
    mend: str = "",
    inherits_lock: bool = True,
) -> None:
    """Run an outside program in `root`, its output going to .setup/`log`.

    inherits_lock: False for a program that may leave services running (apt), which would hold the lock for ever.

    Raises SetUpStopped with `failing`, the end of the output and `mend`, when it cannot start or does not exit 0.
    """
    file = root / STATE / log
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as output:
        try:
            code = subprocess.run(
                [str(part) for part in command],
                cwd=root,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=_held if inherits_lock else (),
                check=False,
            ).returncode
        except OSError as error:
            raise SetUpStopped(
                f"{failing}: {command[0]} cannot be started ({error.strerror}).\n{mend}"
            ) from error
    if code != 0:
        tail = file.read_text(encoding="utf-8", errors="replace").splitlines()[-_LINES_OF_LOG_SHOWN:]
        shown = "\n".join(f"    {line}" for line in tail)
        raise SetUpStopped(f"{failing} (exit {code}). The end of {STATE}/{log}:\n{shown}\n{mend}".rstrip())


@contextmanager
def exclusively(root: Path) -> Iterator[None]:
    """Hold this clone's set-up for one process; a second one waits and then finds the work done."""
    (root / STATE).mkdir(exist_ok=True)
    with (root / STATE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another set-up of this clone to finish")
            fcntl.flock(lock, fcntl.LOCK_EX)
        _held.append(lock.fileno())
        try:
            yield
        finally:
            _held.clear()
