"""A matter with its parties, and a notice that the tests walk through its life."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from joinder.office.exhibits.models import Exhibit
from joinder.office.leads.models import Lead
from joinder.office.matters import services
from joinder.office.matters.models import Matter, Notice
from joinder.office.matters.notices import services as notices
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.office.subjects.models import Entity

CONTENT: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "law" / "complete_notice.json").read_text(encoding="utf-8")
)
DECLARATION = {
    "declarant": {"name": "某某优品商行", "phone": "13800000000"},
    "statement": "本店销售的是从授权经销商进货的正品。",
    "evidence": [{"title": "供货清单"}],
}
REFUSAL = [{"code": "cn-notice-object-locatable", "text": "链接无法定位商品", "repair": "填写商品编号"}]


@pytest.fixture(autouse=True)
def _in_english(_no_messages_left: None) -> Iterator[None]:
    """Refusals are matched by their English words, whether the Chinese catalogue was built or not."""
    with translation.override("en"):
        yield


@dataclass(frozen=True)
class Cast:
    """One actor of each side, and their organisations."""

    inspector: Actor
    holder: Actor
    platform: Actor
    seller: Actor
    organisations: dict[str, Organisation]


@pytest.fixture
def cast(actor_of: Callable[..., Actor]) -> Cast:
    """An inspector, a right holder's counsel, a platform's compliance officer and a seller."""
    actors = [actor_of(kind) for kind in ("market_regulator", "right_holder", "platform", "respondent")]
    organisations = {
        actor.organisation_kind: Organisation.objects.get(pk=actor.organisation_id) for actor in actors
    }
    return Cast(*actors, organisations)


@pytest.fixture
def joined(cast: Cast) -> dict[str, list[str]]:
    """A lead, an entity and two exhibits of the inspector's unit."""
    owner = cast.organisations["market_regulator"]
    now = datetime(2026, 10, 8, 9, tzinfo=UTC)
    lead = Lead.objects.create(
        owner=owner,
        listing="market/listing/样例集市/7731@000000000000",
        listing_record="market/listing/样例集市/7731",
        right="rights/right/R1@000000000000",
        right_record="rights/right/R1",
        title="样例商品",
        score_milli=2500,
        screened_at=now,
    )
    exhibits = [
        Exhibit.objects.create(
            reference=f"EV-TEST-{number}",
            owner=owner,
            source="capture",
            digest=f"sha256:{number:064d}",
            size=1,
            url="https://market.example/item/7731",
            sequence=number,
            started_at=now,
            ended_at=now,
            complete=True,
            official=True,
            self_issued=True,
            received_by="x",
        )
        for number in (1, 2)
    ]
    return {
        "lead_ids": [f"L-{lead.pk}"],
        "entity_ids": [
            Entity.objects.create(owner=owner, reference="S-TEST-1", petname="某某优品一伙").reference
        ],
        "exhibit_ids": [exhibit.reference for exhibit in exhibits],
    }


@pytest.fixture
def matter(cast: Cast, joined: dict[str, list[str]]) -> Matter:
    """A matter of the market regulator with three parties, a lead and two exhibits."""
    return services.open_matter(
        cast.inspector,
        "“某某优品”涉嫌销售侵权商品",
        "Suspected sale of infringing goods by a sample shop",
        **joined,
        parties={
            "complainant": cast.organisations["right_holder"],
            "platform": cast.organisations["platform"],
            "respondent": cast.organisations["respondent"],
        },
    )


@pytest.fixture
def draft(cast: Cast, matter: Matter) -> Notice:
    """A notice that the inspector prepared for the right holder."""
    return notices.draft_notice(
        cast.inspector,
        cast.organisations["right_holder"],
        cast.organisations["platform"],
        cast.organisations["respondent"],
        {"objects": CONTENT["objects"]},
        matter,
        "某某优品",
    )


#: verb → how the right side takes it
ACTS: dict[str, Callable[[Cast, Notice], Notice]] = {
    "submit": lambda c, n: notices.submit_notice(c.holder, n, CONTENT),
    "reject": lambda c, n: notices.reject_notice(c.platform, n, REFUSAL),
    "accept": lambda c, n: notices.accept_notice(c.platform, n),
    "take_measures": lambda c, n: notices.take_measures(c.platform, n),
    "forward_to_seller": lambda c, n: notices.forward_to_seller(c.platform, n),
    "file_declaration": lambda c, n: notices.file_declaration(c.seller, n, DECLARATION),
    "forward_declaration": lambda c, n: notices.forward_declaration(c.platform, n),
    "receive_declaration": lambda c, n: notices.receive_declaration(c.holder, n),
    "holder_acts": lambda c, n: notices.holder_acts(c.holder, n, "sued", "（2026）样01民初1号"),
    "withdraw": lambda c, n: notices.withdraw_notice(c.holder, n, "误发"),
    "end_measures": lambda c, n: notices.end_measures(c.platform, n),
}
#: the way to each state
WAY: dict[str, list[str]] = {
    "drafted": [],
    "submitted": ["submit"],
    "rejected": ["submit", "reject"],
    "accepted": ["submit", "accept"],
    "measures_taken": ["submit", "accept", "take_measures"],
    "forwarded_to_seller": ["submit", "accept", "take_measures", "forward_to_seller"],
    "declaration_received": ["submit", "accept", "take_measures", "forward_to_seller", "file_declaration"],
}
WAY["forwarded_to_holder"] = [*WAY["declaration_received"], "forward_declaration"]
WAY["waiting"] = [*WAY["forwarded_to_holder"], "receive_declaration"]
WAY["holder_acted"] = [*WAY["waiting"], "holder_acts"]
WAY["withdrawn"] = ["submit", "withdraw"]


@pytest.fixture
def notice_in(cast: Cast, draft: Notice) -> Callable[[str], Notice]:
    """The notice, walked to a state by the right members."""

    def walk(state: str) -> Notice:
        notice = draft
        for verb in WAY[state]:
            notice = ACTS[verb](cast, notice)
        return notice

    return walk


@pytest.fixture
def acts() -> dict[str, Callable[[Cast, Notice], Notice]]:
    """Each verb as its own side takes it."""
    return ACTS


@pytest.fixture
def content() -> dict[str, Any]:
    """A complete notice."""
    return CONTENT


@pytest.fixture
def declaration() -> dict[str, Any]:
    """A complete counter-statement."""
    return DECLARATION
