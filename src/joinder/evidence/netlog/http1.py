"""Cutting a connection's byte streams into HTTP/1.1 messages without changing a byte (RFC 9112).

The framing is read only to know where a message ends; header case, order, repetition, chunk extensions and trailers
stay as they came. A message that does not end is returned with ``complete`` False and the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEAD_END = b"\r\n\r\n"
MAX_HEAD = 4 * 1024 * 1024
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,16})[ \t]*(?:;[^\r\n]*)?\r\n")
_STATUS_LINE = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\r\n")
_REQUEST_LINE = re.compile(rb"([A-Z]+) ([^ \r\n]+) HTTP/1\.1\r\n")


@dataclass(frozen=True)
class Message:
    """A request or response: ``head`` up to and with the empty line, ``body`` as framed on the wire.

    end: the offset in the stream behind it. reason: why it is not whole, empty if it is.
    """

    head: bytes
    body: bytes
    end: int
    reason: str = ""

    @property
    def complete(self) -> bool:
        return not self.reason

    def header_values(self, name: str) -> list[bytes]:
        """The values of a header, in order, surrounding blanks removed; names compare without case."""
        wanted = name.lower().encode()
        lines = self.head.split(b"\r\n")[1:]
        found = (line.partition(b":") for line in lines)
        return [value.strip() for key, colon, value in found if colon and key.strip().lower() == wanted]

    @property
    def start_line(self) -> bytes:
        return self.head.split(b"\r\n", 1)[0]


@dataclass(frozen=True)
class Request(Message):
    method: str = ""
    target: str = ""


@dataclass(frozen=True)
class Response(Message):
    """``informational`` holds the 1xx blocks that came before the final response."""

    status: int = 0
    informational: bytes = b""


def read_request(stream: bytes, start: int) -> Request | None:
    """The request at ``start``; None at the end of the stream or if what stands there is no request."""
    match = _REQUEST_LINE.match(stream, start)
    head_end = stream.find(_HEAD_END, start, start + MAX_HEAD)
    if match is None or head_end < 0:
        return None
    body_start = head_end + len(_HEAD_END)
    head = stream[start:body_start]
    plain = Message(head, b"", body_start)
    if _is_chunked(plain):
        end, reason = _chunked_end(stream, body_start)
    else:
        lengths = plain.header_values("content-length")
        end, reason = _sized_end(stream, body_start, lengths) if lengths else (body_start, "")
    method, target = match.group(1).decode("ascii"), match.group(2).decode("latin-1")
    return Request(head, stream[body_start:end], end, reason, method=method, target=target)


def read_response(stream: bytes, start: int, method: str, closed: bool) -> Response | None:
    """The response at ``start`` to a request of ``method``; None if no byte of it came.

    closed: whether the far side ended the connection, which is what ends a response without a length.
    """
    informational = b""
    while True:
        if start >= len(stream):
            return None
        match = _STATUS_LINE.match(stream, start)
        head_end = stream.find(_HEAD_END, start, start + MAX_HEAD)
        if match is None or head_end < 0:
            what = "the header block does not end" if match else "what came is not an HTTP/1.1 response"
            return Response(stream[start:], b"", len(stream), what, informational=informational)
        status, body_start = int(match.group(1)), head_end + len(_HEAD_END)
        if not 100 <= status < 200 or status == 101:
            break
        informational += stream[start:body_start]
        start = body_start
    head = stream[start:body_start]
    end, reason = _response_end(stream, body_start, Message(head, b"", 0), method, status, closed)
    return Response(head, stream[body_start:end], end, reason, status=status, informational=informational)


def _response_end(
    stream: bytes, start: int, head: Message, method: str, status: int, closed: bool
) -> tuple[int, str]:
    """RFC 9112 section 6.3, in its order."""
    if status == 101:
        return len(stream), "the connection was handed to another protocol (101)"
    if method == "HEAD" or status in (204, 304):
        return start, ""
    if _is_chunked(head):
        return _chunked_end(stream, start)
    lengths = head.header_values("content-length")
    if lengths:
        return _sized_end(stream, start, lengths)
    return len(stream), "" if closed else "no length was given and the connection did not end"


def _is_chunked(head: Message) -> bool:
    codings = b",".join(head.header_values("transfer-encoding")).lower().split(b",")
    return codings[-1].strip() == b"chunked"


def _sized_end(stream: bytes, start: int, lengths: list[bytes]) -> tuple[int, str]:
    values = {part.strip() for value in lengths for part in value.split(b",")}
    if len(values) != 1 or not (text := values.pop()).isdigit():
        return len(stream), "the Content-Length headers are not one number"
    end = start + int(text)
    if end > len(stream):
        return len(stream), f"{len(stream) - start} of {int(text)} body bytes came"
    return end, ""


def _chunked_end(stream: bytes, start: int) -> tuple[int, str]:
    """The offset behind the last chunk and its trailers."""
    place = start
    while True:
        match = _CHUNK_SIZE.match(stream, place)
        if match is None:
            return len(stream), "the chunked body breaks off"
        size, place = int(match.group(1), 16), match.end()
        if size == 0:
            return _trailers_end(stream, place)
        if stream[place + size : place + size + 2] != b"\r\n":
            return len(stream), "the chunked body breaks off"
        place += size + 2


def _trailers_end(stream: bytes, place: int) -> tuple[int, str]:
    while True:
        line_end = stream.find(b"\r\n", place)
        if line_end < 0:
            return len(stream), "the trailers of the chunked body break off"
        if line_end == place:
            return place + 2, ""
        place = line_end + 2
