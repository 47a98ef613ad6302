"""The demo's folder: made anew each run, and never anything but a demo."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from joinder.vocabulary.errors import JoinderError
from joinder.vocabulary.node import NodeHome

_MARK = ".joinder-demo"


class DemoError(JoinderError):
    """The demo cannot run here."""


@dataclass(frozen=True)
class DemoFolder:
    """Where the demo keeps its market, its node and its summary."""

    root: Path

    @property
    def world(self) -> Path:
        """The synthetic market."""
        return self.root / "world"

    @property
    def home(self) -> NodeHome:
        """The node."""
        return NodeHome(self.root / "node")

    @property
    def sign_ins(self) -> Path:
        """Names and passwords of the demo members, readable by the owner alone."""
        return self.root / "sign-ins.txt"

    @property
    def summary(self) -> Path:
        """What the run did, for machines."""
        return self.root / "summary.json"

    @property
    def package(self) -> Path:
        """The sealed page of the strongest suspicion."""
        return self.root / "strongest-suspicion.evz"


def make_anew(root: Path) -> DemoFolder:
    """An empty demo folder; an earlier demo in its place is removed.

    Raises DemoError if something other than a demo stands there: it is left alone.
    """
    if root.exists():
        if not root.is_dir() or (any(root.iterdir()) and not (root / _MARK).is_file()):
            raise DemoError(
                f"{root} is not a demo folder, so it is not replaced.",
                mend="Move it away, or name another folder with --dir.",
            )
        shutil.rmtree(root)
    root.mkdir(parents=True)
    (root / _MARK).write_text("Made by joinder demo; the next run replaces this folder.\n", encoding="utf-8")
    return DemoFolder(root.resolve())
