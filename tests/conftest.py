"""What every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A test never asserts a time, and neither does the library that makes its examples.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets that lies beside the repository.

    Skips where it is absent; where ``CI`` is set its absence is a failure, so that the proof on real data cannot
    silently fall away.
    """
    folder = ROOT.parent / "shared" / "data"
    if folder.is_dir():
        return folder
    message = "the real data sets (../shared/data) are not here"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
