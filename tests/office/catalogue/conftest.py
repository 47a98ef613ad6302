"""A platform with a pool of accounts, and files to hand in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest

from joinder.office.catalogue import services
from joinder.office.catalogue.models import Pool
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.vocabulary.node import NodeHome

SHOPS = """平台,店铺ID,店铺名称,联系电话,备注
淘贝,A1,某某优品,13800000001,老店
淘贝,A2,样例二店,13800000001,
淘贝,,无编号,,
"""


@pytest.fixture(autouse=True)
def _empty_lake(node_home: NodeHome) -> Iterator[None]:
    """Every test begins and ends with an empty lake."""
    folders = (node_home.pools, node_home.root / "uploads")
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    yield
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def platform(actor_of: Callable[..., Actor]) -> Actor:
    """A compliance officer of a platform."""
    return actor_of("platform")


@pytest.fixture
def inspector(actor_of: Callable[..., Actor]) -> Actor:
    """An inspector of a market regulator."""
    return actor_of("market_regulator")


@pytest.fixture
def pool(platform: Actor) -> Pool:
    """The platform's accounts, which authorities may ask for a count while they handle a case."""
    return services.register_pool(
        actor=platform,
        owner=Organisation.objects.get(pk=platform.organisation_id),
        name="shops",
        kind="account",
        title_zh="样例平台店铺",
        title_en="Shops of a sample platform",
        legal_basis="电子商务法第二十五条",
        purposes=["case"],
        audience="authorities",
        granularity="count",
    )


@pytest.fixture
def shops() -> bytes:
    """Shops as a platform exports them, in GB18030, with a row that has no number."""
    return SHOPS.encode("gb18030")
