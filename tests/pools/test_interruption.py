"""An intake that is really killed, and a disk that is really full."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from joinder.pools import DiskFull, LakeError, intake, open_records, summarise
from joinder.pools import disk as disk_module
from joinder.vocabulary.node import NodeHome

ROWS = 120_000
Lake = Callable[[], dict[str, bytes]]


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write("platform,listing_id,title,price,currency\n")
        for n in range(ROWS):
            out.write(f"t,{n},某某优品 {n},{n % 90},CNY\n" if n % 1000 else f"t,,{n},1,CNY\n")
    return path


def start_intake(home: NodeHome, path: Path) -> subprocess.Popen[bytes]:
    script = (
        "import sys; from pathlib import Path; from joinder.pools import intake; "
        "from joinder.vocabulary.node import NodeHome; "
        "intake(NodeHome(Path(sys.argv[1])), 'market', 'listing', [Path(sys.argv[2])], chunk_rows=20_000)"
    )
    return subprocess.Popen([sys.executable, "-c", script, str(home.root), str(path)])


def wait_for_chunks(home: NodeHome, process: subprocess.Popen[bytes], count: int) -> None:
    for _ in range(6000):
        if len(list(home.pools.glob("market/listing/.staging/*/findings-*.jsonl"))) >= count:
            return
        assert process.poll() is None, "the intake ended before it could be killed"
        time.sleep(0.005)
    raise AssertionError("no chunk was staged")


def test_a_killed_intake_is_invisible_and_goes_on(home: NodeHome, large: Path, tmp_path: Path) -> None:
    process = start_intake(home, large)
    wait_for_chunks(home, process, 2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert list(home.pools.glob("*/*/manifest.json")) == []

    report = intake(home, "market", "listing", [large], chunk_rows=20_000)
    assert 20_000 <= report.resumed < ROWS
    assert (report.read, report.added, report.rejected) == (ROWS, ROWS - ROWS // 1000, ROWS // 1000)
    assert summarise(home)[0].unfinished == 0

    undisturbed = NodeHome(tmp_path / "other")
    intake(undisturbed, "market", "listing", [large], chunk_rows=20_000)
    assert (
        open_records("market", "listing", home)
        .table()
        .equals(open_records("market", "listing", undisturbed).table())
    )


def test_a_kill_while_committing_leaves_the_old_pool_and_goes_on(
    home: NodeHome, tmp_path: Path, lake_files: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("platform,listing_id,title\nt,1,old\nt,2,same\n")
    second.write_text("platform,listing_id,title\nt,1,new\nt,2,same\nt,3,x\n")
    intake(home, "market", "listing", [first])
    before = open_records("market", "listing", home).table()

    class Killed(BaseException):
        """Stands for SIGKILL at the last moment before the manifest is replaced."""

    with monkeypatch.context() as patch:
        patch.setattr(
            "joinder.pools.lake.PoolKind.write_manifest", lambda *_: (_ for _ in ()).throw(Killed())
        )
        with pytest.raises(Killed):
            intake(home, "market", "listing", [second])
    assert open_records("market", "listing", home).table().equals(before)

    report = intake(home, "market", "listing", [second])
    assert (report.resumed, report.added, report.changed, report.unchanged) == (3, 1, 1, 1)
    assert open_records("market", "listing", home).count() == 3


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two mebibytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root; the refusal is simulated in another test")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_pool_as_it_was(tiny_disk: Path, large: Path, tmp_path: Path) -> None:
    home = NodeHome(tiny_disk / "node")
    small = tmp_path / "small.csv"
    small.write_text("platform,listing_id,title\nt,1,a\n")
    intake(home, "market", "listing", [small])
    before = sorted(path for path in tiny_disk.rglob("*"))
    (tiny_disk / "ballast").write_bytes(os.urandom(1_600_000))
    with pytest.raises(DiskFull, match="no room") as caught:
        intake(home, "market", "listing", [large], chunk_rows=20_000)
    assert caught.value.mend
    (tiny_disk / "ballast").unlink()
    assert sorted(path for path in tiny_disk.rglob("*")) == before
    assert open_records("market", "listing", home).count() == 1


@pytest.mark.parametrize("name", ["write_parquet_safely", "write_safely"])
def test_every_refused_write_leaves_the_pool_as_it_was(
    home: NodeHome, tmp_path: Path, lake_files: Lake, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The n-th write of an intake is refused, for every n until one intake passes."""
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("platform,listing_id,title\nt,1,old\nt,2,same\n")
    second.write_text("platform,listing_id,title\nt,1,new\nt,2,same\nt,,bad\n")
    intake(home, "market", "listing", [first])
    held = open_records("market", "listing", home).table()
    listed = {path for path in lake_files() if path.endswith("manifest.json")}
    write = getattr(disk_module, name)
    for refused in range(20):
        calls = iter(range(100))

        def refuse(path: Path, data: object, turn: int = refused, calls: Iterator[int] = calls) -> None:
            if next(calls) == turn:
                raise OSError(errno.ENOSPC, "No space left on device")
            write(path, data)

        with monkeypatch.context() as patch:
            for module in ("staging", "committing", "lake"):
                if hasattr(sys.modules[f"joinder.pools.{module}"], name):
                    patch.setattr(f"joinder.pools.{module}.{name}", refuse)
            try:
                intake(home, "market", "listing", [second])
            except DiskFull:
                assert open_records("market", "listing", home).table().equals(held)
                assert {path for path in lake_files() if path.endswith("manifest.json")} == listed
                continue
        assert refused > 0
        assert open_records("market", "listing", home).table()["title"].to_pylist() == ["same", "new"]
        return
    raise AssertionError("no intake passed")


def test_a_folder_that_may_not_be_written_says_so(home: NodeHome, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("platform,listing_id,title\nt,1,a\n")
    home.root.mkdir()
    home.pools.write_text("a file where the folder should be")
    with pytest.raises(LakeError, match="cannot be"):
        intake(home, "market", "listing", [path])
