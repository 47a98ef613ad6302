"""The mapping of an uploaded file, as a person corrects it on the page: a column or a fixed value for every field."""

from __future__ import annotations

from collections.abc import Mapping as Values
from dataclasses import dataclass

import yaml
from django.utils.translation import get_language

from joinder.office.catalogue import files
from joinder.office.catalogue.models import Pool, Upload
from joinder.pools import Mapping, MappingError, Proposal, parse_mapping, propose_mapping
from joinder.vocabulary.kinds import kind_named


@dataclass(frozen=True)
class Column:
    """A column of the file with its first values."""

    name: str
    samples: tuple[str, ...]

    @property
    def label(self) -> str:
        """As a choice: name and what stands in it."""
        return f"{self.name}（{' | '.join(self.samples)}）" if self.samples else self.name


@dataclass(frozen=True)
class Line:
    """One field of the record: what it means, and where its value comes from. why: how the column was found."""

    field: str
    meaning: str
    is_key: bool
    column: str = ""
    constant: str = ""
    why: str = ""


@dataclass(frozen=True)
class Draft:
    """What the page shows. kept: the pool's last mapping fits this file and is offered first, as text."""

    proposal: Proposal
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    text: str
    kept: bool


def draft_for(upload: Upload, kept: str | None) -> Draft:
    """The proposal for a file, or the mapping kept with its pool where that one fits. Raises SourceError."""
    pool = upload.pool
    proposal = propose_mapping(files.path_of(upload.stored), pool.kind)
    columns = tuple(
        [Column(match.column, match.samples) for match in proposal.matches]
        + [Column(name, samples) for name, samples in proposal.unused]
    )
    fitting = _fitting(kept, columns)
    if fitting is not None and kept is not None:
        return Draft(proposal, columns, lines_of(pool, fitting, proposal), kept, True)
    return Draft(proposal, columns, _proposed_lines(pool, proposal), proposal.as_yaml(), False)


def lines_of(pool: Pool, mapping: Mapping | None, proposal: Proposal) -> tuple[Line, ...]:
    """The lines that a mapping's simple fields fill; what is more than a column stays in its text."""
    if mapping is None:
        return _proposed_lines(pool, proposal)
    lines = []
    for line in _blank_lines(pool):
        expression = mapping.fields.get(line.field)
        if expression is None:
            lines.append(line)
        else:
            column = expression.paths[0] if len(expression.paths) == 1 else ""
            lines.append(_with(line, column, str(expression.constant or ""), "kept"))
    return tuple(lines)


def text_from(pool: Pool, upload: Upload, posted: Values[str, str], proposal: Proposal) -> str:
    """The mapping's YAML from the page's choices. Raises MappingError if a key field was left open."""
    told: dict[str, object] = {"mapping": "1", "kind": pool.kind, "title": upload.name}
    if proposal.source:
        told["source"] = proposal.source
    if posted.get("zone", "").strip():
        told["zone"] = posted["zone"].strip()
    fields: dict[str, object] = {}
    for line in _blank_lines(pool):
        column = posted.get(f"column-{line.field}", "")
        constant = posted.get(f"constant-{line.field}", "").strip()
        if column and constant:
            raise MappingError(
                f"{line.meaning}: choose a column or give a fixed value, not both.",
                zh=f"{line.meaning}：请选择列或填写固定值，不能两者都有。",
            )
        if column:
            fields[line.field] = column
        elif constant:
            fields[line.field] = {"constant": constant}
    told["fields"] = fields
    text = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110)
    parse_mapping(text, upload.name)
    return text


def _blank_lines(pool: Pool) -> list[Line]:
    kind = kind_named(pool.kind)
    chinese = (get_language() or "").startswith("zh")
    return [
        Line(field.name, field.meaning_zh if chinese else field.meaning_en, field.name in kind.key)
        for field in kind.fields
    ]


def _proposed_lines(pool: Pool, proposal: Proposal) -> tuple[Line, ...]:
    found = {match.field: match for match in proposal.matches}
    return tuple(
        _with(line, found[line.field].column, "", found[line.field].why) if line.field in found else line
        for line in _blank_lines(pool)
    )


def _with(line: Line, column: str, constant: str, why: str) -> Line:
    return Line(line.field, line.meaning, line.is_key, column, constant, why)


def _fitting(kept: str | None, columns: tuple[Column, ...]) -> Mapping | None:
    if not kept:
        return None
    try:
        mapping = parse_mapping(kept)
    except MappingError:
        return None
    names = {column.name for column in columns}
    needed = {
        path
        for expression in mapping.fields.values()
        if not expression.optional
        for path in expression.columns
    }
    return mapping if all(name in names or name.startswith("$") for name in needed) else None
