"""One WARC as a WACZ, the container that replay programs open.

Our own writer of the three small formats inside: the CDXJ index (compressed, with its ``.idx``, because some players
look for nothing else), the list of pages and the data package. The usual library is kept out of the process: its
URL canonicaliser is AGPL. A WACZ is for replay; integrity is the business of the package around it.

Source: WACZ 1.1.1, CDXJ 0.1.0 (Webrecorder specifications).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from joinder import __version__
from joinder.evidence.warc import WARC_NAME, Capture

WACZ_VERSION = "1.1.1"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Page:
    """A page of the capture, for the player's list."""

    url: str
    at: datetime
    title: str
    text: str


def sort_key(url: str, method: str = "GET") -> str:
    """The key under which a URL is looked up: ``com,example,shop:8443)/path?a=1&b=2``.

    Host reversed, port kept unless it is the scheme's own, leading ``www`` dropped, all in lower case, the query's
    parts sorted; a method other than GET is part of the key, as players write it.
    """
    parts = urlsplit(url.lower())
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    reversed_host = host if ":" in host else ",".join(reversed(host.split(".")))
    default = {"https": 443, "http": 80}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != default else ""
    query = [part for part in parts.query.split("&") if part]
    if method != "GET":
        query.append(f"__wb_method={method.lower()}")
    return f"{reversed_host}{port})" + (parts.path or "/") + ("?" + "&".join(sorted(query)) if query else "")


def cdxj_lines(captures: Sequence[Capture]) -> list[str]:
    """The index: one line a response, sorted by key and time."""
    lines = []
    for item in captures:
        stamp = datetime.fromtimestamp(item.at_ms / 1000, UTC).strftime("%Y%m%d%H%M%S")
        fields: dict[str, Any] = {
            "url": item.url,
            "mime": item.mime,
            "status": str(item.status),
            "digest": item.digest,
            "length": str(item.length),
            "offset": str(item.offset),
            "filename": WARC_NAME,
        }
        if item.method != "GET":
            fields["method"] = item.method
        lines.append(f"{sort_key(item.url, item.method)} {stamp} {json.dumps(fields, ensure_ascii=False)}\n")
    return sorted(lines)


def write_wacz(
    path: Path, warc: Path, captures: Sequence[Capture], pages: Sequence[Page], created: datetime
) -> None:
    """Write ``warc`` with its index and pages to ``path``; every member is stored, not compressed again."""
    index = "".join(cdxj_lines(captures)).encode()
    packed = gzip.compress(index, mtime=0)
    members: dict[str, bytes] = {
        f"archive/{WARC_NAME}": warc.read_bytes(),
        "indexes/index.cdx.gz": packed,
        "indexes/index.idx": _idx(index, packed),
        "pages/pages.jsonl": _pages(pages),
    }
    package = json.dumps(_data_package(members, pages, created), ensure_ascii=False, indent=2).encode()
    members["datapackage.json"] = package
    members["datapackage-digest.json"] = json.dumps(
        {"path": "datapackage.json", "hash": _sha256(package)}, indent=2
    ).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as container:
        for name, data in members.items():
            container.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), data)


def _idx(index: bytes, packed: bytes) -> bytes:
    meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"})
    first = index.split(b"\n", 1)[0].decode()
    if not first:
        return f"!meta 0 {meta}\n".encode()
    key, stamp, _ = first.split(" ", 2)
    block = {"offset": 0, "length": len(packed), "digest": _sha256(packed), "filename": "index.cdx.gz"}
    return f"!meta 0 {meta}\n{key} {stamp} {json.dumps(block)}\n".encode()


def _pages(pages: Sequence[Page]) -> bytes:
    lines: list[dict[str, Any]] = [
        {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": True}
    ]
    lines.extend(
        {
            "id": hashlib.sha256(f"{page.url} {page.at}".encode()).hexdigest()[:12],
            "url": page.url,
            "ts": _stamp(page.at),
            "title": page.title,
            "text": page.text,
        }
        for page in pages
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _data_package(members: dict[str, bytes], pages: Sequence[Page], created: datetime) -> dict[str, Any]:
    main = {"mainPageUrl": pages[0].url, "mainPageDate": _stamp(pages[0].at)} if pages else {}
    return {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "created": _stamp(created),
        "software": f"Joinder {__version__}",
        **main,
        "resources": [
            {"name": name.rpartition("/")[2], "path": name, "hash": _sha256(data), "bytes": len(data)}
            for name, data in members.items()
        ],
    }


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()
