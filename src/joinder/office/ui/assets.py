"""Addresses of built assets, by their plain names.

``scripts/build_assets.py`` concatenates the sheets, hashes every file and writes ``static/ui/manifest.json``; nothing
built is committed. A missing build is an error with the command that mends it, never a bare page.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from joinder.vocabulary.errors import JoinderError

BUILT = Path(__file__).resolve().parent / "static" / "ui"
MANIFEST = BUILT / "manifest.json"


class AssetsMissing(JoinderError):
    """The pages' style sheet and scripts were not built."""


@lru_cache(maxsize=1)
def _manifest(stamp: float) -> dict[str, str]:
    loaded: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return loaded


def manifest() -> dict[str, str]:
    """Plain name → hashed file name. Raises AssetsMissing."""
    if not MANIFEST.is_file():
        raise AssetsMissing(
            "The style sheet and scripts of the pages are not built.",
            mend="Build them with: make setup   (or: python scripts/build_assets.py)",
        )
    return _manifest(MANIFEST.stat().st_mtime)


def address(name: str) -> str:
    """The address of a built asset ("desk.css"). Raises AssetsMissing."""
    built = manifest()
    if name not in built:
        raise AssetsMissing(
            f"There is no built asset {name!r}; there are {', '.join(sorted(built))}.",
            mend="Build them again with: python scripts/build_assets.py",
        )
    return f"/static/ui/{built[name]}"
