"""The verbs about leads: screen, import, judge, undo, put later, attach to a matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinder.office.catalogue.models import Pool
from joinder.office.jobs import services as jobs
from joinder.office.jobs.errors import IdempotencyConflict
from joinder.office.jobs.models import Job
from joinder.office.leads import policies
from joinder.office.leads.errors import NothingToUndo, VerdictConflict
from joinder.office.leads.models import Judgement, Lead, Status
from joinder.office.ledger import services as ledger
from joinder.office.people.actors import Actor
from joinder.vocabulary.digests import canonical_json, digest_bytes


def start_screening(
    *, actor: Actor, listings: Pool, rights: Pool, accounts: Pool | None = None, idempotency_key: str = ""
) -> Job:
    """Ask the job that screens a pool of listings against a pool of rights; its leads are the organisation's own.

    Raises NotAllowed and ScreeningRefused naming the pool whose rules refuse.
    """
    policies.check_may_screen(actor, listings, rights, *([accounts] if accounts else []))
    return jobs.enqueue(
        kind="leads.screen",
        payload={
            "listings": listings.name,
            "rights": rights.name,
            "accounts": accounts.name if accounts else "",
            "owner": actor.organisation_id or listings.owner_id,
        },
        actor=actor,
        title_zh=f"筛查：{listings.title_zh}",
        title_en=f"Screen: {listings.title_en}",
        idempotency_key=idempotency_key,
    )


def judge(
    *,
    actor: Actor,
    lead: Lead,
    verdict: str,
    grounds: list[str],
    seen_version: int,
    idempotency_key: str,
    note: str = "",
) -> Judgement:
    """Decide on a lead as it was seen. The same key with the same body returns the verdict given first.

    grounds: codes of ``grounds.Ground`` for *suspected*, of ``grounds.Clearance`` for *not suspected*.
    Raises NotAllowed, VerdictIncomplete, VerdictConflict (decided by somebody in the meantime; nothing is stored) and
    IdempotencyConflict.
    """
    policies.check_may_judge(actor, lead)
    grounds = sorted(set(grounds))
    policies.check_grounds(verdict, grounds, note)
    body = {"lead": lead.pk, "verdict": verdict, "grounds": grounds, "note": note, "seen": seen_version}
    digest = digest_bytes(canonical_json(body))
    earlier = _sent_before(actor, idempotency_key, digest)
    if earlier is not None:
        return earlier
    with transaction.atomic():
        lead = Lead.objects.select_for_update().get(pk=lead.pk)
        _check_seen(lead, seen_version)
        now = timezone.now()
        given = _append(
            lead, actor, now, idempotency_key, digest, verdict=verdict, grounds=grounds, note=note[:500]
        )
        _stand(lead, verdict, actor.id, actor.capacity, now)
        _record(actor, "leads.judged", lead, verdict=verdict, grounds=grounds, judgement=given.pk)
    return given


def undo(*, actor: Actor, lead: Lead, idempotency_key: str) -> Judgement:
    """Take one's own last verdict on the lead back, by an appended reversal: the lead stands as it stood before.

    Raises NotAllowed, NothingToUndo (no verdict, or the last one is somebody else's) and IdempotencyConflict.
    """
    policies.check_may_judge(actor, lead)
    digest = digest_bytes(canonical_json({"lead": lead.pk, "undo": True}))
    earlier = _sent_before(actor, idempotency_key, digest)
    if earlier is not None:
        return earlier
    with transaction.atomic():
        lead = Lead.objects.select_for_update().get(pk=lead.pk)
        last = _standing(lead)
        if last is None or last.actor_key != actor.id:
            raise NothingToUndo(
                _("The last verdict on %(lead)s is not yours to take back.") % {"lead": lead.reference}
                if last
                else _("No verdict stands on %(lead)s.") % {"lead": lead.reference},
                mend=_("Decide anew instead; both opinions stay in the history.") if last else None,
            )
        reversal = _append(lead, actor, timezone.now(), idempotency_key, digest, reverses=last)
        previous = _standing(lead)
        if previous is None:
            _stand(lead, Status.UNDECIDED, "", "", None)
        else:
            _stand(lead, previous.verdict, previous.actor_key, previous.capacity, previous.at)
        _record(actor, "leads.verdict_taken_back", lead, verdict=last.verdict, judgement=last.pk)
    return reversal


def undo_last(*, actor: Actor, since: datetime, idempotency_key: str) -> Judgement:
    """Take back the latest verdict that the actor gave since ``since`` and that still stands. Raises NothingToUndo."""
    own = Judgement.objects.visible_to(actor).filter(actor_key=actor.id, reverses__isnull=True, at__gte=since)
    last = own.filter(reversed_by__isnull=True).order_by("-pk").select_related("lead").first()
    if last is None:
        raise NothingToUndo(_("There is no verdict of this sitting to take back."))
    return undo(actor=actor, lead=last.lead, idempotency_key=idempotency_key)


@transaction.atomic
def put_later(*, actor: Actor, lead: Lead) -> Lead:
    """Put an undecided lead at the end of the queue."""
    policies.check_may_judge(actor, lead)
    Lead.objects.filter(pk=lead.pk).update(later_at=timezone.now())
    lead.refresh_from_db()
    _record(actor, "leads.put_later", lead)
    return lead


@transaction.atomic
def attach_to_matter(*, actor: Actor, lead: Lead, matter: str, url: str = "") -> Lead:
    """Note that a matter joined the lead; ``matter`` is its reference, ``url`` its page. "" takes the note away.

    Called by the app that keeps matters, which has checked that the actor may change the matter.
    """
    if not actor.is_system:
        policies.check_may_judge(actor, lead)
    lead = Lead.objects.select_for_update().get(pk=lead.pk)
    if (lead.matter, lead.matter_url) != (matter, url):
        before, lead.matter, lead.matter_url = lead.matter, matter, url
        lead.save(update_fields=["matter", "matter_url"])
        _record(actor, "leads.attached" if matter else "leads.detached", lead, matter=matter or before)
    return lead


def _sent_before(actor: Actor, key: str, digest: str) -> Judgement | None:
    earlier = Judgement.objects.filter(actor_key=actor.id, idempotency_key=key).first()
    if earlier is not None and earlier.body_digest != digest:
        raise IdempotencyConflict(
            f"The key {key!r} was used for another verdict.", mend="Use a new key for a new verdict."
        )
    return earlier


def _check_seen(lead: Lead, seen_version: int) -> None:
    if lead.version != seen_version:
        raise VerdictConflict(
            _("%(lead)s was decided in the meantime: %(status)s. Your verdict was not stored.")
            % {"lead": lead.reference, "status": lead.get_status_display()},
            mend=_("Look at it again; you may still give another opinion."),
        )


def _append(lead: Lead, actor: Actor, at: datetime, key: str, digest: str, **what: Any) -> Judgement:
    try:
        with transaction.atomic():
            return Judgement.objects.create(
                lead=lead,
                before=lead.status,
                version=lead.version + 1,
                actor_key=actor.id,
                capacity=actor.capacity,
                idempotency_key=key,
                body_digest=digest,
                at=at,
                **what,
            )
    except IntegrityError:
        raise VerdictConflict(
            _("%(lead)s was decided in the meantime. Your verdict was not stored.") % {"lead": lead.reference}
        ) from None


def _standing(lead: Lead) -> Judgement | None:
    """The verdict in force: the last one that was not taken back."""
    verdicts = lead.judgements.filter(reverses__isnull=True, reversed_by__isnull=True)
    return verdicts.order_by("-pk").first()


def _stand(lead: Lead, status: str, by: str, capacity: str, at: datetime | None) -> None:
    lead.status, lead.decided_by, lead.decided_capacity, lead.decided_at = status, by, capacity, at
    lead.version += 1
    lead.later_at = None
    lead.save(update_fields=["status", "decided_by", "decided_capacity", "decided_at", "version", "later_at"])


def _record(actor: Actor, verb: str, lead: Lead, **detail: Any) -> None:
    told: Mapping[str, Any] = {"listing": lead.listing, "right": lead.right, **detail}
    ledger.record(actor=actor, verb=verb, target=f"leads/{lead.pk}", detail=told)
