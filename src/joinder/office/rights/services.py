"""The verbs about rights: import, note how to tell genuine from fake, say who may sell."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinder.office.jobs import services as jobs
from joinder.office.jobs.models import Job
from joinder.office.ledger import services as ledger
from joinder.office.people.actors import Actor
from joinder.office.rights import importing, policies
from joinder.office.rights.errors import RightError
from joinder.office.rights.importing import Imported
from joinder.office.rights.models import AuthorisedSeller, ProductNote, Readers, Right
from joinder.pools import summarise_kind


def ask_import(*, actor: Actor, pool: str) -> Job:
    """Ask the job that imports a rights pool of this node. Raises NotAllowed, PoolMissing.

    The pool's last intake is part of the job's key: importing an unchanged pool twice is one job.
    """
    policies.check_may_import(actor)
    held = summarise_kind(settings.HOME, pool, "right")
    version = held.runs[-1].at if held.runs else ""
    return jobs.enqueue(
        kind="rights.import",
        payload={"pool": pool, "as_of": version},
        actor=actor,
        title_zh=f"导入权利：{pool}",
        title_en=f"Import rights: {pool}",
        idempotency_key=f"{pool}@{version}",
    )


def import_rights(*, actor: Actor, pool: str) -> Imported:
    """Import a rights pool now: new rights are added, changed ones renewed. Raises NotAllowed, PoolMissing."""
    policies.check_may_import(actor)
    prepared = importing.prepare(pool)
    with transaction.atomic():
        return land_import(actor=actor, prepared=prepared)


def land_import(*, actor: Actor, prepared: importing.Prepared) -> Imported:
    """Store prepared rights and write the ledger, in the caller's transaction."""
    done = importing.store(prepared, actor)
    ledger.record(actor=actor, verb="rights.imported", target=f"rights/pool/{done.pool}", detail=asdict(done))
    return done


@transaction.atomic
def add_note(
    *, actor: Actor, right: Right, product: str, genuine: str, fake: str, readers: str = Readers.EXAMINERS
) -> ProductNote:
    """Write how to tell genuine goods from fakes. Raises NotAllowed, RightError (nothing said, unknown readers)."""
    policies.check_may_write_note(actor, right)
    if readers not in Readers.values:
        raise RightError(f"{readers!r} is not one of {', '.join(Readers.values)}.")
    if not product.strip() or not (genuine.strip() or fake.strip()):
        raise RightError(
            _("A note names the product and at least one sign of genuine or fake goods."),
            mend=_("Fill in what is missing."),
        )
    if actor.organisation_id is None:
        raise RightError("A note is written for an organisation.")
    note = ProductNote.objects.create(
        right=right,
        product=product.strip(),
        genuine=genuine.strip(),
        fake=fake.strip(),
        readers=readers,
        organisation_id=actor.organisation_id,
        written_by=actor.id,
    )
    _record(actor, "rights.note_written", right, note=note.pk, readers=readers)
    return note


@transaction.atomic
def retire_note(*, actor: Actor, note: ProductNote) -> ProductNote:
    """Take a note out of use; it stays readable in the history. Raises NotAllowed, RightError if it is retired."""
    policies.check_may_write_note(actor, note.right)
    if not actor.is_system and note.organisation_id != actor.organisation_id:
        raise RightError(_("A note is taken back by the organisation that wrote it."))
    if ProductNote.objects.filter(pk=note.pk, retired_at__isnull=True).update(retired_at=timezone.now()) != 1:
        raise RightError(_("The note was taken back already."))
    note.refresh_from_db()
    _record(actor, "rights.note_retired", note.right, note=note.pk)
    return note


@transaction.atomic
def authorise_seller(
    *,
    actor: Actor,
    right: Right,
    platform: str,
    account_id: str,
    name: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> AuthorisedSeller:
    """Say that an account may sell. Raises NotAllowed, RightError (named already, term out of order)."""
    policies.check_may_authorise(actor, right)
    platform, account_id = platform.strip(), account_id.strip()
    if not platform or not account_id:
        raise RightError(_("An authorised seller is named by platform and account."))
    if valid_from and valid_until and valid_until < valid_from:
        raise RightError(_("The authorisation ends before it begins."))
    if right.sellers.filter(platform=platform, account_id=account_id, retired_at__isnull=True).exists():
        raise RightError(
            _("%(seller)s is authorised already.") % {"seller": f"{platform}/{account_id}"},
            mend=_("End that authorisation first if its term is to change."),
        )
    seller = AuthorisedSeller.objects.create(
        right=right,
        platform=platform,
        account_id=account_id,
        name=name.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        added_by=actor.id,
    )
    _record(actor, "rights.seller_authorised", right, seller=str(seller))
    return seller


@transaction.atomic
def end_authorisation(*, actor: Actor, seller: AuthorisedSeller) -> AuthorisedSeller:
    """End an authorisation now. Raises NotAllowed, RightError if it ended before."""
    policies.check_may_authorise(actor, seller.right)
    standing = AuthorisedSeller.objects.filter(pk=seller.pk, retired_at__isnull=True)
    if standing.update(retired_at=timezone.now()) != 1:
        raise RightError(_("The authorisation has ended already."))
    seller.refresh_from_db()
    _record(actor, "rights.authorisation_ended", seller.right, seller=str(seller))
    return seller


def _record(actor: Actor, verb: str, right: Right, **detail: Any) -> None:
    ledger.record(actor=actor, verb=verb, target=f"rights/{right.pk}", detail=detail)
