"""How the columns of a source become the fields of a record kind: a small YAML file that a person can read and mend.

```yaml
mapping: 1
kind: listing
title: Offers of a shop, exported as CSV
zone: Asia/Shanghai                     # of times that carry none
source: {format: csv, delimiter: "|"}   # also encoding, comment, header, records
fields:
  platform: {constant: taobei}
  listing_id: id                        # a column; in JSON a dotted path such as offer.id
  title: {from: [brand, name], join: " "}
  images: {from: pictures, split: ";"}
  ships_from: {from: address, split: " ", take: 0}
  url: {template: "https://shop.example/item/{id}"}
  price: price
  currency: {constant: CNY}
  category: {from: cat, map: {1: shoes, 2: bags}, otherwise: keep}
  first_seen: {from: listed, date: ["%d/%m/%Y", "%m/%d/%Y"]}
skip:
  - {from: id, is: ""}
```

``otherwise`` says what a value outside ``map`` becomes: ``keep`` it, ``empty`` it (the default), ``reject`` the row,
or ``{constant: …}``. ``optional: true`` lets a column be absent. ``$file`` and ``$row`` name the file's stem and
the row's number.
"""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any

from joinder.pools.errors import MappingError
from joinder.pools.expressions import Expression, Skip
from joinder.pools.rejects import Finding
from joinder.pools.sources import RawBatch, Source, SourceOptions
from joinder.vocabulary.kinds import FieldType, RecordKind

PSEUDO_COLUMNS = ("$file", "$row")


@dataclass(frozen=True)
class Applied:
    """What a mapping made of one batch: numbers of the rows that remain, the fields' values, and findings."""

    rows: list[int]
    columns: dict[str, list[Any]]
    findings: list[Finding]


@dataclass(frozen=True)
class Mapping:
    """A mapping as read from its file. text: the file's text, kept with the pool and hashed."""

    kind: str
    title: str
    source: SourceOptions
    zone: tzinfo
    fields: dict[str, Expression]
    skip: tuple[Skip, ...]
    text: str

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the mapping's text, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns it reads."""
        named = {path for expression in self.fields.values() for path in expression.columns}
        named.update(path for skip in self.skip for path in skip.columns)
        return frozenset(named - set(PSEUDO_COLUMNS))

    def require(self, kind: RecordKind, columns: list[str], source: Source) -> None:
        """Check that it is for this kind and that the source has its columns.

        Raises MappingError naming the kind, or the missing columns and those that look like them.
        """
        check_kind(self, kind.name)
        problems = [
            problem
            for name, expression in self.fields.items()
            for problem in _missing(name, expression, columns, source)
        ]
        if problems:
            problems_zh = "；".join(
                p.replace(" for ", "→").replace(" (near: ", "（相近：").replace(")", "）") for p in problems
            )
            raise MappingError(
                f"The mapping needs columns that {source.path} does not have: {'; '.join(problems)}. "
                f"Its columns are: {', '.join(columns[:30])}{' …' if len(columns) > 30 else ''}.",
                mend="Correct the mapping, or mark a column that may be absent with optional: true.",
                zh=f"映射所需的列在{source.path}中不存在：{problems_zh}。文件的列：{'、'.join(columns[:30])}。"
                "请修改映射，或对可缺少的列写optional: true。",
            )

    def apply(self, raw: RawBatch, kind: RecordKind, *, path: Path | None = None) -> Applied:
        """The fields' values of every row that is not skipped; a row that a value map refuses is told."""
        columns: dict[str, list[Any]] = {name: [] for name in self.fields}
        findings: list[Finding] = []
        rows: list[int] = []
        types = {name: kind.field(name).type for name in self.fields}
        for row, record in zip(raw.rows, raw.records(), strict=True):
            record["$row"] = row
            if path is not None:
                record["$file"] = path.stem
            if any(skip.holds(record) for skip in self.skip):
                continue
            values: dict[str, Any] = {}
            for name, expression in self.fields.items():
                value, refused = expression.value(record, as_list=types[name] is FieldType.LIST)
                if refused:
                    findings.append(Finding(row, name, str(value)[:200], "value_refused"))
                    break
                values[name] = value
            else:
                rows.append(row)
                for name, value in values.items():
                    columns[name].append(value)
        return Applied(rows, columns, findings)


def check_kind(mapping: Mapping, kind: str) -> None:
    """Raises MappingError if the mapping is for another kind."""
    if mapping.kind != kind:
        raise MappingError(
            f"The mapping {mapping.title!r} is for {mapping.kind} records, not for {kind} records.",
            mend=f"Take the file in with --kind {mapping.kind}, or give a mapping for {kind}.",
            zh=f"映射“{mapping.title}”用于{mapping.kind}记录，不能用于{kind}记录。",
        )


def _missing(name: str, expression: Expression, columns: list[str], source: Source) -> list[str]:
    if expression.optional:
        return []
    wanted = [path for path in expression.columns if path not in PSEUDO_COLUMNS]
    absent = [path for path in wanted if not _present(path, columns)]
    # Of several columns for one field, one is enough: registries spread a name over different tags.
    if not absent or (expression.any_is_enough and len(absent) < len(wanted)):
        return []
    told = []
    for path in absent:
        near = difflib.get_close_matches(path, columns, 3, 0.5)
        told.append(f"{path!r} for {name}" + (f" (near: {', '.join(near)})" if near else ""))
    return told


def _present(path: str, columns: list[str]) -> bool:
    return path in columns or any(column.startswith(f"{path}.") for column in columns)
