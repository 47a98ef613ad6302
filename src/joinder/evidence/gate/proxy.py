"""The gate itself: an asyncio CONNECT proxy on a loopback port.

Only CONNECT is served, so the bytes of a request are never rewritten and TLS is never opened. A name is resolved
once per capture and pinned: the second answer of a rebinding resolver is never asked for. Every decision is an
entry of the gate's log, with the ciphertext bytes that passed.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass, field
from ipaddress import ip_address
from typing import Any

from joinder.evidence.errors import EvidenceError
from joinder.evidence.gate.addresses import Address, literal_address
from joinder.evidence.gate.policy import GatePolicy, host_key
from joinder.vocabulary.moments import iso, utc_now

_HEAD_LIMIT = 64 * 1024
_HEAD_TIMEOUT_S = 15.0
_CONNECT_TIMEOUT_S = 15.0
_PIECE = 64 * 1024

Resolver = Callable[[str, int], Awaitable[list[Address]]]


@dataclass
class GateEntry:
    """One request to the gate: what was asked, what was decided and why, and what passed."""

    at: str
    host: str
    port: int
    allowed: bool
    reason: str
    addresses: list[str] = field(default_factory=list)
    peer: str | None = None
    client_port: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    closed_at: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


async def system_resolver(host: str, port: int) -> list[Address]:
    """The addresses the system's resolver gives, in its order; empty if it knows none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(ip_address(str(entry[4][0])) for entry in found))


class Gate:
    """A CONNECT proxy for one capture.

    policy: what is allowed. resolver: asked once per name. ``log`` grows while it runs and is complete after it.
    """

    def __init__(self, policy: GatePolicy, resolver: Resolver = system_resolver) -> None:
        self.policy = policy
        self.log: list[GateEntry] = []
        self.port = 0
        self._resolver = resolver
        self._pins: dict[str, asyncio.Task[list[Address]]] = {}
        self._connections = 0
        self._bytes = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def stopped_by_budget(self) -> str | None:
        """Which budget ran out, or None."""
        if self._connections > self.policy.max_connections:
            return f"more than {self.policy.max_connections} connections"
        if self._bytes > self.policy.max_bytes:
            return f"more than {self.policy.max_bytes} bytes"
        return None

    @contextlib.contextmanager
    def running(self) -> Iterator[Gate]:
        """Serve on a free loopback port until the block ends. Raises EvidenceError if no port can be had."""
        ready = threading.Event()
        failure: list[BaseException] = []
        thread = threading.Thread(target=self._run, args=(ready, failure), name="evidence-gate", daemon=True)
        thread.start()
        ready.wait(10)
        if failure or not self.port:
            raise EvidenceError(f"The egress gate could not open a loopback port: {failure or 'no answer'}.")
        try:
            yield self
        finally:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._stop.set)
            thread.join(10)

    def _run(self, ready: threading.Event, failure: list[BaseException]) -> None:
        try:
            asyncio.run(self._serve(ready))
        except OSError as error:
            failure.append(error)
        finally:
            ready.set()

    async def _serve(self, ready: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = await asyncio.start_server(self._on_client, "127.0.0.1", 0, limit=_HEAD_LIMIT)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stop.wait()
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _on_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        entry = GateEntry(iso(utc_now()), "", 0, False, "the request was not understood")
        entry.client_port = int((writer.get_extra_info("peername") or ("", 0))[1])
        self.log.append(entry)
        try:
            await self._handle(entry, reader, writer)
        except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError) as error:
            entry.reason = entry.reason if entry.allowed else f"the request broke off: {type(error).__name__}"
        finally:
            entry.closed_at = iso(utc_now())
            writer.close()

    async def _handle(
        self, entry: GateEntry, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _HEAD_TIMEOUT_S)
        line = head.split(b"\r\n", 1)[0].decode("latin-1")
        method, _, rest = line.partition(" ")
        target = rest.rsplit(" ", 1)[0]
        entry.host, entry.port = _split_target(target) if method == "CONNECT" else (target[:2048], 0)
        upstream = await self._open(method, entry)
        if upstream is None:
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        await self._relay(entry, reader, writer, *upstream)

    async def _open(
        self, method: str, entry: GateEntry
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """A connection to the pinned address, or None with the reason in ``entry``."""
        self._connections += 1
        if method != "CONNECT":
            entry.reason = "only CONNECT is served: plain http:// carries no proof of its source"
            return None
        refusal = (
            self.stopped_by_budget
            or ("the target is not host:port" if not entry.port else None)
            or self.policy.refusal_of_name(entry.host, entry.port)
        )
        if refusal is None:
            pinned = await self._resolve_once(entry.host, entry.port)
            entry.addresses = [str(address) for address in pinned]
            refusal = self.policy.refusal_of_addresses(entry.host, pinned)
        if refusal is not None:
            entry.reason = refusal
            return None
        for address in entry.addresses:
            with contextlib.suppress(OSError, TimeoutError):
                opened = await asyncio.wait_for(
                    asyncio.open_connection(address, entry.port), _CONNECT_TIMEOUT_S
                )
                entry.allowed, entry.peer = True, f"{address} port {entry.port}"
                entry.reason = (
                    "allowed by name" if self.policy.allows_by_name(entry.host) else "public address"
                )
                return opened
        entry.reason = "the address does not answer"
        return None

    async def _resolve_once(self, host: str, port: int) -> list[Address]:
        key = host_key(host)
        if key not in self._pins:
            self._pins[key] = asyncio.ensure_future(self._ask(host, port))
        return await asyncio.shield(self._pins[key])

    async def _ask(self, host: str, port: int) -> list[Address]:
        literal = literal_address(host)
        return [literal] if literal is not None else await self._resolver(host_key(host), port)

    async def _relay(
        self,
        entry: GateEntry,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        far_reader: asyncio.StreamReader,
        far_writer: asyncio.StreamWriter,
    ) -> None:
        async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter, upwards: bool) -> None:
            while piece := await source.read(_PIECE):
                self._bytes += len(piece)
                if upwards:
                    entry.bytes_up += len(piece)
                else:
                    entry.bytes_down += len(piece)
                if self._bytes > self.policy.max_bytes:
                    writer.close()
                    far_writer.close()
                    return
                sink.write(piece)
                await sink.drain()
            with contextlib.suppress(OSError):
                sink.write_eof()

        try:
            await asyncio.gather(pump(reader, far_writer, True), pump(far_reader, writer, False))
        finally:
            far_writer.close()


def _split_target(target: str) -> tuple[str, int]:
    """Host and port of a CONNECT target; port 0 if it is not one."""
    host, _, port = target.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or len(port) > 5 or not 0 < int(port) < 65536:
        return target[:2048], 0
    return host[:2048], int(port)
