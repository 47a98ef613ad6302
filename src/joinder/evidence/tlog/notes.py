"""C2SP signed notes, checkpoints and log proofs: small text formats, written and read strictly.

Sources: c2sp.org/signed-note, c2sp.org/tlog-checkpoint, c2sp.org/tlog-proof@v1 (texts read on 2026-11-22).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from joinder.evidence.errors import NotesMalformed

PROOF_HEADER = "c2sp.org/tlog-proof@v1"
_ED25519 = b"\x01"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unb64(text: str) -> bytes:
    """Strictly: what would not be written the same way again is refused."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise NotesMalformed(f"{text[:40]!r} is not base64.") from None
    if _b64(data) != text:
        raise NotesMalformed(f"{text[:40]!r} is not base64 in its one form.")
    return data


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


@dataclass(frozen=True)
class VerifierKey:
    """A log's public key with its name; encoded as ``name+id+base64``."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        return _key_id(self.name, self.public)

    def encode(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_b64(_ED25519 + self.public)}"

    @classmethod
    def decode(cls, text: str) -> VerifierKey:
        """Raises NotesMalformed if ``text`` is not an Ed25519 verifier key with its right id."""
        name, _, rest = text.strip().partition("+")
        key_id, _, data = rest.partition("+")
        blob = _unb64(data)
        key = cls(name, blob[1:])
        if not name or blob[:1] != _ED25519 or len(blob) != 33 or key.key_id.hex() != key_id:
            raise NotesMalformed(f"{text[:60]!r} is not an Ed25519 verifier key.")
        return key

    def verifies(self, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    """A log's private key with its name."""

    name: str
    private: bytes

    @classmethod
    def generate(cls, name: str) -> SigningKey:
        key = Ed25519PrivateKey.generate()
        return cls(name, key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()))

    @property
    def verifier(self) -> VerifierKey:
        key = Ed25519PrivateKey.from_private_bytes(self.private)
        return VerifierKey(self.name, key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def encode(self) -> str:
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{_b64(_ED25519 + self.private)}\n"

    @classmethod
    def decode(cls, text: str) -> SigningKey:
        """Raises NotesMalformed if ``text`` is not a note signing key."""
        parts = text.strip().split("+", 4)
        if len(parts) != 5 or parts[:2] != ["PRIVATE", "KEY"]:
            raise NotesMalformed("The log key is not a signed-note private key.")
        blob = _unb64(parts[4])
        if blob[:1] != _ED25519 or len(blob) != 33:
            raise NotesMalformed("The log key is not an Ed25519 key.")
        return cls(parts[2], blob[1:])

    def sign(self, text: str) -> str:
        """The signed note over ``text``, which must end with a newline."""
        signature = Ed25519PrivateKey.from_private_bytes(self.private).sign(text.encode())
        return f"{text}\n— {self.name} {_b64(self.verifier.key_id + signature)}\n"


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """The body of a checkpoint (c2sp.org/tlog-checkpoint)."""
    return f"{origin}\n{size}\n{_b64(root)}\n"


def open_checkpoint(note: str, key: VerifierKey) -> tuple[int, bytes]:
    """Size and root of a checkpoint signed by ``key``. Raises NotesMalformed if form or signature is not right."""
    text, found, signatures = note.partition("\n\n")
    body = text + "\n"
    lines = text.split("\n")
    if (
        not found
        or len(lines) != 3
        or lines[0] != key.name
        or not lines[1].isascii()
        or not lines[1].isdigit()
    ):
        raise NotesMalformed(f"This is not a checkpoint of {key.name}.")
    if str(int(lines[1])) != lines[1]:
        raise NotesMalformed("The checkpoint's tree size has leading zeros.")
    for line in signatures.splitlines():
        mark, _, rest = line.partition(" ")
        name, _, data = rest.partition(" ")
        if mark != "—":
            raise NotesMalformed("A signature line of the checkpoint does not begin with a dash.")
        blob = _unb64(data)
        if name == key.name and blob[:4] == key.key_id and key.verifies(body.encode(), blob[4:]):
            return int(lines[1]), _unb64(lines[2])
    raise NotesMalformed(f"The checkpoint is not signed by {key.name}.")


def proof_text(index: int, path: Sequence[bytes], checkpoint: str, extra: bytes | None = None) -> str:
    """A ``tlog-proof@v1`` file; ``extra`` is the leaf's own text, which the index and path then bind."""
    lines = [PROOF_HEADER]
    if extra is not None:
        lines.append(f"extra {_b64(extra)}")
    lines.append(f"index {index}")
    lines.extend(_b64(part) for part in path)
    return "\n".join(lines) + "\n\n" + checkpoint
