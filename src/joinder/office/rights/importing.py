"""From the records of a rights pool to the rights of the office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.office.rights import logos
from joinder.office.rights.models import AuthorisedSeller, Right
from joinder.pools import Records, open_records

FIELDS = (
    "kind", "office", "registration_no", "holder", "mark", "aliases", "classes", "goods", "registered_on",
    "expires_on", "status", "genuine_price_minor", "currency",
)  # fmt: skip
_BATCH = 500


@dataclass
class Prepared:
    """Rights that are new or changed, read and with their pictures kept, ready to be stored at once."""

    pool: str
    rights: list[Right] = field(default_factory=list)
    sellers: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0


@dataclass(frozen=True)
class Imported:
    """What an import did."""

    pool: str
    added: int
    changed: int
    unchanged: int


def prepare(pool: str, tell: Callable[[float, str], None] = lambda fraction, note: None) -> Prepared:
    """Read the pool's rights and keep the pictures of those that are new or changed.

    tell: told how far it is, 0..1. Raises PoolMissing where the node has no such pool.
    """
    records = open_records(pool, "right", settings.HOME)
    known = dict(Right.objects.filter(pool=pool).values_list("right_id", "ref"))
    holders = _holders()
    made, total, done = Prepared(pool), max(1, records.count()), 0
    for record in _rows(records):
        done += 1
        if done % _BATCH == 0:
            tell(done / total, f"{done:,}")
        if known.get(record["right_id"]) == record["ref"]:
            made.unchanged += 1
            continue
        made.rights.append(_right(pool, record, records, holders))
        made.sellers[record["right_id"]] = record["authorised_accounts"] or []
    return made


def store(prepared: Prepared, actor: Actor) -> Imported:
    """Store prepared rights in one transaction; a right that is known is renewed and keeps its notes."""
    with transaction.atomic():
        before = Right.objects.filter(pool=prepared.pool).count()
        Right.objects.bulk_create(
            prepared.rights,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["pool", "right_id"],
            update_fields=["ref", *FIELDS, "holder_organisation", "logo", "search_text", "imported_at"],
        )
        _store_sellers(prepared, actor)
        added = Right.objects.filter(pool=prepared.pool).count() - before
    return Imported(prepared.pool, added, len(prepared.rights) - added, prepared.unchanged)


def _rows(records: Records) -> Iterator[dict[str, Any]]:
    for batch in records.batches(2_000):
        yield from batch.to_pylist()


def _holders() -> dict[str, int]:
    """Right holders that take part, by each of their names."""
    found = Organisation.objects.filter(kind="right_holder").values_list("pk", "name", "name_en")
    return {name: pk for pk, *names in found for name in names if name}


def _right(pool: str, record: dict[str, Any], records: Records, holders: dict[str, int]) -> Right:
    values = {name: record[name] for name in FIELDS}
    for name in ("aliases", "classes"):
        values[name] = values[name] or []
    for name, value in values.items():
        model_field = Right._meta.get_field(name)
        limit = getattr(model_field, "max_length", None)
        if isinstance(value, str) and limit:
            values[name] = value[:limit]
        elif value is None and not getattr(model_field, "null", False):
            values[name] = ""
    words = [
        values["mark"],
        *values["aliases"],
        values["holder"],
        values["registration_no"],
        record["right_id"],
    ]
    return Right(
        pool=pool,
        right_id=record["right_id"],
        ref=record["ref"],
        holder_organisation_id=holders.get(values["holder"]),
        logo=logos.keep_first(record["images"] or (), records.folders),
        search_text="\n".join(word for word in words if word).lower(),
        imported_at=timezone.now(),
        **values,
    )


def _store_sellers(prepared: Prepared, actor: Actor) -> None:
    """The sellers that the records name: new ones are added, those no longer named are ended."""
    numbers = dict(
        Right.objects.filter(pool=prepared.pool, right_id__in=prepared.sellers).values_list("right_id", "pk")
    )
    standing = AuthorisedSeller.objects.filter(right__in=numbers.values(), retired_at__isnull=True)
    held = {(s.right_id, s.platform, s.account_id): s for s in standing}
    named = {
        (numbers[right_id], platform, account)
        for right_id, accounts in prepared.sellers.items()
        for platform, _, account in (text.partition("/") for text in accounts)
        if platform and account
    }
    AuthorisedSeller.objects.bulk_create(
        [
            AuthorisedSeller(
                right_id=right, platform=platform, account_id=account, from_pool=True, added_by=actor.id
            )
            for right, platform, account in sorted(named - set(held))
        ],
        batch_size=_BATCH,
    )
    gone = [seller.pk for key, seller in held.items() if seller.from_pool and key not in named]
    AuthorisedSeller.objects.filter(pk__in=gone).update(retired_at=timezone.now())
