"""Chromium for one capture: found, dropped to an unprivileged account, watched by its own NetLog, thrown away.

A fresh home and profile are made for each visit and removed after it, so that no cookie, cache entry or extension
of an earlier one can touch what is seen. As root the browser runs under ``nobody``; its sandbox stays on, and
``--no-sandbox`` is used only after Chromium itself has said that the kernel lets it have none: that then stands in
the environment report of the package.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from joinder.evidence.errors import BrowserMissing, CaptureRefused, ToolMissing

BROWSER_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
UNPRIVILEGED_ACCOUNT = "nobody"

FLAGS = (
    "--net-log-capture-mode=Everything",
    "--disable-quic",  # QUIC has no TLS socket events, so its bytes would not be recorded
    "--disable-http2",
    "--proxy-bypass-list=<-loopback>",  # loopback too goes through the gate
    "--disable-gpu",  # with it, tall screenshots repeat after 16,384 px
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--dns-prefetch-disable",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)


def find_browser() -> Path:
    """The system's Chromium: ``$CHROMIUM``, else the first of the usual names on PATH.

    Raises BrowserMissing, with the way to install one.
    """
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
    if found is None:
        where = f"$CHROMIUM names {named!r}, which is not a program" if named else "there is none on PATH"
        raise BrowserMissing(
            f"Capturing a page needs Chromium, and {where}.",
            mend="Install it (Debian: apt-get install chromium), or name one in the CHROMIUM variable.",
        )
    return Path(found)


def browser_version(browser: Path) -> str:
    """What the browser says of itself, for example ``Chromium 156.0.8078.79``."""
    with tempfile.TemporaryDirectory(prefix="joinder-version-") as home:
        done = subprocess.run(
            [browser, "--version"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "HOME": home},
        )
    return done.stdout.strip()


@dataclass
class Lair:
    """The throw-away home of one visit, owned by the account the browser runs under."""

    home: Path
    browser: Path
    account: str | None
    nss_store: bool = False
    extra_args: list[str] = field(default_factory=list)

    @property
    def netlog(self) -> Path:
        return self.home / "netlog.json"

    @property
    def profile(self) -> Path:
        return self.home / "profile"

    @property
    def launcher(self) -> Path:
        return self.home / "launch"

    @property
    def pid_file(self) -> Path:
        return self.home / "pid"

    def kill(self) -> None:
        """End the browser at once, where it still runs: the last resort against a page that hangs it."""
        with contextlib.suppress(OSError, ValueError):
            os.kill(int(self.pid_file.read_text()), signal.SIGKILL)

    def running(self) -> tuple[str, list[str]]:
        """The program and command line of the browser as the kernel sees them; empty where it does not tell."""
        try:
            process = Path("/proc", str(int(self.pid_file.read_text())))
            words = (process / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
            return str((process / "exe").readlink()), [word.decode(errors="replace") for word in words]
        except (OSError, ValueError):
            return "", []

    @property
    def stderr(self) -> Path:
        return self.home / "browser.log"


@contextlib.contextmanager
def lair(browser: Path, ca_file: Path | None = None) -> Iterator[Lair]:
    """A fresh home with an empty profile, and in it an NSS store that trusts ``ca_file`` where one is given.

    Removed when the block ends. Raises CaptureRefused for a CA file that is not PEM and ToolMissing without certutil
    or setpriv where they are needed.
    """
    account = UNPRIVILEGED_ACCOUNT if os.geteuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="joinder-capture-"))
    try:
        nest = Lair(home, browser, account)
        nest.profile.mkdir()
        if ca_file is not None:
            _trust_site_ca(nest, ca_file)
        _write_launcher(nest)
        if account is not None:
            _give(home, account)
        yield nest
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _trust_site_ca(nest: Lair, ca_file: Path) -> None:
    """Chromium reads extra authorities from ~/.pki/nssdb; its own verdict on the chain thus stays in the NetLog."""
    try:
        text = ca_file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise CaptureRefused(
            f"The CA file {ca_file} cannot be read: {error}.", mend="Give a certificate in PEM form."
        ) from None
    certificates = re.findall(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", text, re.DOTALL)
    if not certificates:
        raise CaptureRefused(f"{ca_file} holds no PEM certificate.", mend="Give a certificate in PEM form.")
    certutil = shutil.which("certutil")
    if certutil is None:
        raise ToolMissing(
            "Trusting a site's CA needs certutil, which is not installed.",
            mend="Install it (Debian: apt-get install libnss3-tools).",
        )
    store = nest.home / ".pki" / "nssdb"
    store.mkdir(parents=True)
    database = f"sql:{store}"
    subprocess.run([certutil, "-d", database, "-N", "--empty-password"], check=True, capture_output=True)
    for number, certificate in enumerate(certificates):
        done = subprocess.run(
            [certutil, "-d", database, "-A", "-n", f"site-ca-{number}", "-t", "C,,", "-a"],
            input=certificate.encode(),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise CaptureRefused(
                f"certutil does not accept certificate {number + 1} of {ca_file}: "
                f"{done.stderr.decode(errors='replace').strip()}.",
                mend="Give a certificate in PEM form.",
            )
    nest.nss_store = True


def _write_launcher(nest: Lair) -> None:
    """A script that becomes the browser under the right account, in the throw-away home, with its words kept."""
    environment = {
        "HOME": str(nest.home),
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TMPDIR": str(nest.home),
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }
    drop: list[str] = []
    if nest.account is not None:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            raise ToolMissing(
                "As root, Chromium runs under an unprivileged account, and that needs setpriv.",
                mend="Install it (Debian: apt-get install util-linux), or run as an ordinary user.",
            )
        person = pwd.getpwnam(nest.account)
        drop = [
            setpriv,
            f"--reuid={person.pw_uid}",
            f"--regid={person.pw_gid}",
            "--clear-groups",
            "--no-new-privs",
        ]
    words = [*drop, "env", "-i", *(f"{key}={value}" for key, value in environment.items()), str(nest.browser)]
    nest.launcher.write_text(
        f"#!/bin/sh\necho $$ >{shlex.quote(str(nest.pid_file))}\ncd {shlex.quote(str(nest.home))}\n"
        f'exec {shlex.join(words)} "$@" 2>>{shlex.quote(str(nest.stderr))}\n'
    )
    nest.launcher.chmod(0o755)
    nest.stderr.touch()


def _give(folder: Path, account: str) -> None:
    person = pwd.getpwnam(account)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, person.pw_uid, person.pw_gid)


def sandbox_refused(nest: Lair) -> bool:
    """Whether the browser said that the kernel lets it have no sandbox."""
    words = nest.stderr.read_text(encoding="utf-8", errors="replace") if nest.stderr.exists() else ""
    return "No usable sandbox" in words or "Failed to move to new namespace" in words


def platform_words() -> str:
    """Operating system and kernel, for the environment report."""
    system = os.uname()
    return f"{system.sysname} {system.release} {system.machine}; Python {sys.version.split()[0]}"
