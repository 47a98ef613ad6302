"""The checks of the house in the order that tells soonest: static ones, the office on PostgreSQL, every test.

    .venv/bin/python scripts/check.py static        ruff, formatting, mypy, import-linter
    .venv/bin/python scripts/check.py test          the same, then the tests (arguments after it go to pytest)
    .venv/bin/python scripts/check.py test-full     the same with the tests marked `full`

The last thing printed is pytest's own summary line, from the run of the whole suite.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTEST = (BIN / "python", "-m", "pytest")

STATIC: dict[str, tuple[str | Path, ...]] = {
    "ruff": (BIN / "ruff", "check", "--quiet", "."),
    "formatting": (BIN / "ruff", "format", "--quiet", "--check", "."),
    "mypy": (BIN / "mypy", "--no-error-summary"),
    "import-linter": (BIN / "lint-imports",),
}
OFFICE = "tests/office"
#: Two at a time, a module's tests together: its servers and browsers are started once.
TWO_AT_A_TIME = ("-n", "2", "--dist", "loadscope")


def quietly(name: str, command: Sequence[str | Path]) -> bool:
    """Run a check, print its one line when it passes and all it said when it does not."""
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = "" if done.returncode == 0 else f"\n{done.stdout}"
    verdict = "passes" if done.returncode == 0 else "FAILS"
    print(f"check: {name} {verdict} ({time.monotonic() - started:.0f} s){said}", flush=True)
    return done.returncode == 0


def static() -> bool:
    """All static checks, two at a time; every one is run, so that one go shows everything that is wrong."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return all(list(pool.map(lambda item: quietly(*item), STATIC.items())))


def tests(marks: str, extra: Sequence[str]) -> int:
    """The office's tests on PostgreSQL, then all tests on SQLite. Returns the first exit status that is not 0."""
    if any((ROOT / OFFICE).glob("**/test_*.py")):
        print("check: the office on PostgreSQL", flush=True)
        code = pytest([OFFICE, "-m", f"({marks}) and not browser"], {"JOINDER_TEST_DATABASE": "postgresql"})
        if code != 0:
            return code
    print("check: every test", flush=True)
    return pytest(["-m", marks, *extra], {})


def pytest(arguments: Sequence[str], settings: Mapping[str, str]) -> int:
    return subprocess.run(
        [*PYTEST, "-q", *TWO_AT_A_TIME, *arguments], cwd=ROOT, env={**os.environ, **settings}, check=False
    ).returncode


def main(arguments: Sequence[str]) -> int:
    kind = arguments[0] if arguments else ""
    if kind not in ("static", "test", "test-full"):
        print(__doc__, file=sys.stderr)
        return 2
    if not static():
        return 1
    if kind == "static":
        return 0
    return tests("not full" if kind == "test" else "full or not full", arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
