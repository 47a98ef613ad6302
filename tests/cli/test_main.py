"""The command line as a whole: every noun has help, and errors say what and how to mend."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from joinder.cli.main import NOUNS, main
from joinder.vocabulary.errors import JoinderError, NotBuiltYet


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_help_in_a_full_sentence(noun, capsys):
    assert main([noun, "--help"]) == 0
    assert "Usage: " in capsys.readouterr().out
    assert NOUNS[noun].endswith(".")


def test_the_list_of_commands_is_shown(capsys):
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(noun in out for noun in NOUNS)


def test_an_unknown_noun_is_a_usage_error(capsys):
    assert main(["listing"]) == 2
    assert "No such command" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "code"), [(JoinderError("It broke.", mend="Do this."), 1),
                                             (NotBuiltYet("The flying part"), 4)])  # fmt: skip
def test_an_error_is_two_lines_and_a_code(error, code, monkeypatch, capsys):
    import click

    from joinder.cli import main as module

    @click.command()
    def broken() -> None:
        raise error

    monkeypatch.setattr(module._Nouns, "get_command", lambda self, context, name: broken)
    assert main(["anything"]) == code
    err = capsys.readouterr().err
    assert error.message in err
    assert (error.mend or "") in err
    assert "Traceback" not in err


def test_the_engines_commands_never_load_django():
    script = (
        "import sys; from joinder.cli.main import main\n"
        "for noun in ('detect', 'resolve', 'evidence', 'law', 'world'): main([noun, '--help'])\n"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_a_supervisors_stop_is_like_ctrl_c(tmp_path):
    """SIGTERM in mid-work leaves nothing half-made beside the target."""
    target = tmp_path / "world"
    command = [
        sys.executable,
        "-m",
        "joinder.cli.main",
        "world",
        "make",
        "--scale",
        "small",
        "--out",
        str(target),
    ]
    running = subprocess.Popen(command, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    running.terminate()
    said = running.communicate(timeout=60)[1]
    assert running.returncode == 130
    assert b"Stopped." in said
    assert b"Traceback" not in said
    assert list(tmp_path.iterdir()) == []
