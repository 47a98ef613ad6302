"""A PostgreSQL cluster for the tests alone: made in a temporary folder, on a unix socket, removed afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ACCOUNTS = ("postgres", "nobody")


def program(name: str) -> str:
    """A PostgreSQL program from Debian's folder or the PATH. Raises RuntimeError if it is not installed."""
    for found in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True):
        return str(found)
    found_on_path = shutil.which(name)
    if found_on_path is None:
        raise RuntimeError(f"{name} is not installed; install PostgreSQL (Debian: apt install postgresql)")
    return found_on_path


def account() -> pwd.struct_passwd | None:
    """The account PostgreSQL runs under: it refuses root, so as root an unprivileged one."""
    if os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError(f"as root one of the accounts {', '.join(ACCOUNTS)} is needed to run PostgreSQL")


@dataclass(frozen=True)
class Cluster:
    """A running cluster and how to reach it."""

    folder: Path
    user: str

    @classmethod
    def start(cls) -> Cluster:
        """Make and start it. Raises RuntimeError with PostgreSQL's own words if it does not start."""
        folder = Path(tempfile.mkdtemp(prefix="joinder-pg-"))
        whose = account()
        if whose is not None:
            os.chown(folder, whose.pw_uid, whose.pw_gid)
        cluster = cls(folder, whose.pw_name if whose else pwd.getpwuid(os.geteuid()).pw_name)
        data = str(folder / "data")
        cluster._run("initdb", "-D", data, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = (
            f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=40"
        )
        cluster._run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        return cluster

    @property
    def url(self) -> str:
        """What DATABASE_URL is to be."""
        return f"postgresql://{self.user}@{quote(str(self.folder), safe='')}/postgres"

    def stop(self) -> None:
        """Stop it and remove every trace."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, name: str, *arguments: str) -> None:
        whose = account()
        done = subprocess.run(
            [program(name), *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            user=whose.pw_uid if whose else None,
            group=whose.pw_gid if whose else None,
            extra_groups=[] if whose else None,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{name} failed: {done.stderr.strip()}")
