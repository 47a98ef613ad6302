"""Rows of CSV and TSV files, in any of the recognised encodings."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa

from joinder.pools.encoding import checked_encoding, decoded, detect_encoding
from joinder.pools.errors import SourceError
from joinder.pools.sources.base import Fault, RawBatch, SourceOptions

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 20
# A description with a page of text is long, a cell of more than this is a missing quote that swallowed the file.
LARGEST_CELL = 4_000_000
csv.field_size_limit(LARGEST_CELL)


class DelimitedSource:
    """One header line, then rows; a row of the wrong length is told as a fault and the next one is read."""

    nested = False

    def __init__(self, path: Path, format: str, options: SourceOptions) -> None:
        self.path = path
        self.format = format
        self._options = options
        if options.encoding:
            self.encoding = checked_encoding(path, options.encoding)
        else:
            self.encoding = detect_encoding(path)
        self.delimiter = options.delimiter or ("\t" if format == "tsv" else self._sniff())
        if len(self.delimiter) != 1:
            raise SourceError(f"A delimiter is one character, not {self.delimiter!r}.")
        self._header = self._read_header()

    def columns(self) -> list[str]:
        """See :class:`Source`."""
        return list(self._header)

    def batches(self, size: int, needed: frozenset[str] | None = None) -> Iterator[RawBatch]:
        """See :class:`Source`. Every cell is text; an empty cell is the empty text."""
        reader = csv.reader(self._lines(), delimiter=self.delimiter)
        if not self._options.header:
            next(reader, None)
        width, row = len(self._header), 0
        kept = [i for i, name in enumerate(self._header) if needed is None or name in needed]
        names = [self._header[i] for i in kept]
        while True:
            cells: list[list[str]] = []
            rows: list[int] = []
            faults: list[Fault] = []
            ended = False
            while len(cells) + len(faults) < size:
                try:
                    cell = next(reader)
                except StopIteration:
                    ended = True
                    break
                except csv.Error as error:
                    row += 1
                    faults.append(Fault(row, "unreadable_row", "", f"line {reader.line_num}: {error}"))
                    continue
                if not cell or cell == [""]:
                    continue
                row += 1
                if len(cell) != width:
                    detail = f"line {reader.line_num}: {len(cell)} cells, expected {width}"
                    faults.append(Fault(row, "wrong_width", self.delimiter.join(cell)[:200], detail))
                    continue
                cells.append(cell)
                rows.append(row)
            columns = list(zip(*cells, strict=True)) if cells else [()] * width
            if cells or faults:
                data = pa.record_batch([pa.array(columns[i], pa.string()) for i in kept], names=names)
                yield RawBatch(rows, data, tuple(faults))
            if ended:
                return

    def _lines(self) -> Iterator[str]:
        """Physical lines with their ends; comment lines are left out."""
        comment = self._options.comment
        for line in _split_lines(decoded(self.path, self.encoding)):
            if comment is None or not line.startswith(comment):
                yield line

    def _sniff(self) -> str:
        lines = [line for line in islice(self._lines(), _SAMPLE_LINES) if line.strip()]
        if not lines:
            return ","

        # The delimiter gives the same number of cells in most lines; among several the one giving most cells.
        def steadiness(delimiter: str) -> tuple[int, int]:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
            return (sum(1 for w in widths if w == widths[0] and w > 1), widths[0])

        try:
            return max(_DELIMITERS, key=steadiness)
        except csv.Error:
            return ","

    def _read_header(self) -> list[str]:
        if self._options.header:
            return list(self._options.header)
        try:
            first = next(csv.reader(self._lines(), delimiter=self.delimiter), None)
        except csv.Error as error:
            raise SourceError(f"{self.path} has no readable header line: {error}.") from None
        if not first or not any(name.strip() for name in first):
            raise SourceError(
                f"{self.path} has no header line.",
                mend="Put the columns' names in the first line, or list them in the mapping (source: header: [...]).",
                zh=f"{self.path}没有表头。请在第一行写列名，或在映射中列出（source: header: […]）。",
            )
        names = [name.strip() for name in first]
        twice = sorted({name for name in names if name and names.count(name) > 1})
        if twice:
            raise SourceError(
                f"{self.path} names a column twice: {', '.join(twice)}.",
                mend="Give each column a name of its own.",
                zh=f"{self.path}有重名的列：{'、'.join(twice)}。请为每列取不同的名称。",
            )
        return [name or f"column {i}" for i, name in enumerate(names, 1)]


def _split_lines(pieces: Iterator[str]) -> Iterator[str]:
    # Only \n, \r\n and \r end a line here: str.splitlines would also break at characters such as U+2028 inside cells.
    held = ""
    for piece in pieces:
        text = (held + piece).replace("\x00", "�")
        held = ""
        if text.endswith("\r"):
            text, held = text[:-1], "\r"
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        held = lines.pop() + held
        for line in lines:
            yield line + "\n"
    held = held.rstrip("\r")
    if held:
        yield held
