"""From an address to a sealed package: the order of the steps, and what is said of them.

Open the seal (sequence number and first time stamp) → visit through the gate → read the NetLog → WARC, WACZ →
``evidence.json`` → ``record.pdf`` → close the seal → write, verify in a separate process, put in place. Until the last
step nothing stands at the target; a capture that was cut short is sealed as *incomplete* and never as complete.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from joinder import __version__
from joinder.evidence import facts as facts_of
from joinder.evidence.authority import load
from joinder.evidence.browser import Lair, find_browser, lair
from joinder.evidence.driver import Budget, Visit, visit
from joinder.evidence.errors import CaptureRefused, EvidenceError, NothingCaptured, SealFailed
from joinder.evidence.gate import Gate, GatePolicy
from joinder.evidence.netlog import Connection, Exchange, connections, exchanges, read_netlog
from joinder.evidence.package import write_package
from joinder.evidence.printing import print_pdf
from joinder.evidence.record import Item, record_html
from joinder.evidence.seal import Opening, close_seal, open_seal
from joinder.evidence.verification import VERIFIER_NAME, verifier_path, verify
from joinder.evidence.wacz import Page, write_wacz
from joinder.evidence.warc import WARC_NAME, check_warc, write_warc
from joinder.vocabulary.digests import canonical_json, digest_file
from joinder.vocabulary.node import NodeHome
from joinder.vocabulary.progress import NO_PROGRESS, Progress

_FREE_BYTES = 256 * 1024 * 1024  # Chromium's network log is cut off without a word when the disk is full


@dataclass(frozen=True)
class CaptureRequest:
    """What to capture and for whom.

    url: an https address. out: the package to write, which must not exist. operators: who does it; two make it
    official. matter: the case number. allow_hosts: hosts the gate lets through by name, every port of them.
    ca_file: authorities of the site in PEM, trusted for this visit only. cause, place, witness: cells of the record.
    """

    url: str
    out: Path
    operators: tuple[str, ...] = ()
    matter: str | None = None
    allow_hosts: tuple[str, ...] = ()
    ca_file: Path | None = None
    user_agent: str | None = None
    cause: str | None = None
    place: str | None = None
    witness: str | None = None
    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True)
class CaptureResult:
    """The package, whether the capture is complete, its digest, and the content of its ``evidence.json``."""

    path: Path
    complete: bool
    sha256: str
    summary: dict[str, Any]


def capture(request: CaptureRequest, home: NodeHome, progress: Progress = NO_PROGRESS) -> CaptureResult:
    """Capture a page and seal it with the node's keys.

    Raises CaptureRefused for a request that cannot be served, BrowserMissing or BrowserFailed without a working
    Chromium, NothingCaptured if the page gave nothing, and SealFailed; in all of these no package exists.
    """
    _check(request)
    browser = find_browser()
    load(home)
    with tempfile.TemporaryDirectory(prefix="joinder-package-") as name:
        folder = Path(name)
        _check_room(folder, request.out.parent)
        opening = open_seal(home, request.matter, request.url)
        (folder / "before.txt").write_bytes(opening.text)
        (folder / "before.tsr").write_bytes(opening.token)
        summary = _take(request, home, browser, folder, opening, progress)
        with progress.stage("seal", 3) as bar:
            items = [
                Item(path.relative_to(folder).as_posix(), path.stat().st_size, digest_file(path)[7:])
                for path in sorted(folder.rglob("*")) if path.is_file()
            ]  # fmt: skip
            (folder / "record.pdf").write_bytes(print_pdf(record_html(summary, items), browser))
            shutil.copyfile(verifier_path(), folder / VERIFIER_NAME)
            (folder / "VERIFY.txt").write_text(_how_to_verify(), encoding="utf-8")
            bar.advance(1, "record")
            close_seal(home, folder, request.matter, opening.sequence)
            bar.advance(1, "sealed")
            _deliver(folder, home, request.out)
            bar.advance(1, "verified")
    return CaptureResult(request.out, summary["complete"], digest_file(request.out), summary)


def _check(request: CaptureRequest) -> None:
    """Refuse what cannot be captured before anything is begun."""
    parts = urlsplit(request.url)
    if parts.scheme != "https" or not parts.hostname:
        raise CaptureRefused(
            f"{request.url!r} is not an https address; only a page over TLS can be tied to its source.",
            mend="Give the full address of the page, beginning with https://",
        )
    try:
        _ = parts.port
    except ValueError:
        raise CaptureRefused(f"{request.url!r} has no valid port.") from None
    if parts.username is not None or parts.password is not None:
        raise CaptureRefused("The address carries a name or password, which would stand in the package.")
    for words in (
        request.url,
        request.matter,
        request.cause,
        request.place,
        request.witness,
        *request.operators,
    ):
        if words is not None and (not words.strip() or not words.isprintable() or len(words) > 2000):
            raise CaptureRefused(f"{words!r} is empty, too long, or holds control characters.")
    if request.out.exists():
        raise CaptureRefused(
            f"{request.out} exists already, and evidence is never written over.", mend="Name another file."
        )
    if not request.out.parent.is_dir():
        raise CaptureRefused(f"The folder {request.out.parent} does not exist.", mend="Make it first.")


def _check_room(*folders: Path) -> None:
    for folder in folders:
        free = shutil.disk_usage(folder).free
        if free < _FREE_BYTES:
            raise EvidenceError(
                f"Only {free // 1_000_000} MB are free in {folder}; a capture needs {_FREE_BYTES // 1_000_000}.",
                mend="Make room, or set TMPDIR to a folder with more.",
            )


def _take(
    request: CaptureRequest, home: NodeHome, browser: Path, folder: Path, opening: Opening, progress: Progress
) -> dict[str, Any]:
    """Visit the page and write every member that comes from the visit; the content of ``evidence.json``."""
    host_port = urlsplit(request.url).port
    policy = GatePolicy.of(
        request.allow_hosts,
        extra_ports=frozenset({host_port} if host_port else ()),
        max_connections=request.budget.requests,
    )
    wall, ticks = time.time(), time.monotonic()
    with lair(browser, request.ca_file) as nest:
        with Gate(policy).running() as gate:
            seen = visit(
                nest, gate.port, request.url, folder / "views", request.budget, request.user_agent, progress
            )
        clock_step_ms = round(((time.time() - wall) - (time.monotonic() - ticks)) * 1000)
        _refuse_if_shut_out(request.url, gate, seen)
        with progress.stage("record", 3) as bar:
            log = read_netlog(nest.netlog)
            found_connections = connections(log)
            found = exchanges(found_connections)
            bar.advance(1, "netlog")
            _refuse_if_nothing(request, seen, found)
            _write_transport(folder / "transport", nest, gate, found_connections)
            bar.advance(1, "transport")
            counts = _write_archive(folder, found, gate, seen)
            bar.advance(1, "archive")
        summary = facts_of.evidence_facts(
            request=facts_of.RequestFacts(
                request.url, request.matter, opening.sequence, request.operators, request.cause, request.place,
                request.witness, request.user_agent, request.allow_hosts,
            ),
            home=home, seen=seen, log=log, exchanges=found, gate=gate, nest=nest, browser=browser,
            ca_file=request.ca_file, counts=counts, clock_step_ms=clock_step_ms,
        )  # fmt: skip
    (folder / "evidence.json").write_bytes(canonical_json(summary) + b"\n")
    return summary


def _refuse_if_shut_out(url: str, gate: Gate, seen: Visit) -> None:
    """A target that the gate itself refused is a matter for the operator, not a finding about the page."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    for entry in gate.log:
        if not seen.navigation_error or entry.allowed or (entry.host.strip("[]"), entry.port) != (host, port):
            continue
        if entry.reason == "the address does not answer" or entry.reason == "the name does not resolve":
            raise NothingCaptured(
                f"{host} port {port} cannot be reached: {entry.reason}.",
                mend="Check the address and this machine's network, then capture again.",
            )
        raise CaptureRefused(
            f"The egress gate does not let the page through: {entry.reason}.",
            mend=f"If you mean to capture it, allow it by name: --allow-host {host}",
        )


def _refuse_if_nothing(request: CaptureRequest, seen: Visit, found: Sequence[Exchange]) -> None:
    if "ERR_CERT" in seen.navigation_error:
        raise NothingCaptured(
            f"Chromium does not accept the site's certificate ({seen.navigation_error.split(' at ')[0]}).",
            mend="If the site's authority is known to you, give its certificate: --ca-file FILE.pem",
        )
    if seen.navigation_error and not found and not seen.unanswered:
        raise NothingCaptured(
            f"{request.url} gave nothing to seal: {seen.navigation_error.split(' at ')[0]}.",
            mend="Check the address, then capture again.",
        )


def _write_transport(folder: Path, nest: Lair, gate: Gate, found: Sequence[Connection]) -> None:
    folder.mkdir()
    with nest.netlog.open("rb") as source, gzip.GzipFile(folder / "netlog.json.gz", "wb", mtime=0) as sink:
        shutil.copyfileobj(source, sink, 1 << 20)
    lines = "".join(
        json.dumps(entry.as_json(), ensure_ascii=False, sort_keys=True) + "\n" for entry in gate.log
    )
    (folder / "gate.jsonl").write_text(lines, encoding="utf-8")
    chains = dict.fromkeys(text for connection in found for text in connection.certificates)
    (folder / "certificates.pem").write_text("".join(chains), encoding="ascii")


def _write_archive(folder: Path, found: Sequence[Exchange], gate: Gate, seen: Visit) -> dict[str, int]:
    """Write ``capture.wacz`` and check it by reading it back; what it holds. Raises SealFailed if counts differ."""
    peers = {entry.client_port: entry.peer.split(" ")[0] for entry in gate.log if entry.peer}
    info = {"software": f"Joinder {__version__}", "format": "WARC File Format 1.1"}
    with tempfile.TemporaryDirectory(prefix="joinder-warc-") as name:
        warc = Path(name) / WARC_NAME
        captures = write_warc(warc, found, peers, info)
        counts = check_warc(warc)
        answered = [item for item in found if item.response is not None]
        cut = sum(not item.response.complete for item in answered if item.response is not None)
        if (counts.requests, counts.responses, counts.truncated) != (len(found), len(answered), cut):
            raise SealFailed("The archive read back does not hold what was recorded; nothing was sealed.")
        pages = (
            [Page(seen.final_url, seen.started_at, seen.title, seen.text[:100_000])] if seen.final_url else []
        )
        write_wacz(folder / "capture.wacz", warc, captures, pages, seen.ended_at)
    return {
        "requests": counts.requests,
        "responses": counts.responses,
        "truncated": counts.truncated,
        "unanswered": len(found) - len(answered),
    }


def _deliver(folder: Path, home: NodeHome, out: Path) -> None:
    """Write the package beside its place, have it verified there, and only then put it in place."""
    descriptor, name = tempfile.mkstemp(prefix=".joinder-", suffix=".evz.part", dir=out.parent)
    os.close(descriptor)
    part = Path(name)
    try:
        write_package(folder, part)
        verdict = verify(part, home.trust)
        if not verdict.valid:
            failed = [check for check in verdict.report.get("checks", []) if not check["ok"]]
            words = f"{failed[0]['member']}: {failed[0]['en']}" if failed else "no reason given"
            raise SealFailed(f"The package does not pass its own verification ({words}); it was not kept.")
        part.chmod(0o644)
        os.link(part, out)  # unlike a rename, a link never writes over a file that came into being meanwhile
    except FileExistsError:
        raise CaptureRefused(
            f"{out} came into being meanwhile, and evidence is never written over."
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _how_to_verify() -> str:
    return (Path(__file__).parent / "VERIFY.txt").read_text(encoding="utf-8")


def worst_case(budget: Budget) -> timedelta:
    """The longest a capture within ``budget`` can take, for whoever schedules it."""
    return timedelta(seconds=budget.total_s + 120)
