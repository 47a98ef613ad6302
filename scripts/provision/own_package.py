"""Installs the working tree itself: a wheel of a few hundred bytes that points at src/.

It does what an editable install does, without a build backend that would have to be fetched and pinned: pip
receives metadata, the console scripts of pyproject.toml and a `.pth` file. pip writes the scripts, so that
`.venv/bin/joinder` works in a path with spaces as well.
"""

from __future__ import annotations

import base64
import hashlib
import tomllib
import zipfile
from pathlib import Path


def pointing_wheel(root: Path, folder: Path) -> Path:
    """Write the wheel into `folder` and return its path. Name, version and scripts come from pyproject.toml."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    info = f"{name}-{version}.dist-info"
    members = {
        f"{name}.pth": f"{root / 'src'}\n",
        f"{info}/METADATA": _metadata(project),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: joinder set-up\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": _entry_points(project.get("scripts", {})),
    }
    members[f"{info}/RECORD"] = _record(members, f"{info}/RECORD")
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in members.items():
            archive.writestr(path, text)
    return wheel


def _metadata(project: dict[str, object]) -> str:
    fields = {
        "Metadata-Version": "2.4",
        "Name": project["name"],
        "Version": project["version"],
        "Summary": project.get("description", ""),
        "License-Expression": project.get("license", ""),
        "Requires-Python": project.get("requires-python", ""),
    }
    return "".join(f"{field}: {value}\n" for field, value in fields.items())


def _entry_points(scripts: dict[str, str]) -> str:
    return "[console_scripts]\n" + "".join(f"{name} = {target}\n" for name, target in scripts.items())


def _record(members: dict[str, str], own_path: str) -> str:
    lines = []
    for path, text in members.items():
        content = text.encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{path},sha256={digest},{len(content)}\n")
    return "".join(lines) + f"{own_path},,\n"
