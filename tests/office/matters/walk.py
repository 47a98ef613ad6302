"""The pages of matters and notices for the walk in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from joinder.office.matters import services
from joinder.office.matters.models import Notice
from joinder.office.matters.notices import services as notices
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation

Walked = tuple[str, Actor, str]
CONTENT = json.loads((Path(__file__).parents[2] / "law" / "complete_notice.json").read_text(encoding="utf-8"))
DECLARATION = {
    "declarant": {"name": "某某优品商行", "phone": "13800000000"},
    "statement": "本店销售的是从授权经销商进货的正品。",
    "evidence": [{"title": "供货清单"}],
}


def pages(make: Callable[..., Actor]) -> Iterator[Walked]:
    """Make a matter and notices in several states, and name their pages."""
    inspector, holder, platform, seller = (
        make(kind) for kind in ("market_regulator", "right_holder", "platform", "respondent")
    )
    unit = {actor: Organisation.objects.get(pk=actor.organisation_id) for actor in (holder, platform, seller)}
    matter = services.open_matter(
        inspector,
        "“某某优品”涉嫌销售侵权商品",
        "Suspected sale of infringing goods by a sample shop",
        parties={"complainant": unit[holder], "platform": unit[platform], "respondent": unit[seller]},
    )
    services.move_matter(actor=inspector, matter=matter, verb="investigate")
    services.add_fact(
        inspector, matter, "该店售出被控商品一件。", "The shop sold one item.", ["sale", "valid-right"]
    )
    services.add_task(actor=inspector, matter=matter, title="补充授权名单", due_on=date(2026, 12, 1))

    def notice(steps: int) -> Notice:
        made = notices.draft_notice(
            holder, unit[holder], unit[platform], unit[seller], CONTENT, None, "某某优品"
        )
        life: list[Callable[[Notice], Notice]] = [
            lambda n: notices.submit_notice(holder, n),
            lambda n: notices.accept_notice(platform, n),
            lambda n: notices.take_measures(platform, n),
            lambda n: notices.forward_to_seller(platform, n),
            lambda n: notices.file_declaration(seller, n, DECLARATION),
            lambda n: notices.forward_declaration(platform, n),
            lambda n: notices.receive_declaration(holder, n),
        ]
        for step in life[:steps]:
            made = step(made)
        return made

    draft = notices.draft_notice(
        inspector, unit[holder], unit[platform], unit[seller], {}, matter, "某某优品"
    )
    sent, accepted, forwarded, waiting = notice(1), notice(2), notice(4), notice(7)
    file = matter.get_absolute_url()
    yield "matters-desk", inspector, "/"
    yield "matters", inspector, "/matters/"
    yield "matter-new", inspector, "/matters/new/"
    yield "matter", inspector, file
    yield "matter-proof", inspector, f"{file}proof/"
    yield "matter-fact", inspector, f"{file}facts/new/?element=sale"
    yield "matter-timeline", inspector, f"{file}timeline/"
    yield "matter-clocks", inspector, f"{file}clocks/"
    yield "notices-desk", holder, "/"
    yield "notices", holder, "/notices/"
    yield "notice-new", holder, "/notices/new/"
    yield "notice-draft", holder, draft.get_absolute_url()
    yield "notice-edit", holder, f"{draft.get_absolute_url()}edit/"
    yield "notice-check", holder, f"{draft.get_absolute_url()}steps/submit/"
    yield "notice-refuse", platform, f"{sent.get_absolute_url()}steps/reject/"
    yield "notice-measures", platform, f"{accepted.get_absolute_url()}steps/take_measures/"
    yield "notice-answer", seller, f"{forwarded.get_absolute_url()}answer/"
    yield "notice-waiting", holder, waiting.get_absolute_url()
    yield "notice-suing", holder, f"{waiting.get_absolute_url()}steps/holder_acts/"
    yield "notice-done", platform, f"{waiting.get_absolute_url()}done/{waiting.steps.latest('id').pk}/"
    yield "notice-paper", seller, f"{waiting.get_absolute_url()}paper/"
