"""``joinder pool add`` on a node with an office enters the pool in its catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from joinder.cli.main import main
from joinder.office.catalogue.models import Pool
from joinder.office.people.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def listings(tmp_path: Path) -> str:
    path = tmp_path / "a.csv"
    path.write_text("platform,listing_id\nt,1\n")
    return str(path)


def add(*arguments: str) -> int:
    return main(["pool", "add", "market", *arguments, "--kind", "listing"])


def test_a_new_pool_belongs_to_the_administrative_unit(
    listings: str, organisation_of: Callable[..., Organisation]
) -> None:
    organisation_of("platform")
    unit = organisation_of("market_regulator")
    assert add(listings) == 0
    pool = Pool.objects.get()
    assert (pool.name, pool.kind, pool.owner, pool.audience, pool.records) == (
        "market",
        "listing",
        unit,
        "own",
        1,
    )
    assert add(listings) == 0
    assert pool.runs.count() == 1


def test_another_owner_is_named(listings: str, organisation_of: Callable[..., Organisation]) -> None:
    organisation_of("market_regulator")
    platform = organisation_of("platform")
    assert add(listings, "--owner", platform.name) == 0
    assert Pool.objects.get().owner == platform


def test_an_unknown_owner_is_a_usage_error(
    listings: str, organisation_of: Callable[..., Organisation], capsys: pytest.CaptureFixture[str]
) -> None:
    organisation_of("market_regulator")
    assert add(listings, "--owner", "无此单位") == 2
    assert "无此单位" in capsys.readouterr().err
    assert not Pool.objects.exists()
    assert main(["pool", "list"]) == 0
    assert capsys.readouterr().out == "No pools yet.\n"


def test_an_office_without_an_administrative_unit_keeps_the_data(
    listings: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(listings) == 0
    assert "not entered" in capsys.readouterr().err
    assert not Pool.objects.exists()


def test_a_dry_run_enters_nothing(listings: str, organisation_of: Callable[..., Organisation]) -> None:
    organisation_of("market_regulator")
    assert add(listings, "--dry-run") == 0
    assert not Pool.objects.exists()
