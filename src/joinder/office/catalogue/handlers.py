"""Jobs of the catalogue: taking an uploaded file in, and answering a question that came as a capability."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from joinder.office.catalogue import files, services
from joinder.office.catalogue.errors import QuestionRefused, UploadRefused
from joinder.office.catalogue.models import IngestRun, Pool, Upload
from joinder.office.jobs import registry
from joinder.office.jobs.context import JobContext
from joinder.office.jobs.progress import JobProgress
from joinder.pools import intake, parse_mapping
from joinder.pools.errors import PoolsError
from joinder.vocabulary.errors import JoinderError


@registry.handler("catalogue.intake")
def take_in(payload: dict[str, Any], context: JobContext) -> Any:
    """Take the upload into the lake. The lake is written once by content, so a second worker changes nothing."""
    run = IngestRun.objects.select_related("pool").get(job_id=context.job.pk)
    upload = Upload.objects.get(pk=payload["upload"])
    path = files.path_of(upload.stored)
    if not path.is_file():
        raise UploadRefused(
            _("%(file)s is no longer there.") % {"file": upload.name}, mend=_("Upload it again.")
        )
    mapping = parse_mapping(payload["mapping"]) if payload["mapping"] else None
    pool: Pool = run.pool
    try:
        report = intake(
            settings.HOME, pool.name, pool.kind, [path], mapping, payload["dry_run"], JobProgress(context)
        )
    except JoinderError as error:
        # The job is read in either language, so it keeps both; nobody needs to know where the file lay.
        both = f"{error.zh} {error.message}" if isinstance(error, PoolsError) and error.zh else error.message
        error.message = both.replace(str(path), upload.name)
        raise

    def land() -> dict[str, Any]:
        services.finish_intake(actor=context.actor, run=run, report=report)
        return {"run": run.pk, **{name: value for name, value in run.counts.items() if value is not None}}

    result = context.finish(land)
    if not payload["dry_run"]:
        files.remove(upload.stored)
    return result


@registry.handler("catalogue.count")
def count(payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
    """Answer a capability of kind pool: ``parameters`` name pool and kind, the input's values are the condition.

    The capability's policy has decided who may ask; the pool's own purposes bind it too, whoever asks.
    """
    named, asked = payload.get("parameters", {}), dict(payload.get("input", {}))
    pool = Pool.objects.filter(name=named.get("pool", ""), kind=named.get("kind", "")).first()
    if pool is None:
        raise QuestionRefused(
            f"There is no pool {named.get('pool')!r} with {named.get('kind')!r} records here."
        )
    purpose = str(payload.get("purpose", ""))
    if context.actor.organisation_id != pool.owner_id and pool.purposes and purpose not in pool.purposes:
        raise QuestionRefused("本数据池不得用于该目的。 This pool may not be used for that purpose.")
    where = {str(name): str(value) for name, value in asked.items() if value not in (None, "")}
    return {"count": services.count_in(pool, where)}
