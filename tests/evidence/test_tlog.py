"""The log against a naive reading of RFC 6962, under faults between any two writes, and with damaged files."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.evidence import Log, authority
from joinder.evidence.errors import AuthorityMissing, LogDamaged, NotesMalformed
from joinder.evidence.tlog import SigningKey, VerifierKey, merkle, verify_consistency, verify_inclusion
from joinder.evidence.tlog.notes import checkpoint_text, open_checkpoint
from joinder.vocabulary.node import NodeHome

# -- the tree, against the definition


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def stored_of(leaves: list[bytes]) -> Callable[[int, int], bytes]:
    return lambda level, index: naive_root(leaves[index << level : (index + 1) << level])


LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(LEAVES, st.data())
def test_inclusion_proofs_lead_to_the_naive_root(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = merkle.inclusion_path(stored_of(leaves), index, len(leaves))
    root, leaf = naive_root(leaves), merkle.leaf_hash(leaves[index])
    assert merkle.root(stored_of(leaves), len(leaves)) == root
    assert verify_inclusion(leaf, index, len(leaves), path, root)
    assert not verify_inclusion(merkle.leaf_hash(leaves[index] + b"x"), index, len(leaves), path, root)
    assert not verify_inclusion(leaf, len(leaves), len(leaves), path, root)
    assert not verify_inclusion(leaf, index, len(leaves), [*path, root], root)
    if path:
        assert not verify_inclusion(leaf, index, len(leaves), path[:-1], root)


@settings(max_examples=60, deadline=None)
@given(LEAVES, st.data())
def test_consistency_proofs_show_growth_and_nothing_else(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    path = merkle.consistency_path(stored_of(leaves), old, len(leaves))
    old_root, new_root = naive_root(leaves[:old]), naive_root(leaves)
    assert verify_consistency(old, len(leaves), old_root, new_root, path)
    forked = naive_root([*leaves[: old - 1], leaves[old - 1] + b"x"])
    assert not verify_consistency(old, len(leaves), forked, new_root, path)
    if path:
        assert not verify_consistency(old, len(leaves), old_root, new_root, path[:-1])


# -- the files


@pytest.fixture
def home(tmp_path: Path) -> NodeHome:
    node = NodeHome(tmp_path)
    authority.make(node)
    return node


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.binary(max_size=5), max_size=9), max_size=6))
def test_batches_give_the_tree_of_all_their_leaves(batches: list[list[bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        node, leaves = NodeHome(Path(folder)), [leaf for batch in batches for leaf in batch]
        authority.make(node)
        log = Log(node)
        indices = [index for batch in batches for index in log.append(batch)]
        assert indices == list(range(len(leaves)))
        head = log.verify_all()
        assert (head.size, head.root) == (len(leaves), naive_root(leaves))
        assert [log.leaf(index) for index in indices] == leaves
        for index in indices:
            lines = log.proof(index, extra=leaves[index]).split("\n")
            assert lines[:3:2] == ["c2sp.org/tlog-proof@v1", f"index {index}"]
        for old in range(1, len(leaves) + 1):
            assert verify_consistency(
                old, head.size, naive_root(leaves[:old]), head.root, log.consistency(old)
            )


def test_the_empty_log_has_a_signed_head(home: NodeHome) -> None:
    head = Log(home).checkpoint()
    assert (head.size, head.root) == (0, hashlib.sha256(b"").digest())
    assert open_checkpoint(head.note, Log(home).verifier_key) == (0, head.root)
    with pytest.raises(IndexError):
        Log(home).proof(0)


class Fault(Exception):
    """The power goes."""


def _append_until(home: NodeHome, number: int, steps: list[str]) -> str | None:
    """Append three leaves, with a fault after ``number`` steps; the step it came at, None if it never came."""
    countdown = iter(range(number, -1, -1))

    def stop(step: str) -> None:
        steps.append(step)
        if next(countdown, -1) == 0:
            raise Fault(step)

    try:
        Log(home, on_step=stop).append([f"d{number}".encode(), b"e", b"f"])
    except Fault as fault:
        return str(fault)
    return None


def test_a_fault_between_any_two_writes_loses_nothing_promised(home: NodeHome) -> None:
    """For every step of an append: stop there, reopen, find the old leaves, append again."""
    Log(home).append([b"a", b"b", b"c"])
    steps: list[str] = []
    stopped_at: str | None = "begin"
    size, number = 3, 0
    while stopped_at is not None:
        stopped_at = _append_until(home, number, steps)
        head = Log(home).verify_all()
        assert head.size == size + (3 if stopped_at in (None, "checkpoint in place") else 0), stopped_at
        size, number = head.size, number + 1
    assert {"leaf", "offsets", "level 0", "level 1", "checkpoint written", "checkpoint in place"} <= set(
        steps
    )
    assert any(step.startswith("cut ") for step in steps)
    assert Log(home).leaf(0) == b"a"


def test_a_killed_writer_leaves_a_log_that_verifies(home: NodeHome) -> None:
    script = (
        "import sys; from pathlib import Path; from joinder.vocabulary.node import NodeHome;"
        "from joinder.evidence.tlog import Log\n"
        "log = Log(NodeHome(Path(sys.argv[1])))\n"
        "while True: print(log.append([b'x'] * 7)[-1], flush=True)"
    )
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", script, str(home.root)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        seen = [int(writer.stdout.readline()) for _ in range(3)]
        time.sleep(0.02)
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read().split("\n")[:-1]
        writer.wait()
        promised = [*seen, *(int(line) for line in rest if line.isdigit())][-1]
        assert Log(home).verify_all().size > promised


def test_two_writers_take_turns(home: NodeHome) -> None:
    script = (
        "import sys; from pathlib import Path; from joinder.vocabulary.node import NodeHome;"
        "from joinder.evidence.tlog import Log\n"
        "for n in range(20): print(*Log(NodeHome(Path(sys.argv[1]))).append([b'x', b'y']))"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(home.root)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    taken = sorted(int(word) for writer in writers for word in writer.communicate()[0].split())
    assert taken == list(range(80))
    assert Log(home).verify_all().size == 80


@pytest.mark.parametrize("name", ["leaves", "offsets", "level-00", "level-01", "checkpoint"])
def test_less_than_promised_is_damage(home: NodeHome, name: str) -> None:
    Log(home).append([b"a", b"b", b"c", b"d"])
    path = home.log / name
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(LogDamaged):
        Log(home).append([b"e"])
    with pytest.raises(LogDamaged):
        Log(home).verify_all()


@pytest.mark.parametrize("name", ["leaves", "level-00", "level-01", "level-02"])
def test_a_rewritten_byte_is_found(home: NodeHome, name: str) -> None:
    Log(home).append([b"a", b"b", b"c", b"d", b"e"])
    path = home.log / name
    data = bytearray(path.read_bytes())
    data[4] ^= 1
    path.write_bytes(data)
    with pytest.raises(LogDamaged):
        Log(home).verify_all()


def test_a_log_needs_its_key_and_only_its_key(home: NodeHome) -> None:
    Log(home).append([b"a"])
    key = (home.keys / "log.key").read_text()
    (home.keys / "log.key").write_text(SigningKey.generate("other.invalid/log").encode())
    with pytest.raises(LogDamaged):
        Log(home).checkpoint()
    (home.keys / "log.key").unlink()
    with pytest.raises(AuthorityMissing):
        Log(home).append([b"b"])
    (home.keys / "log.key").write_text(key)
    assert Log(home).size == 1


def test_a_leaf_has_a_limit(home: NodeHome) -> None:
    with pytest.raises(ValueError, match="at most"):
        Log(home).append([b"x" * (1 << 20) + b"x"])
    assert Log(home).append([]) == []


# -- notes


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("\n7\n", "\n07\n"),
        lambda note: note.replace("\n7\n", "\n8\n"),
        lambda note: note.replace("log.invalid", "gol.invalid", 1),
        lambda note: note.replace("— ", "- "),
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.rstrip("=\n") + "\n",
        lambda note: "",
    ],
)
def test_a_checkpoint_is_read_strictly(spoil: Callable[[str], str]) -> None:
    key = SigningKey.generate("log.invalid")
    note = key.sign(checkpoint_text("log.invalid", 7, b"r" * 32))
    assert open_checkpoint(note, key.verifier) == (7, b"r" * 32)
    with pytest.raises(NotesMalformed):
        open_checkpoint(spoil(note), key.verifier)


def test_keys_survive_writing_and_wrong_ones_are_refused() -> None:
    key = SigningKey.generate("log.invalid")
    assert SigningKey.decode(key.encode()) == key
    assert VerifierKey.decode(key.verifier.encode()) == key.verifier
    for text in ("", "log.invalid", key.verifier.encode().replace("log", "gol"), "a+b+c"):
        with pytest.raises(NotesMalformed):
            VerifierKey.decode(text)
