"""HTTP/1.1 by hand, so that every byte sent is known: each response is logged with the digests of what went out.

A framework would hide the header block. The log is the ground truth against which a recorder is measured.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from urllib.parse import parse_qs, unquote, urlsplit

_LOG = logging.getLogger(__name__)

_HEAD_LIMIT, _BODY_LIMIT = 32_768, 1_048_576
_IDLE_S = 30.0
_LOG_LENGTH = 50_000
_CHUNKS = (512, 1_500, 4_096)
_REASONS = {
    200: "OK", 204: "No Content", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 400: "Bad Request",
    404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large", 500: "Internal Server Error",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """One request: the path decoded, the query's first values."""

    method: str
    target: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What to answer. `chunked` sends the body in chunks and, where the browser allows it, gzipped."""

    status: int = 200
    kind: str = "text/html; charset=utf-8"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    chunked: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One response as it left: digests in hex of SHA-256.

    head covers the status line to the empty line, both included; body covers the bytes as sent, chunk framing
    included; entity is the body without framing, still encoded; decoded is the body with the encoding undone.
    """

    method: str
    host: str
    target: str
    status: int
    head_sha256: str
    body_sha256: str
    entity_sha256: str
    decoded_sha256: str
    head_length: int
    body_length: int


Answer = Callable[[Request], Awaitable[Response]]


@dataclass
class Wire:
    """Serves connections and keeps the log of what it sent, oldest first, at most 50,000 responses."""

    answer: Answer
    log: deque[Sent] = field(default_factory=lambda: deque(maxlen=_LOG_LENGTH))

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection until either side has had enough."""
        with contextlib.suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError):
            while await self._exchange(reader, writer):
                pass
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its response; False when the connection is to be closed."""
        try:
            request = await asyncio.wait_for(_read(reader), _IDLE_S)
        except _BadRequest as bad:
            await self._send(
                writer, None, Response(bad.status, "text/plain; charset=utf-8", b"Bad request\n"), False
            )
            return False
        if request is None:
            return False
        keep = request.headers.get("connection", "").lower() != "close"
        try:
            response = await self.answer(request)
        except Exception:  # noqa: BLE001
            # Whatever a page stumbles over, the visitor gets an answer and the next request is served.
            _LOG.exception("No page for %s", request.target)
            response = Response(500, "text/plain; charset=utf-8", b"Internal Server Error\n")
        await self._send(writer, request, response, keep)
        return keep

    async def _send(
        self, writer: asyncio.StreamWriter, request: Request | None, response: Response, keep: bool
    ) -> None:
        entity, headers = response.body, list(response.headers)
        accepted = request.headers.get("accept-encoding", "") if request else ""
        if response.chunked and "gzip" in accepted:
            entity = gzip.compress(entity, 6, mtime=0)
            headers.append(("Content-Encoding", "gzip"))
            headers.append(("vary", "Accept-Encoding"))
        bodiless = response.status in (204, 304) or (request is not None and request.method == "HEAD")
        if response.chunked:
            headers.append(("Transfer-Encoding", "chunked"))
        elif response.status != 204:
            headers.append(("Content-Length", str(len(entity))))
        if response.status != 204:
            headers.append(("Content-Type", response.kind))
        headers += [
            ("Date", formatdate(usegmt=True)),
            ("x-Sample-MARKET", "synthetic"),
            ("Connection", "keep-alive" if keep else "close"),
        ]
        lines = [f"HTTP/1.1 {response.status} {_REASONS[response.status]}"]
        lines += [f"{name}: {value}" for name, value in headers]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        body = b"" if bodiless else _framed(entity) if response.chunked else entity
        if request is not None:
            self.log.append(
                Sent(
                    request.method,
                    request.headers.get("host", ""),
                    request.target,
                    response.status,
                    _hex(head),
                    _hex(body),
                    _hex(b"" if bodiless else entity),
                    _hex(b"" if bodiless else response.body),
                    len(head),
                    len(body),
                )
            )
        writer.write(head + body)
        await asyncio.wait_for(writer.drain(), _IDLE_S)


class _BadRequest(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request, or None where the other side has gone."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    except asyncio.LimitOverrunError as error:
        raise _BadRequest(413) from error
    first, *lines = head.decode("latin-1")[:-4].split("\r\n")
    parts = first.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1.") or not parts[1].startswith("/"):
        raise _BadRequest(400)
    headers = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise _BadRequest(400)
        headers[name.strip().lower()] = value.strip()
    if "transfer-encoding" in headers:
        raise _BadRequest(400)  # no page of ours sends a chunked request
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise _BadRequest(400)
    if int(length) > _BODY_LIMIT:
        raise _BadRequest(413)
    body = await reader.readexactly(int(length))
    try:
        url = urlsplit(parts[1])
        query = {name: values[0] for name, values in parse_qs(url.query, max_num_fields=20).items()}
    except ValueError as error:
        raise _BadRequest(400) from error
    return Request(parts[0], parts[1], unquote(url.path), query, headers, body)


def _framed(entity: bytes) -> bytes:
    """The body in chunks of unequal lengths, as a server that renders in pieces would send it."""
    framed, start, turn = [], 0, 0
    while start < len(entity):
        chunk = entity[start : start + _CHUNKS[turn % len(_CHUNKS)]]
        framed.append(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        start, turn = start + len(chunk), turn + 1
    return b"".join(framed) + b"0\r\n\r\n"


def _hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


LIMIT = _HEAD_LIMIT
"""How long a request's head may be, for `asyncio.start_server(limit=…)`."""
