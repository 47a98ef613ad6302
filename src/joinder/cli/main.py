"""``joinder <noun> <verb>``: finds the noun's module, runs it, and says plainly what went wrong.

A ``JoinderError`` becomes two lines on stderr (what happened, how to mend it) and its exit code; nobody sees a
traceback for bad input. Set ``JOINDER_DEBUG=1`` to see where an unforeseen error came from.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Sequence

import click

from joinder import __version__
from joinder.cli.output import say
from joinder.vocabulary.errors import JoinderError

NOUNS = {
    "init": "Make a node: its keys, database and store.",
    "demo": "Make a market, run the main job on it from listing to case, and serve the site.",
    "serve": "Serve the office's site on this machine.",
    "work": "Run the node's queued jobs.",
    "pool": "Take data in: add, list and show pools, and read what was rejected.",
    "detect": "Screen listings against rights and write suspected infringements with reasons.",
    "resolve": "Find which records stand for the same entity, and explain why.",
    "evidence": "Capture a page as a sealed package, and verify one.",
    "law": "Read the rule packs: show a rule, compute a time limit, check a notice, sum an amount.",
    "capability": "Publish, check and call what organisations can do for one another.",
    "world": "Make a synthetic market with known truth, and serve it as a web site.",
}


class _Nouns(click.Group):
    """Loads a noun's module when it is asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(NOUNS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in NOUNS:
            return None
        command: click.Command = importlib.import_module(f"joinder.cli.{name}").command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(NOUNS.items()))


@click.group(cls=_Nouns, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="joinder")
def joinder() -> None:
    """Joinder 合证: from a listing to a case that stands.

    Exit codes: 0 done, 1 failed or a negative verdict, 2 usage, 3 undecided or incomplete, 4 not built yet.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code."""
    _stop_when_asked()
    try:
        result = joinder.main(args=list(arguments) if arguments is not None else None, standalone_mode=False)
    except JoinderError as error:
        return _report(error)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort:
        say("Stopped.")
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        # The reader of stdout went away (`joinder … | head`); say nothing more and let Python close quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except OSError as error:
        if os.environ.get("JOINDER_DEBUG"):
            raise
        return _report(
            JoinderError(
                f"The system refused: {error.strerror or error} ({error.filename or 'no file'}).",
                mend="Check that the path exists, is readable or writable, and has room.",
            )
        )
    return result if isinstance(result, int) else 0


def _stop_when_asked() -> None:
    """Treat SIGTERM like Ctrl-C, so that throw-away folders and half-written files go when a supervisor stops us.

    Only where nobody else has set a handler, and only in the main thread (elsewhere Python allows none).
    """
    with contextlib.suppress(ValueError):
        if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
            signal.signal(signal.SIGTERM, signal.default_int_handler)


def _report(error: JoinderError) -> int:
    if os.environ.get("JOINDER_DEBUG"):
        raise error
    say(f"joinder: {error.message}")
    if error.mend:
        say(f"  → {error.mend}")
    return error.exit_code


if __name__ == "__main__":
    sys.exit(main())
