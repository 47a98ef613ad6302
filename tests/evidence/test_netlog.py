"""Reading a NetLog: what is known is read, what is not is refused, what was cut short says so."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from joinder.evidence.errors import NetlogUnknown
from joinder.evidence.netlog import connections, exchanges, read_netlog
from joinder.evidence.netlog.events import NEEDED_EVENTS, PHASES

TYPES = {name: number for number, name in enumerate(NEEDED_EVENTS)}


def constants(**changes: Any) -> dict[str, Any]:
    return {
        "logEventTypes": {**TYPES, "SOMETHING_ELSE": 900},
        "logEventPhase": {name: number for number, name in enumerate(PHASES)},
        "logFormatVersion": 1,
        "logCaptureMode": "Everything",
        "timeTickOffset": 1_700_000_000_000,
        "clientInfo": {"name": "Chromium", "version": "1.2.3"},
        **changes,
    }


def event(name: str, source: int = 1, **params: Any) -> dict[str, Any]:
    return {
        "type": TYPES[name],
        "phase": 0,
        "source": {"id": source, "type": 3},
        "time": "5",
        "params": params,
    }


def bytes_event(name: str, data: bytes, source: int = 1) -> dict[str, Any]:
    return event(name, source, byte_count=len(data), bytes=base64.b64encode(data).decode())


def write(
    path: Path, events: list[dict[str, Any]], head: dict[str, Any] | None = None, end: bool = True
) -> Path:
    lines = [json.dumps({"constants": head or constants()})[:-1] + ",", '"events": [']
    lines += [json.dumps(item) + "," for item in events]
    if end:
        lines[-1] = lines[-1][:-1] + "],"
        lines += ['"polledData": [{}]', "}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


TUNNEL = event("HTTP_TRANSACTION_SEND_TUNNEL_HEADERS", line="CONNECT shop.example:443 HTTP/1.1\r\n")
ASK = b"GET /a HTTP/1.1\r\nHost: shop.example\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def exchange(sent: bytes = ASK, received: bytes = ANSWER) -> list[dict[str, Any]]:
    return [
        TUNNEL,
        bytes_event("SSL_SOCKET_BYTES_SENT", sent),
        bytes_event("SSL_SOCKET_BYTES_RECEIVED", received[:7]),
        bytes_event("SSL_SOCKET_BYTES_RECEIVED", received[7:]),
    ]


def test_an_exchange_is_read_from_its_pieces(tmp_path: Path) -> None:
    log = read_netlog(write(tmp_path / "n.json", exchange()))
    assert (log.browser, log.ended, log.all_events) == ("Chromium 1.2.3", True, 4)
    (found,) = exchanges(connections(log))
    assert (found.url, found.reason, found.sent_ms) == ("https://shop.example/a", "", 1_700_000_000_005)
    assert found.response is not None
    assert found.response.head + found.response.body == ANSWER


def test_a_log_without_its_end_keeps_its_whole_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "n.json", [*exchange(), TUNNEL], end=False)
    path.write_bytes(path.read_bytes()[:-20])
    log = read_netlog(path)
    assert not log.ended
    assert len(exchanges(connections(log))) == 1


@pytest.mark.parametrize("cut", range(2, 30, 4))
def test_an_end_that_breaks_off_is_no_end(tmp_path: Path, cut: int) -> None:
    path = write(tmp_path / "n.json", exchange())
    path.write_bytes(path.read_bytes()[:-cut].rstrip())
    assert not read_netlog(path).ended


@pytest.mark.parametrize("name", NEEDED_EVENTS)
def test_a_renamed_event_stops_everything(tmp_path: Path, name: str) -> None:
    types = {("NEW_" + key if key == name else key): value for key, value in TYPES.items()}
    with pytest.raises(NetlogUnknown, match=name):
        read_netlog(write(tmp_path / "n.json", exchange(), constants(logEventTypes=types)))


@pytest.mark.parametrize(
    "changes",
    [
        {"logFormatVersion": 2},
        {"logCaptureMode": "Default"},
        {"clientInfo": {}},
        {"logEventPhase": {"PHASE_NONE": 0}},
        {"timeTickOffset": "soon"},
    ],
)
def test_an_unknown_head_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(NetlogUnknown):
        read_netlog(write(tmp_path / "n.json", exchange(), constants(**changes)))


@pytest.mark.parametrize("text", ["", "{}", "[]\n[]\n", '{"constants": {}}\n', "\x00\xff"])
def test_what_is_no_netlog_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "n.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(NetlogUnknown):
        read_netlog(path)
    with pytest.raises(NetlogUnknown):
        read_netlog(tmp_path / "none.json")


@pytest.mark.parametrize(
    "params",
    [
        {"byte_count": 9, "bytes": "eA=="},
        {"byte_count": 9},
        {"bytes": "eA=="},
        {"byte_count": 1, "bytes": "?"},
    ],
)
def test_bytes_that_were_not_recorded_in_full_are_refused(tmp_path: Path, params: dict[str, Any]) -> None:
    log = read_netlog(write(tmp_path / "n.json", [TUNNEL, event("SSL_SOCKET_BYTES_RECEIVED", **params)]))
    with pytest.raises(NetlogUnknown):
        connections(log)


@pytest.mark.parametrize("name", ["HTTP2_SESSION", "QUIC_SESSION"])
def test_another_protocol_is_refused(tmp_path: Path, name: str) -> None:
    log = read_netlog(write(tmp_path / "n.json", [*exchange(), event(name, 9)]))
    with pytest.raises(NetlogUnknown, match=name.split("_")[0]):
        connections(log)


@pytest.mark.parametrize(
    ("sent", "received", "reason"),
    [
        (ASK, ANSWER[:-1], "1 of 2"),
        (ASK, b"", "not answered"),
        (b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc", b"", "request: 3 of 9"),
    ],
)
def test_what_is_not_whole_says_why(tmp_path: Path, sent: bytes, received: bytes, reason: str) -> None:
    events = [TUNNEL, bytes_event("SSL_SOCKET_BYTES_SENT", sent)]
    events += [bytes_event("SSL_SOCKET_BYTES_RECEIVED", received)] if received else []
    (found,) = exchanges(connections(read_netlog(write(tmp_path / "n.json", events))))
    assert reason in found.reason


def test_bytes_beside_the_exchanges_are_counted(tmp_path: Path) -> None:
    """Half a request at the end, and a server's parting 408 that answers nothing."""
    parting = b"HTTP/1.1 408 Request Timeout\r\n\r\n"
    log = read_netlog(write(tmp_path / "n.json", exchange(ASK + b"GET /b HT", ANSWER + parting)))
    (connection,) = connections(log)
    (found,) = exchanges([connection])
    assert found.reason == ""
    assert (connection.unread_sent, connection.unasked_received) == (9, len(parting))


def test_the_end_of_a_connection_ends_a_response_only_if_it_was_clean(tmp_path: Path) -> None:
    open_ended = b"HTTP/1.1 200 OK\r\n\r\nsome"
    for closing, reason in (
        ([bytes_event("SSL_SOCKET_BYTES_RECEIVED", b"")], ""),
        ([event("SSL_READ_ERROR", net_error=-101)], "did not end"),
        ([], "did not end"),
    ):
        log = read_netlog(write(tmp_path / "n.json", [*exchange(ASK, open_ended), *closing]))
        (found,) = exchanges(connections(log))
        assert reason in found.reason
        assert bool(found.reason) is bool(reason)
