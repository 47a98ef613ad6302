"""Pools of accounts as tables for resolution, and the way back from a result to records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from joinder.office.subjects.errors import NothingToResolve
from joinder.office.subjects.models import Judgement
from joinder.pools import open_records, write_rows
from joinder.resolve import Judgement as Constraint
from joinder.resolve import Spec, Verdict, load_spec
from joinder.vocabulary.node import NodeHome
from joinder.vocabulary.refs import RecordRef

#: Fields of an account that a subject page shows beside its names.
SHOWN = ("kind", "url", "contact_name", "phone", "licence_no", "opened_on", "closed_on")


@dataclass(frozen=True)
class Account:
    """One account as it was compared."""

    record: str
    ref: str
    pool: str
    platform: str
    account_id: str
    name: str
    region: str
    shown: dict[str, str]


def spec() -> Spec:
    """The spec of accounts; a record is named by its reference without version."""
    return replace(load_spec("account"), id=("record",))


def export(home: NodeHome, pools: Sequence[str], folder: Path) -> tuple[list[Path], dict[str, Account]]:
    """Write one table per pool, and return the accounts by record. The latest version of a record counts.

    Raises NothingToResolve where no pool holds an account.
    """
    paths: list[Path] = []
    accounts: dict[str, Account] = {}
    for pool in pools:
        rows: dict[str, dict[str, Any]] = {}
        for batch in open_records(pool, "account", home).batches():
            for row in _texts(batch):
                row["record"] = record_of(row["ref"])
                rows[row["record"]] = row
        if rows:
            path = folder / f"{pool}.parquet"
            write_rows(
                path,
                list(rows.values()),
                schema=pa.schema([(n, pa.string()) for n in next(iter(rows.values()))]),
            )
            paths.append(path)
            accounts.update((record, _account(pool, row)) for record, row in rows.items())
    if not accounts:
        raise NothingToResolve("The pools hold no accounts.", mend="Take accounts in first.")
    return paths, accounts


def record_of(ref: str) -> str:
    """A reference without its version: the same for every version of a record."""
    return str(RecordRef.parse(ref)).rsplit("@", 1)[0]


def _texts(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    return [
        {name: None if value is None else str(value) for name, value in row.items()}
        for row in batch.to_pylist()
    ]


def _account(pool: str, row: dict[str, Any]) -> Account:
    return Account(
        record=row["record"], ref=row["ref"], pool=pool, platform=row.get("platform") or "",
        account_id=row.get("account_id") or "", name=(row.get("name") or "")[:300],
        region=(row.get("region") or "")[:120], shown={name: row[name] for name in SHOWN if row.get(name)},
    )  # fmt: skip


def constraints(owner_id: int) -> list[Constraint]:
    """What people decided, as the engine takes it. "Unsure" constrains nothing."""
    found: list[Constraint] = []
    standing = Judgement.objects.filter(owner_id=owner_id).standing().select_related("link")
    for judgement in standing:
        found += [
            Constraint(("", judgement.link.record), ("", other), Verdict(judgement.verdict), judgement.by)
            for other in judgement.others
            if judgement.verdict in (Verdict.SAME.value, Verdict.DIFFERENT.value)
        ]
    return found
