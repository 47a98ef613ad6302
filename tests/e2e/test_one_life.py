"""One listing's life, walked by its parties in a real browser: from lead to counter-notice and running clock.

The node is the one that ``joinder demo`` makes (so the headless main job is tested on the way), served by ``joinder
serve`` with its worker; the captured page is served by ``joinder world serve``. Every act below is a click.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from joinder.evidence.browser import find_browser, lair, sandbox_refused

pytestmark = pytest.mark.browser
JOINDER = [sys.executable, "-m", "joinder.cli.main"]
PATIENCE_MS = 90_000


@dataclass(frozen=True)
class Office:
    """The served demo: its address, its marketplace, who signs in how, and what the headless run said."""

    address: str
    market: str
    passwords: dict[str, str]
    summary: dict[str, object]


def _environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JOINDER_", "DJANGO_", "DATABASE_"))}
    return kept | {"JOINDER_HOME": str(home), "PYTHONUNBUFFERED": "1"}


@contextmanager
def _running(command: list[str], environment: dict[str, str], stream: str, pattern: str) -> Iterator[str]:
    """Run a server until the block ends; yields the first match of ``pattern`` on its ``stream``."""
    process = subprocess.Popen(
        command, env=environment, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if stream == "stdout" else subprocess.DEVNULL,
        stderr=subprocess.PIPE if stream == "stderr" else subprocess.DEVNULL,
    )  # fmt: skip
    try:
        heard = ""
        for line in getattr(process, stream):
            heard += line
            if match := re.search(pattern, line):
                yield match.group(0)
                return
        pytest.fail(f"{' '.join(command)} ended without saying where it serves:\n{heard}")
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("life") / "演练 demo"
    home = folder / "node"
    done = subprocess.run(
        [*JOINDER, "demo", "--no-serve", "--scale", "tiny", "--seed", "7", "--dir", str(folder), "--json"],
        env=_environment(home), text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    lines = (folder / "sign-ins.txt").read_text(encoding="utf-8").splitlines()
    passwords = {line.split("\t")[0]: line.split("\t")[1] for line in lines}
    market = [*JOINDER, "world", "serve", str(folder / "world"), "--port", "0", "--json"]
    site = [*JOINDER, "serve", "--port", "0"]
    with _running(market, _environment(home), "stdout", r"\{.*\}") as told:
        said = json.loads(told)
        (home / "sample-site-ca.pem").write_bytes(Path(said["ca"]).read_bytes())
        with _running(site, _environment(home), "stderr", r"http://127\.0\.0\.1:\d+") as address:
            yield Office(address, said["address"].rstrip("/"), passwords, json.loads(done.stdout))


@contextmanager
def _chromium(playwright: Playwright) -> Iterator[BrowserContext]:
    with lair(find_browser()) as nest:
        for sandbox in (True, False):
            try:
                context = playwright.chromium.launch_persistent_context(
                    str(nest.profile), executable_path=str(nest.launcher), chromium_sandbox=sandbox, headless=True,
                    args=["--disable-gpu", "--disable-dev-shm-usage"], viewport={"width": 1400, "height": 900},
                    locale="en-US", timeout=PATIENCE_MS,
                )  # fmt: skip
                break
            except PlaywrightError:
                if not (sandbox and sandbox_refused(nest)):
                    raise
        try:
            yield context
        finally:
            context.close()


class Desk:
    """One person at a time at the same browser."""

    def __init__(self, office: Office, context: BrowserContext) -> None:
        self.office, self.context = office, context
        self.page: Page = context.pages[0]
        self.page.set_default_timeout(PATIENCE_MS)

    def sign_in(self, who: str) -> Page:
        """Leave, and come back as somebody else, in English."""
        self.context.clear_cookies()
        self.context.add_cookies([{"name": "joinder_language", "value": "en", "url": self.office.address}])
        self.page.goto(f"{self.office.address}/accounts/login/")
        self.page.fill("input[name=login]", who)
        self.page.fill("input[name=password]", self.office.passwords[who])
        self.page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        expect(self.page).to_have_url(f"{self.office.address}/")
        return self.page

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.office.address}{path}")
        return self.page

    def step(self, reference: str, verb: str, **fields: str) -> None:
        """Take a step of a notice: its check page, then the button, then the confirmation with its receipt."""
        self.open(f"/notices/{reference}/steps/{verb}/")
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", value)
        self.page.locator("main form.form button[type=submit]").first.click()
        expect(self.page).to_have_url(re.compile(rf"/notices/{reference}/done/\d+/$"))


@pytest.fixture(scope="module")
def desk(office: Office) -> Iterator[Desk]:
    with sync_playwright() as playwright, _chromium(playwright) as context:
        yield Desk(office, context)


def test_the_headless_run_did_the_whole_job(office: Office) -> None:
    quality = office.summary["quality"]
    assert quality["screening"]["precision"] > 0.8
    assert quality["resolution"]["precision"] > 0.9
    assert office.summary["case"]["verifier 核验"].startswith("valid")
    assert set(office.passwords) >= {"inspector", "holder", "platform", "seller", "customs", "prosecutor"}
    due = date.fromisoformat(office.summary["restore"]["due_on"])
    assert due >= datetime.now(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=14)
    assert len(office.summary["restore"]["because"]) >= 4


def test_from_lead_to_counter_notice_and_running_clock(office: Office, desk: Desk) -> None:
    lead, address = _judge_a_lead(desk)
    exhibit = _secure_the_page(desk, office.market + address)
    matter = _open_a_matter(desk, lead, exhibit)
    notice = _draft_a_notice(desk, matter)
    _complete_and_send(desk, notice, address)
    _remove_and_forward(desk, notice)
    _answer(desk, notice)
    _forward_and_receive(desk, notice)
    _the_clock_runs(desk, notice)
    _the_ledger_knows(desk)


def _judge_a_lead(desk: Desk) -> tuple[str, str]:
    """The inspector decides on the strongest undecided lead; reading it decides nothing."""
    desk.sign_in("inspector")
    page = desk.open("/leads/")
    lead = page.locator("[id^=listing-] a").first.inner_text().strip()
    url = page.locator(".facts code").filter(has_text="https://").first.inner_text()
    page.locator("input[name=grounds_suspected][value=mark]").check()
    page.locator("button[name=verdict][value=suspected]").click()
    page.goto(f"{desk.office.address}/leads/{lead.removeprefix('L-')}/")
    expect(page.locator("h1")).to_contain_text(lead)
    expect(page.locator("main")).to_contain_text("Suspected")
    parts = urlsplit(url)
    return lead, f"/{(parts.hostname or '').split('.')[0]}{parts.path}"


def _secure_the_page(desk: Desk, address: str) -> str:
    """Two operators capture the page; the worker seals it; the exhibit says it is intact."""
    page = desk.open("/exhibits/capture/")
    page.fill("[name=url]", address)
    page.select_option("[name=second]", index=1)
    page.locator("main form.form button").first.click()
    page.wait_for_url(re.compile(r"/exhibits/X-\d+/$|/exhibits/capture/\d+/$"))
    link = page.locator("main a[href*='/exhibits/X-']").first
    if not re.search(r"/exhibits/X-\d+/$", page.url):
        expect(link).to_be_visible(timeout=PATIENCE_MS)
        link.click()
    exhibit = re.search(r"X-\d+", page.url)
    assert exhibit is not None, page.url
    expect(page.locator("main")).to_contain_text("Intact")
    return exhibit.group(0)


def _open_a_matter(desk: Desk, lead: str, exhibit: str) -> str:
    page = desk.open(f"/matters/new/?lead={lead}&exhibit={exhibit}")
    page.fill("[name=title_zh]", "某店涉嫌销售侵犯注册商标专用权商品案")
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/matters/M-\d+-\d+/$"))
    number = page.url.rstrip("/").rpartition("/")[2]
    for kind, key in (("lead", lead), ("exhibit", exhibit)):
        if page.locator("main").get_by_text(key).count() == 0:
            _act(page, number, "join", kind=kind, key=key)
    for kind, role in (("holder", "complainant"), ("platform", "platform"), ("seller", "respondent")):
        _act(page, number, "party", organisation=_organisation(desk, kind), role=role)
    page.goto(f"{desk.office.address}/matters/{number}/facts/new/")
    page.fill("[name=statement]", "该链接公开展示并标价销售涉案商品。")
    page.locator("[name=elements][value=sale]").check()
    page.locator("[name=exhibits]").first.check()
    page.locator("main form.form button[type=submit]").first.click()
    page.goto(f"{desk.office.address}/matters/{number}/proof/")
    expect(page.locator("#element-sale")).to_contain_text("●1")
    page.goto(f"{desk.office.address}/matters/{number}/")
    return number


def _act(page: Page, number: str, verb: str, **fields: str) -> None:
    """Fill one of the matter page's small forms and send it."""
    form = page.locator(f"form[action='/matters/{number}/act/{verb}/']").first
    form.evaluate("form => form.closest('details') && (form.closest('details').open = true)")
    for name, value in fields.items():
        place = form.locator(f"[name={name}]")
        if place.evaluate("field => field.tagName") == "SELECT":
            found = place.locator("option", has_text=value) if name == "organisation" else None
            place.select_option(found.first.get_attribute("value") if found else value)
        else:
            place.fill(value)
    form.locator("button").first.click()
    page.wait_for_url(re.compile(rf"/matters/{number}/"))


def _organisation(desk: Desk, who: str) -> str:
    """The name of the organisation of a sign-in, as the demo wrote it down."""
    folder = Path(desk.office.summary["files"]["sign-ins 账号"])
    rows = [line.split("\t") for line in folder.read_text(encoding="utf-8").splitlines()]
    return next(row[2] for row in rows if row[0] == who)


def _draft_a_notice(desk: Desk, matter: str) -> str:
    page = desk.open(f"/notices/new/?matter={matter}")
    page.select_option("[name=platform]", index=1)
    page.select_option("[name=sender]", index=1)
    page.fill("[name=shop_name]", "某某优品")
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/notices/N-\d+-\d+/$"))
    return page.url.rstrip("/").rpartition("/")[2]


def _complete_and_send(desk: Desk, notice: str, address: str) -> None:
    """The right holder sees what is missing, fills it in, checks, and sends."""
    page = desk.sign_in("holder")
    page = desk.open(f"/notices/{notice}/edit/")
    expect(page.locator("aside").first).to_be_visible()
    page.fill("[name=links-0-url]", f"https://market.example{address}")
    page.fill("[name=links-0-ground]", "同种商品上使用近似商标")
    page.select_option("[name=right_kind]", "trademark")
    values = {
        "registration_no": "1234567", "holder": "样例权利人", "proof": "商标注册证.pdf",
        "claimant_name": "样例权利人", "identity_no": "91440300MA5TE5T07D", "email": "ip@holder.example",
        "evidence": "固证包", "signed_by": "样例权利人",
    }  # fmt: skip
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    page.locator("button[name=then][value=send]").click()
    expect(page.locator("main")).to_contain_text(
        "guarantee"
    )  # the guarantee was not ticked: the fix list says so
    expect(page.locator("main form.form a.button--primary")).to_be_visible()
    page.locator("main form.form a.button--primary").click()
    page.check("[name=guarantee]")
    page.locator("button[name=then][value=send]").click()
    page.locator("main form.form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(rf"/notices/{notice}/done/\d+/$"))
    expect(page.locator("main")).to_contain_text(notice)


def _remove_and_forward(desk: Desk, notice: str) -> None:
    desk.sign_in("platform")
    for verb in ("accept", "take_measures", "forward_to_seller"):
        desk.step(notice, verb)


def _answer(desk: Desk, notice: str) -> None:
    """The seller answers on a telephone."""
    page = desk.sign_in("seller")
    page.set_viewport_size({"width": 360, "height": 740})
    page = desk.open(f"/notices/{notice}/answer/")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1")
    page.fill("[name=name]", "某某优品（经营者某某）")
    page.fill("[name=phone]", "13800000000")
    page.fill("[name=statement]", "本店商品从授权经销商购进。")
    page.fill("[name=evidence]", "供货清单")
    page.locator("main form.form button[type=submit]").first.click()
    page.locator("button[name=then][value=send]").click()
    expect(page).to_have_url(re.compile(rf"/notices/{notice}/done/\d+/$"))
    page.set_viewport_size({"width": 1400, "height": 900})


def _forward_and_receive(desk: Desk, notice: str) -> None:
    desk.sign_in("platform")
    desk.step(notice, "forward_declaration")
    desk.sign_in("holder")
    desk.step(notice, "receive_declaration")


def _the_clock_runs(desk: Desk, notice: str) -> None:
    """Fifteen days from the day after receipt in Beijing, explained, seen alike by holder and seller."""
    first = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    for who in ("holder", "seller"):
        desk.sign_in(who)
        page = desk.open(f"/notices/{notice}/")
        shown = page.locator("main").inner_text()
        days = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d{2}-\d{2}", shown)]
        assert any(first + timedelta(days=14) <= day <= first + timedelta(days=25) for day in days), shown
        assert "15 days" in shown
        assert "43" in shown


def _the_ledger_knows(desk: Desk) -> None:
    """What was done stands in the ledger, and the ledger verifies."""
    desk.sign_in("inspector")
    page = desk.open("/ledger/")
    expect(page.locator("main")).to_contain_text("matters.opened")
