"""The log on disk.

``leaves`` holds each leaf's bytes behind a four-byte length, ``offsets`` the place where each begins, ``level-NN``
the hashes of full subtrees with 2**NN leaves, and ``checkpoint`` the signed size and root. The checkpoint is the
one commit point: it is replaced last, after everything it promises was synced. What lies beyond it after a crash was
never promised and is cut off by the next append; less than it promises is damage and stops everything.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from joinder.evidence.errors import AuthorityMissing, LogDamaged, NotesMalformed
from joinder.evidence.tlog import merkle
from joinder.evidence.tlog.notes import SigningKey, VerifierKey, checkpoint_text, open_checkpoint, proof_text
from joinder.vocabulary.node import NodeHome

_HASH = 32
_OFFSET = 8
_LENGTH = 4
MAX_LEAF = 1 << 20

Step = Callable[[str], None]


def _no_step(_: str) -> None:
    """Tests put a fault here: it is called between any two writes."""


@dataclass(frozen=True)
class Checkpoint:
    """A signed tree head: ``note`` is the text that others check and cosign."""

    size: int
    root: bytes
    note: str


class Log:
    """An append-only log in ``home.log``, signed with the node's log key.

    One writer at a time, by a file lock that dies with its process; readers share it. Raises AuthorityMissing
    without the key and LogDamaged if the files hold less than the last checkpoint promises.
    """

    def __init__(self, home: NodeHome, *, on_step: Step = _no_step) -> None:
        self._folder = home.log
        self._key_file = home.keys / "log.key"
        self._step = on_step
        self._key: SigningKey | None = None

    @property
    def _signing_key(self) -> SigningKey:
        if self._key is None:
            try:
                self._key = SigningKey.decode(self._key_file.read_text(encoding="ascii"))
            except FileNotFoundError:
                raise AuthorityMissing(
                    f"There is no log key at {self._key_file}.", mend="Make the node's keys: joinder init"
                ) from None
        return self._key

    @property
    def verifier_key(self) -> VerifierKey:
        """The public key under which the checkpoints verify."""
        return self._signing_key.verifier

    @property
    def size(self) -> int:
        """How many leaves the last checkpoint promises."""
        return self.checkpoint().size

    def append(self, leaves: Sequence[bytes]) -> list[int]:
        """Log ``leaves`` in order; their indices. All of them are durable when this returns, or none is.

        Amortised O(1) hashes a leaf. Raises ValueError for a leaf over one mebibyte.
        """
        if any(len(leaf) > MAX_LEAF for leaf in leaves):
            raise ValueError(f"A leaf holds at most {MAX_LEAF} bytes.")
        if not leaves:
            return []
        with self._locked(fcntl.LOCK_EX):
            committed = self._read_checkpoint().size
            self._cut_to(committed)
            self._write_leaves(leaves)
            size = self._write_levels(committed, [merkle.leaf_hash(leaf) for leaf in leaves])
            self._write_checkpoint(size)
        return list(range(committed, size))

    def checkpoint(self) -> Checkpoint:
        """The last signed tree head; that of the empty tree before the first append."""
        with self._locked(fcntl.LOCK_SH):
            return self._read_checkpoint()

    def leaf(self, index: int) -> bytes:
        """The bytes of a leaf. Raises IndexError beyond the last checkpoint."""
        with self._locked(fcntl.LOCK_SH):
            if not 0 <= index < self._read_checkpoint().size:
                raise IndexError(f"The log has no leaf {index}.")
            return self._read_leaf(index)

    def proof(self, index: int, *, extra: bytes | None = None) -> str:
        """The ``tlog-proof@v1`` text for a leaf under the last checkpoint. Raises IndexError beyond it."""
        with self._locked(fcntl.LOCK_SH):
            head = self._read_checkpoint()
            if not 0 <= index < head.size:
                raise IndexError(f"The log has no leaf {index}.")
            return proof_text(index, merkle.inclusion_path(self._stored, index, head.size), head.note, extra)

    def consistency(self, old_size: int) -> list[bytes]:
        """The proof that the present tree extends that of ``old_size`` leaves. Raises IndexError beyond it."""
        with self._locked(fcntl.LOCK_SH):
            head = self._read_checkpoint()
            if not 0 < old_size <= head.size:
                raise IndexError(f"The log never had {old_size} leaves.")
            return merkle.consistency_path(self._stored, old_size, head.size)

    def verify_all(self) -> Checkpoint:
        """Read every leaf again and rebuild every hash. Returns the checkpoint that it all agrees with.

        Raises LogDamaged, naming the first thing that does not agree.
        """
        with self._locked(fcntl.LOCK_SH):
            head = self._read_checkpoint()
            levels: list[int] = []
            hashes: list[bytes] = []
            for index in range(head.size):
                node, level = merkle.leaf_hash(self._read_leaf(index)), 0
                position = index
                while True:
                    if self._stored(level, position) != node:
                        raise LogDamaged(f"The log's level {level} does not agree with leaf {index}.")
                    if levels and levels[-1] == level:
                        node = merkle.node_hash(hashes.pop(), node)
                        levels.pop()
                        level, position = level + 1, position >> 1
                        continue
                    levels.append(level)
                    hashes.append(node)
                    break
            if merkle.root(self._stored, head.size) != head.root:
                raise LogDamaged("The log's leaves do not give the root that its checkpoint signs.")
            return head

    # -- files

    @contextlib.contextmanager
    def _locked(self, mode: int) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("ab") as lock:
            fcntl.flock(lock, mode)
            yield

    def _level(self, level: int) -> Path:
        return self._folder / f"level-{level:02d}"

    def _stored(self, level: int, index: int) -> bytes:
        return _read_at(self._level(level), index * _HASH, _HASH)

    def _read_leaf(self, index: int) -> bytes:
        start = int.from_bytes(_read_at(self._folder / "offsets", index * _OFFSET, _OFFSET), "big")
        leaves = self._folder / "leaves"
        length = int.from_bytes(_read_at(leaves, start, _LENGTH), "big")
        return _read_at(leaves, start + _LENGTH, length)

    def _read_checkpoint(self) -> Checkpoint:
        path = self._folder / "checkpoint"
        try:
            note = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            text = checkpoint_text(self.verifier_key.name, 0, merkle.EMPTY_ROOT)
            return Checkpoint(0, merkle.EMPTY_ROOT, self._signing_key.sign(text))
        except UnicodeDecodeError:
            raise LogDamaged(f"{path} is not a checkpoint.") from None
        try:
            size, root = open_checkpoint(note, self.verifier_key)
        except NotesMalformed as error:
            raise LogDamaged(f"{path} cannot be trusted: {error.message}") from None
        return Checkpoint(size, root, note)

    def _cut_to(self, size: int) -> None:
        """Remove what a crash left beyond the checkpoint. Raises LogDamaged if there is less than it promises."""
        end = 0
        if size:
            start = int.from_bytes(_read_at(self._folder / "offsets", (size - 1) * _OFFSET, _OFFSET), "big")
            leaves = self._folder / "leaves"
            end = start + _LENGTH + int.from_bytes(_read_at(leaves, start, _LENGTH), "big")
        expected = {self._folder / "leaves": end, self._folder / "offsets": size * _OFFSET}
        for path in self._folder.glob("level-*"):
            expected[path] = (size >> int(path.name[6:])) * _HASH
        for level in range(size.bit_length()):
            expected.setdefault(self._level(level), (size >> level) * _HASH)
        for path, length in expected.items():
            actual = path.stat().st_size if path.exists() else 0
            if actual < length:
                raise LogDamaged(
                    f"{path} holds {actual} bytes, but the checkpoint promises {length}.",
                    mend="Restore the node's log folder from your backup.",
                )
            if actual > length:
                os.truncate(path, length)
                self._step(f"cut {path.name}")

    def _write_leaves(self, leaves: Sequence[bytes]) -> None:
        path = self._folder / "leaves"
        place = path.stat().st_size if path.exists() else 0
        offsets = bytearray()
        with _appending(path) as stream:
            for leaf in leaves:
                offsets += place.to_bytes(_OFFSET, "big")
                stream.write(len(leaf).to_bytes(_LENGTH, "big"))
                self._step("leaf length")
                stream.write(leaf)
                self._step("leaf")
                place += _LENGTH + len(leaf)
        with _appending(self._folder / "offsets") as stream:
            stream.write(offsets)
        self._step("offsets")

    def _write_levels(self, size: int, hashes: list[bytes]) -> int:
        """Append leaf hashes and every subtree they complete; the new size."""
        new_size, level, first = size + len(hashes), 0, size
        while hashes:
            with _appending(self._level(level)) as stream:
                stream.write(b"".join(hashes))
            self._step(f"level {level}")
            if first & 1:
                hashes = [self._stored(level, first - 1), *hashes]
                first -= 1
            hashes = [
                merkle.node_hash(hashes[place], hashes[place + 1]) for place in range(0, len(hashes) - 1, 2)
            ]
            first, level = first >> 1, level + 1
        return new_size

    def _write_checkpoint(self, size: int) -> None:
        root = merkle.root(self._stored, size)
        note = self._signing_key.sign(checkpoint_text(self.verifier_key.name, size, root))
        target, fresh = self._folder / "checkpoint", self._folder / "checkpoint.new"
        with fresh.open("wb") as stream:
            stream.write(note.encode())
            stream.flush()
            os.fsync(stream.fileno())
        self._step("checkpoint written")
        _sync_folder(self._folder)
        fresh.replace(target)
        self._step("checkpoint in place")
        _sync_folder(self._folder)


@contextlib.contextmanager
def _appending(path: Path) -> Iterator[BinaryIO]:
    with path.open("ab", buffering=0) as raw:
        yield raw  # unbuffered: a fault between two writes leaves exactly the first on disk
        os.fsync(raw.fileno())


def _read_at(path: Path, offset: int, length: int) -> bytes:
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            data = stream.read(length)
    except FileNotFoundError:
        data = b""
    if len(data) != length:
        raise LogDamaged(
            f"{path} ends before byte {offset + length}, which the log's checkpoint promises.",
            mend="Restore the node's log folder from your backup.",
        )
    return data


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
