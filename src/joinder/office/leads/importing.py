"""Suspicions become leads: new ones are added, open ones renewed, decided ones left as they were decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from joinder.office.leads.models import Lead, Status
from joinder.office.ledger import services as ledger
from joinder.office.people.actors import Actor
from joinder.vocabulary.refs import RecordRef

SHOWN = (
    "url", "title", "description", "brand", "category", "price_minor", "currency", "units_sold", "ships_from",
    "images", "first_seen", "last_seen",
)  # fmt: skip
_RENEWED = (
    "listing", "right", "title", "mark", "holder", "shown", "channel", "score_milli", "explanation", "screened_at",
)  # fmt: skip
CHUNK = 500

Found = tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]
"""(suspicion as the detector's JSON, stored listing, stored right)"""


@dataclass
class Imported:
    """How many leads are new, renewed, and decided already."""

    new: int = 0
    renewed: int = 0
    decided: int = 0


@transaction.atomic
def import_suspicions(*, actor: Actor, owner_id: int, found: Iterable[Found], source: str = "") -> Imported:
    """Store suspicions as leads of an organisation, one per listing × right; only verdicts of `suspected` count.

    source: what was screened, for the ledger. Running it again with the same suspicions adds nothing.
    """
    done = Imported()
    for chunk in _chunks(found):
        _store(owner_id, chunk, done)
    ledger.record(
        actor=actor,
        verb="leads.screened",
        target=f"people/{owner_id}",
        detail={"source": source, **asdict(done)},
    )
    return done


def _chunks(found: Iterable[Found]) -> Iterable[list[Found]]:
    chunk: list[Found] = []
    for one in found:
        if one[0]["verdict"] == "suspected":
            chunk.append(one)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _store(owner_id: int, chunk: list[Found], done: Imported) -> None:
    fresh = {
        (lead.listing_record, lead.right_record): lead for lead in (_lead(owner_id, *one) for one in chunk)
    }
    known = Lead.objects.filter(owner_id=owner_id, listing_record__in=[key[0] for key in fresh])
    renewed = []
    for lead in known:
        new = fresh.pop((lead.listing_record, lead.right_record), None)
        if new is None:
            continue
        if lead.status != Status.UNDECIDED:
            done.decided += 1
            continue
        for name in _RENEWED:
            setattr(lead, name, getattr(new, name))
        renewed.append(lead)
    Lead.objects.bulk_update(renewed, _RENEWED)
    Lead.objects.bulk_create(fresh.values())
    done.renewed += len(renewed)
    done.new += len(fresh)


def _lead(
    owner_id: int, told: Mapping[str, Any], listing: Mapping[str, Any], right: Mapping[str, Any]
) -> Lead:
    sign = next((i for i in told["evidence"] if i["channel"] != "prior" and i["mark"]), None)
    return Lead(
        owner_id=owner_id,
        listing=told["listing"],
        listing_record=RecordRef.parse(told["listing"]).record,
        right=told["right"],
        right_record=RecordRef.parse(told["right"]).record,
        platform=str(listing.get("platform") or ""),
        account_id=str(listing.get("account_id") or ""),
        title=str(listing.get("title") or "")[:500],
        mark=str(right.get("mark") or (sign or {}).get("mark") or "")[:300],
        holder=str(right.get("holder") or "")[:300],
        shown={name: _plain(listing.get(name)) for name in SHOWN if listing.get(name) not in (None, "", [])},
        channel=sign["channel"] if sign else "",
        score_milli=round(told["score"] * 1000),
        explanation=dict(told),
        screened_at=timezone.now(),
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
