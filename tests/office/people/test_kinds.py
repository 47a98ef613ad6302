"""Kinds of organisation are a table, seeded with those the code knows by name."""

from __future__ import annotations

import pytest

from joinder.office.people.kinds import ADMINISTRATIVE, CAPACITIES, Kind, capacities_of
from joinder.office.people.models import OrganisationKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded_kinds")]


def test_every_kind_is_seeded_with_both_names() -> None:
    seeded = {kind.code: kind for kind in OrganisationKind.objects.all()}
    assert set(seeded) == set(Kind)
    assert all(kind.name_zh and kind.name_en for kind in seeded.values())


def test_every_kind_has_capacities() -> None:
    assert set(CAPACITIES) == set(Kind)
    assert all("administrator" in capacities_of(kind) for kind in Kind)


def test_administrative_units_are_of_that_family() -> None:
    families = dict(OrganisationKind.objects.values_list("code", "family"))
    assert all(families[kind] == "administrative" for kind in ADMINISTRATIVE)
