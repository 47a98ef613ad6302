"""Carrying out local capabilities, and what any answer of a capability must be."""

from __future__ import annotations

from typing import Any

from joinder.office.capabilities.errors import DescriptorInvalid
from joinder.office.capabilities.models import Capability
from joinder.office.capabilities.policy import granularity_allowed, lower
from joinder.office.jobs import acceptance, registry
from joinder.office.jobs.context import JobContext
from joinder.office.jobs.models import Job


def version_of(job: Job) -> Capability | None:
    """The capability in the version that was asked, or None for a job of another kind."""
    if not job.capability:
        return None
    return Capability.objects.filter(key=job.capability, digest=job.payload.get("version", "")).first()


def granularity_of(job: Job, capability: Capability) -> str:
    """How fine this job's answer may be: what the pool offers, lowered by the decision's obligations."""
    return granularity_allowed(str(capability.descriptor["granularity"]), job.policy.get("obligations", []))


@registry.handler("capabilities.local")
def run_local(payload: dict[str, Any], context: JobContext) -> Any:
    """Run the handler that the descriptor names, in the version that was asked.

    It is given the payload with ``parameters`` of the descriptor, and for a pool ``granularity``; a pool's handler
    answers ``{"count": n}`` (and ``records`` only where allowed).
    """
    capability = version_of(context.job)
    if capability is None:
        raise DescriptorInvalid(f"{payload['capability']} is not here in the version that was asked.")
    given = {**payload, "parameters": capability.descriptor.get("parameters", {})}
    if capability.kind == "pool":
        given["granularity"] = granularity_of(context.job, capability)
    return registry.handler_of(str(capability.descriptor.get("handler")))(given, context)


def check_answer(job: Job, result: Any) -> Any:
    """Lower a pool's answer to what is allowed, and hold every answer against the output schema.

    A provider that answers more finely than the decision allows discloses nothing by it.
    """
    capability = version_of(job)
    if capability is None:
        return result
    if capability.kind == "pool":
        result = lower(dict(result), granularity_of(job, capability))
    capability.parsed.check_output(result)
    return result


acceptance.register(check_answer)
