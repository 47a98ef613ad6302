"""Virtual environments, each made from its own lock files and nothing else.

.venv is the product's (and, for `make test`, the tests'); .venv-tools holds outside programs that run only as
separate processes; .venv-node holds Node where the machine has none; .venv-lock holds the lock compiler. Every
file is installed by hash from a lock, wheels only, so that nothing is built and no build backend is fetched; the
one exception (surt, which exists as source alone) is built by a setuptools that is itself locked.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import own_package
from .steps import SetUpStopped, fingerprint, is_stamped, put_stamp, run, say

_STAMP = "joinder-setup.stamp"
_UNFINISHED = "joinder-setup.unfinished"


@dataclass(frozen=True)
class Environment:
    """A virtual environment: its folder, its locks in the order they are installed, and what is special about it."""

    folder: str
    locks: tuple[str, ...]
    own_package: bool = False
    source_only: tuple[str, ...] = ()


RUN = Environment(".venv", ("run",), own_package=True)
TEST = Environment(".venv", ("run", "test"), own_package=True)
TOOLS = Environment(".venv-tools", ("backend", "tools"), source_only=("surt",))
NODE = Environment(".venv-node", ("node",))
LOCK = Environment(".venv-lock", ("lock",))


def python_of(environment: Environment, root: Path) -> Path:
    """The interpreter of an environment."""
    return root / environment.folder / "bin" / "python"


def ensure(environment: Environment, root: Path) -> None:
    """Make the environment, or bring it to what its locks say now; nothing when its stamps are current.

    An environment that was cut short while packages were being written, or that lay elsewhere before (its
    scripts name absolute paths), is made anew.
    """
    home = root / environment.folder
    if (home / _UNFINISHED).exists() or (home.exists() and not _usable(home)):
        shutil.rmtree(home)
    for lock in environment.locks:
        _install_lock(environment, lock, root)
    if environment.own_package:
        _install_own_package(environment, root)


def _install_lock(environment: Environment, name: str, root: Path) -> None:
    home, lock = root / environment.folder, root / "requirements" / f"{name}.txt"
    if not lock.is_file():
        raise SetUpStopped(f"{lock.relative_to(root)} is missing: this is not a whole clone. Clone again.")
    stamp, value = home / f"{name}.{_STAMP}", fingerprint([lock])
    if is_stamped(stamp, value):
        return
    if not home.exists():
        _create(home, root)
    say(f"{environment.folder} from requirements/{name}.txt ({count_packages(lock)} packages)")
    (home / _UNFINISHED).touch()
    sources = [f"--no-binary={package}" for package in environment.source_only]
    run(
        [
            python_of(environment, root), "-m", "pip", "install", "--quiet", "--no-input",
            "--disable-pip-version-check", "--require-hashes", "--no-deps", "--no-build-isolation",
            "--only-binary=:all:", *sources, "-r", lock,
        ],
        root=root,
        log=f"pip-{name}.log",
        failing=f"the packages of requirements/{name}.txt could not be installed",
        mend="A package index must be reachable (pip's own settings are honoured); then run the same command again.",
    )  # fmt: skip
    put_stamp(stamp, value)
    (home / _UNFINISHED).unlink()


def _install_own_package(environment: Environment, root: Path) -> None:
    home = root / environment.folder
    stamp = home / f"own.{_STAMP}"
    value = fingerprint([root / "pyproject.toml", Path(own_package.__file__)], root)
    if is_stamped(stamp, value) and (home / "bin" / "joinder").exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        wheel = own_package.pointing_wheel(root, Path(folder))
        run(
            [
                python_of(environment, root), "-m", "pip", "install", "--quiet", "--no-input", "--no-index",
                "--disable-pip-version-check", "--no-deps", "--force-reinstall", wheel,
            ],
            root=root,
            log="pip-own.log",
            failing="Joinder itself could not be installed",
        )  # fmt: skip
    put_stamp(stamp, value)


def _create(home: Path, root: Path) -> None:
    """A new environment; the marker is there from the first moment, so that a half-made one is never trusted."""
    home.mkdir()
    (home / _UNFINISHED).touch()
    run(
        [sys.executable, "-m", "venv", home],
        root=root,
        log=f"venv{home.name}.log",
        failing=f"the virtual environment {home.name} could not be made",
        mend="On Debian this needs the package python3-venv of the Python in use.",
    )
    (home / _PLACE).write_text(str(home), encoding="utf-8")


_PLACE = "joinder-setup.place"


def _usable(home: Path) -> bool:
    """Whether an existing environment's interpreter is there and the folder has not been moved."""
    place = home / _PLACE
    moved = place.is_file() and place.read_text(encoding="utf-8") != str(home)
    return (home / "bin" / "python").exists() and not moved


def count_packages(lock: Path) -> int:
    """How many packages a lock file pins."""
    return sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines() if line[:1].isalnum())
