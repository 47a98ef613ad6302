"""What a result must pass before it is stored, whoever hands it in.

The app that knows what was promised (capabilities: the output schema, the fineness of a pool's answer) registers a
check. It returns the result as it may be stored, or raises; then nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from joinder.office.jobs.models import Job

Check = Callable[[Job, Any], Any]
_CHECKS: list[Check] = []


def register(check: Check) -> None:
    """Add a check; it is given every job and returns the result unchanged for those it does not know."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def accepted(job: Job, result: Any) -> Any:
    """The result as it may be stored. Raises what a check raises."""
    for check in _CHECKS:
        result = check(job, result)
    return result
