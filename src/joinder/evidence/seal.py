"""Binding the members of a package together so that stock programs can check them.

``SHA256SUMS`` lists every member; a CMS signature covers the list; an RFC 3161 time stamp covers the signature; a
leaf of the transparency log names all three digests with the case number and sequence; the log's proof comes last.
No member is left unbound, and none but the verifier's own anchors decides whom to believe.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import tempfile
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from joinder.evidence.authority import Authority, load
from joinder.evidence.errors import SealFailed
from joinder.evidence.programs import openssl
from joinder.evidence.tlog import Log
from joinder.vocabulary.moments import iso, utc_now
from joinder.vocabulary.node import NodeHome

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.p7s"
STAMP = "SHA256SUMS.p7s.tsr"
PROOF = "SHA256SUMS.tlog-proof"
CONTROL_FILES = (SUMS, SIGNATURE, STAMP, PROOF)
LEAF_TAG = "joinder-evidence-seal/v1"

# A policy identifier of our own under the UUID arc (ITU-T X.667), so that no registration is pretended.
_TSA_POLICY = "2.25.234879233147632114029384752019384756102"
_TSA_TIMEOUT_S = 20.0


@dataclass(frozen=True)
class Opening:
    """What was stamped before the visit: the text, its token, and the sequence number it took."""

    text: bytes
    token: bytes
    sequence: int


def open_seal(home: NodeHome, matter: str | None, url: str) -> Opening:
    """Take the next sequence number of the case and stamp a fresh nonce with it, before anything is looked at.

    The number is taken for good: a capture that comes to nothing leaves a gap, and a package cannot quietly take
    another's place.
    """
    sequence = _next_sequence(home, matter or "-")
    lines = [
        "joinder-evidence-before/v1",
        f"nonce {secrets.token_hex(16)}",
        f"matter {matter or '-'}",
        f"sequence {sequence}",
        f"url {url}",
        f"clock {iso(utc_now())}",
    ]
    text = ("\n".join(lines) + "\n").encode()
    return Opening(text, time_stamp(home, text), sequence)


def close_seal(home: NodeHome, folder: Path, matter: str | None, sequence: int) -> int:
    """Write the four control files into ``folder``; the index of the log leaf. Raises SealFailed."""
    authority = load(home)
    names = sorted(str(path.relative_to(folder).as_posix()) for path in folder.rglob("*") if path.is_file())
    sums = "".join(f"{_sha256_of(folder / name)}  {name}\n" for name in names if name not in CONTROL_FILES)
    (folder / SUMS).write_text(sums, encoding="ascii")
    _sign(authority, folder / SUMS, folder / SIGNATURE)
    signature = (folder / SIGNATURE).read_bytes()
    (folder / STAMP).write_bytes(time_stamp(home, signature))
    manifest, signed, stamped = (_sha256_of(folder / name) for name in (SUMS, SIGNATURE, STAMP))
    leaf = leaf_text(manifest, signed, stamped, matter, sequence)
    log = Log(home)
    (index,) = log.append([leaf])
    (folder / PROOF).write_text(log.proof(index, extra=leaf), encoding="utf-8")
    return index


def leaf_text(sums: str, signature: str, stamp: str, matter: str | None, sequence: int) -> bytes:
    """The log leaf of a package: the hex SHA-256 of its three control files, its case and its number in it."""
    lines = [
        LEAF_TAG,
        f"manifest sha256:{sums}",
        f"signature sha256:{signature}",
        f"timestamp sha256:{stamp}",
        f"matter {matter or '-'}",
        f"sequence {sequence}",
    ]
    return ("\n".join(lines) + "\n").encode()


def time_stamp(home: NodeHome, data: bytes) -> bytes:
    """An RFC 3161 response over ``data``: from ``[evidence] tsa_url`` where configured, else from the node itself.

    It is verified against the trust folder before it is used. Raises SealFailed.
    """
    authority = load(home)
    url = home.config().get("evidence", {}).get("tsa_url")
    with tempfile.TemporaryDirectory(prefix="joinder-tsa-") as name:
        folder = Path(name)
        (folder / "data").write_bytes(data)
        openssl(["ts", "-query", "-data", folder / "data", "-sha256", "-cert", "-out", folder / "query"])
        if url:
            (folder / "reply").write_bytes(_ask(str(url), (folder / "query").read_bytes()))
        else:
            _answer(authority, folder)
        anchors = b"\n".join(path.read_bytes() for path in sorted(home.trust.glob("*.pem")))
        (folder / "anchors").write_bytes(anchors)
        openssl([
            "ts", "-verify", "-queryfile", folder / "query", "-in", folder / "reply", "-CAfile", folder / "anchors"
        ])  # fmt: skip
        return (folder / "reply").read_bytes()


def _answer(authority: Authority, folder: Path) -> None:
    """The node's own time-stamp authority answers; each token gets a random serial number."""
    (folder / "serial").write_text(secrets.token_hex(8).upper() + "\n")
    (folder / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa = node\n[node]\n"
        f"serial = {folder / 'serial'}\ndefault_policy = {_TSA_POLICY}\nsigner_digest = sha256\n"
        "digests = sha256\naccuracy = secs:1\nordering = no\ntsa_name = yes\ness_cert_id_alg = sha256\n"
    )
    openssl([
        "ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", folder / "query", "-signer",
        authority.tsa_certificate, "-inkey", authority.tsa_key, "-out", folder / "reply",
    ])  # fmt: skip


def _ask(url: str, query: bytes) -> bytes:
    if not url.startswith(("https://", "http://")):
        raise SealFailed(
            f"tsa_url is {url!r}, not a web address.", mend="Correct [evidence] tsa_url in joinder.toml."
        )
    request = urllib.request.Request(url, data=query, headers={"Content-Type": "application/timestamp-query"})
    try:
        with urllib.request.urlopen(request, timeout=_TSA_TIMEOUT_S) as answer:
            return bytes(answer.read(1 << 20))
    except (urllib.error.URLError, TimeoutError, OSError) as error:
        raise SealFailed(
            f"The time-stamp authority {url} does not answer: {error}.",
            mend="Try again later, or name another in [evidence] tsa_url of joinder.toml.",
        ) from None


def _sign(authority: Authority, content: Path, target: Path) -> None:
    openssl([
        "cms", "-sign", "-binary", "-in", content, "-signer", authority.signing_certificate, "-inkey",
        authority.signing_key, "-md", "sha256", "-outform", "DER", "-nosmimecap", "-out", target,
    ])  # fmt: skip


def _sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _next_sequence(home: NodeHome, matter: str) -> int:
    """The next number of a case, written down durably before it is used."""
    home.log.mkdir(parents=True, exist_ok=True)
    path = home.log / "sequences.json"
    with (home.log / "sequences.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        counters: dict[str, int] = {}
        with contextlib.suppress(FileNotFoundError):
            counters = json.loads(path.read_text(encoding="utf-8"))
        counters[matter] = counters.get(matter, 0) + 1
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as stream:
            json.dump(counters, stream, ensure_ascii=False)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    return counters[matter]


def members_of(folder: Path) -> Sequence[Path]:
    """The files of a sealed folder in the order of the package: what a reader needs first comes first."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    first = ("VERIFY.txt", "record.pdf", "evidence.json", *CONTROL_FILES)
    names = {str(path.relative_to(folder).as_posix()): path for path in files}
    return [names.pop(name) for name in first if name in names] + [names[name] for name in sorted(names)]
