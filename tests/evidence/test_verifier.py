"""The single-file verifier: every change to a package is found, and the member at fault is named."""

from __future__ import annotations

import hashlib
import random
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from joinder.evidence import Log, authority, verifier_command, verify
from joinder.evidence.seal import (
    CONTROL_FILES,
    PROOF,
    SIGNATURE,
    STAMP,
    SUMS,
    close_seal,
    leaf_text,
    time_stamp,
)
from joinder.vocabulary.node import NodeHome

pytestmark = pytest.mark.browser


def named(report: dict) -> str:
    """The member that the verifier holds at fault."""
    return [item["member"] for item in report["checks"] if item["ok"] is False][-1]


# -- what is valid


def test_a_package_of_this_node_is_valid_and_says_self_issued(captured: Any, check: Any) -> None:
    code, report = check(captured.result.path)
    assert (code, report["verdict"]) == (0, "valid")
    assert report["self_issued"] is True
    assert report["complete"] is True
    assert report["official"] is True


def test_without_anchors_it_cannot_tell(captured: Any, check: Any, tmp_path: Path) -> None:
    assert check(captured.result.path, None)[0] == 3
    assert check(captured.result.path, tmp_path)[0] == 3


def test_without_anchors_damage_is_still_found(captured: Any, check: Any, tmp_path: Path, pack: Any) -> None:
    members = captured.members
    members["views/text.txt"] += b"x"
    code, report = check(pack(tmp_path / "x.evz", members), None)
    assert (code, named(report)) == (1, "views/text.txt")


def test_another_nodes_anchors_do_not_make_it_valid(captured: Any, check: Any, tmp_path: Path) -> None:
    other = NodeHome(tmp_path / "other")
    authority.make(other)
    code, report = check(captured.result.path, other.trust)
    assert (code, named(report)) == (1, PROOF)
    assert "log is not trusted" in str(report)


@pytest.mark.parametrize(
    ("date", "method"),
    [((2026, 11, 22, 9, 0, 0), zipfile.ZIP_STORED), ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED)],
)
def test_packing_again_keeps_it_valid_and_is_noted(
    captured: Any, check: Any, tmp_path: Path, date: tuple[int, ...], method: int, pack: Any
) -> None:
    members = dict(sorted(captured.members.items(), reverse=True))
    code, report = check(pack(tmp_path / "x.evz", members, date=date, method=method))
    assert code == 0
    assert "repacked" in [item["check"] for item in report["checks"]]


def test_it_runs_alone_in_both_languages(captured: Any, home: NodeHome, tmp_path: Path) -> None:
    alone = tmp_path / "court folder"
    alone.mkdir()
    script = shutil.copy(verifier_command(Path("x"), None)[2], alone)
    for language, word in (("en", "VALID"), ("zh", "有效")):
        command = [sys.executable, "-I", script, str(captured.result.path), "--trust", str(home.trust)]
        done = subprocess.run([*command, "--lang", language], capture_output=True, check=False, cwd=alone)
        assert done.returncode == 0
        assert word in done.stdout.decode()
        assert "自签" in done.stdout.decode() or "self-issued" in done.stdout.decode()


def test_without_openssl_it_cannot_tell(
    captured: Any, check: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert check(captured.result.path)[0] == 3


def test_a_missing_file_is_a_usage_error(home: NodeHome, tmp_path: Path) -> None:
    command = verifier_command(tmp_path / "none.evz", home.trust)
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


def test_it_stays_short_enough_to_be_read() -> None:
    script = Path(verifier_command(Path("x"), None)[2])
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 400


# -- every change to every member


def _flip(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << rng.randrange(8))]) + data[place + 1 :]


CHANGES: dict[str, Callable[[bytes, random.Random], bytes | None]] = {
    "flip": _flip,
    "another flip": _flip,
    "truncation": lambda data, rng: data[: rng.randrange(len(data))],
    "append": lambda data, rng: data + bytes([rng.randrange(256)]),
    "deletion": lambda data, rng: None,
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_a_member_is_found_and_named(
    captured: Any, check: Any, tmp_path: Path, change: str, pack: Any
) -> None:
    rng = random.Random(change)
    for name in captured.members:
        members = captured.members
        changed = CHANGES[change](members[name], rng)
        if changed is None:
            del members[name]
        else:
            members[name] = changed
        code, report = check(pack(tmp_path / "x.evz", members))
        assert (code, named(report)) == (1, name), f"{change} of {name}"


def test_many_flips_in_the_control_files_are_found_and_named(
    captured: Any, check: Any, tmp_path: Path, pack: Any
) -> None:
    rng = random.Random(7)
    for round_number in range(40):
        members, name = captured.members, CONTROL_FILES[round_number % 4]
        members[name] = _flip(members[name], rng)
        code, report = check(pack(tmp_path / "x.evz", members))
        assert (code, named(report)) == (1, name), f"flip {round_number} in {name}"


def test_an_unlisted_member_is_found(captured: Any, check: Any, tmp_path: Path, pack: Any) -> None:
    for name in ("extra", "views/evil.html", "SHA256SUMS.p7s.tsr2"):
        code, report = check(pack(tmp_path / "x.evz", {**captured.members, name: b"x"}))
        assert (code, named(report)) == (1, name)


# -- forged seals


@pytest.fixture
def unpacked(captured: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(captured.result.path) as package:
        package.extractall(folder)
    return folder


def _repack(pack: Any, folder: Path, target: Path) -> Path:
    members = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    return pack(target, members)


def test_a_rogue_signer_with_own_keys_is_refused(
    unpacked: Path, check: Any, tmp_path: Path, pack: Any
) -> None:
    rogue = NodeHome(tmp_path / "rogue")
    authority.make(rogue)
    (unpacked / "views" / "text.txt").write_text("forged")
    close_seal(rogue, unpacked, "样例〔2026〕1号", 1)
    code, report = check(_repack(pack, unpacked, tmp_path / "x.evz"))
    assert (code, named(report)) == (1, PROOF)


def test_an_insider_who_signs_and_stamps_again_is_refused_by_the_log(
    unpacked: Path, captured: Any, home: NodeHome, check: Any, tmp_path: Path, pack: Any
) -> None:
    """Genuine keys, a genuine new stamp, the old log proof: the leaf names the list that was logged."""
    proof = (unpacked / PROOF).read_bytes()
    (unpacked / "views" / "text.txt").write_text("forged")
    close_seal(home, unpacked, captured.facts["matter"], captured.facts["sequence"])
    (unpacked / PROOF).write_bytes(proof)
    code, report = check(_repack(pack, unpacked, tmp_path / "x.evz"))
    assert (code, named(report)) == (1, SUMS)


def test_a_later_genuine_stamp_on_the_same_signature_is_refused(
    unpacked: Path, home: NodeHome, check: Any, tmp_path: Path, pack: Any
) -> None:
    (unpacked / STAMP).write_bytes(time_stamp(home, (unpacked / SIGNATURE).read_bytes()))
    code, report = check(_repack(pack, unpacked, tmp_path / "x.evz"))
    assert (code, named(report)) == (1, STAMP)


def test_another_case_number_under_the_same_files_is_refused(
    unpacked: Path, home: NodeHome, check: Any, tmp_path: Path, pack: Any
) -> None:
    """An insider logs the same files for another case: the record and the first stamp still say the old one."""
    close_seal(home, unpacked, "样例〔2026〕99号", 1)
    code, report = check(_repack(pack, unpacked, tmp_path / "x.evz"))
    assert (code, named(report)) == (1, "evidence.json")


def test_a_forged_checkpoint_is_refused(
    unpacked: Path, home: NodeHome, check: Any, tmp_path: Path, pack: Any
) -> None:
    rogue = NodeHome(tmp_path / "rogue")
    authority.make(rogue)
    digests = [hashlib.sha256((unpacked / name).read_bytes()).hexdigest() for name in CONTROL_FILES[:3]]
    log, leaf = Log(rogue), leaf_text(*digests, "样例〔2026〕1号", 1)
    (index,) = log.append([leaf])
    proof = log.proof(index, extra=leaf).replace(log.verifier_key.name, Log(home).verifier_key.name)
    (unpacked / PROOF).write_text(proof, encoding="utf-8")
    code, report = check(_repack(pack, unpacked, tmp_path / "x.evz"))
    assert (code, named(report)) == (1, PROOF)


# -- the container


def _raw(path: Path) -> bytearray:
    return bytearray(path.read_bytes())


def _prefix(data: bytearray) -> bytes:
    return b"MZ junk" + data


def _suffix(data: bytearray) -> bytes:
    return data + b"junk"


def _gap(data: bytearray) -> bytes:
    """Junk between the last member and the directory, with the directory's offset made right again."""
    offset = struct.unpack("<I", data[-6:-2])[0]
    return data[:offset] + b"junk" + data[offset:-6] + struct.pack("<I", offset + 4) + data[-2:]


def _local_name(data: bytearray) -> bytes:
    data[30:31] = b"X"  # the first member's name in its local header only
    return data


def _encrypted(data: bytearray) -> bytes:
    data[6] |= 1
    return data


def _cut(data: bytearray) -> bytes:
    return data[:-1]


@pytest.mark.parametrize("attack", [_prefix, _suffix, _gap, _local_name, _encrypted, _cut])
def test_a_container_with_bytes_of_its_own_is_refused(
    captured: Any, check: Any, tmp_path: Path, attack: Callable[[bytearray], bytes]
) -> None:
    path = tmp_path / "x.evz"
    path.write_bytes(attack(_raw(captured.result.path)))
    assert check(path)[0] == 1


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["views/text.txt", "VIEWS/TEXT.TXT"])
def test_a_duplicate_member_is_refused(
    captured: Any, check: Any, tmp_path: Path, name: str, pack: Any
) -> None:
    path = pack(tmp_path / "x.evz", captured.members)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(zipfile.ZipInfo(name), b"forged")
    assert check(path)[0] == 1


@pytest.mark.parametrize(
    "name", ["../evil", "/etc/evil", "a//b", "a/./b", "a\\b", "名.txt", "a/", "a\x00b", "n" * 300]
)
def test_a_hostile_name_is_refused(captured: Any, check: Any, tmp_path: Path, name: str, pack: Any) -> None:
    path = pack(tmp_path / "x.evz", captured.members)
    with zipfile.ZipFile(path, "a") as package:
        info = zipfile.ZipInfo("plain")
        info.filename = name
        package.writestr(info, b"evil")
    assert check(path)[0] == 1
    assert not (tmp_path.parent / "evil").exists()


def test_a_symbolic_link_is_refused(captured: Any, check: Any, tmp_path: Path, pack: Any) -> None:
    path = pack(tmp_path / "x.evz", captured.members)
    with zipfile.ZipFile(path, "a") as package:
        info = zipfile.ZipInfo("link")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        package.writestr(info, b"/etc/passwd")
    assert check(path)[0] == 1


def test_a_bomb_is_refused_before_it_bursts(captured: Any, check: Any, tmp_path: Path, pack: Any) -> None:
    members = {**captured.members, "bomb": bytes(64 << 20)}
    assert check(pack(tmp_path / "x.evz", members, method=zipfile.ZIP_DEFLATED))[0] == 1


@pytest.mark.parametrize("seed", range(12))
def test_noise_is_refused_without_a_crash(captured: Any, check: Any, tmp_path: Path, seed: int) -> None:
    rng, data = random.Random(seed), _raw(captured.result.path)
    for _ in range(30):
        data[rng.randrange(len(data) - 2000, len(data))] = rng.randrange(256)
    path = tmp_path / "x.evz"
    path.write_bytes(data[: rng.randrange(1, len(data))] if seed % 2 else data)
    assert check(path)[0] == 1


def test_the_library_reads_the_verdict_of_a_separate_process(captured: Any, home: NodeHome) -> None:
    verdict = verify(captured.result.path, home.trust)
    assert verdict.valid
    assert all(item["zh"] != item["en"] for item in verdict.report["checks"])
