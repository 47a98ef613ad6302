"""Publishing sample capabilities."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from sample_capability import descriptor

from joinder.office.capabilities import services
from joinder.office.capabilities.descriptor import parse
from joinder.office.capabilities.models import Capability
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation


@pytest.fixture
def published(organisation_of: Callable[..., Organisation]) -> Callable[..., Capability]:
    """Publish a capability for an organisation of a kind."""

    def make(provider_kind: str = "platform", **changes: Any) -> Capability:
        return services.publish(
            actor=Actor.system(),
            provider=organisation_of(provider_kind),
            descriptor=parse(descriptor(**changes)),
        )

    return make
