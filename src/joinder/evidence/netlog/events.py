"""Reading a NetLog file event by event, also one that a killed browser left without its end.

Chromium writes one event a line between ``"events": [`` and ``],``. Only the events this room uses are kept; all of
their names must be among the log's constants, so that a renamed event stops the capture instead of emptying it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from joinder.evidence.errors import NetlogUnknown

FORMAT_VERSION = 1
NEEDED_EVENTS = (
    "SSL_SOCKET_BYTES_SENT",
    "SSL_SOCKET_BYTES_RECEIVED",
    "SOCKET_BYTES_SENT",
    "SOCKET_BYTES_RECEIVED",
    "SOCKET_ALIVE",
    "SSL_CONNECT",
    "SSL_CERTIFICATES_RECEIVED",
    "TCP_CONNECT",
    "SOCKET_READ_ERROR",
    "SSL_READ_ERROR",
    "CERT_VERIFY_PROC",
    "HTTP_TRANSACTION_SEND_TUNNEL_HEADERS",
    "HTTP2_SESSION",
    "QUIC_SESSION",
)
PHASES = ("PHASE_NONE", "PHASE_BEGIN", "PHASE_END")
_MAX_LINE = 256 * 1024 * 1024


@dataclass(frozen=True)
class Event:
    """One event. source_id names the socket it belongs to; at_ms is Unix time in milliseconds."""

    name: str
    phase: str
    source_id: int
    at_ms: int
    params: dict[str, Any]

    def payload(self) -> bytes:
        """The bytes of a *BYTES* event. Raises NetlogUnknown if they were not recorded in full."""
        try:
            data = base64.b64decode(self.params.get("bytes", ""), validate=True)
            promised = int(self.params["byte_count"])
        except (KeyError, ValueError, TypeError):
            raise NetlogUnknown(f"A {self.name} event carries no readable bytes.") from None
        if len(data) != promised:
            raise NetlogUnknown(
                f"A {self.name} event promises {promised} bytes and carries {len(data)}.",
                mend="The log must be written with --net-log-capture-mode=Everything.",
            )
        return data


@dataclass
class Netlog:
    """What was read: the browser, the events in order, and whether the file has its proper end."""

    browser: str
    events: list[Event] = field(default_factory=list)
    ended: bool = False
    all_events: int = 0


def read_netlog(path: Path) -> Netlog:
    """Read a NetLog file. ``ended`` is False for one that was cut short; its whole lines are kept.

    Raises NetlogUnknown for a file that is not a NetLog, of another format version, recorded without bytes, or
    whose constants lack an event that this room reads.
    """
    try:
        with path.open(encoding="utf-8", errors="strict", newline="\n") as stream:
            names, phases, offset, log = _read_head(stream.readline(_MAX_LINE), stream.readline(_MAX_LINE))
            for line in stream:
                if _take(log, line, names, phases, offset):
                    log.ended = _well_ended(stream)
                    break
    except FileNotFoundError:
        raise NetlogUnknown("Chromium wrote no network log.") from None
    except UnicodeDecodeError:
        raise NetlogUnknown("The network log is not UTF-8.") from None
    return log


def _read_head(first: str, second: str) -> tuple[dict[int, str], dict[int, str], int, Netlog]:
    try:
        constants = json.loads(first.rstrip().rstrip(",") + "}")["constants"]
        version = constants["logFormatVersion"]
        types: dict[str, int] = constants["logEventTypes"]
        phases: dict[str, int] = constants["logEventPhase"]
        offset = int(constants["timeTickOffset"])
        client = constants["clientInfo"]
        mode = constants.get("logCaptureMode")
        browser = f"{client['name']} {client['version']}"
    except (ValueError, KeyError, TypeError):
        raise NetlogUnknown("The network log does not begin with its constants.") from None
    if version != FORMAT_VERSION:
        raise NetlogUnknown(
            f"The network log has format version {version}; this room reads {FORMAT_VERSION}."
        )
    if mode != "Everything":
        raise NetlogUnknown(f"The network log was written in mode {mode!r}, which leaves bytes out.")
    unknown = [name for name in NEEDED_EVENTS if name not in types]
    unknown += [name for name in PHASES if name not in phases]
    if unknown:
        raise NetlogUnknown(
            f"{browser} does not know the log words {', '.join(unknown)}, so its bytes cannot be read for certain.",
            mend="Use a Chromium release that this version of Joinder was tested with.",
        )
    if second.strip() != '"events": [':
        raise NetlogUnknown("The network log has no list of events after its constants.")
    names = {types[name]: name for name in NEEDED_EVENTS}
    return names, {phases[name]: name for name in PHASES}, offset, Netlog(browser)


def _take(log: Netlog, line: str, names: dict[int, str], phases: dict[int, str], offset: int) -> bool:
    """Read one line of the list; True when the list ended with it."""
    text = line.rstrip()
    last = text.endswith("],")
    text = text[:-2] if last else text.rstrip(",")
    if not text:
        return last
    try:
        record = json.loads(text)
    except ValueError:
        return False  # the line a killed browser was writing
    log.all_events += 1
    name = names.get(record.get("type"))
    if name is not None:
        try:
            log.events.append(
                Event(
                    name,
                    phases[record["phase"]],
                    int(record["source"]["id"]),
                    int(record["time"]) + offset,
                    record.get("params") or {},
                )
            )
        except (KeyError, ValueError, TypeError):
            raise NetlogUnknown(f"A {name} event of the network log has an unknown shape.") from None
    return last


def _well_ended(stream: Iterator[str]) -> bool:
    """Whether what follows the events closes the file's one JSON object."""
    try:
        json.loads("{" + "".join(stream))
    except ValueError:
        return False
    return True
