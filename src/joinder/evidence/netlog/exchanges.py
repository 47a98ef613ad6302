"""From socket events to exchanges: which request a response answers, and whether it is whole."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from joinder.evidence.errors import NetlogUnknown
from joinder.evidence.netlog.events import Event, Netlog
from joinder.evidence.netlog.http1 import Request, Response, read_request, read_response


@dataclass
class Stream:
    """One direction of a connection, with the time at which each byte had come."""

    pieces: list[bytes] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    times_ms: list[int] = field(default_factory=list)

    def add(self, data: bytes, at_ms: int) -> None:
        self.pieces.append(data)
        self.ends.append((self.ends[-1] if self.ends else 0) + len(data))
        self.times_ms.append(at_ms)

    def joined(self) -> bytes:
        return b"".join(self.pieces)

    def time_at(self, offset: int) -> int:
        """When the byte at ``offset`` passed; that of the last piece beyond the end."""
        if not self.times_ms:
            return 0
        return self.times_ms[min(bisect.bisect_right(self.ends, offset), len(self.times_ms) - 1)]


@dataclass
class Connection:
    """One TLS connection through the gate.

    unread_sent: bytes sent that are no whole request (the browser was cut off in mid-sentence).
    unasked_received: bytes received that answer no request (a server's parting 408, say); both stay in the NetLog.
    """

    source_id: int
    target: str = ""
    local_port: int = 0
    tls: dict[str, Any] = field(default_factory=dict)
    certificates: list[str] = field(default_factory=list)
    sent: Stream = field(default_factory=Stream)
    received: Stream = field(default_factory=Stream)
    closed: bool = False
    failed: bool = False
    unread_sent: int = 0
    unasked_received: int = 0

    @property
    def origin(self) -> str:
        """``https://host`` with the port unless it is 443."""
        return "https://" + self.target.removesuffix(":443")


@dataclass(frozen=True)
class Exchange:
    """A request and what came back for it. response is None if not one byte of it came."""

    url: str
    request: Request
    response: Response | None
    connection: Connection
    sent_ms: int
    received_ms: int

    @property
    def reason(self) -> str:
        """Why the exchange is not whole; empty if it is."""
        if not self.request.complete:
            return f"request: {self.request.reason}"
        return "not answered" if self.response is None else self.response.reason


def connections(log: Netlog) -> list[Connection]:
    """The TLS connections on which application bytes passed, in order of appearance.

    Raises NetlogUnknown if the browser spoke HTTP/2 or QUIC although told not to: their bytes are not read here.
    """
    found: dict[int, Connection] = {}
    for event in log.events:
        if event.name in ("HTTP2_SESSION", "QUIC_SESSION"):
            raise NetlogUnknown(
                f"The browser opened a {event.name.split('_')[0]} session, which this version does not record."
            )
        _apply(found.setdefault(event.source_id, Connection(event.source_id)), event)
    return [item for item in found.values() if item.sent.pieces or item.received.pieces]


def _apply(connection: Connection, event: Event) -> None:
    params = event.params
    if event.name == "SSL_SOCKET_BYTES_SENT":
        connection.sent.add(event.payload(), event.at_ms)
    elif event.name == "SSL_SOCKET_BYTES_RECEIVED":
        data = event.payload()
        if data:
            connection.received.add(data, event.at_ms)
        else:
            connection.closed = True
    elif event.name == "HTTP_TRANSACTION_SEND_TUNNEL_HEADERS":
        words = str(params.get("line", "")).split(" ")
        connection.target = words[1].lower() if len(words) == 3 else ""
    elif event.name == "TCP_CONNECT" and "local_address" in params:
        connection.local_port = int(str(params["local_address"]).rpartition(":")[2])
    elif event.name == "SSL_CONNECT" and event.phase == "PHASE_END":
        connection.tls = {
            key: params[key] for key in ("version", "cipher_suite", "next_proto") if key in params
        }
    elif event.name == "SSL_CERTIFICATES_RECEIVED":
        connection.certificates = [str(text) for text in params.get("certificates", [])]
    elif event.name in ("SOCKET_READ_ERROR", "SSL_READ_ERROR"):
        if params.get("net_error", 0) not in (0, -100, -1):
            connection.failed = True
        connection.closed = True


def exchanges(found_connections: Iterable[Connection]) -> list[Exchange]:
    """Every exchange of the connections in the order in which the requests were sent."""
    found = list(itertools.chain.from_iterable(map(_cut, found_connections)))
    return sorted(found, key=lambda item: item.sent_ms)


def _cut(connection: Connection) -> Iterable[Exchange]:
    """Requests and responses of one connection pair up in order: HTTP/1.1 answers in the order of asking."""
    sent, received = connection.sent.joined(), connection.received.joined()
    here, there = 0, 0
    while here < len(sent):
        request = read_request(sent, here)
        if request is None:
            connection.unread_sent = len(sent) - here
            break
        sent_ms = connection.sent.time_at(here)
        response = read_response(received, there, request.method, connection.closed and not connection.failed)
        received_ms = connection.received.time_at(there) if response is not None else sent_ms
        yield Exchange(
            connection.origin + request.target, request, response, connection, sent_ms, received_ms
        )
        here = request.end
        there = response.end if response is not None else there
        if response is not None and response.status == 101:
            return  # what follows belongs to the other protocol; the exchange is marked
    connection.unasked_received = len(received) - there
