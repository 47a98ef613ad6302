"""Exchanges as a WARC file: every header block and body exactly as it passed on the wire.

warcio writes the records; header blocks are handed to it as bytes, never as parsed fields, so that nothing is
re-spelled. A response that is not whole carries ``WARC-Truncated``. ``check_warc`` reads the file back with code of
our own, because the usual checker passes a truncated file.

Source: ISO 28500:2017 (WARC 1.1). The payload digest is taken over the body as framed on the wire, which is how
warcio reads it.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from joinder.evidence.errors import EvidenceError
from joinder.evidence.netlog import Exchange
from joinder.evidence.netlog.http1 import read_response

WARC_NAME = "data.warc.gz"


class WarcDamaged(EvidenceError):
    """A WARC file read back is not what was written."""


@dataclass(frozen=True)
class Capture:
    """Where one response stands in the WARC file: what the index needs."""

    url: str
    method: str
    at_ms: int
    status: int
    mime: str
    digest: str
    offset: int
    length: int


def _date(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def write_warc(
    path: Path, found: Iterable[Exchange], peers: Mapping[int, str], info: Mapping[str, str]
) -> list[Capture]:
    """Write the exchanges to ``path`` (gzip, one member a record) and return where the responses stand.

    peers: local port of a connection → the address the gate reached. info: fields of the ``warcinfo`` record.
    A request that nothing answered is written without a response.
    """
    captures: list[Capture] = []
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(WARC_NAME, dict(info)))
        for item in found:
            peer = peers.get(item.connection.local_port)
            response_id = None
            if item.response is not None:
                offset = stream.tell()
                record = _response(writer, item, peer)
                writer.write_record(record)
                response_id = record.rec_headers.get_header("WARC-Record-ID")
                captures.append(_capture(item, offset, stream.tell() - offset))
            writer.write_record(_request(writer, item, peer, response_id))
    return captures


def _response(writer: WARCWriter, item: Exchange, peer: str | None) -> ArcWarcRecord:
    response = item.response
    assert response is not None
    headers = {"WARC-Payload-Digest": _sha256(response.body)}
    if not response.complete:
        headers["WARC-Truncated"] = "disconnect"
    return _record(writer, "response", item, item.received_ms, peer, response.head + response.body, headers)


def _request(writer: WARCWriter, item: Exchange, peer: str | None, response_id: str | None) -> ArcWarcRecord:
    headers = {"WARC-Payload-Digest": _sha256(item.request.body)}
    if response_id is not None:
        headers["WARC-Concurrent-To"] = response_id
    if not item.request.complete:
        headers["WARC-Truncated"] = "disconnect"
    block = item.request.head + item.request.body
    return _record(writer, "request", item, item.sent_ms, peer, block, headers)


def _record(
    writer: WARCWriter,
    kind: str,
    item: Exchange,
    at_ms: int,
    peer: str | None,
    block: bytes,
    extra: dict[str, str],
) -> ArcWarcRecord:
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": writer._make_warc_id(),
        "WARC-Target-URI": item.url,
        "WARC-Date": _date(at_ms),
        "WARC-Block-Digest": _sha256(block),
        **({"WARC-IP-Address": peer} if peer else {}),
        **extra,
    }
    kind_words = f"application/http; msgtype={kind}"
    headers = StatusAndHeaders("", list(fields.items()), "WARC/1.1")
    return ArcWarcRecord("warc", kind, headers, io.BytesIO(block), None, kind_words, len(block))


def _capture(item: Exchange, offset: int, length: int) -> Capture:
    response = item.response
    assert response is not None
    types = response.header_values("content-type")
    mime = types[0].split(b";")[0].strip().decode("latin-1") if types else "unk"
    return Capture(
        item.url,
        item.request.method,
        item.received_ms,
        response.status,
        mime,
        _sha256(response.body),
        offset,
        length,
    )


@dataclass(frozen=True)
class WarcCounts:
    """What stands in a WARC file: records by type, and responses marked as cut short."""

    warcinfo: int
    requests: int
    responses: int
    truncated: int


def check_warc(path: Path) -> WarcCounts:
    """Read every record back and check it; what stands there.

    Each gzip member must end, each block must have its promised length and digest, and each response not marked
    as truncated must be whole by its own framing. Raises WarcDamaged, naming the record.
    """
    kinds = {"warcinfo": 0, "request": 0, "response": 0}
    truncated, methods, answered = 0, {}, []
    for number, (fields, block) in enumerate(_records(path)):
        kind = fields.get("warc-type", "")
        if kind not in kinds:
            raise WarcDamaged(f"Record {number} of {path.name} has the unknown type {kind!r}.")
        kinds[kind] += 1
        digest = fields.get("warc-block-digest")
        if kind != "warcinfo" and digest != _sha256(block):
            raise WarcDamaged(f"Record {number} of {path.name} does not match its digest.")
        truncated += kind == "response" and "warc-truncated" in fields
        if kind == "request":
            methods[fields.get("warc-concurrent-to", "")] = block.split(b" ", 1)[0].decode("latin-1")
        elif kind == "response" and "warc-truncated" not in fields:
            answered.append((number, fields.get("warc-record-id", ""), block))
    for number, record_id, block in answered:
        whole = read_response(block, 0, methods.get(record_id, "GET"), closed=True)
        if whole is None or not whole.complete or whole.end != len(block):
            raise WarcDamaged(f"Record {number} of {path.name} is not a whole response but is not marked so.")
    return WarcCounts(kinds["warcinfo"], kinds["request"], kinds["response"], truncated)


def _records(path: Path) -> Iterator[tuple[dict[str, str], bytes]]:
    rest = path.read_bytes()
    number = 0
    while rest:
        member = zlib.decompressobj(wbits=31)
        try:
            data = member.decompress(rest)
        except zlib.error as error:
            raise WarcDamaged(f"Record {number} of {path.name} is not gzip: {error}.") from None
        if not member.eof:
            raise WarcDamaged(f"Record {number} of {path.name} breaks off.")
        rest = member.unused_data
        head, found, tail = data.partition(b"\r\n\r\n")
        lines = head.decode("utf-8", errors="replace").split("\r\n")
        fields = {
            key.strip().lower(): value.strip()
            for key, _, value in (line.partition(":") for line in lines[1:])
        }
        length = int(fields["content-length"]) if fields.get("content-length", "").isdigit() else -1
        if not found or not lines[0].startswith("WARC/1.") or tail[length:] != b"\r\n\r\n" or length < 0:
            raise WarcDamaged(f"Record {number} of {path.name} does not have the shape of a WARC record.")
        yield fields, tail[:length]
        number += 1
