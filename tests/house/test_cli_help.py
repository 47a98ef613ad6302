"""Every command says in a full sentence what it does, and what each option is for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from joinder.cli.main import joinder


def commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command and group below `command`, each with the words that call it."""
    if words:
        yield " ".join(words), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            try:
                below = command.get_command(context, name)
            except (ModuleNotFoundError, AttributeError):
                continue  # the test of the designed commands names it; the others can still be read
            assert below is not None, f"{name} is listed and cannot be found"
            yield from commands(below, (*words, name))


ALL = dict(commands(joinder))

DESIGNED = (
    "init", "demo", "serve", "work",
    "pool add", "pool list", "pool show", "pool rejects",
    "detect",
    "resolve propose", "resolve run", "resolve explain", "resolve serve",
    "evidence capture", "evidence verify",
    "law show", "law clock", "law check", "law amount",
    "capability publish", "capability check", "capability call",
    "world make", "world serve",
)  # fmt: skip
"""The stable command line of the design; scripts rely on every one."""


@pytest.mark.parametrize("words", DESIGNED)
def test_every_designed_command_is_there(words: str) -> None:
    assert words in ALL


@pytest.mark.parametrize("words", ALL)
def test_every_command_has_help(words: str) -> None:
    text = (ALL[words].help or "").strip()
    first = text.split("\n\n")[0]
    assert first[:1].isupper(), f"joinder {words}: {first!r}"
    assert first.endswith((".", "。", ":")), f"joinder {words}: {first!r} is not a full sentence"


def test_every_command_is_in_the_guide(repository: Path) -> None:
    guide = (repository / "docs" / "guide" / "command-line.md").read_text(encoding="utf-8")
    verbs = [words for words, command in ALL.items() if not isinstance(command, click.Group)]
    assert [words for words in verbs if f"| `joinder {words}` |" not in guide] == []


@pytest.mark.parametrize("words", ALL)
def test_every_option_has_help(words: str) -> None:
    silent = [
        parameter.opts[0]
        for parameter in ALL[words].params
        if isinstance(parameter, click.Option) and not parameter.hidden and not parameter.help
    ]
    assert silent == [], f"joinder {words}: these options do not say what they are for"
