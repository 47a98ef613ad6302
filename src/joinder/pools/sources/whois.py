"""One record from one WHOIS answer, as registries print it.

Registries agree on ``Key: value`` lines and on little else. The reader gathers the lines under common names; what
it does not know it leaves out, and a field it does not find is empty: it never guesses a registrant from free text.
Names of the record: domain, found, registrar, created, expires, updated, status, name_servers, registrant_id,
registrant_name, registrant_organization, registrant_address, registrant_country, registrant_phone,
registrant_email.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from joinder.pools.encoding import checked_encoding, decoded, detect_encoding
from joinder.pools.errors import SourceError
from joinder.pools.sources.base import Fault, RawBatch, SourceOptions
from joinder.pools.sources.whoistext import FIELDS, parse_whois

_LARGEST = 1_000_000


class WhoisSource:
    """A file that holds one answer."""

    format = "whois"
    nested = False

    def __init__(self, path: Path, options: SourceOptions) -> None:
        self.path = path
        if path.stat().st_size > _LARGEST:
            raise SourceError(f"{path} is longer than any WHOIS answer (1 MB).")
        if options.encoding:
            self.encoding = checked_encoding(path, options.encoding)
        else:
            self.encoding = _encoding(path)

    def columns(self) -> list[str]:
        """See :class:`Source`."""
        return list(FIELDS)

    def batches(self, size: int, needed: frozenset[str] | None = None) -> Iterator[RawBatch]:
        """See :class:`Source`. An answer that names no domain is told as a fault."""
        record: dict[str, Any] = parse_whois("".join(decoded(self.path, self.encoding)))
        if record["domain"]:
            yield RawBatch([1], [record])
        else:
            code = "unreadable_row" if record["found"] else "not_found"
            yield RawBatch([], [], (Fault(1, code, self.path.name, "no domain is named in the answer"),))


def _encoding(path: Path) -> str:
    try:
        return detect_encoding(path)
    except SourceError:
        # European registries still answer in Latin-1, where every byte is a character.
        return "latin-1"
