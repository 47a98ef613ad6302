"""The archive: written byte for byte, read back strictly, indexed so that players find it."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio

from joinder.evidence.wacz import sort_key
from joinder.evidence.warc import WarcDamaged, check_warc

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def wacz(captured: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wacz") / "capture.wacz"
    path.write_bytes(captured.members["capture.wacz"])
    return path


@pytest.fixture(scope="module")
def warc(wacz: Path) -> Path:
    with zipfile.ZipFile(wacz) as container:
        (name,) = [name for name in container.namelist() if name.startswith("archive/")]
        path = wacz.with_name("data.warc.gz")
        path.write_bytes(container.read(name))
    return path


def test_every_exchange_stands_in_the_archive_byte_for_byte(captured: Any, warc: Path) -> None:
    """Against the log of the shop itself: header block and body as sent, request as received."""
    sent = sorted((item.head + item.body, item.request) for item in captured.exchanges)
    with warc.open("rb") as stream:
        records = [
            (r.rec_type, r.rec_headers, r.raw_stream.read())
            for r in ArchiveIterator(stream, no_record_parse=True)
        ]
    responses = {
        headers.get_header("WARC-Record-ID"): block for kind, headers, block in records if kind == "response"
    }
    requests = {
        headers.get_header("WARC-Concurrent-To"): block
        for kind, headers, block in records
        if kind == "request"
    }
    assert sorted((responses[key], requests[key]) for key in responses) == sent
    assert len(sent) >= 17


def test_the_oddities_were_all_there(captured: Any) -> None:
    heads = b"".join(item.head for item in captured.exchanges)
    methods = {item.method for item in captured.exchanges}
    assert {"GET", "HEAD", "POST"} <= methods
    for oddity in (
        b"302 Found",
        b"set-cookie: b=2",
        b"Content-TYPE",
        b"chunked",
        b"X-Twice: two",
        b"206",
        b"404",
        b"204",
    ):
        assert oddity in heads


def test_other_programs_accept_the_archive(warc: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        warcio(["check", "-v", str(warc)])
    assert leaving.value.code == 0
    assert "digest pass" in capsys.readouterr().out


def test_the_peer_stands_in_the_archive(warc: Path) -> None:
    with warc.open("rb") as stream:
        peers = {
            r.rec_headers.get_header("WARC-IP-Address")
            for r in ArchiveIterator(stream)
            if r.rec_type == "response"
        }
    assert peers == {"127.0.0.1"}


@pytest.mark.parametrize("keep", [-1, -9, 0.5, 1])
def test_a_truncated_archive_is_found(warc: Path, tmp_path: Path, keep: float) -> None:
    data = warc.read_bytes()
    path = tmp_path / "data.warc.gz"
    path.write_bytes(data[: int(len(data) * keep)] if 0 < keep < 1 else data[: int(keep)])
    with pytest.raises(WarcDamaged):
        check_warc(path)


def test_a_changed_record_is_found(warc: Path, tmp_path: Path) -> None:
    first, rest = b"", warc.read_bytes()
    stream = io.BytesIO(rest)
    blocks = gzip.GzipFile(fileobj=stream).read().replace(b"199.00", b"299.00")
    path = tmp_path / "data.warc.gz"
    path.write_bytes(first + gzip.compress(blocks))
    with pytest.raises(WarcDamaged):
        check_warc(path)


def test_the_index_leads_to_every_response(wacz: Path, warc: Path) -> None:
    with zipfile.ZipFile(wacz) as container:
        lines = gzip.decompress(container.read("indexes/index.cdx.gz")).decode().splitlines()
        idx = container.read("indexes/index.idx").decode().splitlines()
    assert lines == sorted(lines)
    assert idx[0].startswith("!meta 0 ")
    data = warc.read_bytes()
    for line in lines:
        _, _, text = line.split(" ", 2)
        fields = json.loads(text)
        start = int(fields["offset"])
        record = gzip.decompress(data[start : start + int(fields["length"])]).decode("latin-1")
        assert f"WARC-Target-URI: {fields['url']}\r\n" in record
        assert f"HTTP/1.1 {fields['status']} " in record
    assert len(lines) == check_warc(warc).responses


def test_wacz_validate_accepts_it(wacz: Path, repository: Path) -> None:
    program = shutil.which("wacz", path=str(repository / ".venv-tools" / "bin"))
    if program is None:
        pytest.skip("wacz is not installed in .venv-tools")
    done = subprocess.run([program, "validate", "-f", str(wacz)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("url", "method", "key"),
    [
        ("https://Shop.Example.com/A/b?z=1&a=2", "GET", "com,example,shop)/a/b?a=2&z=1"),
        ("https://www.example.com", "GET", "com,example)/"),
        ("https://www2.example.com:8443/", "GET", "com,example:8443)/"),
        ("https://example.com:443/x", "GET", "com,example)/x"),
        ("https://example.com/x", "POST", "com,example)/x?__wb_method=post"),
        ("https://[::1]:8443/x", "GET", "::1:8443)/x"),
        ("https://localhost:9/", "GET", "localhost:9)/"),
    ],
)
def test_sort_keys(url: str, method: str, key: str) -> None:
    assert sort_key(url, method) == key
