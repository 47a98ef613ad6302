"""Which source reads a file."""

from __future__ import annotations

from pathlib import Path

from joinder.pools.errors import SourceError
from joinder.pools.sources.base import Source, SourceOptions
from joinder.pools.sources.delimited import DelimitedSource
from joinder.pools.sources.documents import JsonLinesSource, JsonSource
from joinder.pools.sources.parquet import ParquetSource
from joinder.pools.sources.whois import WhoisSource

FORMATS = ("csv", "tsv", "json", "jsonl", "parquet", "whois")
_BY_SUFFIX = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".parquet": "parquet", ".pq": "parquet", ".whois": "whois",
}  # fmt: skip


def format_of(path: Path, options: SourceOptions | None = None) -> str:
    """The format that the options or the file's ending name. Raises SourceError where neither does."""
    named = options.format if options else None
    found = named or _BY_SUFFIX.get(path.suffix.lower())
    if found not in FORMATS:
        raise SourceError(
            f"{path} has no known format ({named or path.suffix or 'no ending'}).",
            mend=f"Formats are {', '.join(FORMATS)}; name one in the mapping (source: format: csv).",
            zh=f"{path}的格式无法识别。支持{'、'.join(FORMATS)}，可在映射中写明（source: format: csv）。",
        )
    return found


def open_source(path: Path, options: SourceOptions | None = None) -> Source:
    """The source of a file. Raises SourceError if it is absent, empty of structure, or not what it says it is."""
    options = options or SourceOptions()
    if not path.is_file():
        what = "a folder, not a file" if path.is_dir() else "not there"
        raise SourceError(f"{path} is {what}.", mend="Name a file that exists.")
    found = format_of(path, options)
    try:
        match found:
            case "csv" | "tsv":
                return DelimitedSource(path, found, options)
            case "json":
                return JsonSource(path, options)
            case "jsonl":
                return JsonLinesSource(path, options)
            case "parquet":
                return ParquetSource(path)
            case _:
                return WhoisSource(path, options)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from error
