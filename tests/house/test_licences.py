"""Everything installed beside the product has a licence we may use it under, and the allow-list says why.

Read from each distribution's own metadata (SPDX expression, else the short licence field, else classifiers).
"""

from __future__ import annotations

import re
from email.message import Message
from importlib.metadata import distributions
from typing import Final

import pytest

ALLOWED: Final = {
    "0BSD": "permissive",
    "Apache-2.0": "permissive, with a patent grant; the project's own licence",
    "BSD": "permissive; older metadata does not say how many clauses",
    "BSD-2-Clause": "permissive",
    "BSD-3-Clause": "permissive",
    "CC0-1.0": "public domain",
    "ISC": "permissive",
    "MIT": "permissive",
    "MIT-0": "permissive",
    "MIT-CMU": "permissive (the historical PIL licence)",
    "MPL-2.0": "copyleft per file; we change none of its files",
    "PSF-2.0": "permissive (Python's own)",
    "Unlicense": "public domain",
    "Zlib": "permissive",
}

EXCEPTIONS: Final = {
    "psycopg": ("LGPL-3.0-only", "an unmodified library that the user can replace; the PostgreSQL driver"),
    "psycopg-binary": ("LGPL-3.0-only", "the same driver's compiled part"),
    "qrcode": (
        "BSD AND LicenseRef-Proprietary",
        "its licence text is BSD with the MIT notice of the work it derives from",
    ),
}
"""Distributions whose metadata the allow-list does not cover: what it says, and why it is right all the same."""

NAMES: Final = {
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD",
    "bsd license": "BSD",
    "bsd 2-clause license": "BSD-2-Clause",
    "mit license": "MIT",
    "isc license (iscl)": "ISC",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "other/proprietary license": "LicenseRef-Proprietary",
    "python software foundation license": "PSF-2.0",
}
"""Older spellings, in lower case, and the SPDX identifier each stands for."""


def stated_licence(metadata: Message) -> str:
    """The SPDX expression a distribution states of itself; empty where it states none.

    Several classifiers mean that all of them apply (fido2: its own code, and files taken from elsewhere).
    """
    if expression := metadata.get("License-Expression"):
        return str(expression)
    classifiers = [
        str(line).rsplit("::", 1)[1].strip()
        for line in metadata.get_all("Classifier") or []
        if (str(line).startswith("License ::") and str(line).count("::") > 1) or "Proprietary" in str(line)
    ]
    if classifiers:
        return " AND ".join(_spdx(name) for name in classifiers)
    return _spdx((metadata.get("License") or "").strip().split("\n")[0])


def _spdx(name: str) -> str:
    return NAMES.get(name.lower(), name)


def is_allowed(expression: str) -> bool:
    """Whether an SPDX expression leaves us a choice in which every part is on the allow-list."""
    choices = re.split(r"\s+OR\s+", expression.strip("() "))
    return any(
        all(part.strip("() ") in ALLOWED for part in re.split(r"\s+AND\s+", choice)) for choice in choices
    )


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("MIT OR GPL-2.0-or-later", True),  # ours is the choice, and we choose MIT
        ("BSD-3-Clause AND 0BSD AND Zlib", True),
        ("MIT AND GPL-3.0-only", False),  # both bind
        ("AGPL-3.0-or-later", False),  # surt, PyMuPDF: only as separate programs
        ("LGPL-2.1-or-later", False),  # python-stdnum, docxtpl: not needed enough to make an exception
        ("LicenseRef-Proprietary", False),
        ("", False),  # a distribution that says nothing is not allowed by silence
    ],
)
def test_the_allow_list_decides(expression: str, allowed: bool) -> None:
    assert is_allowed(expression) is allowed


def test_every_installed_distribution_is_allowed() -> None:
    refused = {}
    for distribution in distributions():
        name, stated = distribution.metadata["Name"].lower(), stated_licence(distribution.metadata)
        if not is_allowed(stated) and EXCEPTIONS.get(name, ("",))[0] != stated:
            refused[f"{name} {distribution.version}"] = stated or "states no licence"
    assert not refused, (
        f"Not on the allow-list: {refused}. Find another package, run it as a separate program from .venv-tools, "
        "or add an exception with its reason."
    )


def test_every_exception_is_still_needed() -> None:
    installed = {d.metadata["Name"].lower(): stated_licence(d.metadata) for d in distributions()}
    for name, (expression, reason) in EXCEPTIONS.items():
        assert installed.get(name) == expression, (
            f"{name} now states {installed.get(name)!r}: review its exception"
        )
        assert reason
