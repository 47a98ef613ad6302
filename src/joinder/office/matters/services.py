"""The verbs about a matter: open it, join records, state facts, add tasks, move it on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from joinder.law import elements
from joinder.office.ledger import services as ledger
from joinder.office.matters import clocks, policies, records
from joinder.office.matters.errors import MatterError
from joinder.office.matters.models import (
    Clock,
    Fact,
    FactElement,
    FactExhibit,
    Matter,
    MatterEvent,
    MatterParty,
    MatterRecord,
    Role,
    Task,
)
from joinder.office.matters.words import both
from joinder.office.people.actors import Actor
from joinder.office.people.kinds import ADMINISTRATIVE
from joinder.office.people.models import Organisation
from joinder.vocabulary.moments import BEIJING

Parties = Mapping[str, Organisation] | Iterable[tuple[Organisation, str]]


@transaction.atomic
def open_matter(
    actor: Actor,
    title_zh: str,
    title_en: str = "",
    lead_ids: Iterable[object] = (),
    entity_ids: Iterable[object] = (),
    exhibit_ids: Iterable[object] = (),
    parties: Parties = (),
    *,
    offence: str = elements.SELLING_INFRINGING_GOODS,
    act_on: date | None = None,
) -> Matter:
    """Open a matter that joins leads, subjects and exhibits, with the organisations that have a part in it.

    parties: pairs (organisation, role) or a mapping role → organisation; the actor's own unit handles the matter.
    act_on: the day of the act, which chooses the law; default today. Raises NotAllowed, MatterError (no title, unknown
    role, a record that is not there or not visible), RuleNotFound (an offence without elements).
    """
    policies.check_may_open(actor)
    if not title_zh.strip() and not title_en.strip():
        raise MatterError(_("A matter needs a title."), mend=_("Name the respondent and the suspected act."))
    on = act_on or timezone.now().astimezone(BEIJING).date()
    elements.elements_of(offence, on)
    matter = Matter.objects.create(
        number=get_random_string(20),
        title_zh=(title_zh or title_en).strip(),
        title_en=title_en.strip(),
        offence=offence,
        act_on=on,
        organisation=_unit_of(actor),
        opened_by=actor.id,
    )
    matter.number = f"M-{on.year}-{matter.pk:06d}"
    matter.save(update_fields=["number"])
    _tell(actor, matter, "matters.opened", "立案登记", "Matter opened")
    _add_party(matter, matter.organisation, Role.HANDLER)
    for organisation, role in _pairs(parties):
        add_party(actor=actor, matter=matter, organisation=organisation, role=role)
    kinds = MatterRecord.Kind
    for kind, keys in ((kinds.LEAD, lead_ids), (kinds.ENTITY, entity_ids), (kinds.EXHIBIT, exhibit_ids)):
        for key in keys:
            join_record(actor=actor, matter=matter, kind=kind, key=str(key))
    return matter


@transaction.atomic
def add_party(*, actor: Actor, matter: Matter, organisation: Organisation, role: str) -> MatterParty:
    """Give an organisation a role in a matter; giving it twice changes nothing. Raises NotAllowed, MatterError."""
    policies.check_may_work_on(actor, matter.organisation_id)
    if role not in Role.values:
        raise MatterError(
            _("There is no role %(role)s in a matter; expected one of %(values)s.")
            % {"role": role, "values": ", ".join(Role.values)}
        )
    party, new = _add_party(matter, organisation, Role(role))
    if new:
        zh, en = both(Role(role).label)
        name_en = organisation.name_en or organisation.name
        _tell(
            actor, matter, "matters.party_added", f"{organisation.name}加入，角色：{zh}", f"{name_en} joined as: {en}",
            organisation=organisation.pk, role=role,
        )  # fmt: skip
    return party


@transaction.atomic
def join_record(*, actor: Actor, matter: Matter, kind: str, key: str) -> MatterRecord:
    """Join a lead, a subject or an exhibit; joining it twice changes nothing.

    Raises NotAllowed, MatterError for a record that does not exist or that the actor may not see.
    """
    policies.check_may_work_on(actor, matter.organisation_id)
    found = records.look_up(kind, key, actor)
    if found is None and records.installed(kind):
        raise MatterError(
            _("There is no %(kind)s %(key)s that you may see.") % {"kind": kind, "key": key},
            mend=_("Open it from its list and try again."),
        )
    record, new = MatterRecord.objects.get_or_create(
        matter=matter,
        kind=kind,
        key=found.key if found else key,
        defaults={"title": found.title if found else key, "joined_by": actor.id},
    )
    if new:
        zh = {"lead": "线索", "entity": "主体", "exhibit": "证据"}[kind]
        _tell(
            actor, matter, "matters.record_joined", f"并入{zh}“{record}”", f"Joined {kind} {record}",
            kind=kind, key=record.key,
        )  # fmt: skip
    if new and found is not None:
        records.note_matter(kind, found, actor, matter.number, matter.get_absolute_url())
    return record


@transaction.atomic
def add_fact(
    actor: Actor,
    matter: Matter,
    statement_zh: str = "",
    statement_en: str = "",
    elements_supported: Iterable[str | tuple[str, str]] = (),
    exhibit_ids: Iterable[object] = (),
    standing: str = Fact.Standing.TO_PROVE,
) -> Fact:
    """State one fact, the elements that it bears on (a key, or key and stance), and the joined exhibits behind it.

    Raises NotAllowed, MatterError (empty statement, unknown element, an exhibit that is not joined to the matter).
    """
    policies.check_may_work_on(actor, matter.organisation_id)
    if not statement_zh.strip() and not statement_en.strip():
        raise MatterError(
            _("A fact needs one sentence."), mend=_("Assert one thing, with who, what and when.")
        )
    Matter.objects.select_for_update().get(pk=matter.pk)
    last = matter.facts.aggregate(last=Max("number"))["last"] or 0
    fact = Fact.objects.create(
        matter=matter,
        number=last + 1,
        statement_zh=statement_zh.strip(),
        statement_en=statement_en.strip(),
        standing=Fact.Standing(standing),
        stated_by=actor.id,
    )
    _tell(
        actor,
        matter,
        "matters.fact_added",
        f"新增事实{fact.name}",
        f"Fact {fact.name} stated",
        fact=fact.number,
    )
    for item in elements_supported:
        element, stance = item if isinstance(item, tuple) else (item, FactElement.Stance.SUPPORTS)
        bear_on(actor=actor, fact=fact, element=element, stance=stance)
    for key in exhibit_ids:
        link_exhibit(actor=actor, fact=fact, key=str(key))
    return fact


@transaction.atomic
def bear_on(
    *, actor: Actor, fact: Fact, element: str, stance: str = FactElement.Stance.SUPPORTS
) -> FactElement:
    """Say that a fact supports or contradicts an element of the matter's offence."""
    matter = fact.matter
    policies.check_may_work_on(actor, matter.organisation_id)
    known = [elements.key_of(rule) for rule in elements.elements_of(matter.offence, matter.act_on)]
    if element not in known or stance not in FactElement.Stance.values:
        raise MatterError(
            _("%(offence)s has no element %(element)s; it has %(known)s.")
            % {"offence": matter.offence, "element": element, "known": ", ".join(known)}
        )
    link, _new = FactElement.objects.update_or_create(fact=fact, element=element, defaults={"stance": stance})
    ledger.record(
        actor=actor, verb="matters.fact_bears_on", target=f"matters/{matter.number}",
        detail={"fact": fact.number, "element": element, "stance": stance},
    )  # fmt: skip
    return link


@transaction.atomic
def link_exhibit(*, actor: Actor, fact: Fact, key: str, passage: str = "") -> FactExhibit:
    """Put a joined exhibit behind a fact. Raises MatterError if the exhibit is not joined to the fact's matter."""
    matter = fact.matter
    policies.check_may_work_on(actor, matter.organisation_id)
    found = records.look_up(MatterRecord.Kind.EXHIBIT, key, actor)
    record = matter.records.filter(kind=MatterRecord.Kind.EXHIBIT, key=found.key if found else key).first()
    if record is None:
        raise MatterError(
            _("Exhibit %(key)s is not joined to %(number)s.") % {"key": key, "number": matter.number},
            mend=_("Join it to the matter first."),
        )
    link, new = FactExhibit.objects.get_or_create(
        fact=fact, record=record, defaults={"passage": passage, "linked_by": actor.id}
    )
    if new:
        _tell(
            actor, matter, "matters.exhibit_linked", f"{fact.name}关联证据{record}",
            f"Exhibit {record} linked to {fact.name}", fact=fact.number, key=key,
        )  # fmt: skip
    return link


@transaction.atomic
def set_standing(*, actor: Actor, fact: Fact, standing: str) -> Fact:
    """Say how a fact is treated: undisputed, denied, to be proven, uncertain."""
    policies.check_may_work_on(actor, fact.matter.organisation_id)
    if standing not in Fact.Standing.values:
        raise MatterError(
            _("A fact has no standing %(standing)s; expected one of %(values)s.")
            % {"standing": standing, "values": ", ".join(Fact.Standing.values)}
        )
    fact.standing = standing
    fact.save(update_fields=["standing"])
    zh, en = both(Fact.Standing(standing).label)
    _tell(
        actor, fact.matter, "matters.fact_standing_set", f"{fact.name}：{zh}", f"{fact.name}: {en}",
        fact=fact.number, standing=standing,
    )  # fmt: skip
    return fact


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    matter: Matter,
    title: str,
    organisation: Organisation | None = None,
    due_on: date | None = None,
) -> Task:
    """Add something to do, by an organisation that sees the file (default: the handling unit)."""
    policies.check_may_work_on(actor, matter.organisation_id)
    if not title.strip():
        raise MatterError(_("A task needs a title."), mend=_("Say what is to be done."))
    task = Task.objects.create(
        matter=matter,
        title=title.strip(),
        organisation=organisation or matter.organisation,
        due_on=due_on,
        added_by=actor.id,
    )
    _tell(
        actor,
        matter,
        "matters.task_added",
        f"新增待办：{task.title}",
        f"Task added: {task.title}",
        task=task.pk,
    )
    return task


@transaction.atomic
def finish_task(*, actor: Actor, task: Task) -> Task:
    """Mark a task done; doing it twice changes nothing."""
    policies.check_may_work_on(actor, task.matter.organisation_id)
    if task.done_at is None:
        task.done_at, task.done_by = timezone.now(), actor.id
        task.save(update_fields=["done_at", "done_by"])
        _tell(
            actor,
            task.matter,
            "matters.task_done",
            f"完成待办：{task.title}",
            f"Task done: {task.title}",
            task=task.pk,
        )
    return task


@transaction.atomic
def move_matter(*, actor: Actor, matter: Matter, verb: str, reason: str = "") -> Matter:
    """Move a matter on by a verb of the table, and start, pause, resume or end its case clock.

    Raises NotAllowed, MatterError where the table has no such move or a needed reason is missing.
    """
    policies.check_may_work_on(actor, matter.organisation_id)
    locked = Matter.objects.select_for_update().select_related("organisation").get(pk=matter.pk)
    move = policies.check_move(locked.status, verb, reason)
    source, locked.status = locked.status, move.target
    locked.save(update_fields=["status"])
    zh, en = both(move.label)
    said = reason.strip()
    _tell(
        actor, locked, "matters.moved", f"{zh}：{said}" if said else zh, f"{en}: {said}" if said else en,
        source=source, target=move.target, move=verb,
    )  # fmt: skip
    _move_clocks(locked, verb, reason)
    return locked


def _move_clocks(matter: Matter, verb: str, reason: str) -> None:
    now = timezone.now()
    today = now.astimezone(BEIJING).date()
    running = matter.clocks.filter(rule_id=clocks.CASE_DECISION)
    if verb == "investigate" and matter.organisation.kind_id in ADMINISTRATIVE:
        clocks.start(
            rule_id=clocks.CASE_DECISION,
            trigger_at=now,
            organisation_id=matter.organisation_id,
            matter=matter,
            trigger_target=f"matters/{matter.number}",
        )
    elif verb == "suspend":
        clocks.pause(running.filter(state=Clock.State.RUNNING), reason, today)
    elif verb == "resume":
        clocks.resume(running.filter(state=Clock.State.PAUSED), today)
    elif verb in ("decide", "refer", "close"):
        for clock in running.filter(state__in=[Clock.State.RUNNING, Clock.State.PAUSED]):
            clocks.stop(clock, Clock.State.MET, reason, now)


def _unit_of(actor: Actor) -> Organisation:
    if actor.organisation_id is None:
        raise MatterError(
            _("A matter belongs to a unit, and this actor has none."), mend=_("Open it as an inspector.")
        )
    return Organisation.objects.get(pk=actor.organisation_id)


def _pairs(parties: Parties) -> list[tuple[Organisation, str]]:
    if isinstance(parties, Mapping):
        return [(organisation, role) for role, organisation in parties.items()]
    return list(parties)


def _add_party(matter: Matter, organisation: Organisation, role: Role) -> tuple[MatterParty, bool]:
    return MatterParty.objects.get_or_create(
        matter=matter, organisation=organisation, role=role, left_at=None
    )


def _tell(actor: Actor, matter: Matter, verb: str, zh: str, en: str, **detail: object) -> None:
    """One line in the matter's history and one entry in the ledger, in the caller's transaction."""
    MatterEvent.objects.create(
        matter=matter,
        verb=verb,
        text_zh=zh[:500],
        text_en=en[:500],
        actor_id=actor.id,
        organisation_id=actor.organisation_id,
    )
    ledger.record(actor=actor, verb=verb, target=f"matters/{matter.number}", detail=detail)
