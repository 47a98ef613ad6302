"""The node's own keys: a local certificate authority, a signing certificate, a time-stamp authority, a log key.

They are made at ``joinder init`` so that a node can seal from its first minute. They are *self-issued*: they prove
that nothing changed since this node sealed it, not that an independent third party saw it. The word stands in the
subject of the root certificate and in the name of the log, and the verifier repeats it. An outside time-stamp
authority is named by ``[evidence] tsa_url`` in ``joinder.toml``.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from joinder.evidence.errors import AuthorityMissing
from joinder.evidence.tlog.notes import SigningKey
from joinder.vocabulary.moments import utc_now
from joinder.vocabulary.node import NodeHome

SELF_ISSUED = "self-issued"
_YEARS = 10
_README = """Trust anchors of this node's verifier.

root.pem  the certificate authority that signed the node's signing and time-stamp certificates
log.vkey  the public key of the node's transparency log (C2SP signed-note verifier key)

Both are self-issued: they were made by this node itself. Whoever trusts them trusts this node.
To check packages of another node, put its root and log key here, received from it by a way you trust;
never take them from a package.
"""


@dataclass(frozen=True)
class Authority:
    """Where the node's keys and certificates lie. ``load`` reads it, ``make`` makes it."""

    home: NodeHome

    @property
    def root(self) -> Path:
        return self.home.trust / "root.pem"

    @property
    def log_vkey(self) -> Path:
        return self.home.trust / "log.vkey"

    @property
    def signing_key(self) -> Path:
        return self.home.keys / "signing.key"

    @property
    def signing_certificate(self) -> Path:
        return self.home.keys / "signing.pem"

    @property
    def tsa_key(self) -> Path:
        return self.home.keys / "tsa.key"

    @property
    def tsa_certificate(self) -> Path:
        return self.home.keys / "tsa.pem"

    @property
    def log_key(self) -> Path:
        return self.home.keys / "log.key"

    @property
    def parts(self) -> tuple[Path, ...]:
        return (self.root, self.log_vkey, self.signing_key, self.signing_certificate, self.tsa_key,
                self.tsa_certificate, self.log_key)  # fmt: skip

    @property
    def complete(self) -> bool:
        return all(part.is_file() for part in self.parts)


def load(home: NodeHome) -> Authority:
    """The node's authority. Raises AuthorityMissing, naming what is not there."""
    authority = Authority(home)
    missing = [part.name for part in authority.parts if not part.is_file()]
    if missing:
        raise AuthorityMissing(
            f"The node in {home.root} lacks {', '.join(missing)}.",
            mend="Make the node's keys with: joinder init   (or restore them from your backup)",
        )
    return authority


def make(home: NodeHome) -> Authority:
    """Make the node's keys, certificates and trust anchors; a complete set is left as it is.

    The certificate authority's own key is used once and not kept: nobody can later issue a second signer under the
    same root. Private keys are readable by the node alone (0600 in a 0700 folder). Raises AuthorityMissing if only
    some of the parts exist, because making the others anew would orphan every package sealed so far.
    """
    authority = Authority(home)
    if authority.complete:
        return authority
    present = [part.name for part in authority.parts if part.exists()]
    if present:
        raise AuthorityMissing(
            f"The node in {home.root} has {', '.join(present)} but not all of its keys.",
            mend="Restore the missing files from your backup, or make a new node in another folder.",
        )
    for folder in (home.keys, home.trust):
        folder.mkdir(parents=True, exist_ok=True)
    home.keys.chmod(0o700)
    now, tag = utc_now().replace(microsecond=0), secrets.token_hex(4)
    ca_key = ec.generate_private_key(ec.SECP256R1())
    issuer = _name(f"Joinder node {tag} root", SELF_ISSUED)
    root = _certificate(issuer, ca_key, issuer, ca_key, now, ca=True)
    made: dict[Path, bytes] = {}
    for key_file, certificate_file, words, usage, critical in (
        (authority.signing_key, authority.signing_certificate, "evidence seal",
         ExtendedKeyUsageOID.EMAIL_PROTECTION, False),
        (authority.tsa_key, authority.tsa_certificate, "time-stamp authority",
         ExtendedKeyUsageOID.TIME_STAMPING, True),
    ):  # fmt: skip
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(f"Joinder node {tag} {words}", SELF_ISSUED)
        certificate = _certificate(subject, key, issuer, ca_key, now, usage=usage, critical=critical)
        made[key_file], made[certificate_file] = _pem(key), _certificate_pem(certificate)
    log_key = SigningKey.generate(f"joinder-{tag}.{SELF_ISSUED}.invalid/log")
    made[authority.log_key] = log_key.encode().encode()
    made[home.trust / "README.txt"] = _README.encode()
    made[authority.log_vkey] = (log_key.verifier.encode() + "\n").encode()
    made[authority.root] = _certificate_pem(root)
    for path, data in made.items():
        _write_new(path, data, 0o600 if path.suffix == ".key" else 0o644)
    return authority


def _name(common: str, unit: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Joinder node"),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
        x509.NameAttribute(NameOID.COMMON_NAME, common),
    ])  # fmt: skip


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    now: datetime,
    *,
    ca: bool = False,
    usage: x509.ObjectIdentifier | None = None,
    critical: bool = False,
) -> x509.Certificate:
    """A certificate for a root (``ca``) or for one purpose (``usage``; RFC 3161 wants timeStamping critical)."""
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=0 if ca else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca, content_commitment=not ca, key_encipherment=False,
                data_encipherment=False, key_agreement=False, key_cert_sign=ca, crl_sign=ca,
                encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=critical)
    return builder.sign(issuer_key, hashes.SHA256())


def _pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _certificate_pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write_new(path: Path, data: bytes, mode: int) -> None:
    """Write a file that must not exist yet, with its final mode from the first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
