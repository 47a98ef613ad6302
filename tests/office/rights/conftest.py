"""A pool of rights with a logo, and the members who work with them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from joinder.office.people.actors import Actor
from joinder.office.rights import services
from joinder.office.rights.models import Right
from joinder.pools import intake, write_rows
from joinder.vocabulary.node import NodeHome

RIGHTS = [
    {
        "right_id": "R1", "kind": "combined", "office": "样例商标局", "registration_no": "0000001",
        "holder": "样例单位 right_holder", "mark": "样例优品", "aliases": ["SAMPLO", "样品"], "images": ["logo.png"],
        "classes": ["25"], "goods": "服装", "registered_on": "2020-01-01", "expires_on": "2029-12-31",
        "genuine_price": "399.00", "currency": "CNY", "authorised_accounts": ["淘贝/A1", "淘贝/A2"],
    },
    {"right_id": "R2", "kind": "word", "holder": "别家", "mark": "EXAMPLIA", "expires_on": "2020-12-31"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _empty_lake(node_home: NodeHome) -> Iterator[None]:
    """Every test begins and ends with an empty lake and no pictures."""
    folders = (node_home.pools, node_home.store / "rights")
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    yield
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def take_in(node_home: NodeHome, tmp_path: Path) -> Callable[..., None]:
    """Take rights into the pool ``marks``."""

    def take(name: str = "rights.jsonl", rights: list[dict[str, object]] = RIGHTS) -> None:
        Image.new("RGB", (900, 300), "navy").save(tmp_path / "logo.png")
        write_rows(tmp_path / name, rights)
        intake(node_home, "marks", "right", [tmp_path / name])

    return take


@pytest.fixture
def holder(actor_of: Callable[..., Actor]) -> Actor:
    """Counsel of the right holder named in the pool."""
    return actor_of("right_holder")


@pytest.fixture
def inspector(actor_of: Callable[..., Actor]) -> Actor:
    """An inspector of a market regulator."""
    return actor_of("market_regulator")


@pytest.fixture
def right(holder: Actor, inspector: Actor, take_in: Callable[..., None]) -> Right:
    """The holder's right, imported."""
    take_in()
    services.import_rights(actor=inspector, pool="marks")
    return Right.objects.get(right_id="R1")
