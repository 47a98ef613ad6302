"""``intake``: take files into a pool of the node's lake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from joinder.pools.checking import Checker
from joinder.pools.committing import commit
from joinder.pools.disk import explained_failures, locked
from joinder.pools.errors import SourceError
from joinder.pools.lake import PoolKind, check_pool_name
from joinder.pools.mapping import Mapping, check_kind
from joinder.pools.mappingfile import parse_mapping
from joinder.pools.rejects import Finding, Level
from joinder.pools.sources import open_source
from joinder.pools.staging import BATCH_ROWS, CHUNK_ROWS, Incoming, Staging
from joinder.vocabulary.digests import digest_file
from joinder.vocabulary.errors import JoinderError, UsageError
from joinder.vocabulary.kinds import RecordKind, kind_named
from joinder.vocabulary.node import NodeHome
from joinder.vocabulary.progress import NO_PROGRESS, Progress

_SAMPLE_ROWS = 5
_SAMPLE_FINDINGS = 20


@dataclass(frozen=True)
class IntakeReport:
    """What an intake did, or with ``dry_run`` would do.

    read: rows seen; added: new records; changed: new versions of known records; unchanged: rows that repeat what
    the pool holds (None in a dry run, which does not compare). rejected: rows left out; emptied: values left out;
    doubtful: values to look at. resumed: rows that a killed run had already staged. already: files that the pool
    had taken in before with the same mapping. ignored: columns that no field uses. sample, findings: the first rows
    as they would be stored and the first findings.
    """

    pool: str
    kind: str
    dry_run: bool
    files: tuple[str, ...]
    already: tuple[str, ...] = ()
    read: int = 0
    added: int | None = 0
    changed: int | None = 0
    unchanged: int | None = 0
    rejected: int = 0
    emptied: int = 0
    doubtful: int = 0
    resumed: int = 0
    rows_in_pool: int = 0
    ignored: tuple[str, ...] = ()
    run: str | None = None
    sample: tuple[dict[str, Any], ...] = ()
    findings: tuple[dict[str, Any], ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self)


def intake(
    home: NodeHome,
    pool: str,
    kind: str,
    files: Iterable[Path],
    mapping: Mapping | None = None,
    dry_run: bool = False,
    progress: Progress = NO_PROGRESS,
    chunk_rows: int = CHUNK_ROWS,
) -> IntakeReport:
    """Take files into ``home.pools/<pool>/<kind>/``.

    mapping: how columns become fields; without one, the mapping last used for this pool and kind, else the fields'
    own names. All files are opened and checked before a row is stored. Either all files become part of the pool or
    none does. Taking in the same files again changes nothing; running it again after a kill goes on.
    Raises SourceError, MappingError, PoolBusy, DiskFull or LakeError; the pool is then as it was before.
    """
    record_kind = kind_named(kind)
    place = PoolKind(home, check_pool_name(pool), record_kind)
    paths = [Path(file) for file in files]
    if not paths:
        raise UsageError(
            "No file was named.", mend="Name one or more CSV, TSV, JSON, JSONL or Parquet files."
        )
    manifest = place.manifest()
    if mapping is None and manifest.mapping is not None:
        mapping = parse_mapping(manifest.mapping, f"the mapping kept with {pool}")
    incoming = _open_all(paths, record_kind, mapping)
    known = {(source.digest, source.mapping) for source in manifest.sources}
    fresh, already = _split(incoming, known)
    report = IntakeReport(
        pool,
        kind,
        dry_run,
        files=tuple(str(one.path) for one in fresh),
        already=already,
        rows_in_pool=manifest.rows,
        ignored=tuple(dict.fromkeys(name for one in fresh for name in one.checker.ignored)),
    )
    if dry_run:
        return _dry(report, fresh, progress)
    if not fresh:
        return report
    with locked(home.pools, pool):
        return _take_in(report, Staging(place, fresh, chunk_rows), mapping, progress)


def _open_all(paths: list[Path], kind: RecordKind, mapping: Mapping | None) -> list[Incoming]:
    if mapping is not None:
        check_kind(mapping, kind.name)
    incoming = []
    for path in paths:
        source = open_source(path, mapping.source if mapping else None)
        try:
            digest = digest_file(path)
        except OSError as error:
            raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
        incoming.append(Incoming(path, digest, Checker(kind, source, mapping)))
    return incoming


def _split(
    incoming: list[Incoming], known: set[tuple[str, str | None]]
) -> tuple[list[Incoming], tuple[str, ...]]:
    fresh: list[Incoming] = []
    already: list[str] = []
    seen = set(known)
    for one in incoming:
        name = (one.digest, one.mapping_digest)
        if name in seen:
            already.append(str(one.path))
        else:
            seen.add(name)
            fresh.append(one)
    return fresh, tuple(already)


def _take_in(
    report: IntakeReport, staging: Staging, mapping: Mapping | None, progress: Progress
) -> IntakeReport:
    place = staging.place
    try:
        with explained_failures(place.folder):
            with progress.stage("intake", _expected_rows(staging.incoming)) as stage:
                staging.fill(stage)
            findings = tuple(islice(staging.findings(), _SAMPLE_FINDINGS))
            done = commit(staging, mapping.text if mapping else None)
    except JoinderError:
        # The same command could not go on from here (the file or the disk must be mended first), so nothing is kept.
        staging.discard()
        raise
    run = done.run
    return IntakeReport(
        report.pool,
        report.kind,
        dry_run=False,
        files=report.files,
        already=report.already,
        read=run.read,
        added=run.added,
        changed=run.changed,
        unchanged=run.unchanged,
        rejected=run.rejected,
        emptied=run.emptied,
        doubtful=run.doubtful,
        resumed=staging.resumed_rows,
        rows_in_pool=done.manifest.rows,
        ignored=report.ignored,
        run=run.id,
        findings=findings,
    )


def _dry(report: IntakeReport, fresh: list[Incoming], progress: Progress) -> IntakeReport:
    read, levels = 0, dict.fromkeys(Level, 0)
    sample: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    with progress.stage("dry run", _expected_rows(fresh)) as stage:
        for one in fresh:
            for raw in one.checker.source.batches(BATCH_ROWS, one.checker.needed):
                checked = one.checker.check(raw)
                read += checked.read
                _count(checked.findings, levels)
                sample += checked.batch.slice(0, _SAMPLE_ROWS - len(sample)).to_pylist()
                for finding in checked.findings[: _SAMPLE_FINDINGS - len(findings)]:
                    findings.append({"source": one.path.name, **finding.as_json()})
                stage.advance(checked.read, note=one.path.name)
    return IntakeReport(
        report.pool,
        report.kind,
        dry_run=True,
        files=report.files,
        already=report.already,
        read=read,
        added=None,
        changed=None,
        unchanged=None,
        rejected=levels[Level.REJECTED],
        emptied=levels[Level.EMPTIED],
        doubtful=levels[Level.DOUBTFUL],
        rows_in_pool=report.rows_in_pool,
        ignored=report.ignored,
        sample=tuple(sample),
        findings=tuple(findings),
    )


def _count(findings: list[Finding], levels: dict[Level, int]) -> None:
    rejected = {finding.row for finding in findings if finding.level is Level.REJECTED}
    levels[Level.REJECTED] += len(rejected)
    for finding in findings:
        if finding.level is not Level.REJECTED and finding.row not in rejected:
            levels[finding.level] += 1


def _expected_rows(incoming: list[Incoming]) -> float | None:
    """Rows to come, known beforehand for Parquet only."""
    rows = [getattr(one.checker.source, "rows", None) for one in incoming]
    return float(sum(rows)) if all(isinstance(n, int) for n in rows) else None  # type: ignore[arg-type]
