"""The node's keys: made once, readable by the node alone, accepted by stock programs."""

from __future__ import annotations

import stat
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from rfc3161_client import VerifierBuilder, decode_timestamp_response

from joinder.evidence import authority
from joinder.evidence.errors import AuthorityMissing, SealFailed
from joinder.evidence.seal import close_seal, open_seal, time_stamp
from joinder.vocabulary.node import NodeHome


def certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_private_keys_are_the_nodes_alone(home: NodeHome) -> None:
    made = authority.load(home)
    assert stat.S_IMODE(home.keys.stat().st_mode) == 0o700
    for key in (made.signing_key, made.tsa_key, made.log_key):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert not any(b"PRIVATE" in path.read_bytes() for path in home.trust.iterdir())


def test_the_root_key_is_not_kept(home: NodeHome) -> None:
    root = certificate(authority.load(home).root).public_key()
    kept = [certificate(path).public_key() for path in home.keys.glob("*.pem")]
    assert root not in kept


def test_the_stamp_certificate_is_for_time_stamps_only(home: NodeHome) -> None:
    usage = certificate(authority.load(home).tsa_certificate).extensions.get_extension_for_class(
        x509.ExtendedKeyUsage
    )
    assert usage.critical
    assert list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


def test_the_anchors_say_self_issued(home: NodeHome) -> None:
    made = authority.load(home)
    assert authority.SELF_ISSUED in certificate(made.root).subject.rfc4514_string()
    assert authority.SELF_ISSUED in made.log_vkey.read_text()
    assert "self-issued" in (home.trust / "README.txt").read_text()


def test_making_again_changes_nothing(home: NodeHome) -> None:
    before = {path: path.read_bytes() for path in authority.load(home).parts}
    authority.make(home)
    assert {path: path.read_bytes() for path in before} == before


def test_half_a_set_is_neither_used_nor_completed(tmp_path: Path) -> None:
    """New keys beside an old root would orphan every package sealed so far."""
    node = NodeHome(tmp_path)
    authority.make(node).tsa_key.unlink()
    for act in (authority.load, authority.make):
        with pytest.raises(AuthorityMissing, match=r"tsa\.key|not all"):
            act(node)


def test_no_node_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(AuthorityMissing) as error:
        authority.load(NodeHome(tmp_path))
    assert "joinder init" in str(error.value)


def test_a_strict_client_accepts_the_time_stamp(home: NodeHome) -> None:
    """rfc3161-client, an implementation that shares no code with openssl's command, as the oracle."""
    token = decode_timestamp_response(time_stamp(home, b"the signature"))
    verifier = VerifierBuilder(roots=[certificate(authority.load(home).root)]).build()
    assert verifier.verify_message(token, b"the signature")
    with pytest.raises(Exception, match=r".*"):
        verifier.verify_message(token, b"another")


def test_stamps_have_serial_numbers_of_their_own(home: NodeHome) -> None:
    serials = {decode_timestamp_response(time_stamp(home, b"x")).tst_info.serial_number for _ in range(3)}
    assert len(serials) == 3


def test_stock_programs_accept_the_seal(home: NodeHome, tmp_path: Path) -> None:
    """The commands of VERIFY.txt."""
    (tmp_path / "a.txt").write_text("a")
    close_seal(home, tmp_path, None, 1)
    root = str(authority.load(home).root)
    for command in (
        ["sha256sum", "-c", "SHA256SUMS"],
        ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "SHA256SUMS.p7s", "-content", "SHA256SUMS",
         "-CAfile", root, "-out", "/dev/null"],
        ["openssl", "ts", "-verify", "-data", "SHA256SUMS.p7s", "-in", "SHA256SUMS.p7s.tsr", "-CAfile", root],
    ):  # fmt: skip
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_each_case_counts_on_its_own_and_a_number_is_taken_for_good(tmp_path: Path) -> None:
    node = NodeHome(tmp_path)
    authority.make(node)
    taken = [
        open_seal(node, matter, "https://shop.example/").sequence for matter in ("甲", "甲", "乙", None, "甲")
    ]
    assert taken == [1, 2, 1, 1, 3]
    opening = open_seal(node, "甲", "https://shop.example/")
    assert f"sequence {opening.sequence}" in opening.text.decode()


# -- an outside time-stamp authority


@contextmanager
def stamping_server(answer: bytes) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def test_an_outside_authority_that_answers_something_else_is_refused(tmp_path: Path) -> None:
    """A genuine token of a trusted authority, but for another request: nonce and digest do not fit."""
    node = NodeHome(tmp_path)
    authority.make(node)
    old = time_stamp(node, b"another thing")
    for answer in (old, b"", b"no token"):
        with stamping_server(answer) as url:
            node.config_file.write_text(f'[evidence]\ntsa_url = "{url}"\n')
            with pytest.raises(SealFailed):
                time_stamp(node, b"this thing")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "file:///etc/passwd", "tsa.example"])
def test_an_outside_authority_that_cannot_be_reached_stops_the_seal(tmp_path: Path, url: str) -> None:
    node = NodeHome(tmp_path)
    authority.make(node)
    node.config_file.write_text(f'[evidence]\ntsa_url = "{url}"\n')
    with pytest.raises(SealFailed) as error:
        time_stamp(node, b"x")
    assert "joinder.toml" in str(error.value)
