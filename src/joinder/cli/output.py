"""Where the command line writes: results to stdout, messages to stderr."""

from __future__ import annotations

import json
import sys
from typing import Any

import click


def emit(result: Any, *, as_json: bool = False, text: str | None = None) -> None:
    """Write a result to stdout: as JSON where asked, else ``text``, else a plain rendering of the result."""
    if as_json or (text is None and not isinstance(result, str)):
        click.echo(json.dumps(result, ensure_ascii=False, indent=2, default=str))
    else:
        click.echo(text if text is not None else result)


def say(message: str) -> None:
    """Write a message for a person to stderr."""
    click.echo(message, err=True)


def is_terminal() -> bool:
    """Whether a person watches stderr."""
    return sys.stderr.isatty()
