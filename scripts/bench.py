"""Run every benchmark of benchmarks/: each is a file bench_*.py that prints its own table, figure beside peer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Run the benchmarks whose names contain one of `arguments`, or all. Returns 1 where one of them failed."""
    files = sorted((ROOT / "benchmarks").glob("bench_*.py"))
    wanted = [file for file in files if not arguments or any(part in file.stem for part in arguments)]
    if not wanted:
        known = ", ".join(file.stem.removeprefix("bench_") for file in files) or "none yet"
        print(f"bench: nothing to run. Benchmarks that are there: {known}.")
        return 2 if files else 0
    failed = []
    for file in wanted:
        print(f"== {file.relative_to(ROOT)}", flush=True)
        if subprocess.run([sys.executable, file], cwd=ROOT, check=False).returncode != 0:
            failed.append(file.stem)
    if failed:
        print(f"bench: failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
