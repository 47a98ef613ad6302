"""Checking a package: always the single-file verifier, always in a process of its own.

There is one implementation of verification, the one a court runs. This module only finds it, runs it and reads what
it says.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joinder.evidence.errors import EvidenceError

VERIFIER_NAME = "joinder_verify.py"
_TIMEOUT_S = 600


@dataclass(frozen=True)
class Verdict:
    """exit_code: 0 valid, 1 not valid, 3 cannot tell. report: the verifier's JSON, its sentences in zh and en."""

    exit_code: int
    report: dict[str, Any]

    @property
    def valid(self) -> bool:
        return self.exit_code == 0


def verifier_path() -> Path:
    """The single-file verifier: beside the sources, or inside the installed package. Raises EvidenceError."""
    here = Path(__file__).resolve()
    for candidate in (here.parents[3] / "verifier" / VERIFIER_NAME, here.parent / VERIFIER_NAME):
        if candidate.is_file():
            return candidate
    raise EvidenceError(
        "The single-file verifier is missing from this installation.", mend="Install Joinder anew."
    )


def verifier_command(package: Path, trust: Path | None, *options: str) -> list[str]:
    """The command that checks ``package`` against the anchors in ``trust``."""
    chosen = ["--trust", str(trust)] if trust is not None and trust.is_dir() else []
    return [sys.executable, "-I", str(verifier_path()), str(package), *chosen, *options]


def verify(package: Path, trust: Path | None) -> Verdict:
    """Run the verifier on ``package``; trust: the folder of anchors, None where there is none.

    Raises EvidenceError if the verifier cannot run or does not answer.
    """
    command = verifier_command(package, trust, "--json")
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
        return Verdict(done.returncode, json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        raise EvidenceError(f"The verifier did not finish with {package.name} in {_TIMEOUT_S} s.") from None
    except ValueError:
        words = done.stderr.strip().splitlines()
        raise EvidenceError(
            f"The verifier could not read {package}: {words[-1] if words else 'no answer'}."
        ) from None
