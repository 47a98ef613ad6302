"""Build the office's pages' assets: one sheet, one script, htmx, the icon sprite, the mark; hashed, with a manifest.

    python scripts/build_assets.py

Reads src/joinder/office/ui/assets and node_modules (npm ci first); writes src/joinder/office/ui/static/ui, which git
ignores. Files of the sheet are concatenated in the order layers, tokens, base, component, screen, so that a file
belongs to one idea and the browser fetches one. The new folder replaces the old one whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "src" / "joinder" / "office" / "ui"
ASSETS = UI / "assets"
BUILT = UI / "static" / "ui"
NPM = ROOT / "node_modules"
SERVED_FROM_NPM = {"htmx.js": NPM / "htmx.org" / "dist" / "htmx.min.js"}


def sheet() -> str:
    """All style sheets, in cascade order."""
    css = ASSETS / "css"
    files = [css / "base" / "layers.css", css / "tokens.css"]
    files += sorted(p for p in (css / "base").glob("*.css") if p.name != "layers.css")
    files += sorted((css / "component").glob("*.css")) + sorted((css / "screen").glob("*.css"))
    return "\n".join(p.read_text(encoding="utf-8") for p in files)


def script() -> str:
    """All of our own modules, in the order of their names."""
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted((ASSETS / "js").glob("*.js")))


def sprite() -> str:
    """The icon sprite, drawn by the office's own table."""
    sys.path.insert(0, str(ROOT / "src"))
    from joinder.office.ui.icons import sprite as drawn

    return drawn()


def contents() -> dict[str, bytes]:
    """Plain name → bytes of everything that is served. Exits where an npm package is missing."""
    made = {
        "desk.css": sheet().encode(),
        "desk.js": script().encode(),
        "icons.svg": sprite().encode(),
        "mark.svg": (ASSETS / "mark.svg").read_bytes(),
    }
    for name, source in SERVED_FROM_NPM.items():
        if not source.is_file():
            sys.exit(f"{source.relative_to(ROOT)} is missing; install the npm packages first: npm ci")
        made[name] = b"\n".join(
            line for line in source.read_bytes().splitlines() if not line.startswith(b"//# sourceMappingURL")
        )
    return made


def main() -> None:
    """Write the new folder beside the old one and put it in its place."""
    fresh = BUILT.with_name("ui.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    manifest = {}
    for name, data in sorted(contents().items()):
        stem, _, suffix = name.rpartition(".")
        manifest[name] = f"{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
        (fresh / manifest[name]).write_bytes(data)
    (fresh / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    old = BUILT.with_name("ui.old")
    shutil.rmtree(old, ignore_errors=True)
    if BUILT.exists():
        os.replace(BUILT, old)
    os.replace(fresh, BUILT)
    shutil.rmtree(old, ignore_errors=True)
    print(f"{len(manifest)} assets in {BUILT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
