"""The verbs about subjects: resolve, judge a link, undo, name."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinder.office.jobs import services as jobs
from joinder.office.jobs.models import Job
from joinder.office.ledger import services as ledger
from joinder.office.people.actors import Actor
from joinder.office.subjects import policies, selectors
from joinder.office.subjects.errors import JudgementRefused, NothingToResolve, NothingToUndo
from joinder.office.subjects.models import STATE_OF, Entity, Judgement, Link, State, Verdict

KIND = "subjects.resolve"


def start_resolution(
    *, actor: Actor, pools: Sequence[str] = (), owner_id: int | None = None, idempotency_key: str = ""
) -> Job:
    """Ask the job that compares pools of accounts; the subjects it finds are the organisation's own.

    pools: names; none means every pool that may be compared. owner_id: for whom, where the node itself asks. Raises
    NotAllowed, and NothingToResolve naming a pool that may not be compared.
    """
    policies.check_may_resolve(actor)
    owner = owner_id if actor.is_system else actor.organisation_id
    if owner is None:
        raise NothingToResolve("A resolution needs the organisation it is for.")
    allowed = [pool.name for pool in selectors.comparable_pools(actor)]
    refused = sorted(set(pools) - set(allowed))
    if refused or not allowed:
        raise NothingToResolve(
            _("These pools of accounts may not be compared by your organisation: %(pools)s")
            % {"pools": ", ".join(refused)}
            if refused
            else _("There is no pool of accounts that your organisation may compare."),
            mend=_("Take accounts in, or ask a pool's owner to release records for handling cases."),
        )
    return jobs.enqueue(
        kind=KIND,
        payload={"pools": sorted(set(pools) or set(allowed)), "owner": owner},
        actor=actor,
        title_zh="比对账号，查找同一主体",
        title_en="Compare accounts and find subjects",
        idempotency_key=idempotency_key,
    )


@transaction.atomic
def judge(*, actor: Actor, link: Link, verdict: str, reason: str) -> Judgement:
    """Decide about a link: same, different (which unlinks the account) or unsure. The former judgement is retired.

    Raises NotAllowed, JudgementRefused (no reason, an unknown verdict, a link that ended).
    """
    policies.check_may_judge(actor, link.owner_id)
    link = Link.objects.select_for_update().get(pk=link.pk)
    if verdict not in Verdict.values:
        raise JudgementRefused(_("There is no judgement “%(verdict)s”.") % {"verdict": verdict})
    if not reason.strip():
        raise JudgementRefused(_("A judgement needs a reason."), mend=_("Say in a few words why."))
    if link.until is not None:
        raise JudgementRefused(
            _("This link is no longer in force; it cannot be judged."),
            mend=_("Look at the subject as it is now."),
        )
    now = timezone.now()
    _retire(link, actor)
    others = [link.partner] if verdict == Verdict.SAME and link.partner else _others(link)
    made = Judgement.objects.create(
        owner_id=link.owner_id, link=link, verdict=verdict, others=others, before=link.state,
        reason=reason.strip()[:500], by=actor.id, capacity=actor.capacity, at=now,
    )  # fmt: skip
    link.state = STATE_OF[Verdict(verdict)]
    link.until = now if link.state == State.RETRACTED else None
    link.save(update_fields=["state", "until"])
    ledger.record(
        actor=actor, verb="subjects.judged", target=f"subjects/{link.entity.reference}",
        detail={"record": link.record, "verdict": verdict, "judgement": made.pk},
    )  # fmt: skip
    return made


def _retire(link: Link, actor: Actor) -> None:
    link.judgements.filter(retired_at__isnull=True).update(retired_at=timezone.now(), retired_by=actor.id)


def _others(link: Link) -> list[str]:
    others = Link.objects.filter(entity_id=link.entity_id, until__isnull=True).exclude(pk=link.pk)
    return sorted(others.values_list("record", flat=True))


@transaction.atomic
def undo(*, actor: Actor, judgement: Judgement) -> Judgement:
    """Take a judgement back: the link is again what it was before. The judgement stays in the history.

    Raises NotAllowed, NothingToUndo (taken back before, or the account stands in another subject by now).
    """
    policies.check_may_judge(actor, judgement.owner_id)
    judgement = Judgement.objects.select_for_update().select_related("link__entity").get(pk=judgement.pk)
    link = judgement.link
    if judgement.retired_at is not None:
        raise NothingToUndo(_("This judgement was taken back or replaced before."))
    elsewhere = Link.objects.filter(owner_id=link.owner_id, record=link.record, until__isnull=True).exclude(
        pk=link.pk
    )
    if link.until is not None and elsewhere.exists():
        raise NothingToUndo(
            _("The account stands in another subject by now."),
            mend=_("Unlink it there first, then try again."),
        )
    judgement.retired_at, judgement.retired_by = timezone.now(), actor.id
    judgement.save(update_fields=["retired_at", "retired_by"])
    ended = link.until is not None and link.state == State.SUPERSEDED
    if not ended:
        link.state, link.until = judgement.before, None
        link.save(update_fields=["state", "until"])
    if link.entity.retired_at is not None and link.until is None:
        Entity.objects.filter(pk=link.entity_id).update(retired_at=None, merged_into=None)
    ledger.record(
        actor=actor, verb="subjects.judgement_undone", target=f"subjects/{link.entity.reference}",
        detail={"record": link.record, "judgement": judgement.pk},
    )  # fmt: skip
    return judgement


@transaction.atomic
def rename(*, actor: Actor, entity: Entity, petname: str) -> Entity:
    """Give a subject its working name, or take it away with "". Raises NotAllowed."""
    policies.check_may_judge(actor, entity.owner_id)
    entity.petname = petname.strip()[:120]
    entity.save(update_fields=["petname"])
    ledger.record(actor=actor, verb="subjects.named", target=f"subjects/{entity.reference}")
    return entity
