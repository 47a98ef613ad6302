"""Propose a mapping from a file's columns and first values, for a person to correct.

A column is matched to a field by its name (in English or Chinese, as shops, registries and logistics firms write
them), else by what its values look like. Nothing is guessed silently: every line says why, and what was not matched
is listed as a comment with samples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from joinder.pools.expressions import read_path
from joinder.pools.sources import RawBatch, Source, SourceOptions, open_source
from joinder.pools.synonyms import SYNONYMS
from joinder.vocabulary.identifiers import check_uscc, normalise_phone
from joinder.vocabulary.kinds import FieldType, RecordKind, kind_named

_SAMPLE = 200
_SHOWN = 3
_ENOUGH = 0.8


@dataclass(frozen=True)
class Match:
    """A column for a field. why: ``name`` (the field's own), ``synonym`` or ``values``; samples: its first values."""

    field: str
    column: str
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Proposal:
    """A proposed mapping. missing: key fields without a column; unused: columns without a field, with samples."""

    kind: str
    path: Path
    source: dict[str, Any]
    matches: tuple[Match, ...]
    missing: tuple[str, ...]
    unused: tuple[tuple[str, tuple[str, ...]], ...]
    needs_currency: bool

    def as_yaml(self) -> str:
        """The mapping's text, with the reasons as comments. Lines to fill in are marked ``fill in``."""
        lines = ["mapping: 1", f"kind: {self.kind}", f"title: {_quoted(f'Proposed for {self.path.name}')}"]
        if self.source:
            lines.append(f"source: {_flow(self.source)}")
        lines.append("fields:")
        for name in self.missing:
            lines.append(
                f'  {name}: {{constant: ""}}  # fill in: no column was found, and it names the record'
            )
        for match in self.matches:
            shown = " | ".join(match.samples)
            lines.append(f"  {match.field}: {_quoted(match.column)}  # {match.why}; {shown}".rstrip("; "))
        if self.needs_currency:
            lines.append('  currency: {constant: ""}  # fill in: sums need a currency, such as CNY')
        if self.unused:
            lines.append("# columns not used:")
            lines += [f"#   {name}: {' | '.join(samples)}".rstrip() for name, samples in self.unused]
        return "\n".join(lines) + "\n"


def propose_mapping(path: Path, kind: str, options: SourceOptions | None = None) -> Proposal:
    """Read the first rows of a file and propose how its columns become the fields of ``kind``.

    Raises SourceError if the file cannot be read, UsageError for an unknown kind.
    """
    record_kind = kind_named(kind)
    source = open_source(path, options)
    columns = source.columns()
    samples = _samples(source, columns)
    matches = _match_by_name(record_kind, columns, samples)
    matches += _match_by_values(record_kind, columns, samples, matches)
    order = [field.name for field in record_kind.fields]
    matches.sort(key=lambda match: order.index(match.field))
    used = {match.column for match in matches}
    got = {match.field for match in matches}
    has_sums = any(field.type is FieldType.MONEY and field.name in got for field in record_kind.fields)
    return Proposal(
        kind=kind,
        path=path,
        source=_told_source(source, options),
        matches=tuple(matches),
        missing=_missing_key(record_kind, got),
        unused=tuple((name, _shown(samples[name])) for name in columns if name not in used),
        needs_currency=has_sums and "currency" not in got,
    )


def _told_source(source: Source, options: SourceOptions | None) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if options and options.format:
        told["format"] = options.format
    if options and options.records:
        told["records"] = options.records
    delimiter = getattr(source, "delimiter", None)
    if delimiter not in (None, ",") and not (source.format == "tsv" and delimiter == "\t"):
        told["delimiter"] = delimiter
    return told


def _samples(source: Source, columns: list[str]) -> dict[str, list[str]]:
    first: RawBatch | None = next(iter(source.batches(_SAMPLE)), None)
    records = first.records() if first else []
    return {
        name: [str(value) for record in records if (value := read_path(record, name)) not in (None, "", [])]
        for name in columns
    }


def _plain(name: str) -> str:
    # "商品 标题", "Item-Title" and "itemTitle" are the same words; Chinese letters count as letters.
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.sub(r"[\W_]+", "", spaced).lower()


def _match_by_name(kind: RecordKind, columns: list[str], samples: dict[str, list[str]]) -> list[Match]:
    plain = {name: _plain(name) for name in columns}
    # In JSON the last part of a dotted path is its name: tags.brand is a brand.
    last = {name: _plain(name.rpartition(".")[2]) for name in columns}
    matches: list[Match] = []
    taken: set[str] = set()
    for field in kind.fields:
        words = [_plain(field.name), _plain(field.meaning_zh)]
        words += [_plain(word) for word in SYNONYMS.get(f"{kind.name}.{field.name}", ())]
        words += [_plain(word) for word in SYNONYMS.get(field.name, ())]
        found = _first_column(words, columns, plain, taken) or _first_column(words, columns, last, taken)
        if found is not None:
            taken.add(found)
            why = "name" if plain[found] == _plain(field.name) else "synonym"
            matches.append(Match(field.name, found, why, _shown(samples[found])))
    return matches


def _first_column(
    words: Iterable[str], columns: list[str], plain: dict[str, str], taken: set[str]
) -> str | None:
    for word in words:
        for name in columns:
            if name not in taken and plain[name] == word:
                return name
    return None


def _match_by_values(
    kind: RecordKind, columns: list[str], samples: dict[str, list[str]], matches: list[Match]
) -> list[Match]:
    used = {match.column for match in matches}
    got = {match.field for match in matches}
    found: list[Match] = []
    for field in kind.fields:
        test = _LOOKS.get(field.evidence or "")
        if test is None or field.name in got:
            continue
        for name in columns:
            if name not in used and _mostly(test, samples[name]):
                used.add(name)
                found.append(Match(field.name, name, "values", _shown(samples[name])))
                break
    return found


def _mostly(test: Any, values: list[str]) -> bool:
    return bool(values) and sum(1 for value in values if test(value)) >= _ENOUGH * len(values)


def _is_phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return (
        7 <= len(digits) <= 15
        and bool(re.fullmatch(r"[\d\s()+./-]+", text))
        and normalise_phone(text) is not None
    )


_LOOKS: dict[str, Any] = {
    "uscc": lambda text: check_uscc(text).valid,
    "phone": _is_phone,
    "email": lambda text: bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text)),
    "url": lambda text: bool(re.match(r"https?://", text)),
}


def _missing_key(kind: RecordKind, got: set[str]) -> tuple[str, ...]:
    for names in (kind.key, *kind.alternative_keys):
        if all(name in got for name in names):
            return ()
    return tuple(name for name in kind.key if name not in got)


def _shown(values: list[str]) -> tuple[str, ...]:
    # A sample is a comment on one line: no line breaks, and short.
    tidy = (re.sub(r"\s+", " ", value)[:40] for value in values)
    return tuple(dict.fromkeys(tidy))[:_SHOWN]


def _quoted(text: str) -> str:
    dumped = yaml.safe_dump(text, allow_unicode=True, width=10_000, default_flow_style=True)
    return dumped.removesuffix("...\n").strip()


def _flow(value: dict[str, Any]) -> str:
    return yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000).strip()
