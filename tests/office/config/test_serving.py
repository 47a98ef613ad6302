"""Serving: what is refused and why, and that a real server and its worker come up and go down together."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from joinder.office.config import serving
from joinder.office.config.bootstrap import OfficeError

JOINDER = [sys.executable, "-m", "joinder.cli.main"]


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.9.9.9", True),
     ("0.0.0.0", False), ("192.0.2.1", False), ("::", False), ("joinder.example", False)],
)  # fmt: skip
def test_which_hosts_are_this_machine_alone(host: str, loopback: bool) -> None:
    assert serving.is_loopback(host) is loopback


def test_a_taken_port_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(OfficeError, match=f"Port {port}") as caught:
            serving.listen("127.0.0.1", port)
    assert "--port" in (caught.value.mend or "")


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment |= {"JOINDER_HOME": str(home), **more}
    return subprocess.run(
        [*JOINDER, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a node with spaces") / "node"
    made = run(
        folder, "init", str(folder), "--organisation", "样例市监局", "--administrator", "admin", "--json"
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["made"] == ["keys", "office secret", "joinder.toml", "database"]
    return folder


def test_init_again_changes_nothing(home: Path) -> None:
    before = {path: path.read_bytes() for path in (home / "keys").iterdir()}
    again = run(home, "init", str(home), "--json")
    assert json.loads(again.stdout) == {"node": str(home), "new": False, "made": []}
    assert {path: path.read_bytes() for path in (home / "keys").iterdir()} == before


def test_init_over_a_file_is_refused(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    refused = run(tmp_path / "x", "init", str(blocked))
    assert refused.returncode == 1
    assert "No node can be made" in refused.stderr


def test_init_dry_run_makes_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, "init", str(tmp_path / "n"), "--dry-run").returncode == 0
    assert not (tmp_path / "n").exists()


def test_no_node_is_said(tmp_path: Path) -> None:
    for command in ("serve", "work"):
        refused = run(tmp_path, command)
        assert refused.returncode == 1
        assert "joinder init" in refused.stderr


def test_demo_members_are_served_to_this_machine_alone(home: Path) -> None:
    script = (
        "from joinder.office.config.bootstrap import open_office; open_office()\n"
        "from joinder.office.people.models import User\n"
        "User.objects.create(username='demo', is_demo=True)\n"
    )
    environment = {**os.environ, "JOINDER_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", script], env=environment, check=True)
    refused = run(home, "serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 1
    assert "demo members" in refused.stderr
    assert "127.0.0.1" in refused.stderr


def test_serves_with_a_worker_and_stops(home: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment |= {"JOINDER_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        [*JOINDER, "serve", "--port", "0"], env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stderr is not None
        address = next(line for line in server.stderr if "http://" in line).split(" on ")[1].split()[0]
        with urllib.request.urlopen(f"{address}accounts/login/", timeout=20) as answer:
            page = answer.read().decode()
        for asset in {part.split('"')[0] for part in page.split('"/static/')[1:]}:
            with urllib.request.urlopen(f"{address}static/{asset}", timeout=20) as answer:
                assert answer.status == 200
        deadline = time.monotonic() + 20
        while not (workers := _children(server.pid)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert len(workers) == 1
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)
    assert not Path(f"/proc/{workers[0]}").exists(), "the worker outlived its server"


def _children(pid: int) -> list[int]:
    """Child processes over all threads of a process; a thread may end while they are listed."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            found += [int(child) for child in (task / "children").read_text().split()]
    return found
