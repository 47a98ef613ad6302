"""Worlds that the tests look at; each is made once per run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from joinder.world import World, make


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A tiny world in Parquet."""
    return make(tmp_path_factory.mktemp("worlds") / "tiny", scale="tiny", seed=11)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A small world: the scale at which the difficulty is promised."""
    return make(tmp_path_factory.mktemp("worlds") / "small", scale="small", seed=11)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that does not exist yet."""
    return tmp_path / "world"


@pytest.fixture(scope="session")
def rows() -> Callable[[World, str], list[dict[str, Any]]]:
    """Reads one table of a world."""
    read: dict[Path, list[dict[str, Any]]] = {}

    def of(world: World, name: str) -> list[dict[str, Any]]:
        path = world.table(name)
        if path not in read:
            read[path] = pq.read_table(path).to_pylist()
        return read[path]

    return of
