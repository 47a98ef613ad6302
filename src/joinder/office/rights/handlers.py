"""Jobs of the rights: importing a pool."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from joinder.office.jobs import registry
from joinder.office.jobs.context import JobContext
from joinder.office.rights import importing, services


@registry.handler("rights.import")
def import_pool(payload: dict[str, Any], context: JobContext) -> Any:
    """Read the pool and keep its pictures; the rights land in the transaction of the job's result."""
    prepared = importing.prepare(payload["pool"], context.progress)
    return context.finish(lambda: asdict(services.land_import(actor=context.actor, prepared=prepared)))
