"""The verbs of a notice.

Each checks side and state, acts, and writes step, matter history and ledger in one transaction. Outward steps are never
repeated: a second call finds the notice in its new state and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from joinder.law import notices as law_notices
from joinder.law.notices import Finding
from joinder.office.ledger import services as ledger
from joinder.office.matters import clocks
from joinder.office.matters import policies as matter_policies
from joinder.office.matters.errors import InvalidTransition, MatterError, NotAllowed, NoticeIncomplete
from joinder.office.matters.models import Clock, Matter, MatterEvent, Notice, NoticeStep
from joinder.office.matters.notices import alarm, policies
from joinder.office.matters.notices.transitions import CAPACITIES, Side, State, Transition
from joinder.office.matters.words import both
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.vocabulary.moments import BEIJING

DECLARATION_REGIME = "cn-ecommerce-declaration"
SENDER_KINDS = frozenset({"right_holder", "agent"})
MEASURES = ("removed", "blocked", "disconnected", "transaction_ended", "none")
HOLDER_ACTIONS = ("complained", "sued")
BLANK: dict[str, Any] = {"right": {}, "claimant": {}, "objects": [], "evidence": [], "guarantee": {}}


def findings_of(notice: Notice) -> list[Finding]:
    """The fix list of a notice's present content."""
    return law_notices.check(notice.content, notice.regime)


@transaction.atomic
def draft_notice(
    actor: Actor,
    sender: Organisation,
    platform: Organisation,
    respondent: Organisation | None = None,
    content: Mapping[str, Any] | None = None,
    matter: Matter | None = None,
    shop_name: str = "",
) -> Notice:
    """Draft a notice for the right holder to complete: by its own member, or by the unit that handles the matter.

    content: the notice as ``law.notices`` reads it; may be incomplete. Raises NotAllowed, MatterError where an
    organisation cannot stand on its side.
    """
    own = actor.organisation_id == sender.pk and actor.capacity in CAPACITIES[Side.SENDER]
    handles = matter is not None and matter_policies.may_work_on(actor, matter.organisation_id)
    if not own and not handles:
        raise NotAllowed(
            _("A notice is drafted by the right holder, or by the unit that handles the matter.")
        )
    _check_sides(sender, platform, respondent)
    notice = Notice.objects.create(
        reference=get_random_string(20),
        matter=matter,
        sender=sender,
        platform=platform,
        respondent=respondent,
        drafted_by_organisation_id=actor.organisation_id,
        shop_name=shop_name,
        content=_plain({**BLANK, **(content or {})}),
    )
    notice.reference = f"N-{notice.drafted_at.astimezone(BEIJING).year}-{notice.pk:06d}"
    notice.save(update_fields=["reference"])
    _write_step(actor, notice, "draft", "", State.DRAFTED, Side.SENDER if own else Side.CLOCK, {})
    _tell(actor, notice, "draft", "通知草稿已建立", "Notice drafted")
    return notice


@transaction.atomic
def edit_draft(actor: Actor, notice: Notice, content: Mapping[str, Any]) -> Notice:
    """Replace the content of a draft or of a refused notice; only its sender. The old content stays in the step."""
    locked = _lock(notice)
    if locked.state not in (State.DRAFTED, State.REJECTED):
        raise InvalidTransition(
            _("A notice that was sent is not changed."), mend=_("Withdraw it, or wait for the answer.")
        )
    if not policies.acts_for(actor, Side.SENDER, _sides(locked)):
        raise NotAllowed(_("Only the right holder changes its notice."))
    before, locked.content = locked.content, _plain({**BLANK, **content})
    locked.save(update_fields=["content"])
    _write_step(actor, locked, "edit", locked.state, locked.state, Side.SENDER, {"before": before})
    ledger.record(actor=actor, verb="notices.edited", target=_target(locked))
    return locked


@transaction.atomic
def submit_notice(actor: Actor, notice: Notice, content: Mapping[str, Any] | None = None) -> Notice:
    """Complete and send a notice to the platform. Raises NoticeIncomplete with the fix list, NotAllowed."""
    locked, step = _begin(actor, notice, "submit")
    if content is not None:
        locked.content = _plain({**BLANK, **locked.content, **content})
    findings = findings_of(locked)
    if law_notices.blocks(findings):
        raise NoticeIncomplete(
            _("%(reference)s lacks %(findings)s required items.")
            % {"reference": locked.reference, "findings": sum(f.severity == "required" for f in findings)},
            findings,
            mend=_("Mend what the fix list names, then send again."),
        )
    locked.submitted_at = timezone.now()
    return _finish(actor, locked, step, {"objects": len(locked.objects_named)}, "content", "submitted_at")


@transaction.atomic
def reject_notice(actor: Actor, notice: Notice, reasons: Sequence[Mapping[str, Any]]) -> Notice:
    """Refuse a notice with reasons: each says what is wrong (``text``) and how to mend it (``repair``).

    Raises MatterError without reasons, or for a reason that does not say how to mend.
    """
    locked, step = _begin(actor, notice, "reject")
    kept = [
        {k: str(r.get(k, "")).strip()[:1000] for k in ("code", "field", "text", "repair")} for r in reasons
    ]
    if not kept or any(not reason["text"] or not reason["repair"] for reason in kept):
        raise MatterError(
            _("A refusal gives at least one reason, and says for each how to mend it."),
            mend=_("Fill in both: what is wrong, and what the sender should do."),
        )
    locked.refusals = [*locked.refusals, {"at": timezone.now().isoformat(), "reasons": kept}]
    return _finish(actor, locked, step, {"reasons": kept}, "refusals")


@transaction.atomic
def accept_notice(actor: Actor, notice: Notice) -> Notice:
    """Accept a notice as complete. Whether there is an infringement is not decided by that."""
    locked, step = _begin(actor, notice, "accept")
    return _finish(actor, locked, step, {})


@transaction.atomic
def take_measures(
    actor: Actor, notice: Notice, measures: Sequence[Mapping[str, Any]] | None = None
) -> Notice:
    """Record what was done with each link; without ``measures`` all links are recorded as removed.

    measures: one mapping per link of the notice: ``object`` (its place from 0), ``measure`` (removed, blocked,
    disconnected, transaction_ended or none) and, for none, ``reason``. Raises MatterError for anything else.
    """
    locked, step = _begin(actor, notice, "take_measures")
    count = len(locked.objects_named)
    given = (
        [{"object": n, "measure": "removed"} for n in range(count)] if measures is None else list(measures)
    )
    locked.measures = _checked_measures(given, count)
    return _finish(actor, locked, step, {"measures": locked.measures}, "measures")


@transaction.atomic
def forward_to_seller(actor: Actor, notice: Notice, respondent: Organisation | None = None) -> Notice:
    """Forward the notice with its grounds to the seller, who sees it from now on and may answer.

    respondent: the seller's organisation, which the platform may know better than the sender.
    """
    locked, step = _begin(actor, notice, "forward_to_seller")
    if respondent is not None and respondent.pk != locked.respondent_id:
        _check_sides(locked.sender, locked.platform, respondent)
        locked.respondent = respondent
        locked.save(update_fields=["respondent"])
    locked.forwarded_at = timezone.now()
    return _finish(actor, locked, step, {"seller_here": locked.respondent_id is not None}, "forwarded_at")


@transaction.atomic
def file_declaration(actor: Actor, notice: Notice, content: Mapping[str, Any]) -> Notice:
    """The seller declares that there is no infringement. Raises NoticeIncomplete with the fix list."""
    locked, step = _begin(actor, notice, "file_declaration")
    declaration = _plain(content)
    findings = law_notices.check(declaration, DECLARATION_REGIME)
    if law_notices.blocks(findings):
        raise NoticeIncomplete(
            _("The counter-statement lacks something required."),
            findings,
            mend=_("Add what the fix list names."),
        )
    locked.declaration = declaration
    return _finish(actor, locked, step, {}, "declaration")


@transaction.atomic
def forward_declaration(actor: Actor, notice: Notice) -> Notice:
    """Forward the counter-statement to the right holder, telling that he may complain to the authority or sue."""
    locked, step = _begin(actor, notice, "forward_declaration")
    return _finish(actor, locked, step, {"told": ["complain_to_authority", "sue"]})


@transaction.atomic
def receive_declaration(actor: Actor, notice: Notice, received_at: datetime | None = None) -> Notice:
    """The right holder confirms receipt, which starts the fifteen days with their explained end.

    received_at: when it reached the holder, not before it was forwarded and not in the future; default now. Raises
    MatterError otherwise.
    """
    locked, step = _begin(actor, notice, "receive_declaration")
    now = timezone.now()
    at = received_at or now
    forwarded = locked.steps.filter(verb="forward_declaration").latest("id").at
    if not forwarded <= at <= now:
        raise MatterError(
            _("The counter-statement cannot have been received before it was forwarded, or in the future."),
            mend=_("Give a moment between %(value)s and now.") % {"value": forwarded.isoformat()},
        )
    clock = clocks.start(
        rule_id=clocks.WAITING,
        trigger_at=at,
        organisation_id=locked.sender_id,
        notice=locked,
        matter=None,
        trigger_target=_target(locked),
    )
    alarm.set_for(locked, clock)
    return _finish(
        actor, locked, step, {"received_at": at.isoformat(), "restore_on": clock.due_on.isoformat()}
    )


@transaction.atomic
def exclude_days(actor: Actor, notice: Notice, first: date, last: date, reason: str) -> Clock:
    """The right holder states days outside its control (notarisation, legalisation); the clock counts anew."""
    locked = _lock(notice)
    if not policies.acts_for(actor, Side.SENDER, _sides(locked)) or locked.state != State.WAITING:
        raise NotAllowed(_("Days are left out at the right holder's request, while the waiting period runs."))
    if not reason.strip():
        raise MatterError(
            _("Leaving days out needs a reason."),
            mend=_("Name the act that took them, such as notarisation."),
        )
    clock = clocks.exclude(waiting_clock(locked), first, last, reason.strip())
    alarm.set_for(locked, clock)
    detail = {"first": first.isoformat(), "last": last.isoformat(), "restore_on": clock.due_on.isoformat()}
    _write_step(actor, locked, "exclude_days", locked.state, locked.state, Side.SENDER, detail)
    _tell(actor, locked, "exclude_days", "等待期扣除时间", "Days left out of the waiting period")
    return clock


@transaction.atomic
def holder_acts(actor: Actor, notice: Notice, action: str, proof: str) -> Notice:
    """The right holder tells the platform that he complained or sued: the measures stay, the clock stops.

    Raises InvalidTransition once the waiting period is over, MatterError without proof.
    """
    locked, step = _begin(actor, notice, "holder_acts")
    clock = waiting_clock(locked)
    now = timezone.now()
    if clocks.is_over(clock, now):
        raise InvalidTransition(
            _("The waiting period ended on %(on)s; the measures end.") % {"on": clock.due_on},
            mend=_("A new notice, a complaint or a suit remains possible."),
        )
    if action not in HOLDER_ACTIONS or not proof.strip():
        raise MatterError(
            _("Say whether you complained or sued, and where it can be checked."),
            mend=_("Give the authority or court and its file number."),
        )
    locked.holder_action = {"action": action, "proof": proof.strip()[:500]}
    clocks.stop(clock, Clock.State.STOPPED, proof.strip()[:300], now)
    return _finish(actor, locked, step, dict(locked.holder_action), "holder_action")


@transaction.atomic
def expire(actor: Actor, notice: Notice, now: datetime | None = None) -> Notice:
    """The waiting period is over: the node's own step. Raises InvalidTransition before the deadline."""
    locked, step = _begin(actor, notice, "expire")
    clock = waiting_clock(locked)
    at = now or timezone.now()
    if not clocks.is_over(clock, at):
        raise InvalidTransition(
            _("The waiting period runs until %(on)s at 24:00 Beijing time.") % {"on": clock.due_on}
        )
    clocks.stop(clock, Clock.State.EXPIRED, "", at)
    return _finish(
        actor, locked, step, {"due_on": clock.due_on.isoformat(), "provisional": clock.provisional}
    )


def expire_all(now: datetime | None = None) -> int:
    """Take the clock's step for every notice whose waiting period is over; returns how many. For the worker."""
    at = now or timezone.now()
    over = Clock.objects.filter(rule_id=clocks.WAITING, state=Clock.State.RUNNING, due_at__lte=at)
    done = 0
    for clock in over.select_related("notice"):
        if clock.notice is not None and clock.notice.state == State.WAITING:
            expire(Actor.system(), clock.notice, at)
            done += 1
    return done


@transaction.atomic
def end_measures(actor: Actor, notice: Notice) -> Notice:
    """The platform ends the measures after the waiting period; a period that just ended is expired first.

    Raises InvalidTransition while it runs.
    """
    locked = _lock(notice)
    if locked.state == State.WAITING and policies.acts_for(actor, Side.PLATFORM, _sides(locked)):
        locked = expire(Actor.system(), locked)
    locked, step = _begin(actor, locked, "end_measures")
    return _finish(actor, locked, step, {})


@transaction.atomic
def withdraw_notice(actor: Actor, notice: Notice, reason: str) -> Notice:
    """The right holder withdraws; a running clock stops. Raises MatterError without a reason."""
    locked, step = _begin(actor, notice, "withdraw")
    if not reason.strip():
        raise MatterError(_("A withdrawal needs a reason."), mend=_("Say in one sentence why."))
    for clock in locked.clocks.filter(state=Clock.State.RUNNING):
        clocks.stop(clock, Clock.State.STOPPED, reason.strip()[:300])
    return _finish(actor, locked, step, {"reason": reason.strip()[:1000]})


def waiting_clock(notice: Notice) -> Clock:
    """The notice's waiting period. Raises MatterError before it has begun."""
    clock = notice.clocks.filter(rule_id=clocks.WAITING).order_by("-id").first()
    if clock is None:
        raise MatterError(
            _("The waiting period of %(reference)s has not begun.") % {"reference": notice.reference}
        )
    return clock


def _check_sides(sender: Organisation, platform: Organisation, respondent: Organisation | None) -> None:
    wrong = [
        f"{organisation} is no {side}"
        for organisation, kinds, side in (
            (sender, SENDER_KINDS, "right holder"),
            (platform, {"platform"}, "platform"),
            (respondent, {"respondent"}, "respondent"),
        )
        if organisation is not None and organisation.kind_id not in kinds
    ]
    if wrong:
        raise MatterError(
            _("A notice goes from a right holder to a platform about a seller: %(wrong)s.")
            % {"wrong": "; ".join(wrong)}
        )


def _checked_measures(given: Iterable[Mapping[str, Any]], count: int) -> list[dict[str, Any]]:
    kept = []
    for item in given:
        place, measure = item.get("object"), item.get("measure")
        reason = str(item.get("reason", "")).strip()[:500]
        if not isinstance(place, int) or not 0 <= place < count or measure not in MEASURES:
            raise MatterError(
                _("A measure names a link (0 to %(last)s) and one of %(known)s.")
                % {"last": count - 1, "known": ", ".join(MEASURES)}
            )
        if measure == "none" and not reason:
            raise MatterError(
                _("Leaving a link as it is needs a reason."),
                mend=_("Say what the notice lacks for this link."),
            )
        kept.append({"object": place, "measure": measure, "reason": reason})
    if sorted(item["object"] for item in kept) != list(range(count)):
        raise MatterError(_("Every link of the notice needs exactly one measure."))
    return kept


def _plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """Content as a plain JSON object of bounded size. Raises MatterError if it is larger than a notice can be."""
    plain = dict(content)
    if len(str(plain)) > 200_000:
        raise MatterError(
            _("The content is larger than a notice can be."), mend=_("Attach documents as exhibits.")
        )
    return plain


def _sides(notice: Notice) -> policies.Sides:
    return policies.sides_of(notice.sender_id, notice.platform_id, notice.respondent_id)


def _lock(notice: Notice) -> Notice:
    return Notice.objects.select_for_update().get(pk=notice.pk)


def _begin(actor: Actor, notice: Notice, verb: str) -> tuple[Notice, Transition]:
    locked = _lock(notice)
    return locked, policies.check_may_take(actor, verb, locked.state, _sides(locked))


def _finish(actor: Actor, notice: Notice, step: Transition, detail: dict[str, Any], *fields: str) -> Notice:
    source, notice.state = notice.state, step.target
    notice.save(update_fields=["state", *fields])
    _write_step(actor, notice, step.verb, source, step.target, step.side, detail)
    _tell(actor, notice, step.verb, *both(State(step.target).label))
    return notice


def _write_step(
    actor: Actor, notice: Notice, verb: str, source: str, target: str, side: str, detail: dict[str, Any]
) -> NoticeStep:
    return NoticeStep.objects.create(
        notice=notice,
        verb=verb,
        source=source,
        target=target,
        side=side,
        actor_id=actor.id,
        organisation_id=actor.organisation_id,
        detail=detail,
    )


def _tell(actor: Actor, notice: Notice, verb: str, zh: str, en: str) -> None:
    """The step in the ledger, and in the matter's history where the notice belongs to one."""
    ledger.record(actor=actor, verb=f"notices.{verb}", target=_target(notice), detail={"state": notice.state})
    if notice.matter_id is not None:
        MatterEvent.objects.create(
            matter_id=notice.matter_id,
            verb=f"notices.{verb}",
            text_zh=f"通知{notice.reference}：{zh}",
            text_en=f"Notice {notice.reference}: {en}",
            actor_id=actor.id,
            organisation_id=actor.organisation_id,
        )


def _target(notice: Notice) -> str:
    return f"notices/{notice.reference}"
