"""``run``: read, resolve, write, report."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from joinder.resolve import alarms as alarm
from joinder.resolve.engine import Resolution, resolve
from joinder.resolve.inputs import Records, read_inputs
from joinder.resolve.judgements import Judged, Judgement, place
from joinder.resolve.metrics import Metrics, pair_metrics
from joinder.resolve.outcome import edges_table, entities_table, entity_ids, records_table, values_table
from joinder.resolve.spec import Spec, load_spec
from joinder.resolve.store import write_result
from joinder.vocabulary.progress import NO_PROGRESS, Progress

FORMAT = "joinder-resolve/1"


@dataclass(frozen=True)
class Report:
    """What a run did. ``as_dict`` is what stands in report.json."""

    records: int
    entities: int
    largest: int
    pairs_compared: int
    links: int
    alarms: tuple[alarm.Alarm, ...]
    metrics: Metrics | None
    document: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The whole report as plain data."""
        return self.document


def run(
    spec: str | Path | Spec,
    inputs: Sequence[str | Path],
    out_dir: str | Path,
    *,
    truth: str | None = None,
    judgements: Sequence[Judgement] = (),
    progress: Progress = NO_PROGRESS,
) -> Report:
    """Resolve the records of all inputs and write the result folder.

    spec: a file, the name of a spec that ships, or a Spec. truth: a column of known labels to measure against.
    judgements: what people decided; they constrain the result. Nothing is written unless all of it is.
    """
    began = time.perf_counter()
    read = load_spec(spec)
    with progress.stage("read"):
        records = read_inputs(read, inputs, truth)
    judged = place(judgements, records.sources, records.record_ids)
    found = resolve(read, records, judged, progress)
    ids = entity_ids(found.clusters.labels)
    measured = pair_metrics(ids, records.truth) if records.truth is not None else None
    raised = _alarms(found, records, judged)
    with progress.stage("write"):
        linked = found.clusters.labels[found.edges.left] == found.clusters.labels[found.edges.right]
        document = _document(read, records, found, raised, measured, judged, time.perf_counter() - began)
        write_result(
            Path(out_dir),
            {
                "entities.parquet": entities_table(records, ids),
                "edges.parquet": edges_table(
                    records, found.columns, found.edges.left, found.edges.right, found.scores, linked
                ),
                "records.parquet": records_table(records, found.columns),
                "values.parquet": values_table(found.columns),
            },
            {"model.json": _model(read, found), "report.json": document},
        )
    counts = document["counts"]
    return Report(
        counts["records"], counts["entities"], counts["largest_entity"], counts["pairs_compared"], counts["links"],
        tuple(raised), measured, document,
    )  # fmt: skip


def _alarms(found: Resolution, records: Records, judged: Judged) -> list[alarm.Alarm]:
    names = records.record_ids
    return [
        *alarm.column_alarms(found.columns, len(records)),
        *alarm.training_alarms(found.training, found.blocks),
        *alarm.contradiction_alarms([(names[a], names[b]) for a, b in judged.contradictions]),
        *alarm.size_alarms(found.clusters.labels, names),
        *alarm.blocking_alarms(found.blocks),
        *alarm.refusal_alarms(found.clusters, found.edges, names),
        *alarm.density_alarms(found.clusters.labels, found.edges, found.threshold_bits, names),
        *alarm.hub_alarms(found.hubs),
    ]


def _model(spec: Spec, found: Resolution) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "spec": spec.text,
        "records": found.training.model.records,
        "prior_bits": found.training.model.prior_bits,
        "threshold_bits": found.threshold_bits,
        "filled": {column.name: column.whole for column in found.columns},
        "weights": {
            column.name: {
                "m": list(found.training.model.weights[column.name].m),
                "u": list(found.training.model.weights[column.name].u),
            }
            for column in found.columns
        },
    }


def _document(
    spec: Spec, records: Records, found: Resolution, raised: Sequence[alarm.Alarm], measured: Metrics | None,
    judged: Judged, seconds: float,
) -> dict[str, Any]:  # fmt: skip
    _, sizes = np.unique(found.clusters.labels, return_counts=True)
    above = found.edges.bits >= found.threshold_bits
    document: dict[str, Any] = {
        "format": FORMAT,
        "spec": spec.name,
        "counts": {
            "records": len(records),
            "sources": {one: records.sources.count(one) for one in dict.fromkeys(records.sources)},
            "entities": len(sizes),
            "entities_of_several": int((sizes > 1).sum()),
            "largest_entity": int(sizes.max(initial=0)),
            "pairs_compared": len(found.blocks.left),
            "edges_kept": len(found.edges.left),
            "links": int(above.sum()),
            "refused": len(found.clusters.refusals),
            "judged_same": len(judged.same),
            "judged_different": len(judged.different),
            "judgements_without_record": judged.unknown,
        },
        "seconds": {**found.clock.seconds, "total": round(seconds, 3)},
        "peak_memory_mib": peak_memory_mib(),
        "threshold": {"probability": spec.threshold, "bits": round(found.threshold_bits, 6)},
        "training": {
            "prior_bits": found.training.model.prior_bits,
            "patterns": found.training.patterns,
            "iterations": found.training.iterations,
            "converged": found.training.converged,
            "expected_matches": round(found.training.expected_matches, 1),
        },
        "weights": {column.name: _weights(column, found) for column in found.columns},
        "blocking": [asdict(key) for key in found.blocks.keys],
        "alarms": [one.as_dict() for one in raised],
    }
    if measured:
        document["metrics"] = measured.as_dict()
    return document


def _weights(column: Any, found: Resolution) -> dict[str, Any]:
    weights = found.training.model.weights[column.name]
    kind = column.use.type
    bits = weights.bits(kind)
    return {
        "type": kind.name,
        "column": column.use.column,
        "group": column.use.group,
        "filled": column.whole,
        "values": len(column.values),
        "levels": [
            {
                "level": kind.level(level).name,
                "m": weights.m[level],
                "u": weights.u[level],
                "bits": float(bits[level]),
            }
            for level in range(kind.best, -1, -1)
        ],
    }


def peak_memory_mib() -> float:
    """The most memory this process has held, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
