"""The leads' pages for the walk of the browser."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from joinder.office.leads import services
from joinder.office.leads.models import Lead
from joinder.office.people.actors import Actor

sys.path.insert(0, str(Path(__file__).parent))
from sample_leads import TITLES, import_all, rows

Walked = tuple[str, Actor, str]


def pages(make: Callable[..., Actor]) -> Iterator[Walked]:
    """A queue with decided, doubtful and put-off leads, one of them long and hostile."""
    inspector = make("market_regulator")
    assert inspector.organisation_id is not None
    long = "维*森 " + "很长的标题没有空格" * 20 + " https://example.example/" + "a" * 120
    import_all(inspector.organisation_id, rows([*TITLES, long, "Vellorix 跑步鞋 高仿"]))
    leads = list(Lead.objects.visible_to(inspector))
    services.judge(
        actor=inspector, lead=leads[0], verdict="suspected", grounds=["mark", "price"], seen_version=0,
        idempotency_key="walk-0000001",
    )  # fmt: skip
    services.judge(
        actor=inspector, lead=leads[1], verdict="unsure", grounds=[], seen_version=0, note="请看鞋标？",
        idempotency_key="walk-0000002",
    )  # fmt: skip
    services.undo(actor=inspector, lead=leads[1], idempotency_key="walk-0000003")
    services.put_later(actor=inspector, lead=leads[2])
    yield "desk", inspector, "/"
    yield "queue", inspector, "/leads/"
    yield "queue-filtered", inspector, "/leads/?status=suspected&mark=Vellorix"
    yield "queue-empty", inspector, "/leads/?q=没有这样的标题"
    for number, lead in enumerate(leads):
        yield f"lead-{number}", inspector, lead.get_absolute_url()
    yield "screen", inspector, "/leads/screen/"
