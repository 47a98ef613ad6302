"""Stock programs called as themselves, so that what they make can be checked by anyone with the same program."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from joinder.evidence.errors import SealFailed, ToolMissing


def openssl(arguments: Sequence[str | Path], *, stdin: bytes | None = None, cwd: Path | None = None) -> bytes:
    """What ``openssl`` writes to stdout. Raises ToolMissing without it and SealFailed with its words if it fails."""
    program = shutil.which("openssl")
    if program is None:
        raise ToolMissing(
            "Sealing needs the openssl command, which is not installed.",
            mend="Install it (Debian: apt-get install openssl).",
        )
    done = subprocess.run(
        [program, *map(str, arguments)], input=stdin, capture_output=True, check=False, cwd=cwd, timeout=60
    )
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise SealFailed(f"openssl {arguments[0]} failed: {words[-1] if words else 'no reason given'}.")
    return done.stdout
