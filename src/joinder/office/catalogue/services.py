"""The verbs about pools: register, change, receive a file, start an intake, note one done elsewhere, ask."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from joinder.office.catalogue import files, policies
from joinder.office.catalogue.errors import PoolError, UploadRefused
from joinder.office.catalogue.models import (
    Audience,
    Granularity,
    IngestRun,
    Pool,
    Purpose,
    Sensitivity,
    Upload,
)
from joinder.office.jobs import services as jobs
from joinder.office.ledger import services as ledger
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.pools import IntakeReport, PoolMissing, count_where, parse_mapping, summarise_kind
from joinder.pools.errors import SourceError
from joinder.pools.lake import check_pool_name
from joinder.pools.mapping import check_kind
from joinder.pools.sources import SourceOptions, open_source
from joinder.vocabulary.digests import canonical_json, digest_bytes
from joinder.vocabulary.kinds import kind_named

CHANGEABLE = (
    "title_zh", "title_en", "legal_basis", "purposes", "sensitivity", "granularity", "audience", "fresh_days",
)  # fmt: skip


@transaction.atomic
def register_pool(
    *, actor: Actor, owner: Organisation, name: str, kind: str, title_zh: str, title_en: str, **rules: Any
) -> Pool:
    """Enter a pool in the catalogue. It may hold data already (taken in by command) or none yet.

    rules: legal_basis, purposes, sensitivity, granularity, audience, fresh_days. Raises NotAllowed, PoolError (the
    name taken, a shared pool without a legal basis or purposes) and UsageError (a name or kind that cannot be).
    """
    policies.check_may_register(actor)
    if not actor.is_system and owner.pk != actor.organisation_id:
        raise PoolError(_("A pool is registered by its owner's own members."))
    check_pool_name(name)
    kind_named(kind)
    if Pool.objects.filter(name=name, kind=kind).exists():
        raise PoolError(
            _("The pool %(name)s with records of this kind is already there.") % {"name": name},
            mend=_("Open it from the catalogue."),
        )
    pool = Pool(name=name, kind=kind, owner=owner, title_zh=title_zh, title_en=title_en, **_checked(rules))
    _check_shared(pool)
    _count(pool)
    pool.save(force_insert=True)
    _record(actor, "catalogue.pool_registered", pool, kind=kind, audience=pool.audience)
    return pool


@transaction.atomic
def change_pool(*, actor: Actor, pool: Pool, **changes: Any) -> Pool:
    """Change a pool's titles and rules; what was before stands in the ledger. Raises NotAllowed, PoolError."""
    policies.check_may_manage(actor, pool)
    pool = Pool.objects.select_for_update().get(pk=pool.pk)
    before = {name: getattr(pool, name) for name in CHANGEABLE}
    for name, value in _checked(changes).items():
        setattr(pool, name, value)
    _check_shared(pool)
    pool.save()
    told = {
        name: [before[name], getattr(pool, name)]
        for name in CHANGEABLE
        if before[name] != getattr(pool, name)
    }
    if told:
        _record(actor, "catalogue.pool_changed", pool, **told)
    return pool


def receive_file(*, actor: Actor, pool: Pool, name: str, chunks: Iterable[bytes]) -> Upload:
    """Keep a file for a pool, after a look whether it can be read at all.

    Raises NotAllowed, UploadRefused (empty, too large, no room), SourceError (no known format, no known encoding); the
    file is then not kept.
    """
    policies.check_may_manage(actor, pool)
    stored = files.store(name, chunks)
    try:
        _look(stored.path)
        with transaction.atomic():
            upload = Upload.objects.create(
                pool=pool,
                name=files.plain_name(name),
                stored=stored.path,
                digest=stored.digest,
                size=stored.size,
                received_by=actor.id,
            )
            _record(actor, "catalogue.file_received", pool, digest=stored.digest, size=stored.size)
    except BaseException:
        files.remove(stored.path)
        raise
    return upload


def _look(stored: str) -> None:
    path = files.path_of(stored)
    try:
        open_source(path, SourceOptions()).columns()
    except SourceError as error:
        # The reader of the page knows the file's name, not where the node keeps it.
        said, zh = (text.replace(str(path), path.name) for text in (error.message, error.said_zh))
        raise SourceError(said, mend=error.mend, zh=zh) from None


def start_intake(
    *, actor: Actor, pool: Pool, upload: Upload, mapping: str, dry_run: bool = False
) -> IngestRun:
    """Ask the job that takes an uploaded file in with this mapping ("" where the columns have the fields' names).

    The same file with the same mapping is asked once. Raises NotAllowed, MappingError naming what is wrong.
    """
    policies.check_may_manage(actor, pool)
    if upload.pool_id != pool.pk or upload.removed_at is not None:
        raise UploadRefused(
            _("%(file)s is no longer there.") % {"file": upload.name}, mend=_("Upload it again.")
        )
    if mapping:
        check_kind(parse_mapping(mapping), pool.kind)
    payload = {"pool": pool.pk, "upload": upload.pk, "mapping": mapping, "dry_run": dry_run}
    verb_zh, verb_en = ("试接入", "Try out") if dry_run else ("接入", "Take in")
    with transaction.atomic():
        job = jobs.enqueue(
            kind="catalogue.intake",
            payload=payload,
            actor=actor,
            title_zh=f"{verb_zh}：{upload.name} → {pool.title_zh}",
            title_en=f"{verb_en}: {upload.name} → {pool.title_en}",
            idempotency_key=digest_bytes(canonical_json(payload)),
        )
        run, made = IngestRun.objects.get_or_create(
            job=job,
            defaults={
                "pool": pool,
                "upload": upload,
                "files": [{"name": upload.name, "digest": upload.digest}],
                "mapping": mapping,
                "dry_run": dry_run,
                "started_by": actor.id,
            },
        )
        if made:
            _record(
                actor, "catalogue.intake_started", pool, run=run.pk, dry_run=dry_run, digest=upload.digest
            )
    return run


def finish_intake(*, actor: Actor, run: IngestRun, report: IntakeReport) -> IngestRun:
    """Store what an intake did and renew the pool's numbers. Called in the transaction of the job's result."""
    told = report.as_json()
    # Where a file lay on this machine is nobody's business on a page.
    told.update({name: [PurePath(file).name for file in told[name]] for name in ("files", "already")})
    run.report, run.finished_at = json.loads(json.dumps(told, default=str)), timezone.now()
    run.save(update_fields=["report", "finished_at"])
    if not report.dry_run:
        _renew(run.pool, run.finished_at)
        if run.upload is not None:
            Upload.objects.filter(pk=run.upload.pk).update(removed_at=run.finished_at)
    counts = {name: value for name, value in run.counts.items() if value}
    _record(actor, "catalogue.intake_finished", run.pool, run=run.pk, dry_run=run.dry_run, **counts)
    return run


@transaction.atomic
def note_intake(
    *,
    actor: Actor,
    owner: Organisation,
    report: IntakeReport,
    title_zh: str = "",
    title_en: str = "",
    **rules: Any,
) -> Pool:
    """Enter an intake that a command did: register the pool if it is new, and keep the report.

    A pool that belongs to another organisation keeps its owner. A dry run is not entered.
    """
    pool = Pool.objects.filter(name=report.pool, kind=report.kind).first()
    if pool is None:
        pool = register_pool(
            actor=actor,
            owner=owner,
            name=report.pool,
            kind=report.kind,
            title_zh=title_zh or report.pool,
            title_en=title_en or report.pool,
            **rules,
        )
    if report.dry_run or not report.files:
        return pool
    run = IngestRun.objects.create(
        pool=pool, files=[{"name": PurePath(name).name} for name in report.files], started_by=actor.id
    )
    return finish_intake(actor=actor, run=run, report=report).pool


@dataclass(frozen=True)
class Answer:
    """What a pool answered. count is None where it answers yes or no only. as_of: when the pool was last renewed."""

    granularity: str
    exists: bool
    count: int | None
    as_of: datetime | None


@transaction.atomic
def ask(
    *,
    actor: Actor,
    pool: Pool,
    where: Mapping[str, str],
    purpose: str,
    legal_basis: str = "",
    matter: str = "",
) -> Answer:
    """Ask how many records fit. The data stays; question and answer are in the ledger.

    Raises QuestionRefused (audience, purpose, legal basis) and UsageError (an unknown field, a value that is none).
    """
    terms = policies.check_terms(actor, pool, purpose, legal_basis)
    count = count_in(pool, where)
    fine = terms.granularity == "count"
    answer = Answer(terms.granularity, count > 0, count if fine else None, pool.renewed_at)
    ledger.record_read(
        actor=actor,
        verb="catalogue.asked",
        target=f"catalogue/{pool.pk}",
        # The values asked for may name a person, so the ledger keeps the fields and a digest of the question.
        detail={
            "fields": sorted(where),
            "question": digest_bytes(canonical_json(dict(where))),
            "purpose": purpose,
            "legal_basis": legal_basis,
            "matter": matter,
            "granularity": answer.granularity,
            "exists": answer.exists,
            "count": answer.count,
        },
    )
    return answer


def count_in(pool: Pool, where: Mapping[str, str]) -> int:
    """How many records fit, without policy and ledger; none for a pool that holds no data yet."""
    try:
        return count_where(settings.HOME, pool.name, pool.kind, where)
    except PoolMissing:
        return 0


_CHOICES: dict[str, type[TextChoices]] = {
    "sensitivity": Sensitivity,
    "granularity": Granularity,
    "audience": Audience,
}


def _checked(rules: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(rules) - set(CHANGEABLE))
    if unknown:
        raise PoolError(f"A pool has no {', '.join(unknown)}; it has {', '.join(CHANGEABLE)}.")
    for field, choices in _CHOICES.items():
        if field in rules and rules[field] not in choices.values:
            raise PoolError(f"{rules[field]!r} is no {field} of a pool; known: {', '.join(choices.values)}.")
    strange = [code for code in rules.get("purposes", ()) if code not in Purpose.values]
    if strange:
        raise PoolError(f"Not a purpose: {', '.join(map(str, strange))}; known: {', '.join(Purpose.values)}.")
    return {**rules, "purposes": sorted(rules["purposes"])} if "purposes" in rules else dict(rules)


def _check_shared(pool: Pool) -> None:
    if pool.audience != Audience.OWN and not (pool.legal_basis.strip() and pool.purposes):
        raise PoolError(
            _("A pool that others may ask needs a legal basis and at least one purpose."),
            mend=_("State both, or keep the pool to its owner."),
        )


def _renew(pool: Pool, at: datetime) -> None:
    pool.renewed_at = at
    _count(pool)
    pool.save(update_fields=["renewed_at", "records", "rejected"])


def _count(pool: Pool) -> None:
    try:
        held = summarise_kind(settings.HOME, pool.name, pool.kind)
    except PoolMissing:
        return
    pool.records, pool.rejected = held.rows, held.rejected


def _record(actor: Actor, verb: str, pool: Pool, **detail: Any) -> None:
    ledger.record(actor=actor, verb=verb, target=f"catalogue/{pool.pk}", detail={"pool": pool.name, **detail})
