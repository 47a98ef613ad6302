"""The pages of subjects for the walk: a subject with judgements of every kind, seen by an inspector."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from joinder.office.catalogue import services as catalogue
from joinder.office.jobs import worker
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.office.subjects import services
from joinder.office.subjects.models import Link
from joinder.pools import intake, write_rows

sys.path.insert(0, str(Path(__file__).parent))
from sample_accounts import accounts


def pages(actor_of: Callable[..., Actor]) -> Iterator[tuple[str, Actor, str]]:
    """Name, who looks, address."""
    inspector = actor_of("market_regulator")
    link = prepared(inspector)
    base = f"/subjects/{link.entity.reference}/"
    yield "list", inspector, "/subjects/"
    yield "none", inspector, "/subjects/?q=没有"
    yield "compare", inspector, "/subjects/compare/"
    yield "subject", inspector, base
    yield "before", inspector, f"{base}?at=2020-01-01"
    yield "graph", inspector, f"{base}graph/"
    other = Link.objects.get(account_id="A1", until__isnull=True)
    yield "unlink", inspector, f"{base}links/{other.pk}/unlink/"
    yield "why", inspector, "/subjects/why/?a=A1&b=B1"
    yield "desk", inspector, "/"


def prepared(inspector: Actor) -> Link:
    """Compared accounts, one link disputed and one unlinked; returns the disputed one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shops.jsonl"
        write_rows(path, accounts())
        intake(settings.HOME, "shops", "account", [path])
    catalogue.register_pool(
        actor=inspector, owner=Organisation.objects.get(pk=inspector.organisation_id), name="shops", kind="account",
        title_zh="样例店铺", title_en="Sample shops",
    )  # fmt: skip
    services.start_resolution(actor=inspector)
    worker.run_until_idle()
    links = {link.account_id: link for link in Link.objects.filter(until__isnull=True)}
    services.judge(actor=inspector, link=links["A1"], verdict="same", reason="登记资料与收款人一致")
    services.judge(actor=inspector, link=links["A2"], verdict="unsure", reason="当事人提出异议，待核实")
    services.judge(actor=inspector, link=links["A3"], verdict="different", reason="经核实为不同经营者")
    services.rename(actor=inspector, entity=links["A1"].entity, petname="样例优品系")
    return links["A2"]
