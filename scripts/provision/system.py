"""Programs and fonts that come from the operating system.

Each need is looked for by what it does (a program on PATH, a font file), never by package name, so that a machine
without apt passes as soon as the things are there. What is missing is installed with apt when we are root;
otherwise set-up prints the exact command and stops. No service is started and no database cluster is made: the
tests start their own temporary PostgreSQL.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .steps import SetUpStopped, run, say

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
_CJK_FONTS = ("*CJK*", "SourceHan*", "wqy-*")

_NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/joinder-no-main-cluster.conf")
"""Debian's PostgreSQL package makes and starts a cluster unless a file here says not to."""


@dataclass(frozen=True)
class Need:
    """Something the machine must have: what for, in which Debian packages, and how to see that it is there."""

    what: str
    debian: tuple[str, ...]
    present: Callable[[], bool]


def has_programs(*names: str) -> Callable[[], bool]:
    """A check that every one of `names` is on PATH."""
    return lambda: all(shutil.which(name) for name in names)


def has_chromium() -> bool:
    """Whether $CHROMIUM names a program, or one of the usual names is on PATH."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named) is not None
    return any(shutil.which(name) for name in CHROMIUM_NAMES)


def has_cjk_font() -> bool:
    """Whether a font with Chinese glyphs lies in one of the usual folders."""
    folders = [Path(folder).expanduser() for folder in _FONT_FOLDERS]
    return any(
        next(folder.rglob(pattern), None) is not None
        for folder in folders
        if folder.is_dir()
        for pattern in _CJK_FONTS
    )


def has_postgresql() -> bool:
    """Whether a PostgreSQL server's programs are there: on PATH, or where Debian keeps them off it."""
    debian = Path("/usr/lib/postgresql")
    return shutil.which("initdb") is not None or any(debian.glob("*/bin/initdb"))


def has_libatomic() -> bool:
    """Whether the library is there that the browser driver's own Node is linked against; only Linux splits it off."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def has_ensurepip() -> bool:
    """Whether this Python can make a virtual environment with pip in it (Debian splits that off)."""
    return importlib.util.find_spec("ensurepip") is not None


FOR_RUN = (
    Need("Python's venv with pip", ("python3-venv",), has_ensurepip),
    Need("a Chromium, on PATH or named by $CHROMIUM", ("chromium", "chromium-sandbox"), has_chromium),
    Need("libatomic, for the browser driver", ("libatomic1",), has_libatomic),
    Need("a CJK font", ("fonts-noto-cjk",), has_cjk_font),
    Need("openssl", ("openssl",), has_programs("openssl")),
    Need("certutil of NSS", ("libnss3-tools",), has_programs("certutil")),
    Need("pdfsig and pdftotext of Poppler", ("poppler-utils",), has_programs("pdfsig", "pdftotext")),
    Need("msgfmt of gettext", ("gettext",), has_programs("msgfmt")),
)
FOR_TEST = (
    *FOR_RUN,
    Need("a PostgreSQL server (never started as a service)", ("postgresql",), has_postgresql),
)


def ensure(needs: Sequence[Need], root: Path) -> None:
    """Return when every need is met, after installing what is missing where that is allowed.

    Raises SetUpStopped with the command for an administrator, or, without apt, with the list of what is missing.
    """
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    if os.environ.get("CHROMIUM") and not has_chromium():
        raise SetUpStopped(
            f"$CHROMIUM is {os.environ['CHROMIUM']!r}, which is not a program that can be run. "
            "Correct or unset it."
        )
    if shutil.which("apt-get") is None:
        raise SetUpStopped(without_apt(missing))
    if os.geteuid() != 0:
        raise SetUpStopped(for_administrator(missing))
    install(missing, root)
    if still := [need for need in missing if not need.present()]:
        raise SetUpStopped("apt-get installed its packages, yet these are not there:\n" + _listed(still))


def for_administrator(missing: Sequence[Need]) -> str:
    """The message for an ordinary user of a machine with apt: what is missing, and the one command that mends it."""
    command = "sudo apt-get update && sudo " + shlex.join(_apt_install(missing))
    return (
        f"this machine lacks, and only an administrator may install:\n{_listed(missing)}\n\n"
        f"Run this, then the same make command again:\n\n    {command}\n"
    )


def without_apt(missing: Sequence[Need]) -> str:
    """The message for a machine without apt."""
    return (
        f"this machine lacks:\n{_listed(missing)}\n\n"
        "Install these with the system's own package manager, then run the same make command again.\n"
        "(On Debian they are: " + " ".join(_packages(missing)) + ")"
    )


def install(missing: Sequence[Need], root: Path) -> None:
    """Install what is missing with apt, as root."""
    say(f"installing {' '.join(_packages(missing))} (a minute or two; .setup/apt.log)")
    _apt(["apt-get", "update"], "apt-update.log", root)
    makes_cluster = any("postgresql" in need.debian for need in missing) and not _NO_CLUSTER.exists()
    if makes_cluster:
        _NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        _NO_CLUSTER.write_text("# While Joinder's set-up installs PostgreSQL.\ncreate_main_cluster = false\n")
    try:
        _apt(_apt_install(missing), "apt.log", root)
    finally:
        if makes_cluster:
            _NO_CLUSTER.unlink(missing_ok=True)


def _apt(command: list[str], log: str, root: Path) -> None:
    run(
        [*command, "-o", "DPkg::Lock::Timeout=300"],
        root=root,
        log=log,
        failing=f"{command[0]} {command[1]} failed",
        env={"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"},
        mend="Mend what apt names above, then run the same make command again.",
        inherits_lock=False,
    )


def _apt_install(missing: Sequence[Need]) -> list[str]:
    return ["apt-get", "install", "-y", "--no-install-recommends", *_packages(missing)]


def _packages(missing: Sequence[Need]) -> list[str]:
    return [package for need in missing for package in need.debian]


def _listed(needs: Sequence[Need]) -> str:
    return "\n".join(f"    - {need.what}" for need in needs)
