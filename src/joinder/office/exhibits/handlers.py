"""The capture job: runs the evidence room in a thread, tells its progress, and keeps what it made.

A thread, because the browser driver runs an event loop of its own and the database must not be spoken to from there;
this one meanwhile beats, so that the lease holds and a cancellation is heard.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.conf import settings

from joinder.evidence import CaptureRequest, CaptureResult, capture, errors
from joinder.office.exhibits import services, store
from joinder.office.exhibits.models import Source
from joinder.office.jobs import registry
from joinder.office.jobs.context import JobContext
from joinder.office.jobs.errors import JobCancelled, LeaseLost
from joinder.vocabulary.errors import JoinderError
from joinder.vocabulary.progress import Stage

#: Where each stage begins and how much of the whole it is; a visit is most of the time.
STAGES = {"visit": (0.0, 0.65), "record": (0.65, 0.1), "seal": (0.75, 0.2)}
WORDS = {
    "visit": "访问网页 · visiting the page",
    "record": "整理传输记录 · reading the traffic",
    "seal": "封存与核验 · sealing and verifying",
}


#: What went wrong, for a Chinese reader; the room's own sentence with the particulars follows it.
FAILED: dict[type[JoinderError], str] = {
    errors.CaptureRefused: "不能对该地址固证。",
    errors.NothingCaptured: "没有取得可以封存的内容。",
    errors.BrowserMissing: "本机没有可用的Chromium浏览器。",
    errors.BrowserFailed: "浏览器未能启动。",
    errors.NetlogUnknown: "浏览器的网络日志无法识别，未作封存。",
    errors.SealFailed: "封存未能完成。",
    errors.ToolMissing: "缺少所需的系统程序。",
    errors.AuthorityMissing: "节点的密钥不完整。",
}
#: Where the command line names an option, the office names the line of joinder.toml that an administrator writes.
MENDS = {
    "--allow-host": "可由管理员在joinder.toml的[evidence] allow_hosts中允许该主机。"
    " An administrator may allow the host: [evidence] allow_hosts in joinder.toml.",
    "--ca-file": "可由管理员在joinder.toml的[evidence] ca_file中信任该站点的证书机构。"
    " An administrator may trust the site's authority: [evidence] ca_file in joinder.toml.",
}


class _Steps:
    """The capture's progress, told from its thread and read from the job's; raises there once someone cancelled."""

    def __init__(self) -> None:
        self.fraction, self.message = 0.0, ""
        self.cancelled = threading.Event()

    def stage(self, name: str, total: float | None = None) -> Stage:
        return _Step(self, name, total or 1)


class _Step:
    def __init__(self, steps: _Steps, name: str, total: float) -> None:
        self._steps, self._total, self._done = steps, total, 0.0
        self._start, self._share = STAGES.get(name, (0.0, 0.0))
        self._words = WORDS.get(name, name)

    def __enter__(self) -> Self:
        self._steps.message = self._words
        return self

    def advance(self, amount: float = 1, note: str = "") -> None:
        if self._steps.cancelled.is_set():
            raise JobCancelled("The capture was cancelled.")
        self._done += amount
        self._steps.fraction = self._start + self._share * min(1.0, self._done / self._total)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


@registry.handler(services.CAPTURE)
def capture_page(payload: dict[str, Any], context: JobContext) -> Any:
    """Capture, then receive the package as an exhibit under the job's fence."""
    with store.incoming() as folder:
        out = folder / "package.evz"
        result = _capture(_request(payload, out), context)
        package = services.check_and_keep(out)

        def land() -> dict[str, Any]:
            exhibit = services.enter(
                actor=context.actor, package=package, source=Source.CAPTURED, job=context.job
            )
            return {
                "exhibit": exhibit.reference,
                "complete": result.complete,
                "digest": exhibit.digest,
                "official": exhibit.official,
            }

        return context.finish(land)


def _request(payload: dict[str, Any], out: Path) -> CaptureRequest:
    """What is asked; hosts on private networks and their authorities are the node's to allow, not the member's."""
    node = settings.HOME.config().get("evidence", {})
    ca_file = node.get("ca_file")
    return CaptureRequest(
        url=payload["url"],
        out=out,
        operators=tuple(payload.get("operators", ())),
        matter=payload.get("matter") or None,
        cause=payload.get("cause") or None,
        place=payload.get("place") or None,
        witness=payload.get("witness") or None,
        allow_hosts=tuple(node.get("allow_hosts", ())),
        ca_file=settings.HOME.root / ca_file if ca_file else None,
    )


def _capture(request: CaptureRequest, context: JobContext) -> CaptureResult:
    steps = _Steps()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="capture") as pool:
        running = pool.submit(capture, request, settings.HOME, steps)
        try:
            while True:
                context.progress(steps.fraction, steps.message)
                try:
                    return running.result(timeout=0.5)
                except NotYet:
                    continue
        except (JobCancelled, LeaseLost):
            steps.cancelled.set()
            raise
        except JoinderError as error:
            _say_for_the_office(error)
            raise


def _say_for_the_office(error: JoinderError) -> None:
    """Put the Chinese sentence first, and replace a command-line option by what an administrator does."""
    chinese = FAILED.get(type(error))
    if chinese:
        error.message = f"{chinese} {error.message}"
    for option, mend in MENDS.items():
        if error.mend and option in error.mend:
            error.mend = mend
