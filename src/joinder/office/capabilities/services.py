"""The verbs: publish a capability, retire it, call it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinder.office.capabilities.descriptor import Descriptor
from joinder.office.capabilities.errors import CallDenied, QuotaUsedUp
from joinder.office.capabilities.models import Capability, Kind
from joinder.office.capabilities.policy import Decision
from joinder.office.jobs import services as jobs
from joinder.office.jobs.models import Job
from joinder.office.jobs.states import State
from joinder.office.ledger import services as ledger
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed
from joinder.office.people.models import Organisation
from joinder.vocabulary.digests import canonical_json, digest_bytes

#: The job kind that carries out a local capability (``handlers.run_local``); the others wait for their provider.
JOB_KIND = {"local": "capabilities.local", "people": "capabilities.people", "pull": "capabilities.pull"}


def check_may_publish(actor: Actor, provider: Organisation) -> None:
    """Raises NotAllowed unless the actor administers the provider or approves for it."""
    own = actor.organisation_id == provider.pk and actor.capacity in {"administrator", "approver"}
    if not (actor.is_system or own):
        raise NotAllowed(
            _("Capabilities of %(provider)s are published by its administrator or approver.")
            % {"provider": provider}
        )


@transaction.atomic
def publish(*, actor: Actor, provider: Organisation, descriptor: Descriptor) -> Capability:
    """Put a descriptor in force; the same content again changes nothing, other content retires the version before.

    Raises NotAllowed, or where the name belongs to another organisation.
    """
    check_may_publish(actor, provider)
    now = timezone.now()
    before = Capability.objects.select_for_update().current().filter(key=descriptor["id"]).first()
    if before is not None and before.provider_id != provider.pk:
        raise NotAllowed(
            _("%(id)s belongs to %(provider)s.") % {"id": descriptor["id"], "provider": before.provider},
            mend=_("Choose another id for your own."),
        )
    if before is not None and before.digest == descriptor.digest:
        return before
    if before is not None:
        before.retired_at = now
        before.save(update_fields=["retired_at"])
    kinds = {
        kind
        for rule in descriptor["policy"]["rules"]
        if rule["effect"] != "deny"
        for kind in rule.get("organisation_kinds", [])
    }
    made = Capability.objects.create(
        key=descriptor["id"],
        kind=descriptor["kind"],
        provider=provider,
        version=descriptor["version"],
        title_zh=descriptor["title"]["zh"],
        title_en=descriptor["title"]["en"],
        descriptor=descriptor.content,
        digest=descriptor.digest,
        askable_by=f",{','.join(sorted(kinds))}," if kinds else "",
        published_at=now,
    )
    _record(actor, "capabilities.published", made, version=made.version, digest=made.digest)
    return made


@transaction.atomic
def retire(*, actor: Actor, capability: Capability) -> None:
    """Take a capability out of the catalogue; its jobs go on."""
    check_may_publish(actor, capability.provider)
    capability.retired_at = timezone.now()
    capability.save(update_fields=["retired_at"])
    _record(actor, "capabilities.retired", capability)


def call(
    *,
    actor: Actor,
    capability: Capability,
    inputs: Mapping[str, Any],
    purpose: str,
    legal_basis: str = "",
    matter: str = "",
    idempotency_key: str = "",
) -> Job:
    """Ask a capability. Returns its job: queued if the policy permits, proposed if the provider must approve.

    Raises InputInvalid (every fault listed), CallDenied (with the rule; the refusal is recorded), QuotaUsedUp,
    IdempotencyConflict.
    """
    descriptor = capability.parsed
    descriptor.check_input(dict(inputs))
    decision = _decision(actor, capability, purpose, legal_basis)
    if decision.effect == "deny":
        _record(actor, "capabilities.refused", capability, purpose=purpose, rule=decision.rule)
        raise CallDenied(decision.reason)
    payload = {
        "capability": capability.key,
        "version": capability.digest,
        "input": dict(inputs),
        "purpose": purpose,
        "legal_basis": legal_basis,
        "matter": matter,
    }
    with transaction.atomic():
        Capability.objects.select_for_update().get(pk=capability.pk)  # one asker at a time counts the quota
        _check_quota(actor, capability, idempotency_key)
        return jobs.enqueue(
            kind=JOB_KIND[descriptor["transport"]],
            capability=capability.key,
            payload=payload,
            actor=actor,
            title_zh=capability.title_zh,
            title_en=capability.title_en,
            provider_id=capability.provider_id,
            transport=descriptor["transport"],
            state=State.PROPOSED if decision.effect == "ask" else State.QUEUED,
            effects_external=descriptor["effects"] == "external",
            idempotency_key=idempotency_key,
            policy=decision.to_json(),
            expires_at=_expiry(descriptor),
        )


def _decision(actor: Actor, capability: Capability, purpose: str, legal_basis: str) -> Decision:
    """The policy's decision; the node's own operator, at the machine, is permitted all but actions."""
    if not actor.is_system:
        return capability.decision_for(actor, purpose, legal_basis)
    digest = digest_bytes(canonical_json(capability.descriptor["policy"]))
    effect = "ask" if capability.kind == Kind.ACTION else "permit"
    said = ("由节点操作员在本机提出。", "Asked by the node's operator at this machine.")
    return Decision(effect, None, *said, policy_digest=digest)


def _expiry(descriptor: Descriptor) -> Any:
    days = descriptor.get("max_days")
    return timezone.now() + timedelta(days=days) if days else None


def _check_quota(actor: Actor, capability: Capability, idempotency_key: str) -> None:
    """Count in the same transaction that adds the job; a repeated key costs nothing."""
    limit = capability.descriptor.get("quota", {}).get("per_day")
    if not limit:
        return
    if actor.organisation_id is None:
        return  # the node's own operator
    mine = Job.objects.filter(
        capability=capability.key,
        organisation_id=actor.organisation_id,
        created_at__gte=timezone.now() - timedelta(days=1),
    ).exclude(state__in=[State.DENIED])
    if idempotency_key and mine.filter(idempotency_key=idempotency_key, actor_key=actor.id).exists():
        return
    if mine.count() >= limit:
        raise QuotaUsedUp(
            _("Your organisation asked %(capability)s %(limit)s times in 24 hours, which is its quota.")
            % {"capability": capability, "limit": limit},
            mend=_("Ask again later, or ask the provider for a higher quota."),
        )


def _record(actor: Actor, verb: str, capability: Capability, **detail: Any) -> None:
    ledger.record(actor=actor, verb=verb, target=f"capabilities/{capability.key}", detail=detail)
