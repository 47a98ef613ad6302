"""Compile requirements/*.in to *.txt: exact versions with hashes, for Python 3.11 to 3.13, naming no host.

    make lock                         compile; versions stay as they are unless an .in file asks otherwise
    make lock ARGS=--upgrade          take the newest versions the .in files allow
    make lock ARGS='-P django'        take the newest of one package

Locks that constrain others come first: test.in holds `-c run.txt`, so that a package in both is one version.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ORDER = ("run", "test", "backend", "tools", "node", "lock")
UV = ROOT / ".venv-lock" / "bin" / "uv"


def compile_lock(name: str, extra: list[str]) -> None:
    """Write requirements/`name`.txt from requirements/`name`.in; the old file stays where uv fails."""
    print(f"lock: requirements/{name}.txt", file=sys.stderr, flush=True)
    subprocess.run(
        [
            UV, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
            "--no-emit-index-url", "--no-header", "-o", f"requirements/{name}.txt", f"requirements/{name}.in",
            *extra,
        ],
        cwd=ROOT,
        check=True,
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    if unplaced := {file.stem for file in (ROOT / "requirements").glob("*.in")} - set(ORDER):
        print(
            f"lock: give {', '.join(sorted(unplaced))} a place in ORDER of scripts/lock.py", file=sys.stderr
        )
        return 1
    for name in ORDER:
        try:
            compile_lock(name, arguments)
        except subprocess.CalledProcessError as error:
            print(f"lock: uv could not compile requirements/{name}.in; its message is above", file=sys.stderr)
            return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
