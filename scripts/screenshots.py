"""Take the pictures of docs/images from the tests that walk the office's pages in a real browser.

The tests keep a picture of every page they look at where JOINDER_SCREENSHOTS names a folder; those that the documents
show are copied from there. A picture is thus always of a page that passed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WALK = "tests/office/ui/test_walk.py"

SHOWN = {
    "notice-clock-zh.png": "matters-notice-waiting-zh-hans-1400.png",
    "lead-en.png": "leads-lead-1-en-1400.png",
}
"""Name under docs/images → the picture that the walk keeps (app, page, language, width)."""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        settings = {"JOINDER_SCREENSHOTS": folder, "JOINDER_WALK": "matters,leads"}
        walk = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", WALK],
            cwd=ROOT,
            env={**os.environ, **settings},
            check=False,
        )
        if walk.returncode != 0:
            return walk.returncode
        (ROOT / "docs" / "images").mkdir(exist_ok=True)
        for name, picture in SHOWN.items():
            shutil.copyfile(Path(folder) / picture, ROOT / "docs" / "images" / name)
            print(f"docs/images/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
