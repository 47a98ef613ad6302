"""A regulator with three leads from one screening."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from joinder.office.leads.importing import Imported
from joinder.office.leads.models import Lead
from joinder.office.people.actors import Actor

sys.path.insert(0, str(Path(__file__).parent))
from sample_leads import TITLES, import_all, rows


@pytest.fixture
def screened() -> Callable[..., Imported]:
    """A function that screens listings with these titles for an organisation."""

    def run(actor: Actor, titles: list[str] = TITLES) -> Imported:
        assert actor.organisation_id is not None
        return import_all(actor.organisation_id, rows(titles))

    return run


@pytest.fixture
def inspector(actor_of: Callable[..., Actor]) -> Actor:
    """An inspector of a market regulator."""
    return actor_of("market_regulator")


@pytest.fixture
def colleague(actor_of: Callable[..., Actor], inspector: Actor) -> Actor:
    """Another inspector of the same regulator."""
    return actor_of("market_regulator")


@pytest.fixture
def leads(inspector: Actor, screened: Callable[..., Imported]) -> list[Lead]:
    """The regulator's leads, strongest first."""
    screened(inspector)
    return list(Lead.objects.visible_to(inspector).order_by("-score_milli", "pk"))
