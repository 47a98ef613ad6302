"""Rows of JSON and JSONL files, streamed: memory is bounded by the longest single record."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from joinder.pools.encoding import checked_encoding, decoded, detect_encoding
from joinder.pools.sources.base import Fault, RawBatch, SourceOptions
from joinder.pools.sources.jsonstream import loads, stream_records

_SAMPLE_RECORDS = 1_000
_Numbered = tuple[int, dict[str, Any] | Fault]


class _ObjectSource(ABC):
    """What JSON and JSONL share: numbered objects or faults, gathered into batches."""

    format = "json"
    nested = True

    def __init__(self, path: Path, options: SourceOptions) -> None:
        self.path = path
        self._options = options
        if options.encoding:
            self.encoding = checked_encoding(path, options.encoding)
        else:
            self.encoding = detect_encoding(path)

    def columns(self) -> list[str]:
        """Dotted paths of the values seen in the first thousand records."""
        seen: dict[str, None] = {}
        for _, record in islice(self._numbered(), _SAMPLE_RECORDS):
            if isinstance(record, dict):
                _collect_paths(record, "", seen)
        return list(seen)

    def batches(self, size: int, needed: frozenset[str] | None = None) -> Iterator[RawBatch]:
        """See :class:`Source`."""
        numbered = self._numbered()
        while chunk := list(islice(numbered, size)):
            good = [(row, record) for row, record in chunk if isinstance(record, dict)]
            faults = tuple(record for _, record in chunk if isinstance(record, Fault))
            yield RawBatch([row for row, _ in good], [record for _, record in good], faults)

    @abstractmethod
    def _numbered(self) -> Iterator[_Numbered]:
        """Records or faults with their row numbers."""


class JsonLinesSource(_ObjectSource):
    """One object a line; a line that is none is told as a fault."""

    format = "jsonl"

    def _numbered(self) -> Iterator[_Numbered]:
        row = 0
        for line in _lines(decoded(self.path, self.encoding)):
            if not line.strip():
                continue
            row += 1
            try:
                record = loads(line)
            except (json.JSONDecodeError, RecursionError, ValueError) as error:
                yield row, Fault(row, "unreadable_row", line.strip()[:200], f"not JSON: {error}")
                continue
            yield row, _object_or_fault(row, record)


class JsonSource(_ObjectSource):
    """A list of objects, or an object that holds one under ``records``."""

    def _numbered(self) -> Iterator[_Numbered]:
        pieces = decoded(self.path, self.encoding)
        records = stream_records(pieces, self._options.records, self.path)
        for row, record in enumerate(records, 1):
            yield row, _object_or_fault(row, record)


def _lines(pieces: Iterator[str]) -> Iterator[str]:
    held = ""
    for piece in pieces:
        *lines, held = (held + piece).split("\n")
        yield from lines
    if held:
        yield held


def _object_or_fault(row: int, record: Any) -> dict[str, Any] | Fault:
    if isinstance(record, dict):
        return record
    return Fault(row, "not_an_object", str(record)[:200], f"a {type(record).__name__}, not an object")


def _collect_paths(record: dict[str, Any], prefix: str, seen: dict[str, None], depth: int = 0) -> None:
    for name, value in record.items():
        if isinstance(value, dict) and depth < 6:
            _collect_paths(value, f"{prefix}{name}.", seen, depth + 1)
        else:
            seen.setdefault(f"{prefix}{name}")
