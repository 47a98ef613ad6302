"""Where a node lives on disk.

A node is one folder: its configuration, database, keys, trust anchors, transparency log, store and pools. It is
``$JOINDER_HOME``, else the nearest folder upwards that holds a ``joinder.toml``, else the user's data folder.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joinder.vocabulary.errors import JoinderError

CONFIG_NAME = "joinder.toml"


class NodeError(JoinderError):
    """The node's folder is missing or its configuration cannot be read."""


@dataclass(frozen=True)
class NodeHome:
    """The folder of a node; its parts need not exist until they are made."""

    root: Path

    @property
    def config_file(self) -> Path:
        """``joinder.toml``: the node's name and its outside services."""
        return self.root / CONFIG_NAME

    @property
    def database(self) -> Path:
        """The embedded database, used unless ``DATABASE_URL`` names another."""
        return self.root / "joinder.db"

    @property
    def keys(self) -> Path:
        """Private keys, readable by the node alone."""
        return self.root / "keys"

    @property
    def trust(self) -> Path:
        """Trust anchors that this node's verifier uses; never taken from a package."""
        return self.root / "trust"

    @property
    def log(self) -> Path:
        """The node's transparency log."""
        return self.root / "log"

    @property
    def store(self) -> Path:
        """The content-addressed store of evidence and documents."""
        return self.root / "store"

    @property
    def pools(self) -> Path:
        """The Parquet lake: ``pools/<pool>/<kind>/``."""
        return self.root / "pools"

    @property
    def exists(self) -> bool:
        """Whether a node was made here."""
        return self.config_file.is_file()

    def config(self) -> dict[str, Any]:
        """The configuration, empty where there is none. Raises NodeError if it is not TOML."""
        if not self.exists:
            return {}
        try:
            return tomllib.loads(self.config_file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise NodeError(
                f"{self.config_file} is not a readable TOML file: {error}.",
                mend="Correct the line named, or make the node anew with: joinder init",
            ) from None


def find_home(start: Path | None = None) -> NodeHome:
    """The node that a command started in ``start`` (default: the working folder) speaks for.

    Always returns a home; ask ``.exists`` whether a node was made there.
    """
    named = os.environ.get("JOINDER_HOME")
    if named:
        return NodeHome(Path(named).expanduser().resolve())
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / CONFIG_NAME).is_file():
            return NodeHome(folder)
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return NodeHome(Path(data).expanduser() / "joinder")


def require_home(start: Path | None = None) -> NodeHome:
    """The node, which must exist. Raises NodeError with the command that makes one."""
    home = find_home(start)
    if not home.exists:
        raise NodeError(
            f"There is no node here: {home.root} holds no {CONFIG_NAME}.",
            mend="Make one with: joinder init   (or name one in JOINDER_HOME)",
        )
    return home
