"""Looking at the page: load, settle, scroll to the end within a budget, freeze, take the views.

Every wait is bounded and every stop has a reason in words. What the visit could not do is said in ``incomplete``;
nothing is repeated silently. Views are taken under a frozen page (scripts and animations stopped), so that the
text, the DOM and the pictures show the same moment.
"""

from __future__ import annotations

import base64
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from joinder.evidence.browser import FLAGS, Lair, sandbox_refused
from joinder.evidence.errors import BrowserFailed
from joinder.evidence.said import Said
from joinder.vocabulary.moments import utc_now
from joinder.vocabulary.progress import Progress

TILE_HEIGHT = 12_000  # one picture of a 120,000 px page is silently wrong from 86,670 px on; tiles are not
VIEWPORT_WIDTH, VIEWPORT_HEIGHT = 1280, 900
_STEP_MS = 120  # lazy parts are asked for a frame or two after they come into view
_POPUP = Said("关闭了一个弹出窗口", "a pop-up window was closed")
_CRASH = Said("网页使渲染进程崩溃", "the page crashed the renderer")
_BUSY = Said("页面末尾网络仍有传输", "the network was still busy at the end of the page")
_STEP_DOWN = (
    "() => { window.scrollBy(0, window.innerHeight * 0.9);"
    " const tall = (part) => part ? part.scrollHeight : 0;"  # a page cut short may have no root element
    " return [Math.ceil(window.scrollY + window.innerHeight),"
    " Math.max(tall(document.documentElement), tall(document.body))]; }"
)


@dataclass(frozen=True)
class Budget:
    """How long and how far a visit may go.

    answer_s: until the first byte of the page. settle_s: for the network to come to rest, each time.
    scroll_s, height_px, requests: where scrolling stops short of the end. end_quiet_s, end_busy_s: how long the
    bottom of the page must stay the bottom, on a quiet and on a busy network. total_s: when a hung browser is ended.
    """

    answer_s: float = 30.0
    settle_s: float = 10.0
    scroll_s: float = 60.0
    end_quiet_s: float = 2.0
    end_busy_s: float = 6.0
    height_px: int = 200_000
    requests: int = 3_000
    total_s: float = 240.0


@dataclass
class Visit:
    """What the visit saw. ``incomplete`` says in words what is missing; empty if nothing is."""

    started_at: datetime
    ended_at: datetime
    requested_url: str
    final_url: str = ""
    title: str = ""
    status: int | None = None
    text: str = ""
    user_agent: str = ""
    browser: str = ""
    sandbox: bool = True
    command_line: list[str] = field(default_factory=list)
    program: str = ""
    navigation_error: str = ""
    unanswered: bool = False
    stop_reason: Said | None = None
    incomplete: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    page_height: int = 0
    views: list[Path] = field(default_factory=list)


class _Traffic:
    """Requests in flight, counted from the context's own events."""

    def __init__(self, context: BrowserContext) -> None:
        self.open: set[Any] = set()
        self.refused: set[str] = set()
        self.seen = 0
        self.quiet_since = time.monotonic()
        context.on("request", self._begin)
        context.on("requestfinished", self._end)
        context.on("requestfailed", self._fail)

    def _begin(self, request: Any) -> None:
        self.seen += 1
        self.open.add(request)

    def _end(self, request: Any) -> None:
        self.open.discard(request)
        self.quiet_since = time.monotonic()

    def _fail(self, request: Any) -> None:
        # What the page itself asked for and the gate did not let through; Chromium's own calls are not told here.
        if request.failure == "net::ERR_TUNNEL_CONNECTION_FAILED":
            self.refused.add(str(request.url)[:200])
        self._end(request)

    def quiet_for(self) -> float:
        """Seconds since something was in flight; 0 while something is."""
        return 0.0 if self.open else time.monotonic() - self.quiet_since

    def settle(self, page: Page, within_s: float, quiet_s: float = 0.5) -> bool:
        """Wait until nothing was in flight for ``quiet_s``; False if that did not come in time."""
        deadline = time.monotonic() + within_s
        while time.monotonic() < deadline:
            if self.quiet_for() >= quiet_s:
                return True
            page.wait_for_timeout(50)
        return False


def visit(
    nest: Lair,
    proxy_port: int,
    url: str,
    folder: Path,
    budget: Budget,
    user_agent: str | None,
    progress: Progress,
) -> Visit:
    """Visit ``url`` through the gate on ``proxy_port`` and write the views into ``folder``.

    The NetLog lies in ``nest.netlog`` when this returns. Raises BrowserFailed if Chromium does not start; whatever
    happens after that ends as an entry of ``incomplete``.
    """
    seen = Visit(utc_now(), utc_now(), url)
    watchdog = threading.Timer(budget.total_s, nest.kill)
    watchdog.daemon = True
    try:
        with sync_playwright() as playwright, progress.stage("visit", 5) as bar:
            context = _launch(playwright, nest, proxy_port, user_agent, seen)
            watchdog.start()
            try:
                bar.advance(1, "browser")
                _look(context, url, folder, budget, seen, bar)
            except PlaywrightError as error:
                words = _first_line(error)
                seen.incomplete.append(
                    Said(
                        f"浏览器中途结束或停止响应：{words}",
                        f"the browser ended or stopped answering: {words}",
                    )
                )
            finally:
                seen.ended_at = utc_now()
                with contextlib.suppress(PlaywrightError):
                    context.close()
    finally:
        watchdog.cancel()
    return seen


def _launch(playwright: Any, nest: Lair, port: int, user_agent: str | None, seen: Visit) -> BrowserContext:
    """Start Chromium with its sandbox; without it only after it has said that the kernel allows none."""
    arguments = [*FLAGS, f"--log-net-log={nest.netlog}", f"--proxy-server=http://127.0.0.1:{port}"]
    for sandbox in (True, False):
        try:
            context: BrowserContext = playwright.chromium.launch_persistent_context(
                str(nest.profile),
                executable_path=str(nest.launcher),
                chromium_sandbox=sandbox,
                headless=True,
                args=arguments,
                accept_downloads=False,
                user_agent=user_agent,
                viewport={"width": VIEWPORT_WIDTH, "height": VIEWPORT_HEIGHT},
                timeout=60_000,
            )
        except PlaywrightError as error:
            if sandbox and sandbox_refused(nest):
                continue
            raise BrowserFailed(
                f"Chromium did not start: {_last_words(nest) or _first_line(error)}",
                mend="Start it by hand to see why: "
                + str(nest.browser)
                + " --headless --dump-dom about:blank",
            ) from None
        seen.sandbox = sandbox
        seen.program, seen.command_line = nest.running()
        return context
    raise AssertionError("the second attempt returns or raises")


def _look(context: BrowserContext, url: str, folder: Path, budget: Budget, seen: Visit, bar: Any) -> None:
    page = context.pages[0] if context.pages else context.new_page()
    traffic = _Traffic(context)
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("popup", lambda other: _close_popup(other, seen))
    page.on("crash", lambda _: seen.incomplete.append(_CRASH))
    session = context.new_cdp_session(page)
    version = session.send("Browser.getVersion")
    seen.browser, seen.user_agent = version["product"], user_agent_of(version, page)
    if not _navigate(page, url, budget, seen):
        return
    bar.advance(1, "loaded")
    if not traffic.settle(page, budget.settle_s):
        seen.notes.append(
            Said(
                f"页面载入{budget.settle_s:g}秒后网络仍有传输",
                f"the network was not at rest {budget.settle_s:g} s after loading",
            )
        )
    _scroll(page, traffic, budget, seen)
    bar.advance(1, "scrolled")
    if not traffic.settle(page, budget.settle_s):
        waiting = sorted({str(request.url)[:200] for request in traffic.open})
        named = ", ".join(waiting[:5])
        seen.notes.append(
            Said(f"取视图时仍在传输：{named}", f"still in flight when the views were taken: {named}")
        )
    if traffic.refused:
        named = ", ".join(sorted(traffic.refused)[:5])
        count = len(traffic.refused)
        seen.notes.append(
            Said(
                f"网页引用的{count}个地址未被出口闸门放行或无法连接，其内容不在证据包中：{named}",
                f"{count} addresses that the page asked for were not let through by the gate or could not be "
                f"reached; they are not in the package: {named}",
            )
        )
    with _frozen(session):
        _take_views(page, session, folder, seen)
        bar.advance(1, "views")


def _close_popup(popup: Page, seen: Visit) -> None:
    seen.notes.append(_POPUP)
    popup.close()


def user_agent_of(version: dict[str, Any], page: Page) -> str:
    """The user agent the page sees: an override by the operator wins over the browser's own."""
    shown = page.evaluate("navigator.userAgent")
    return str(shown or version["userAgent"])


def _navigate(page: Page, url: str, budget: Budget, seen: Visit) -> bool:
    try:
        answer = page.goto(url, wait_until="commit", timeout=budget.answer_s * 1000)
    except PlaywrightError as error:
        words = _first_line(error)
        seen.navigation_error = words
        if "Timeout" in words:
            seen.unanswered = True
            seen.incomplete.append(
                Said(
                    f"网页在{budget.answer_s:g}秒内没有响应",
                    f"the page did not answer within {budget.answer_s:g} s",
                )
            )
        else:
            seen.incomplete.append(Said(f"网页未能载入：{words}", f"the page did not load: {words}"))
        return False
    seen.status = answer.status if answer is not None else None
    try:
        page.wait_for_load_state("load", timeout=budget.answer_s * 1000)
    except PlaywrightError as error:
        if "Timeout" not in _first_line(error):
            raise
        seen.incomplete.append(
            Said(
                f"{budget.answer_s:g}秒后网页仍未载入完毕",
                f"the page was still loading after {budget.answer_s:g} s",
            )
        )
    return True


def _scroll(page: Page, traffic: _Traffic, budget: Budget, seen: Visit) -> None:
    """Scroll to the end, step by step so that lazy parts come; says why it stopped.

    The end is the bottom of a page that has stopped growing: same height and a quiet network for ``end_quiet_s``, or
    the same height for ``end_busy_s`` where something on the page polls for ever. A page that waits between two
    parts of its comments, or a machine under load, looks finished for a moment; it is not. A stop anywhere else is
    a capture cut short.
    """
    deadline = time.monotonic() + budget.scroll_s
    tallest, still_since = -1, time.monotonic()
    while True:
        bottom, height = page.evaluate(_STEP_DOWN)
        now = time.monotonic()
        if height != tallest or bottom < height - 1:
            tallest, still_since = height, now
        elif now - still_since >= budget.end_quiet_s and traffic.quiet_for() >= budget.end_quiet_s:
            break
        elif now - still_since >= budget.end_busy_s:
            seen.notes.append(_BUSY)
            break
        short = _spent(budget, traffic, bottom, past=now > deadline)
        if short is not None:
            seen.stop_reason = short
            seen.incomplete.append(
                Said(
                    f"未滚动到页面末尾（{short.zh}）",
                    f"scrolling stopped before the end of the page ({short.en})",
                )
            )
            _back_to_top(page)
            return
        page.wait_for_timeout(_STEP_MS)
        traffic.settle(page, min(2.0, budget.settle_s), quiet_s=0.1)
    seen.stop_reason = Said("已到页面末尾", "end of the page")
    _back_to_top(page)


def _spent(budget: Budget, traffic: _Traffic, bottom: int, *, past: bool) -> Said | None:
    """The part of the budget that is used up, if one is."""
    if past:
        return Said(f"滚动满{budget.scroll_s:g}秒", f"time budget: {budget.scroll_s:g} s of scrolling")
    if traffic.seen > budget.requests:
        return Said(f"请求满{budget.requests}次", f"request budget: {budget.requests} requests")
    if bottom > budget.height_px:
        return Said(f"页面高度满{budget.height_px}像素", f"height budget: {budget.height_px} px")
    return None


def _back_to_top(page: Page) -> None:
    page.evaluate("() => window.scrollTo(0, 0)")
    page.wait_for_timeout(100)


@contextlib.contextmanager
def _frozen(session: CDPSession) -> Iterator[None]:
    """Scripts, timers and animations stand still inside the block.

    A page whose scripts are switched off would show its <noscript> parts, which no visitor saw; a sheet of the
    inspector's own, which is no part of the document, keeps them hidden.
    """
    session.send("DOM.enable")
    session.send("CSS.enable")
    for frame in _frames(session.send("Page.getFrameTree")["frameTree"]):
        with contextlib.suppress(PlaywrightError):  # a frame may go away between the two calls
            sheet = session.send("CSS.createStyleSheet", {"frameId": frame})["styleSheetId"]
            rule = "noscript { display: none !important }"
            session.send("CSS.setStyleSheetText", {"styleSheetId": sheet, "text": rule})
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": 0})
    session.send("Emulation.setScriptExecutionDisabled", {"value": True})
    yield


def _frames(tree: dict[str, Any]) -> Iterator[str]:
    yield tree["frame"]["id"]
    for child in tree.get("childFrames", []):
        yield from _frames(child)


def _take_views(page: Page, session: CDPSession, folder: Path, seen: Visit) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    found = page.evaluate(
        "() => ({title: document.title, url: location.href,"
        " text: document.body ? document.body.innerText : '',"
        " html: document.documentElement ? document.documentElement.outerHTML : ''})"
    )
    seen.title, seen.final_url, seen.text = found["title"], found["url"], found["text"]
    _write(seen, folder / "text.txt", _all_text(page, found["text"]).encode("utf-8", errors="replace"))
    _write(seen, folder / "page.html", found["html"].encode("utf-8", errors="replace"))
    snapshot = session.send("DOMSnapshot.captureSnapshot", {"computedStyles": [], "includePaintOrder": True})
    _write(
        seen,
        folder / "dom.json",
        json.dumps(snapshot, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace"),
    )
    size = session.send("Page.getLayoutMetrics")["cssContentSize"]
    width, seen.page_height = int(size["width"]), int(size["height"])
    for number, top in enumerate(range(0, max(seen.page_height, 1), TILE_HEIGHT), 1):
        clip = {
            "x": 0,
            "y": top,
            "width": width,
            "height": min(TILE_HEIGHT, seen.page_height - top),
            "scale": 1,
        }
        shot = session.send(
            "Page.captureScreenshot", {"format": "png", "clip": clip, "captureBeyondViewport": True}
        )
        _write(seen, folder / f"screenshot-{number:03d}.png", base64.b64decode(shot["data"]))
    printed = session.send("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})
    _write(seen, folder / "page.pdf", base64.b64decode(printed["data"]))


def _all_text(page: Page, main: str) -> str:
    """The text of the page and of the frames in it, each behind its address."""
    parts = [main]
    for frame in page.frames[1:]:
        with contextlib.suppress(PlaywrightError):
            inner = frame.evaluate("() => document.body ? document.body.innerText : ''")
            parts.append(f"\n\n--- {frame.url}\n{inner}")
    return "".join(parts) + "\n"


def _write(seen: Visit, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    seen.views.append(path)


def _first_line(error: PlaywrightError) -> str:
    return (
        str(error.message).splitlines()[0].removeprefix("Page.goto: ") if error.message else "no reason given"
    )


def _last_words(nest: Lair) -> str:
    """The browser's own last fatal line, if it left one."""
    if not nest.stderr.exists():
        return ""
    lines = nest.stderr.read_text(encoding="utf-8", errors="replace").splitlines()
    fatal = [
        line for line in lines if ":FATAL:" in line or "not found" in line or "error while loading" in line
    ]
    return fatal[-1] if fatal else ""
