"""One shop, one node and one real capture, shared by the tests that only look at them."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from joinder.evidence import CaptureRequest, CaptureResult, authority, capture, verifier_command
from joinder.vocabulary.node import NodeHome

HERE = Path(__file__).parent


def load(name: str, path: Path) -> ModuleType:
    """A module from a file that is no part of a package."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


shop = load("evidence_test_shop", HERE / "shop.py")


@dataclass(frozen=True)
class Site:
    """The running shop and the authority a browser must trust to visit it."""

    shop: Any
    ca_file: Path
    chain: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    ca_file, chain = shop.make_site_ca(tmp_path_factory.mktemp("site"))
    with shop.serving(chain) as running:
        yield Site(running, ca_file, chain)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> NodeHome:
    node = NodeHome(tmp_path_factory.mktemp("node home"))
    authority.make(node)
    return node


@dataclass(frozen=True)
class Captured:
    """A capture and what the shop really sent for it."""

    result: CaptureResult
    exchanges: list[Any]

    @property
    def members(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.result.path) as package:
            return {name: package.read(name) for name in package.namelist()}

    @property
    def facts(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.members["evidence.json"])
        return found


@pytest.fixture(scope="session")
def captured(site: Site, home: NodeHome, tmp_path_factory: pytest.TempPathFactory) -> Captured:
    before = len(site.shop.exchanges)
    request = CaptureRequest(
        url=site.shop.url + "/",
        out=tmp_path_factory.mktemp("captured") / "shop.evz",
        operators=("样例甲", "样例乙"),
        matter="样例〔2026〕1号",
        allow_hosts=("localhost",),
        ca_file=site.ca_file,
    )
    result = capture(request, home)
    return Captured(result, list(site.shop.exchanges[before:]))


@pytest.fixture(scope="session")
def verifier() -> ModuleType:
    return load("joinder_verify", Path(verifier_command(Path("x"), None)[2]))


Check = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="session")
def check(verifier: ModuleType, home: NodeHome) -> Check:
    """Run the verifier in this process: (exit code, its JSON)."""

    def run(package: Path, trust: Path | None = home.trust) -> tuple[int, dict[str, Any]]:
        out = io.StringIO()
        arguments = [str(package), "--json", *(("--trust", str(trust)) if trust else ())]
        with redirect_stdout(out):
            code = verifier.main(arguments)
        return code, json.loads(out.getvalue())

    return run


def _pack(path: Path, members: dict[str, bytes], **options: Any) -> Path:
    """A zip of ``members`` as the sealer would write it; ``date`` and ``method`` say otherwise."""
    with zipfile.ZipFile(path, "w", options.get("method", zipfile.ZIP_STORED)) as package:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, options.get("date", (1980, 1, 1, 0, 0, 0)))
            info.compress_type = options.get("method", zipfile.ZIP_STORED)
            package.writestr(info, data)
    return path


@pytest.fixture(scope="session")
def pack() -> Callable[..., Path]:
    return _pack
