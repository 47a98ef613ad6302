"""Capabilities for machines: list, publish, ask."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Body, Header, Router, Schema, Status

from joinder.office.capabilities import services
from joinder.office.capabilities.descriptor import parse
from joinder.office.capabilities.models import Capability
from joinder.office.capabilities.purposes import Purpose
from joinder.office.jobs.api import JobOut, job_out
from joinder.office.jobs.states import State
from joinder.office.people.errors import NotAllowed
from joinder.office.people.models import Organisation

router = Router(tags=["capabilities"])
CONTENT = Body(...)


class CapabilityOut(Schema):
    """A capability in the catalogue."""

    id: str
    kind: str
    version: str
    digest: str
    provider: str
    descriptor: dict[str, Any]


class CallIn(Schema):
    """A call of a capability."""

    input: dict[str, Any]
    purpose: Purpose
    legal_basis: str = ""
    matter: str = ""


def _out(capability: Capability) -> CapabilityOut:
    return CapabilityOut(
        id=capability.key,
        kind=capability.kind,
        version=capability.version,
        digest=capability.digest,
        provider=capability.provider.name,
        descriptor=capability.descriptor,
    )


def _visible(request: HttpRequest) -> Any:
    return Capability.objects.visible_to(request.actor).current().select_related("provider")  # type: ignore[attr-defined]


@router.get("/capabilities", response=list[CapabilityOut])
def capabilities(request: HttpRequest, kind: str = "", q: str = "") -> list[CapabilityOut]:
    """The catalogue, at most 200 entries; narrow it with ``kind`` and ``q``."""
    found = _visible(request)
    if kind:
        found = found.filter(kind=kind)
    if q:
        found = found.filter(Q(title_zh__icontains=q) | Q(title_en__icontains=q) | Q(key__icontains=q))
    return [_out(capability) for capability in found[:200]]


@router.get("/capabilities/{key}", response=CapabilityOut)
def capability(request: HttpRequest, key: str) -> CapabilityOut:
    """One capability with its descriptor."""
    return _out(get_object_or_404(_visible(request), key=key))


@router.post("/capabilities", response={201: CapabilityOut})
def publish(request: HttpRequest, descriptor: dict[str, Any] = CONTENT) -> Status[CapabilityOut]:
    """Publish a descriptor for the caller's organisation."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.organisation_id is None:
        raise NotAllowed("Only an organisation publishes capabilities.")
    provider = Organisation.objects.get(pk=actor.organisation_id)
    return Status(201, _out(services.publish(actor=actor, provider=provider, descriptor=parse(descriptor))))


@router.post("/capabilities/{key}/jobs", response={201: JobOut, 202: JobOut})
def call(
    request: HttpRequest,
    response: HttpResponse,
    key: str,
    body: CallIn,
    idempotency_key: str = Header("", alias="Idempotency-Key"),
) -> Status[JobOut]:
    """Ask it: 201 a job, 202 a job that waits for approval, 403 with the rule, 409 same key with another body."""
    job = services.call(
        actor=request.actor,  # type: ignore[attr-defined]
        capability=get_object_or_404(_visible(request), key=key),
        inputs=body.input,
        purpose=body.purpose,
        legal_basis=body.legal_basis,
        matter=body.matter,
        idempotency_key=idempotency_key[:120],
    )
    response.headers["Location"] = f"/api/jobs/{job.public_id}"
    return Status(202 if job.state == State.PROPOSED else 201, job_out(job))
