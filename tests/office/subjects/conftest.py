"""A market regulator with a pool of accounts: three shops of one operator, two of another, strangers, and a hub."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from joinder.office.catalogue import services as catalogue
from joinder.office.catalogue.models import Pool
from joinder.office.jobs import worker
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.office.subjects import services
from joinder.office.subjects.models import Entity, Link
from joinder.pools import intake, write_rows
from joinder.vocabulary.node import NodeHome

sys.path.insert(0, str(Path(__file__).parent))
from sample_accounts import Accounts, accounts


@pytest.fixture(autouse=True)
def _empty_lake(node_home: NodeHome) -> Iterator[None]:
    """Every test begins and ends with an empty lake and no results."""
    yield
    for folder in (node_home.pools, node_home.root / "subjects"):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def inspector(actor_of: Callable[..., Actor]) -> Actor:
    """An inspector of a market regulator."""
    return actor_of("market_regulator")


@pytest.fixture
def take_in(node_home: NodeHome, tmp_path: Path) -> Callable[[str, Accounts], None]:
    """Put accounts into a pool of the lake."""

    def put(pool: str, rows: Accounts) -> None:
        path = tmp_path / f"{pool}-{len(list(tmp_path.iterdir()))}.jsonl"
        write_rows(path, rows)
        intake(node_home, pool, "account", [path])

    return put


@pytest.fixture
def pool(inspector: Actor, take_in: Callable[[str, Accounts], None]) -> Pool:
    """The regulator's own pool of accounts."""
    take_in("shops", accounts())
    return catalogue.register_pool(
        actor=inspector, owner=Organisation.objects.get(pk=inspector.organisation_id), name="shops", kind="account",
        title_zh="样例店铺", title_en="Sample shops",
    )  # fmt: skip


@pytest.fixture
def resolve(inspector: Actor) -> Callable[[], None]:
    """Compare, and let the worker do it."""

    def do() -> None:
        services.start_resolution(actor=inspector)
        worker.run_until_idle()

    return do


@pytest.fixture
def subject(pool: Pool, resolve: Callable[[], None]) -> Entity:
    """The subject behind A1, A2 and A3."""
    resolve()
    return Link.objects.get(account_id="A1", until__isnull=True).entity


@pytest.fixture
def link(subject: Entity) -> Link:
    """The link of A3."""
    return Link.objects.get(account_id="A3", until__isnull=True)
