"""The Merkle tree of RFC 6962 section 2.1 over a source of stored subtree hashes: pure functions.

A *full subtree* at level k covers 2**k leaves, aligned. ``stored(level, index)`` returns its hash; the tree's right
edge, which is not full, is computed from full subtrees, so every proof reads O(log n) hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

Stored = Callable[[int, int], bytes]
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf: the prefix byte keeps a leaf from posing as a node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """The largest power of two smaller than ``size`` (size > 1)."""
    return 1 << ((size - 1).bit_length() - 1)


def subtree_root(stored: Stored, start: int, end: int) -> bytes:
    """The hash over leaves ``start`` to ``end`` (exclusive), where ``start`` is a multiple of the split below it."""
    size = end - start
    if size == 0:
        return EMPTY_ROOT
    if size & (size - 1) == 0 and start % size == 0:
        level = size.bit_length() - 1
        return stored(level, start >> level)
    middle = start + _split(size)
    return node_hash(subtree_root(stored, start, middle), subtree_root(stored, middle, end))


def root(stored: Stored, size: int) -> bytes:
    """The root of the tree of the first ``size`` leaves."""
    return subtree_root(stored, 0, size)


def inclusion_path(stored: Stored, index: int, size: int) -> list[bytes]:
    """The audit path of leaf ``index`` in the tree of ``size`` leaves, from the leaf's sibling to the root's child."""

    def path(start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*path(start, middle), subtree_root(stored, middle, end)]
        return [*path(middle, end), subtree_root(stored, start, middle)]

    return path(0, size)


def consistency_path(stored: Stored, old: int, new: int) -> list[bytes]:
    """The proof that the tree of ``new`` leaves extends that of ``old`` (0 < old <= new); empty if they are equal."""

    def path(old: int, start: int, end: int, whole: bool) -> list[bytes]:
        size = end - start
        if old == size:
            return [] if whole else [subtree_root(stored, start, end)]
        split = _split(size)
        if old <= split:
            return [*path(old, start, start + split, whole), subtree_root(stored, start + split, end)]
        return [*path(old - split, start + split, end, False), subtree_root(stored, start, start + split)]

    return path(old, 0, new, True)


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root_hash: bytes) -> bool:
    """Whether ``path`` leads from the leaf's hash to ``root_hash``. Source: RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    node, position, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            node = node_hash(sibling, node)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and node == root_hash


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether ``path`` shows that the new tree extends the old. Source: RFC 9162 section 2.1.4.2."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new or not path:
        return False
    hashes = list(path) if old & (old - 1) else [old_root, *path]
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
