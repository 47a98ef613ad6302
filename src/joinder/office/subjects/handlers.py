"""The job that resolves: pools of accounts in, subjects with explained links out."""

from __future__ import annotations

import shutil
from types import TracebackType
from typing import Any, Self

from django.conf import settings

from joinder.office.jobs import registry
from joinder.office.jobs.context import JobContext
from joinder.office.ledger import services as ledger
from joinder.office.subjects import accounts, landing
from joinder.office.subjects.models import Run
from joinder.office.subjects.services import KIND
from joinder.resolve import portraits, run
from joinder.resolve.lookup import open_result
from joinder.vocabulary.progress import Stage

WORDS = {
    "read": "读取账号 · reading accounts",
    "normalise": "规范化 · normalising",
    "block": "选取比对对 · choosing pairs",
    "train": "训练权重 · training weights",
    "score": "计分 · scoring",
    "cluster": "归并 · grouping",
    "write": "写出结果 · writing the result",
}
KEPT_ALARMS = 200


class _Bar:
    def advance(self, amount: float = 1, note: str = "") -> None:
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


class _Progress:
    """Tells the job which stage of the engine it is in."""

    def __init__(self, context: JobContext) -> None:
        self._context = context

    def stage(self, name: str, total: float | None = None) -> Stage:
        """Begin a stage; hears whether someone cancelled."""
        done = list(WORDS).index(name) if name in WORDS else 0
        self._context.progress(0.1 + 0.7 * done / len(WORDS), WORDS.get(name, name))
        return _Bar()


@registry.handler(KIND)
def resolve(payload: dict[str, Any], context: JobContext) -> Any:
    """Resolve the pools for an organisation. The result folder is the job's own, so doing it twice changes nothing."""
    folder = settings.HOME.root / "subjects" / f"job-{context.job.pk}"
    inputs = folder / "inputs"
    shutil.rmtree(folder, ignore_errors=True)
    context.progress(0.02, WORDS["read"])
    paths, known = accounts.export(settings.HOME, payload["pools"], inputs)
    report = run(
        accounts.spec(), paths, folder / "result",
        judgements=accounts.constraints(payload["owner"]), progress=_Progress(context),
    )  # fmt: skip
    context.progress(0.85, "说明依据 · explaining links")
    result = open_result(folder / "result")
    found = list(portraits(result))
    shutil.rmtree(inputs, ignore_errors=True)

    def apply() -> dict[str, Any]:
        kept = Run.objects.create(
            owner_id=payload["owner"], job=context.job, pools=payload["pools"], folder=str(folder / "result"),
            counts=report.as_dict()["counts"], alarms=[one.as_dict() for one in report.alarms[:KEPT_ALARMS]],
        )  # fmt: skip
        counts = landing.land(kept, result, found, known)
        ledger.record(
            actor=context.actor, verb="subjects.resolved", target=f"subjects/runs/{kept.pk}", detail=counts
        )
        return {"run": kept.pk, "accounts": report.records, **counts}

    return context.finish(apply)
