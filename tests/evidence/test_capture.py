"""A real Chromium before a real server: what is sealed, what is refused, and what is never called complete."""

from __future__ import annotations

import contextlib
import errno
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from joinder.evidence import Budget, CaptureRequest, capture, capturing, driver
from joinder.evidence.errors import BrowserMissing, CaptureRefused, EvidenceError, NothingCaptured, SealFailed
from joinder.vocabulary.node import NodeHome

pytestmark = pytest.mark.browser
shop = sys.modules["evidence_test_shop"]  # loaded by the room's conftest
SHORT = Budget(answer_s=2.5, settle_s=1.5, scroll_s=12, end_quiet_s=1.5, end_busy_s=3, total_s=40)


@pytest.fixture
def request_for(site: Any, tmp_path: Path) -> Any:
    def make(path: str, **changes: Any) -> CaptureRequest:
        plain = CaptureRequest(
            url=site.shop.url + path,
            out=tmp_path / "page.evz",
            allow_hosts=("localhost",),
            ca_file=site.ca_file,
            budget=SHORT,
        )
        return replace(plain, **changes)

    return make


# -- what a complete package holds


def test_the_package_holds_what_the_design_promises(captured: Any) -> None:
    names = set(captured.members)
    assert {
        "record.pdf", "evidence.json", "capture.wacz", "before.txt", "before.tsr", "VERIFY.txt", "joinder_verify.py",
        "views/screenshot-001.png", "views/page.pdf", "views/dom.json", "views/page.html", "views/text.txt",
        "transport/netlog.json.gz", "transport/gate.jsonl", "transport/certificates.pem",
        "SHA256SUMS", "SHA256SUMS.p7s", "SHA256SUMS.p7s.tsr", "SHA256SUMS.tlog-proof",
    } == names  # fmt: skip
    assert captured.result.complete


def test_it_saw_the_page_to_its_end(captured: Any) -> None:
    """The price drawn by script, the lazy pictures and the comments that come by scrolling."""
    text = captured.members["views/text.txt"].decode()
    assert "¥199.00" in text
    assert text.count("评论") == 90
    assert captured.facts["stop_reason"]["en"] == "end of the page"
    assert {f"/image/{n}.png" for n in range(8)} <= {item.path for item in captured.exchanges}


def test_the_facts_say_who_when_where_and_how_clean(captured: Any) -> None:
    facts, environment = captured.facts, captured.facts["environment"]
    assert (facts["matter"], facts["sequence"], facts["official"]) == ("样例〔2026〕1号", 1, True)
    assert facts["started_at"] < facts["ended_at"]
    assert facts["completeness"]["responses"] == len(captured.exchanges)
    assert environment["browser_sha256"].startswith("sha256:")
    assert environment["tls"][0]["version"].startswith("TLS 1.")
    assert environment["gate"]["peers"]
    assert facts["authority"]["self_issued"] is True
    assert abs(facts["clock"]["step_during_capture_ms"]) < 5000


def test_the_sandbox_is_on_or_its_absence_is_said(captured: Any) -> None:
    environment = captured.facts["environment"]
    used = any("--no-sandbox" in word.split() for word in environment["command_line"])
    assert used is not environment["sandbox"]
    assert bool(environment["sandbox_note"]) is used


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")
def test_as_root_the_browser_runs_unprivileged(captured: Any) -> None:
    assert captured.facts["environment"]["account"] == "nobody"


def test_the_network_log_is_sealed_whole(captured: Any) -> None:
    log = json.loads(gzip.decompress(captured.members["transport/netlog.json.gz"]))
    assert len(log["events"]) == captured.facts["completeness"]["netlog_events"]


def test_the_record_lists_every_other_member(captured: Any) -> None:
    assert captured.members["record.pdf"].startswith(b"%PDF-")
    assert captured.members["record.pdf"].count(b"/Type /Page\n") >= 2


@pytest.fixture
def plain_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the record's looks are not the point, a second browser is not started to print it."""
    monkeypatch.setattr(capturing, "print_pdf", lambda html, browser: b"%PDF-1.7 " + html.encode())


# -- views


@pytest.mark.usefixtures("plain_record")
def test_a_very_tall_page_is_pictured_right_to_its_last_band(request_for: Any, home: NodeHome) -> None:
    """One picture of it would be silently wrong from 86,670 px on."""
    result = capture(request_for("/tall", budget=replace(SHORT, scroll_s=0.5)), home)
    assert "time budget" in result.summary["stop_reason"]["en"]
    assert not result.complete
    assert result.summary["page"]["height_px"] == 1000 * shop.BANDS
    with zipfile.ZipFile(result.path) as package:
        tiles = [name for name in package.namelist() if name.startswith("views/screenshot-")]
        wrong = []
        for number, name in enumerate(sorted(tiles)):
            picture = Image.open(io.BytesIO(package.read(name))).convert("RGB")
            for y in range(500, picture.height, 1000):
                band = (number * driver.TILE_HEIGHT + y) // 1000
                if picture.getpixel((200, y)) != shop.band_colour(band):
                    wrong.append(band)
    assert wrong == []


@pytest.mark.usefixtures("plain_record")
def test_the_views_of_a_restless_page_show_one_moment(request_for: Any, home: NodeHome) -> None:
    """A page that rewrites itself every 2 ms, asks, opens a window and would rather not be left."""
    result = capture(request_for("/restless"), home)
    assert result.complete, result.summary["incomplete_because"]
    assert any("pop-up" in note["en"] for note in result.summary["notes"])
    with zipfile.ZipFile(result.path) as package:
        text = package.read("views/text.txt").decode().split()[0]
        assert f'<p id="count">{text}</p>' in package.read("views/page.html").decode()
        assert text in json.loads(package.read("views/dom.json"))["strings"]
        printed = subprocess.run(
            ["pdftotext", "-", "-"], input=package.read("views/page.pdf"), capture_output=True, check=True
        )
        assert printed.stdout.split()[0].decode() == text
        assert b"SWITCH" not in printed.stdout + package.read("views/text.txt")


# -- where a page ends


@pytest.mark.usefixtures("plain_record")
def test_a_page_that_rests_between_its_parts_has_not_ended(request_for: Any, home: NodeHome) -> None:
    """Seen on the sample market on a loaded machine: two of five pages of comments, and "end of the page"."""
    result = capture(request_for("/slow-parts"), home)
    assert result.complete, result.summary["incomplete_because"]
    with zipfile.ZipFile(result.path) as package:
        assert package.read("views/text.txt").decode().count("评论") == 5 * 30
    assert result.summary["stop_reason"]["en"] == "end of the page"


@pytest.mark.usefixtures("plain_record")
def test_a_page_with_a_heartbeat_ends_when_it_stops_growing(request_for: Any, home: NodeHome) -> None:
    result = capture(request_for("/polling"), home)
    assert result.summary["stop_reason"]["en"] == "end of the page"
    assert result.complete, result.summary["incomplete_because"]


@pytest.mark.usefixtures("plain_record")
def test_what_the_gate_kept_from_the_page_is_told(request_for: Any, home: NodeHome) -> None:
    result = capture(request_for("/refused-image"), home)
    notes = [note["en"] for note in result.summary["notes"]]
    assert any("https://10.0.0.1/x.png" in note and "not in the package" in note for note in notes), notes


# -- what is cut short is never called complete


@pytest.mark.usefixtures("plain_record")
@pytest.mark.parametrize(
    ("path", "budget", "word"),
    [
        ("/endless", {"height_px": 20_000}, "height budget"),
        ("/page", {"requests": 12}, "request budget"),
    ],
)
def test_a_page_that_goes_on_behind_the_budget_is_incomplete(
    request_for: Any, home: NodeHome, path: str, budget: dict[str, Any], word: str
) -> None:
    result = capture(request_for(path, budget=replace(SHORT, **budget)), home)
    assert not result.complete
    assert word in result.summary["stop_reason"]["en"]
    assert "before the end of the page" in result.summary["incomplete_because"][0]["en"]


@pytest.mark.usefixtures("plain_record")
def test_a_page_that_never_answers_is_bounded_and_incomplete(
    request_for: Any, home: NodeHome, check: Any
) -> None:
    result = capture(request_for("/never"), home)
    assert not result.complete
    assert "did not answer within 2.5 s" in result.summary["incomplete_because"][0]["en"]
    code, report = check(result.path)
    assert (code, report["complete"], report["official"]) == (0, False, False)


@pytest.mark.usefixtures("plain_record")
def test_a_response_that_breaks_off_makes_it_incomplete(request_for: Any, home: NodeHome) -> None:
    result = capture(request_for("/cut"), home)
    assert not result.complete
    assert any("13 of 5000 body bytes" in reason["en"] for reason in result.summary["incomplete_because"])
    assert result.summary["completeness"]["truncated"] == 1


@pytest.mark.usefixtures("plain_record")
@pytest.mark.parametrize("moment", ["loading", "views"])
def test_a_browser_killed_in_mid_capture_leaves_an_incomplete_package_or_none(
    request_for: Any, home: NodeHome, site: Any, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    real_lair, real_views = capturing.lair, driver._take_views
    nests: list[Any] = []

    def watched(*arguments: Any) -> Any:
        manager = real_lair(*arguments)
        enter = manager.__enter__

        def entered() -> Any:
            nests.append(enter())
            return nests[-1]

        return _Entering(manager, entered)

    def views(page: Any, session: Any, folder: Path, seen: Any) -> None:
        _kill_all(nests[0])
        real_views(page, session, folder, seen)

    monkeypatch.setattr(capturing, "lair", watched)
    if moment == "views":
        monkeypatch.setattr(driver, "_take_views", views)
        result = capture(request_for("/page"), home)
    else:
        site.shop.asked.clear()
        killer = threading.Thread(target=lambda: site.shop.asked.wait(30) and _kill_all(nests[0]))
        killer.start()
        request = request_for("/never", budget=replace(SHORT, answer_s=20))
        try:
            result = capture(request, home)
        except NothingCaptured:
            # Killed before Chromium had written a byte of the exchange down: then there is no package at all.
            assert not request.out.exists()
            return
        finally:
            killer.join()
    assert not result.complete
    reasons = " ".join(reason["en"] for reason in result.summary["incomplete_because"])
    assert "the network log has no proper end" in reasons or "browser ended" in reasons


def _kill_all(nest: Any) -> None:
    """SIGKILL for the browser and its helpers, which all carry the throw-away home on their command lines."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes()
            if str(nest.home).encode() in words or process.name == nest.pid_file.read_text().strip():
                os.kill(int(process.name), signal.SIGKILL)


class _Entering:
    """A context manager whose entering is watched."""

    def __init__(self, manager: Any, entered: Any) -> None:
        self._manager, self._entered = manager, entered

    def __enter__(self) -> Any:
        return self._entered()

    def __exit__(self, *error: Any) -> Any:
        return self._manager.__exit__(*error)


# -- what is refused leaves nothing behind


def _left(request: CaptureRequest) -> list[str]:
    return [path.name for path in request.out.parent.iterdir() if "evz" in path.name]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"url": "http://shop.example/"}, "https"),
        ({"url": "file:///etc/passwd"}, "https"),
        ({"url": "https:///"}, "https"),
        ({"url": "https://u:p@shop.example/"}, "password"),
        ({"url": "https://shop.example:99999/"}, "port"),
        ({"matter": "a\nb"}, "control"),
        ({"operators": (" ",)}, "empty"),
        ({"operators": ("x\u202e",)}, "control"),
    ],
)
def test_a_request_that_cannot_be_served_is_refused(
    request_for: Any, home: NodeHome, changes: dict[str, Any], word: str
) -> None:
    asked = request_for("/plain", **changes)
    with pytest.raises(CaptureRefused, match=word):
        capture(asked, home)
    assert _left(asked) == []


def test_evidence_is_never_written_over(request_for: Any, home: NodeHome) -> None:
    asked = request_for("/plain")
    asked.out.write_bytes(b"older evidence")
    with pytest.raises(CaptureRefused, match="never written over"):
        capture(asked, home)
    assert asked.out.read_bytes() == b"older evidence"


def test_loopback_is_refused_unless_allowed_by_name(request_for: Any, home: NodeHome, site: Any) -> None:
    asked = request_for("/plain", allow_hosts=())
    before = len(site.shop.exchanges)
    with pytest.raises(CaptureRefused) as error:
        capture(asked, home)
    assert "--allow-host localhost" in str(error.value)
    assert len(site.shop.exchanges) == before
    assert _left(asked) == []


def test_a_site_whose_authority_is_unknown_is_refused(request_for: Any, home: NodeHome) -> None:
    asked = request_for("/plain", ca_file=None)
    with pytest.raises(NothingCaptured) as error:
        capture(asked, home)
    assert "--ca-file" in str(error.value)
    assert _left(asked) == []


def test_a_port_where_nobody_listens_is_said_so(request_for: Any, home: NodeHome) -> None:
    asked = request_for("/plain", url="https://localhost:5999/")
    with pytest.raises(NothingCaptured, match="does not answer"):
        capture(asked, home)
    assert _left(asked) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"not a certificate", b"\xff\xfe", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"],
)
def test_a_ca_file_that_is_none_is_refused(
    request_for: Any, home: NodeHome, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "ca.pem").write_bytes(content)
    with pytest.raises(CaptureRefused):
        capture(request_for("/plain", ca_file=tmp_path / "ca.pem"), home)


def test_without_chromium_it_says_how_to_get_it(
    request_for: Any, home: NodeHome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = request_for("/plain")
    for variable, value in (("CHROMIUM", str(tmp_path / "none")), ("CHROMIUM", "")):
        monkeypatch.setenv(variable, value)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(BrowserMissing) as error:
            capture(asked, home)
        assert "apt-get install chromium" in str(error.value)
    assert _left(asked) == []


@pytest.mark.usefixtures("plain_record")
def test_a_full_disk_leaves_no_package(
    request_for: Any, home: NodeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = request_for("/plain")

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(capturing, "write_package", full)
    with pytest.raises(OSError, match="No space"):
        capture(asked, home)
    assert _left(asked) == []
    monkeypatch.setattr(capturing, "_FREE_BYTES", 1 << 60)
    with pytest.raises(EvidenceError, match="free"):
        capture(asked, home)


@pytest.mark.usefixtures("plain_record")
def test_a_package_that_fails_its_own_verification_is_not_kept(
    request_for: Any, home: NodeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, real = request_for("/plain"), capturing.write_package

    def damaged(folder: Path, target: Path) -> None:
        (folder / "views" / "text.txt").write_text("changed after sealing")
        real(folder, target)

    monkeypatch.setattr(capturing, "write_package", damaged)
    with pytest.raises(SealFailed, match=r"views/text\.txt"):
        capture(asked, home)
    assert _left(asked) == []
