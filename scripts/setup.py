"""Make a fresh clone ready to run.

    python3 scripts/setup.py run      what `make demo` needs: system packages, .venv, assets, catalogues
    python3 scripts/setup.py test     the same, and what `make test` needs: test packages, PostgreSQL, .venv-tools
    python3 scripts/setup.py lock     the pinned program that compiles the lock files, in .venv-lock

Only the standard library is used, because nothing else is there yet. Each step leaves a stamp of what it was made
from and is skipped while that has not changed, so a second start costs well under a second. A step that was cut
short leaves no stamp and is done again.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python must be told, not shown a traceback
    found = ".".join(map(str, sys.version_info[:3]))
    sys.exit(
        f"set-up: this is Python {found}; Joinder needs 3.11 or later.\n"
        "Install one and name it: make PYTHON=/path/to/python3.12 demo"
    )

from provision import assets, catalogues, environments, system
from provision.steps import SetUpStopped, exclusively, say

ROOT = Path(__file__).resolve().parent.parent


def prepare(purpose: str, root: Path = ROOT) -> None:
    """Bring the clone at `root` to where `purpose` ("run", "test" or "lock") can start."""
    if purpose == "lock":
        environments.ensure(environments.LOCK, root)
        return
    needs = system.FOR_TEST if purpose == "test" else system.FOR_RUN
    system.ensure(needs, root)
    environments.ensure(environments.TEST if purpose == "test" else environments.RUN, root)
    if purpose == "test":
        environments.ensure(environments.TOOLS, root)
    assets.ensure(root)
    catalogues.ensure(root)


def main(arguments: list[str]) -> int:
    purpose = arguments[0] if arguments else "run"
    if purpose not in ("run", "test", "lock") or len(arguments) > 1:
        print(__doc__, file=sys.stderr)
        return 2
    started = time.monotonic()
    try:
        with exclusively(ROOT):
            prepare(purpose)
    except SetUpStopped as stopped:
        print(f"\nset-up stopped: {stopped}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nset-up interrupted; the same command goes on where it stopped.", file=sys.stderr)
        return 130
    if (seconds := time.monotonic() - started) > 1:
        say(f"ready after {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
