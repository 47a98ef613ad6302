"""Sealed packages as an office meets them, made without a browser: the seal is genuine, the page is invented."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from joinder.evidence.package import write_package
from joinder.evidence.seal import close_seal, open_seal
from joinder.office.exhibits import services
from joinder.office.exhibits.models import Exhibit
from joinder.office.people.actors import Actor
from joinder.vocabulary.digests import canonical_json
from joinder.vocabulary.node import NodeHome

MATTER = "样例〔2026〕3号"


def _facts(sequence: int, **changes: Any) -> dict[str, Any]:
    return {
        "schema": "joinder-evidence/v1", "url": "https://shop.example/item?id=1", "matter": MATTER,
        "sequence": sequence, "operators": ["样例甲", "样例乙"], "official": True, "cause": None, "place": None,
        "witness": None, "started_at": "2026-11-22T01:14:03Z", "ended_at": "2026-11-22T01:14:09Z",
        "page": {"final_url": "https://shop.example/item/1", "title": "样例优品 “正品” <script>", "status": 200},
        "stop_reason": {"zh": "已到页面末尾", "en": "end of the page"}, "complete": True, "incomplete_because": [],
        "completeness": {"requests": 2, "responses": 2, "truncated": 0, "unanswered": 0},
        "environment": {"browser": "Chromium 1", "sandbox": True, "gate": {"peers": ["192.0.2.1 port 443"]}},
        "authority": {"self_issued": True}, **changes,
    }  # fmt: skip


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 900), (230, 238, 245)).save(out, "PNG")
    return out.getvalue()


Make = Callable[..., Path]


@pytest.fixture(scope="session")
def make_package(node_home: NodeHome, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """A package sealed by ``home`` (default: the office's own node); keywords change its facts. Made once for each."""
    made: dict[str, Path] = {}

    def make(home: NodeHome = node_home, **changes: Any) -> Path:
        key = f"{home.root} {changes}"
        if key not in made:
            made[key] = seal(home, tmp_path_factory.mktemp("packages") / "sealed", changes)
        return made[key]

    def seal(home: NodeHome, folder: Path, changes: dict[str, Any]) -> Path:
        (folder / "views").mkdir(parents=True)
        opening = open_seal(home, MATTER, "https://shop.example/item?id=1")
        facts = _facts(opening.sequence, **changes)
        members = {
            "before.txt": opening.text, "before.tsr": opening.token, "evidence.json": canonical_json(facts),
            "record.pdf": b"%PDF-1.7 record", "capture.wacz": b"PK wacz",
            "views/screenshot-001.png": _png(), "views/screenshot-002.png": _png(),
            "views/text.txt": "纯原1:1 <script>alert(1)</script> Example".encode(),
        }  # fmt: skip
        for name, data in members.items():
            (folder / name).write_bytes(data)
        close_seal(home, folder, MATTER, opening.sequence)
        path = folder.with_suffix(".evz")
        write_package(folder, path)
        return path

    return make


@pytest.fixture
def spoil() -> Callable[[Path, str], Path]:
    """A copy of a package in which one member was changed."""

    def change(package: Path, member: str) -> Path:
        target = package.with_name("changed.evz")
        with zipfile.ZipFile(package) as source, zipfile.ZipFile(target, "w") as copy:
            for info in source.infolist():
                data = source.read(info)
                copy.writestr(info, data + b"x" if info.filename == member else data)
        return target

    return change


@pytest.fixture(autouse=True)
def _empty_store(node_home: NodeHome) -> Iterator[None]:
    """Every test begins with an empty store."""
    yield
    shutil.rmtree(node_home.store, ignore_errors=True)


@pytest.fixture
def inspector(actor_of: Callable[..., Actor]) -> Actor:
    return actor_of("market_regulator")


@pytest.fixture
def exhibit(inspector: Actor, make_package: Make) -> Exhibit:
    """An official, complete exhibit of the inspector's organisation."""
    return services.receive_package(actor=inspector, path=make_package(), name="样例.evz")
