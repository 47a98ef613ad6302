"""The main job: screen, resolve, capture, verify, and open the matter that joins them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from joinder.cli.demo.folder import DemoError, DemoFolder
from joinder.cli.demo.parties import HOLDER, PLATFORM, SELLER, Case
from joinder.cli.demo.people import Cast
from joinder.cli.demo.watching import watched
from joinder.evidence import verify
from joinder.office.catalogue.models import Pool
from joinder.office.exhibits import services as exhibits
from joinder.office.exhibits import store
from joinder.office.exhibits.models import Exhibit
from joinder.office.jobs import services as jobs
from joinder.office.jobs import worker
from joinder.office.jobs.models import Job
from joinder.office.jobs.states import State
from joinder.office.leads import services as leads
from joinder.office.leads.grounds import Ground, Verdict
from joinder.office.leads.models import Lead
from joinder.office.matters import services as matters
from joinder.office.matters.models import Matter, Role
from joinder.office.people.kinds import Kind
from joinder.office.rights import services as rights
from joinder.office.subjects import services as subjects
from joinder.office.subjects.models import Link
from joinder.pools import Records, open_records
from joinder.vocabulary.node import NodeHome
from joinder.vocabulary.refs import RecordRef
from joinder.world.serve import Site

INSPECTOR = "inspector"
_LEASE = timedelta(minutes=30)


def carry_out(job: Job) -> Any:
    """Carry a job out here and now, showing its progress. Raises DemoError if it did not succeed."""
    taken = jobs.take(job, owner=worker.owner_name(), actor=job.asker, lease=_LEASE)
    with watched(taken):
        worker.carry_out(taken)
    taken.refresh_from_db()
    if taken.state != State.SUCCEEDED:
        raise DemoError(f"{taken.reference} ({taken.kind}) ended as {taken.state}: {taken.error}")
    return taken.result


def import_rights(cast: Cast) -> int:
    """The rights of the pool become the office's rights."""
    result = carry_out(rights.ask_import(actor=cast.actors["ip-office"], pool="rights"))
    return int(result["added"])


def screen(cast: Cast) -> dict[str, Any]:
    """Screen every listing against every right."""
    job = leads.start_screening(
        actor=cast.actors[INSPECTOR],
        listings=Pool.objects.get(name="market", kind="listing"),
        rights=Pool.objects.get(name="rights", kind="right"),
        accounts=Pool.objects.get(name="market", kind="account"),
    )
    return dict(carry_out(job))


def resolve(cast: Cast) -> dict[str, Any]:
    """Find the entities behind the accounts."""
    return dict(carry_out(subjects.start_resolution(actor=cast.actors[INSPECTOR], pools=["market"])))


@dataclass(frozen=True)
class Strongest:
    """The strongest suspicion whose account belongs to an entity of several, and the records it names."""

    lead: Lead
    link: Link
    case: Case


def strongest(cast: Cast, home: NodeHome) -> Strongest:
    """The suspicion with the highest score whose account was resolved to an entity of several accounts.

    Raises DemoError if there is none: the market is too small for this seed.
    """
    actor = cast.actors[INSPECTOR]
    for lead in Lead.objects.visible_to(actor).order_by("-score_milli", "pk")[:500]:
        link = (
            Link.objects.visible_to(actor)
            .in_force()
            .filter(platform=lead.platform, account_id=lead.account_id)
            .select_related("entity")
            .first()
        )
        if link is not None and lead.platform != "web":
            return Strongest(lead, link, _case(home, lead))
    raise DemoError("No suspicion belongs to an entity of several accounts.", mend="Try another --seed.")


def _case(home: NodeHome, lead: Lead) -> Case:
    listing = _record(open_records("market", "listing", home), lead.listing)
    right = _record(open_records("rights", "right", home), lead.right)
    account = next(
        row
        for row in _rows(open_records("market", "account", home))
        if (row["platform"], row["account_id"]) == (listing["platform"], listing["account_id"])
    )
    return Case(listing, right, account, "")


def _record(records: Records, ref: str) -> dict[str, Any]:
    name = RecordRef.parse(ref).record
    return next(row for row in _rows(records) if row["ref"].startswith(name + "@"))


def _rows(records: Records) -> Iterator[dict[str, Any]]:
    for batch in records.batches():
        yield from batch.to_pylist()


def trust_site(home: NodeHome, site: Site) -> None:
    """Let this node's gate reach the sample marketplace on this machine and believe its authority, and say so."""
    (home.root / "sample-site-ca.pem").write_bytes(site.ca_file.read_bytes())
    allowed = (
        "[evidence]\n# The demo's sample marketplace runs on this machine; a real node names no private host here.\n"
        'allow_hosts = ["127.0.0.1"]\nca_file = "sample-site-ca.pem"\n'
    )
    written = home.config_file.read_text(encoding="utf-8")
    home.config_file.write_text(written.replace("[evidence]\n", allowed, 1), encoding="utf-8")


def capture(cast: Cast, found: Strongest, site: Site) -> Exhibit:
    """Capture the page of the strongest suspicion with a real browser, seal it, and receive it as an exhibit."""
    operators = ("执法人员甲", "执法人员乙")
    job = exhibits.ask_capture(
        actor=cast.actors[INSPECTOR],
        url=site.local_url(found.case.listing["url"]),
        operators=operators,
        cause="涉嫌销售侵犯注册商标专用权的商品",
        place="样例市",
    )
    result = carry_out(job)
    return Exhibit.objects.get(reference=result["exhibit"])


def keep_and_verify(exhibit: Exhibit, folder: DemoFolder) -> dict[str, Any]:
    """Copy the package out and run the single-file verifier on it in a process of its own."""
    folder.package.write_bytes(store.path_of(exhibit.digest).read_bytes())
    verdict = verify(folder.package, folder.home.trust)
    if verdict.report["verdict"] != "valid":
        raise DemoError(f"The package did not verify: {verdict.report}")
    return verdict.report


def name_parties(cast: Cast, found: Strongest) -> None:
    """The market says who the right holder, the platform and the seller of this case are."""
    right, account, listing = found.case.right, found.case.account, found.case.listing
    cast.engage(Kind.RIGHT_HOLDER, HOLDER, right["holder"], right["holder"], "权利人代表甲")
    platform = listing["platform"]
    cast.engage(
        Kind.PLATFORM,
        PLATFORM,
        f"{platform}（虚构平台）",
        f"{platform} (fictional platform)",
        "平台合规专员甲",
    )
    cast.engage(Kind.RESPONDENT, SELLER, account["name"], account["name"], "店铺经营者甲")


def open_matter(cast: Cast, found: Strongest, exhibit: Exhibit) -> Matter:
    """A person decides on the lead, then opens the matter joining lead, entity, exhibit and facts."""
    inspector = cast.actors[INSPECTOR]
    leads.judge(
        actor=inspector,
        lead=found.lead,
        verdict=Verdict.SUSPECTED,
        grounds=[Ground.MARK.value],
        seen_version=found.lead.version,
        idempotency_key="demo-verdict",
        note="经核对页面，初步认为涉嫌侵权。",
    )
    shop, mark = found.case.account["name"], found.lead.mark
    matter = matters.open_matter(
        actor=inspector,
        title_zh=f"“{shop}”涉嫌销售侵犯“{mark}”注册商标专用权商品案",
        title_en=f"“{shop}”: suspected sale of goods infringing the mark “{mark}”",
        lead_ids=[found.lead.pk],
        entity_ids=[found.link.entity.reference],
        exhibit_ids=[exhibit.reference],
        parties=[
            (cast.organisations[HOLDER], Role.COMPLAINANT),
            (cast.organisations[PLATFORM], Role.PLATFORM),
            (cast.organisations[SELLER], Role.RESPONDENT),
        ],
    )
    _state_facts(cast, found, exhibit, matter)
    return matter


def _state_facts(cast: Cast, found: Strongest, exhibit: Exhibit, matter: Matter) -> None:
    listing, right, mark = found.case.listing, found.case.right, found.lead.mark
    number, platform = listing["listing_id"], listing["platform"]
    facts = (
        ("sale", f"链接{number}在平台{platform}公开展示并标价销售。",
         f"Listing {number} is offered for sale on {platform}.", True),
        ("same-mark", f"该页面所用标识与注册商标“{mark}”近似，涉嫌侵权。",
         f"The sign on the page is similar to the registered mark “{mark}”; infringement is suspected.", True),
        ("same-goods", f"所售商品（{listing['category']}）与核定使用商品相同或者类似。",
         f"The goods ({listing['category']}) are the same as or similar to the registered goods.", True),
        ("valid-right", f"注册商标“{mark}”（第{right['registration_no']}号）处于有效期内。",
         f"The mark “{mark}” (No {right['registration_no']}) is in force.", False),
    )  # fmt: skip
    for element, zh, en, shown_on_page in facts:
        matters.add_fact(
            actor=cast.actors[INSPECTOR],
            matter=matter,
            statement_zh=zh,
            statement_en=en,
            elements_supported=[element],
            exhibit_ids=[exhibit.reference] if shown_on_page else [],
        )
