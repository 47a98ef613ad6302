"""A node's home without a node, and files to take in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from joinder.vocabulary.node import NodeHome

HEADER = "platform,listing_id,title,price,currency"


@pytest.fixture
def home(tmp_path: Path) -> NodeHome:
    return NodeHome(tmp_path / "node")


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """``csv_file("x.csv", "row", …)`` writes listings under the canonical header."""

    def write(name: str, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join((header, *rows, "")).encode(encoding))
        return path

    return write


@pytest.fixture
def lake_files(home: NodeHome) -> Callable[[], dict[str, bytes]]:
    """Every file of the lake and its bytes, locks aside."""

    def read() -> dict[str, bytes]:
        return {
            str(path.relative_to(home.pools)): path.read_bytes()
            for path in sorted(home.pools.rglob("*"))
            if path.is_file() and ".locks" not in path.parts
        }

    return read
