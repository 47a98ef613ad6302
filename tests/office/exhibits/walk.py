"""The exhibits' pages for the walk: the list, one sealed package in its views, capture and upload."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

from django.conf import settings

from joinder.evidence.package import write_package
from joinder.evidence.seal import close_seal, open_seal
from joinder.office.exhibits import services
from joinder.office.people.actors import Actor
from joinder.vocabulary.digests import canonical_json


def _invented() -> ModuleType:
    """The invented facts and picture of the exhibits' own tests."""
    path = Path(__file__).with_name("conftest.py")
    spec = importlib.util.spec_from_file_location("invented_exhibits", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _sealed(folder: Path) -> Path:
    invented = _invented()
    (folder / "sealed" / "views").mkdir(parents=True)
    opening = open_seal(settings.HOME, invented.MATTER, "https://shop.example/item?id=1")
    members = {
        "before.txt": opening.text,
        "before.tsr": opening.token,
        "evidence.json": canonical_json(invented._facts(opening.sequence)),
        "record.pdf": b"%PDF-1.7 record",
        "capture.wacz": b"PK wacz",
        "views/screenshot-001.png": invented._png(),
        "views/text.txt": "样例网页文字".encode(),
    }
    for name, data in members.items():
        (folder / "sealed" / name).write_bytes(data)
    close_seal(settings.HOME, folder / "sealed", invented.MATTER, opening.sequence)
    write_package(folder / "sealed", folder / "sealed.evz")
    return folder / "sealed.evz"


def pages(make: Callable[..., Actor]) -> Iterator[tuple[str, Actor, str]]:
    """Receive one package and name the pages around it."""
    inspector = make("market_regulator")
    with tempfile.TemporaryDirectory() as folder:
        exhibit = services.receive_package(actor=inspector, path=_sealed(Path(folder)), name="样例.evz")
    yield "list", inspector, "/exhibits/"
    yield "exhibit", inspector, f"/exhibits/{exhibit.reference}/"
    yield "text", inspector, f"/exhibits/{exhibit.reference}/?view=text"
    yield "none", make("court"), "/exhibits/"
    yield "capture", inspector, "/exhibits/capture/"
    yield "upload", inspector, "/exhibits/upload/"
