"""The gate at work: what it lets through, what it refuses, and what it writes down."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from joinder.evidence.gate import Gate, GatePolicy
from joinder.evidence.gate.addresses import Address


@pytest.fixture
def echo() -> Iterator[int]:
    """A loopback service that sends back what it gets."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    client, _ = server.accept()
                    with client:
                        while data := client.recv(4096):
                            client.sendall(data)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


def ask(gate: Gate, head: bytes, payload: bytes = b"") -> bytes:
    """What comes back through the gate for a request head and, if it opens, a payload."""
    with socket.create_connection(("127.0.0.1", gate.port), 5) as client:
        client.sendall(head)
        answer = client.recv(4096)
        if payload and answer.startswith(b"HTTP/1.1 200"):
            client.sendall(payload)
            client.shutdown(socket.SHUT_WR)
            while data := client.recv(4096):
                answer += data
        return answer


def connect(target: str) -> bytes:
    return f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode()


def test_it_relays_what_is_allowed_and_counts_it(echo: int) -> None:
    gate = Gate(GatePolicy.of(["localhost"]))
    with gate.running():
        answer = ask(gate, connect(f"localhost:{echo}"), b"hello")
    assert answer.endswith(b"hello")
    (entry,) = gate.log
    assert (entry.allowed, entry.bytes_up, entry.bytes_down) == (True, 5, 5)
    assert entry.peer == f"127.0.0.1 port {echo}"
    assert entry.closed_at is not None


@pytest.mark.parametrize(
    "target",
    [
        "127.0.0.1:{port}",
        "2130706433:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "localhost:{port}",
        "localhost:80",
    ],
)
def test_it_refuses_loopback_and_says_why(echo: int, target: str) -> None:
    gate = Gate(GatePolicy.of(extra_ports=frozenset({echo})))
    with gate.running():
        assert ask(gate, connect(target.format(port=echo))).startswith(b"HTTP/1.1 403")
    (entry,) = gate.log
    assert not entry.allowed
    assert "not a public address" in entry.reason


@pytest.mark.parametrize(
    "head",
    [
        b"GET http://localhost/ HTTP/1.1\r\n\r\n",
        b"POST http://169.254.169.254/ HTTP/1.1\r\n\r\n",
        b"CONNECT localhost HTTP/1.1\r\n\r\n",
        b"CONNECT localhost:99999 HTTP/1.1\r\n\r\n",
        b"CONNECT :443 HTTP/1.1\r\n\r\n",
        b"CONNECT localhost:4x HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\r\n\r\n",
    ],
)
def test_it_serves_connect_only(head: bytes) -> None:
    gate = Gate(GatePolicy.of(["localhost"]))
    with gate.running():
        assert ask(gate, head).startswith(b"HTTP/1.1 403")
    assert [entry.allowed for entry in gate.log] == [False]


def test_a_name_is_resolved_once_and_pinned(echo: int) -> None:
    """The second answer of a rebinding resolver is never asked for."""
    answers = iter([[ip_address("127.0.0.1")], [ip_address("10.0.0.1")]])
    asked: list[str] = []

    async def rebinding(host: str, port: int) -> list[Address]:
        asked.append(host)
        await asyncio.sleep(0.01)
        return next(answers)

    gate = Gate(GatePolicy.of(["shop.example"]), rebinding)
    with gate.running():
        for host in ("shop.example", "SHOP.example."):
            assert ask(gate, connect(f"{host}:{echo}"), b"x").endswith(b"x")
    assert asked == ["shop.example"]
    assert {entry.peer for entry in gate.log} == {f"127.0.0.1 port {echo}"}


def test_a_public_name_that_resolves_inwards_is_refused(echo: int) -> None:
    async def inwards(host: str, port: int) -> list[Address]:
        return [ip_address("93.184.216.34"), ip_address("127.0.0.1")]

    gate = Gate(GatePolicy.of(extra_ports=frozenset({echo})), inwards)
    with gate.running():
        assert ask(gate, connect(f"shop.example:{echo}")).startswith(b"HTTP/1.1 403")
    assert "127.0.0.1" in gate.log[0].reason


def test_the_connection_budget_closes_the_gate(echo: int) -> None:
    gate = Gate(GatePolicy.of(["localhost"], max_connections=2))
    with gate.running():
        answers = [ask(gate, connect(f"localhost:{echo}"), b"x")[:12] for _ in range(3)]
    assert answers == [b"HTTP/1.1 200"] * 2 + [b"HTTP/1.1 403"]
    assert gate.stopped_by_budget == "more than 2 connections"


def test_the_byte_budget_breaks_a_connection_off(echo: int) -> None:
    gate = Gate(GatePolicy.of(["localhost"], max_bytes=1000))
    with gate.running(), contextlib.suppress(OSError):
        ask(gate, connect(f"localhost:{echo}"), b"x" * 5000)
    assert gate.stopped_by_budget == "more than 1000 bytes"


def test_a_silent_or_broken_client_is_written_down(echo: int) -> None:
    gate = Gate(GatePolicy())
    with gate.running():
        with socket.create_connection(("127.0.0.1", gate.port), 5) as client:
            client.sendall(b"CONN")
        ask(gate, connect("localhost:1"))
    assert "broke off" in gate.log[0].reason
    assert [entry.allowed for entry in gate.log] == [False, False]


def test_an_address_that_does_not_answer_is_said_to(echo: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = server.getsockname()[1]
    gate = Gate(GatePolicy.of(["localhost"]))
    with gate.running():
        assert ask(gate, connect(f"localhost:{closed}")).startswith(b"HTTP/1.1 403")
    assert gate.log[0].reason == "the address does not answer"
