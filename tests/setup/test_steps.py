"""Stamps, outside programs and the lock: what makes a second start quick and a broken one safe."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from provision import catalogues, steps


def test_a_fingerprint_follows_contents_and_facts_not_times(tmp_path: Path) -> None:
    file = tmp_path / "lock.txt"
    file.write_text("a==1")
    before = steps.fingerprint([file], "python3.11")
    file.touch()
    assert steps.fingerprint([file], "python3.11") == before
    assert steps.fingerprint([file], "python3.12") != before
    file.write_text("a==2")
    assert steps.fingerprint([file], "python3.11") != before


def test_a_missing_file_and_an_empty_one_differ_from_one_with_contents(tmp_path: Path) -> None:
    missing = steps.fingerprint([tmp_path / "x"])
    (tmp_path / "x").write_text("now it is here")
    assert steps.fingerprint([tmp_path / "x"]) != missing


def test_a_stamp_counts_only_for_its_own_value(tmp_path: Path) -> None:
    stamp = tmp_path / "deep" / "a.stamp"
    assert not steps.is_stamped(stamp, "one")
    steps.put_stamp(stamp, "one")
    assert steps.is_stamped(stamp, "one")
    assert not steps.is_stamped(stamp, "two")


def test_a_failing_program_is_told_with_the_end_of_its_output(tmp_path: Path) -> None:
    with pytest.raises(steps.SetUpStopped) as stopped:
        steps.run(
            ["sh", "-c", "echo no such package; exit 7"],
            root=tmp_path,
            log="pip.log",
            failing="pip failed",
            mend="Look at the lock.",
        )
    message = str(stopped.value)
    assert "pip failed (exit 7)" in message
    assert "no such package" in message
    assert "Look at the lock." in message


def test_a_program_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(steps.SetUpStopped, match="no-such-program cannot be started"):
        steps.run(["no-such-program"], root=tmp_path, log="x.log", failing="step failed")


def test_a_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with steps.exclusively(tmp_path):
            order.append("second")

    with steps.exclusively(tmp_path):
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(timeout=0.3)
        order.append("first")
    waiting.join(timeout=10)
    assert order == ["first", "second"]


def test_a_program_left_behind_keeps_the_next_set_up_waiting(tmp_path: Path) -> None:
    """The set-up is killed, its pip goes on writing: the next one must not start beside it."""
    script = (
        "import os, sys; from pathlib import Path; from provision import steps\n"
        f"root = Path({str(tmp_path)!r})\n"
        "with steps.exclusively(root):\n"
        "    steps.run(['sh', '-c', 'echo $PPID > parent; sleep 1; touch done'], root=root, log='x', failing='x')\n"
    )
    first = subprocess.Popen([sys.executable, "-c", script], cwd=Path(steps.__file__).parents[1])
    while not (tmp_path / "parent").exists():
        assert first.poll() is None
        time.sleep(0.01)
    first.kill()
    first.wait()
    with steps.exclusively(tmp_path):
        assert (tmp_path / "done").exists()


PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "lead"\nmsgstr "线索"\n'


def test_a_catalogue_is_compiled_when_it_is_newer_and_only_then(tmp_path: Path) -> None:
    folder = tmp_path / "src" / "joinder" / "office" / "leads" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = folder / "django.po"
    po.write_text(PO, encoding="utf-8")
    assert catalogues.stale(tmp_path / "src") == [po]
    catalogues.ensure(tmp_path)
    assert "线索".encode() in po.with_suffix(".mo").read_bytes()
    assert catalogues.stale(tmp_path / "src") == []


def test_a_broken_catalogue_stops_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    folder = tmp_path / "src" / "joinder" / "a" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid "a"\nmsgid "b"\n', encoding="utf-8")
    with pytest.raises(steps.SetUpStopped, match="does not compile"):
        catalogues.ensure(tmp_path)
    assert not (folder / "django.mo").exists()
