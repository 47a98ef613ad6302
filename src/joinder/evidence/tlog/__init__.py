"""The node's transparency log: what was logged stays logged, and anyone can check it.

An append-only Merkle tree after RFC 6962 (``merkle``), kept in one file of hashes per level (``log``), with C2SP
signed-note checkpoints and ``tlog-proof@v1`` proofs (``notes``). It proves that a leaf stood in the log when the
checkpoint was signed and that later checkpoints extend earlier ones; it does not prove that a leaf's content is true.
"""

from joinder.evidence.tlog.log import Checkpoint, Log
from joinder.evidence.tlog.merkle import verify_consistency, verify_inclusion
from joinder.evidence.tlog.notes import SigningKey, VerifierKey

__all__ = ["Checkpoint", "Log", "SigningKey", "VerifierKey", "verify_consistency", "verify_inclusion"]
