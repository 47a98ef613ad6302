"""What ``evidence.json`` says: who, what, when, from where, with which tools, how clean, how complete.

Facts only, in canonical JSON; whatever is not known says so. The cells follow the union of the rules on capture
records (法发〔2016〕22号 art. 14; SAMR interim provisions of 2024; GA/T 1564-2019).
"""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from joinder import __version__
from joinder.evidence.authority import SELF_ISSUED
from joinder.evidence.browser import Lair, platform_words
from joinder.evidence.driver import Visit
from joinder.evidence.gate import Gate
from joinder.evidence.netlog import Exchange, Netlog
from joinder.evidence.said import Said
from joinder.evidence.tlog import VerifierKey
from joinder.evidence.verification import verifier_path
from joinder.vocabulary.digests import digest_file
from joinder.vocabulary.moments import iso
from joinder.vocabulary.node import NodeHome

SCHEMA = "joinder-evidence/v1"
_NO_SANDBOX = "Chromium said that the kernel allows it no sandbox, so --no-sandbox was used"


@dataclass(frozen=True)
class RequestFacts:
    """What was asked for."""

    url: str
    matter: str | None
    sequence: int
    operators: tuple[str, ...]
    cause: str | None
    place: str | None
    witness: str | None
    user_agent: str | None
    allow_hosts: tuple[str, ...]


def evidence_facts(
    *,
    request: RequestFacts,
    home: NodeHome,
    seen: Visit,
    log: Netlog,
    exchanges: Sequence[Exchange],
    gate: Gate,
    nest: Lair,
    browser: Path,
    ca_file: Path | None,
    counts: Mapping[str, int],
    clock_step_ms: int,
) -> dict[str, Any]:
    """The content of ``evidence.json``."""
    reasons = incomplete_because(seen, log, exchanges, gate)
    settings = home.config().get("evidence", {})
    return {
        "schema": SCHEMA,
        "url": request.url,
        "matter": request.matter,
        "sequence": request.sequence,
        "operators": list(request.operators),
        "official": len(set(request.operators)) >= 2,
        "cause": request.cause,
        "place": request.place,
        "witness": request.witness,
        "started_at": iso(seen.started_at),
        "ended_at": iso(seen.ended_at),
        "clock": {
            "source": "host clock, bracketed by the time stamps before.tsr and SHA256SUMS.p7s.tsr",
            "step_during_capture_ms": clock_step_ms,
            "site_minus_host_s": _site_offset(exchanges),
        },
        "vantage": {"stated": settings.get("vantage"), "host": socket.gethostname()},
        "page": {
            "final_url": seen.final_url,
            "title": seen.title[:2000],
            "status": seen.status,
            "height_px": seen.page_height,
            "navigation_error": seen.navigation_error,
        },
        "stop_reason": seen.stop_reason.as_json() if seen.stop_reason else None,
        "complete": not reasons,
        "incomplete_because": [reason.as_json() for reason in reasons],
        "notes": [note.as_json() for note in seen.notes],
        "completeness": {
            **counts,
            "netlog_ended": log.ended,
            "netlog_events": log.all_events,
            "connections": len({item.connection.source_id for item in exchanges}),
            "unasked_bytes": sum(_once(exchanges, "unasked_received")),
        },
        "environment": _environment(request, seen, log, gate, nest, browser, ca_file, exchanges),
        "tool": _tool(),
        "authority": _authority(home, settings),
    }


def incomplete_because(seen: Visit, log: Netlog, exchanges: Sequence[Exchange], gate: Gate) -> list[Said]:
    """Every reason why the capture is not complete, in words; empty if it is."""
    reasons = list(seen.incomplete)
    if not log.ended:
        reasons.append(Said("网络日志没有正常结尾", "the network log has no proper end"))
    for item in exchanges:
        if item.response is not None and item.reason:
            what = f"{item.request.method} {item.url[:300]}"
            reasons.append(Said(f"{what}的响应不完整（{item.reason}）", f"{what}: {item.reason}"))
    unread = sum(_once(exchanges, "unread_sent"))
    if unread:
        reasons.append(
            Said(f"有{unread}字节未构成完整请求", f"{unread} bytes were sent that are no whole request")
        )
    if gate.stopped_by_budget:
        spent = gate.stopped_by_budget
        reasons.append(Said(f"出口闸门额度用尽（{spent}）", f"the gate's budget ran out: {spent}"))
    if not any(item.response is not None for item in exchanges):
        reasons.append(Said("没有收到任何响应", "no response was received"))
    return list(dict.fromkeys(reasons))


def _once(exchanges: Sequence[Exchange], field: str) -> list[int]:
    """A counter of each connection, once per connection."""
    return [
        getattr(item, field) for item in {e.connection.source_id: e.connection for e in exchanges}.values()
    ]


def _environment(
    request: RequestFacts, seen: Visit, log: Netlog, gate: Gate, nest: Lair, browser: Path, ca_file: Path | None,
    exchanges: Sequence[Exchange],
) -> dict[str, Any]:  # fmt: skip
    program = Path(seen.program) if seen.program else browser
    return {
        "system": platform_words(),
        "browser": log.browser,
        "browser_program": str(program),
        "browser_sha256": digest_file(program) if program.is_file() else None,
        "command_line": seen.command_line,
        "user_agent": seen.user_agent,
        "user_agent_overridden": request.user_agent is not None,
        "account": nest.account or "the operator's own",
        "sandbox": seen.sandbox,
        "sandbox_note": "" if seen.sandbox else _NO_SANDBOX,
        "profile": "made empty for this visit and removed after it",
        "extensions": [],
        "site_authorities": [digest_file(ca_file)] if ca_file is not None else [],
        "hosts_file_entries": _hosts_entries({entry.host for entry in gate.log if entry.allowed}),
        "tls": _tls(exchanges),
        "gate": {
            "allowed_by_name": sorted(request.allow_hosts),
            "connections": len(gate.log),
            "bytes_up": sum(entry.bytes_up for entry in gate.log),
            "bytes_down": sum(entry.bytes_down for entry in gate.log),
            "peers": sorted({entry.peer for entry in gate.log if entry.peer}),
            "refused": [
                {"at": entry.at, "host": entry.host[:300], "port": entry.port, "reason": entry.reason}
                for entry in gate.log if not entry.allowed
            ],
        },
    }  # fmt: skip


def _hosts_entries(hosts: set[str]) -> list[str]:
    """Lines of the hosts file that name a host of the capture: a local override would stand here."""
    try:
        lines = Path("/etc/hosts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [line.strip() for line in lines if hosts & set(line.split("#")[0].split()[1:])]


def _tls(exchanges: Sequence[Exchange]) -> list[dict[str, Any]]:
    """Protocol and leaf certificate of each target that was spoken to."""
    found: dict[str, dict[str, Any]] = {}
    for item in exchanges:
        connection = item.connection
        leaf = connection.certificates[0].encode() if connection.certificates else b""
        found.setdefault(
            connection.target,
            {
                "target": connection.target,
                "version": connection.tls.get("version"),
                "cipher_suite": connection.tls.get("cipher_suite"),
                "leaf_pem_sha256": "sha256:" + hashlib.sha256(leaf).hexdigest() if leaf else None,
            },
        )
    return [found[target] for target in sorted(found)]


def _site_offset(exchanges: Sequence[Exchange]) -> int | None:
    """Seconds by which the site's Date header is ahead of this host, at the first response that has one."""
    for item in exchanges:
        for value in item.response.header_values("date") if item.response is not None else []:
            try:
                return round(
                    parsedate_to_datetime(value.decode("latin-1")).timestamp() - item.received_ms / 1000
                )
            except (ValueError, TypeError):
                continue
    return None


def _tool() -> dict[str, Any]:
    """This tool and the digest of its own sources, so that a later reader knows which code took the evidence."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return {
        "name": "Joinder",
        "version": __version__,
        "evidence_sources_sha256": "sha256:" + digest.hexdigest(),
        "verifier_sha256": digest_file(verifier_path()),
    }


def _authority(home: NodeHome, settings: Mapping[str, Any]) -> dict[str, Any]:
    log_name = VerifierKey.decode((home.trust / "log.vkey").read_text(encoding="ascii")).name
    return {
        "log": log_name,
        "self_issued": SELF_ISSUED in log_name,
        "tsa": settings.get("tsa_url") or "the node's own",
    }
