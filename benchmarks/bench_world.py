"""How fast the synthetic market is made, and how much memory that takes: `make bench ARGS=world`.

Scales tiny and small by default; name others to run them: `python benchmarks/bench_world.py city`. Each scale runs in a
process of its own, so that the peak is its own. There is no peer that makes such worlds: the column to compare is the
time it takes at ten times the size.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from joinder.world import make


def measure(scale: str) -> dict[str, float]:
    """Make one world in this process. Seconds, rows of all tables, pictures, and peak resident memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        world = make(Path(folder) / "world", scale=scale, seed=7)
        seconds = time.perf_counter() - began
        size = sum(path.stat().st_size for path in world.folder.rglob("*") if path.is_file())
    rows = sum(count for name, count in world.counts.items() if name != "images")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": seconds,
        "listings": world.counts["listings"],
        "rows": rows,
        "pictures": world.counts["images"],
        "mib": size / 2**20,
        "peak": peak,
    }


def main(scales: list[str]) -> int:
    print(
        f"{'scale':<8}{'listings':>12}{'rows':>12}{'pictures':>10}{'s':>9}{'rows/s':>10}{'MiB':>8}{'peak MiB':>10}"
    )
    for scale in scales or ["tiny", "small"]:
        run = subprocess.run(
            [sys.executable, __file__, "--one", scale], check=True, capture_output=True, text=True
        )
        found = json.loads(run.stdout)
        rate = found["rows"] / found["seconds"]
        print(
            f"{scale:<8}{found['listings']:>12,.0f}{found['rows']:>12,.0f}{found['pictures']:>10,.0f}"
            f"{found['seconds']:>9.1f}{rate:>10,.0f}{found['mib']:>8.0f}{found['peak']:>10.0f}"
        )
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2])))
    else:
        sys.exit(main(sys.argv[1:]))
