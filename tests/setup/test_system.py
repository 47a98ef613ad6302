"""What set-up asks of the operating system, and what it says when something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from provision import system
from provision.steps import SetUpStopped

LACKING = (
    system.Need("a Chromium, on PATH or named by $CHROMIUM", ("chromium",), lambda: False),
    system.Need("msgfmt of gettext", ("gettext",), lambda: False),
)


def test_an_ordinary_user_is_given_the_exact_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000)
    with pytest.raises(SetUpStopped) as stopped:
        system.ensure(LACKING, tmp_path)
    assert "sudo apt-get install -y --no-install-recommends chromium gettext" in str(stopped.value)


def test_without_apt_the_missing_things_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.shutil, "which", lambda _: None)
    with pytest.raises(SetUpStopped, match=r"msgfmt of gettext") as stopped:
        system.ensure(LACKING, tmp_path)
    assert "$CHROMIUM" in str(stopped.value)


def test_a_wrong_chromium_variable_is_said_rather_than_worked_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "absent"))
    with pytest.raises(SetUpStopped, match="Correct or unset it"):
        system.ensure(system.FOR_RUN, tmp_path)


def test_nothing_is_done_when_nothing_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "install", lambda *_: pytest.fail("installed something"))
    system.ensure([system.Need("anything", ("anything",), lambda: True)], tmp_path)


def test_chromium_may_be_named_by_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "my browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(browser))
    assert system.has_chromium()
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "absent"))
    assert not system.has_chromium()


def test_the_tests_need_all_that_the_demo_needs_and_a_database() -> None:
    assert set(system.FOR_RUN) < set(system.FOR_TEST)
    assert "postgresql" not in {package for need in system.FOR_RUN for package in need.debian}
