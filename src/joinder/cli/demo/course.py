"""The demo's course on an open node: from its members and pools to a running clock.

Imported once the node is open, since it speaks the office's models.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from joinder.cli.demo import ingest, main_job, measure, parties, people
from joinder.cli.demo.folder import DemoFolder
from joinder.cli.demo.stages import Stages
from joinder.office.leads.models import Lead
from joinder.office.ledger.models import Entry
from joinder.office.matters.models import Clock, Matter, Notice
from joinder.office.subjects.models import Entity, Link
from joinder.world import World
from joinder.world.serve import running

Summary = dict[str, Any]
SignIns = list[tuple[str, str, str]]


@contextmanager
def run(folder: DemoFolder, market: World, stages: Stages, *, port: int) -> Iterator[tuple[Summary, SignIns]]:
    """Do the main job, then yield the summary and the sign-ins while the sample marketplace goes on running."""
    with stages.stage("Engaging one member of every kind of organisation 各方成员"):
        cast = people.assemble()
    with stages.stage("Taking the pools in 接入数据池"):
        reports = ingest.ingest(market, folder.home, cast)
        rights = main_job.import_rights(cast)
    with stages.stage("Screening all listings against the rights 筛查全部链接"):
        main_job.screen(cast)
    with stages.stage("Resolving accounts to entities 归并主体"):
        main_job.resolve(cast)
    found = main_job.strongest(cast, folder.home)
    with running(market.folder) as site:
        with stages.stage("Capturing the page of the strongest suspicion 固证最强线索页面"):
            main_job.trust_site(folder.home, site)
            exhibit = main_job.capture(cast, found, site)
        with stages.stage("Verifying the package in a process of its own 独立核验"):
            verdict = main_job.keep_and_verify(exhibit, folder)
        with stages.stage("Opening the matter 立案，关联线索、主体、证据与事实"):
            main_job.name_parties(cast, found)
            matter = main_job.open_matter(cast, found, exhibit)
        case = parties.Case(found.case.listing, found.case.right, found.case.account, exhibit.reference)
        with stages.stage("Notice, removal, counter-notice, clock 通知、下架、声明、等待期"):
            notice, clock = parties.notify(cast, case, matter)
        with stages.stage("Asking a partner's pool 向伙伴数据池提问"):
            parties.publish_question(cast)
            asked = parties.ask(cast, case, matter)
        with stages.stage("Comparing with the hidden truth 对照真值"):
            quality = _quality(market)
        with stages.stage("Writing the summary 汇总"):
            cast.write(folder.sign_ins)
            counts = {
                **{f"pool 数据池 {name}": report.rows_in_pool for name, report in reports.items()},
                "rights imported 权利": rights,
                "suspected listings 涉嫌线索": Lead.objects.count(),
                "entities of several accounts 多账号主体": Entity.objects.filter(retired_at=None).count(),
                "ledger entries 台账": Entry.objects.count(),
            }
            summary = {
                "scale": market.scale,
                "seed": market.seed,
                "counts": counts,
                "quality": quality,
                "case": _case(found, exhibit, verdict, matter, notice, asked),
                "restore": _restore(clock),
                "seconds": stages.seconds,
                "total_seconds": stages.elapsed,
                "files": _files(folder),
                "addresses": {
                    "site 站点": f"http://127.0.0.1:{port}/ (while it is served 服务期间)",
                    "marketplace 样例市场": f"{site.local_url(found.case.listing['url'])} (likewise 同上)",
                },
            }
            measure.write(folder.summary, summary)
        yield summary, cast.sign_ins


def _quality(market: World) -> dict[str, Any]:
    leads = list(Lead.objects.values_list("listing", "right"))
    # An account in no entity of several stands alone; every account of the truth is counted.
    linked = dict(Link.objects.filter(until=None).values_list("account_id", "entity__reference"))
    alone = {row["account_id"]: row["account_id"] for row in measure.accounts_of(market)}
    return {
        "screening": measure.screening(market, leads),
        "resolution": measure.resolution(market, alone | linked),
    }


def _case(
    found: main_job.Strongest,
    exhibit: Any,
    verdict: dict[str, Any],
    matter: Matter,
    notice: Notice,
    asked: Any,
) -> dict[str, str]:
    answer = (asked["answer"] or {}).get("count")
    self_issued = ", self-issued 自签" if verdict.get("self_issued") else ""
    return {
        "lead 线索": f"{found.lead.reference}  “{found.lead.title}” × “{found.lead.mark}”",
        "entity 主体": f"{found.link.entity.reference}, {found.link.entity.links.filter(until=None).count()} accounts",
        "exhibit 证据": f"{exhibit.reference}, {'complete 完整' if exhibit.complete else 'incomplete 不完整'}"
        f"{self_issued}, {exhibit.digest}",
        "verifier 核验": f"{verdict['verdict']}, {len(verdict['checks'])} checks 项",
        "matter 案件": matter.number,
        "notice 通知": f"{notice.reference}, {notice.get_state_display()}",
        "question 提问": f"{asked['job']}: {answer} payments 笔",
    }


def _restore(clock: Clock) -> dict[str, Any]:
    return {"due_on": clock.due_on.isoformat(), "because": clock.explanation.get("steps", [])}


def _files(folder: DemoFolder) -> dict[str, str]:
    return {
        "market 市场": str(folder.world),
        "node 节点": str(folder.home.root),
        "package 证据包": str(folder.package),
        "sign-ins 账号": str(folder.sign_ins),
        "summary 汇总": str(folder.summary),
    }
