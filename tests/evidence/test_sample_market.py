"""The sample marketplace as a browser walks it: every response it sent stands in the archive, byte for byte."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from warcio.archiveiterator import ArchiveIterator

from joinder.evidence import CaptureRequest, capture, capturing
from joinder.vocabulary.node import NodeHome
from joinder.world import make, serve

pytestmark = pytest.mark.browser


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_listing_of_the_sample_market_is_captured_byte_for_byte(
    home: NodeHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capturing, "print_pdf", lambda html, browser: b"%PDF-1.7 " + html.encode())
    world = make(tmp_path / "world", scale="tiny", seed=11)
    listing: dict[str, Any] = pq.read_table(world.table("listings")).slice(0, 1).to_pylist()[0]
    with serve.running(world.folder) as market:
        request = CaptureRequest(
            url=market.url_of(listing["listing_id"], listing["platform"]),
            out=tmp_path / "listing.evz",
            allow_hosts=("127.0.0.1",),
            ca_file=market.ca_file,
        )
        result = capture(request, home)
        sent = Counter((item.head_sha256, item.body_sha256) for item in market.log)
    assert result.complete, result.summary["incomplete_because"]
    with zipfile.ZipFile(result.path) as package:
        archive = zipfile.ZipFile(io.BytesIO(package.read("capture.wacz")))
        text = package.read("views/text.txt").decode()
    data = archive.read("archive/data.warc.gz")
    found: Counter[tuple[str, str]] = Counter()
    for record in ArchiveIterator(io.BytesIO(data), no_record_parse=True):
        if record.rec_type == "response":
            head, _, body = record.raw_stream.read().partition(b"\r\n\r\n")
            found[_digest(head + b"\r\n\r\n"), _digest(body)] += 1
    assert found == sent
    assert listing["title"].strip()[:6] in text
    assert result.summary["stop_reason"]["en"] == "end of the page"
