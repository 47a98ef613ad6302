"""Best edge first, and every guard fires."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinder.resolve.clustering import BRIDGE_SIZE, CEILING, Clusters, Constraints, Edges, Guard, cluster

NOTHING = Constraints({})
SIZE = max(4, BRIDGE_SIZE)


def edges(*rows: tuple[int, int, float], unsupported: tuple[int, ...] = (), voices: int = 2) -> Edges:
    count = len(rows)
    supported = np.array([i not in unsupported for i in range(count)], dtype=bool)
    return Edges(
        np.array([row[0] for row in rows], dtype=np.int64), np.array([row[1] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows]), supported, np.full(count, voices, dtype=np.int64),
        np.zeros(count, dtype=bool),
    )  # fmt: skip


def guards(clusters: Clusters) -> list[Guard]:
    return [refusal.guard for refusal in clusters.refusals]


def test_edges_above_the_threshold_join_and_others_do_not() -> None:
    found = cluster(4, edges((0, 1, 9.0), (1, 2, 2.0)), 3.0, NOTHING)
    assert found.labels.tolist() == [0, 0, 2, 3]


class TestCannotLink:
    LICENCES = {"licence": np.array([7, -1, 8], dtype=np.int32)}

    def test_two_licences_never_stand_in_one_entity_and_the_best_edge_wins(self) -> None:
        found = cluster(3, edges((0, 1, 5.0), (1, 2, 9.0)), 3.0, Constraints(self.LICENCES))
        assert found.labels.tolist() == [0, 1, 1]
        assert guards(found) == [Guard.CANNOT_LINK]

    def test_without_the_guard_the_chain_would_join_them(self) -> None:
        assert len(set(cluster(3, edges((0, 1, 5.0), (1, 2, 9.0)), 3.0, NOTHING).labels.tolist())) == 1


def test_one_voice_does_not_join() -> None:
    found = cluster(2, edges((0, 1, 9.0), unsupported=(0,)), 3.0, NOTHING)
    assert found.labels.tolist() == [0, 1]
    assert guards(found) == [Guard.ONE_VOICE]


def two_groups(cross: list[tuple[int, int, float]], voices: int = 2) -> Clusters:
    size = SIZE
    inside = [
        (base + i, base + j, 20.0) for base in (0, size) for i in range(size) for j in range(i + 1, size)
    ]
    return cluster(2 * size, edges(*inside, *cross, voices=voices), 3.0, NOTHING)


class TestBridge:
    def test_two_large_entities_do_not_join_over_one_pair_when_the_others_speak_against(self) -> None:
        found = two_groups([(0, SIZE, 8.0), (1, SIZE + 1, -6.0), (2, SIZE + 2, -6.0)])
        assert len(set(found.labels.tolist())) == 2
        assert Guard.BRIDGE in guards(found)

    def test_a_single_pair_with_a_single_voice_is_not_enough(self) -> None:
        assert Guard.BRIDGE in guards(two_groups([(0, SIZE, 8.0)], voices=1))

    def test_they_join_when_the_pairs_across_speak_for_it(self) -> None:
        found = two_groups([(0, SIZE, 8.0), (1, SIZE + 1, 5.0)])
        assert len(set(found.labels.tolist())) == 1


def test_the_ceiling_stops_a_blob() -> None:
    chain = edges(*[(i, i + 1, 9.0) for i in range(CEILING + 20)])
    found = cluster(CEILING + 21, chain, 3.0, NOTHING)
    assert np.bincount(found.labels).max() == CEILING
    assert Guard.CEILING in guards(found)


class TestJudgements:
    def test_different_holds_whatever_the_evidence_says_also_through_others(self) -> None:
        constraints = Constraints({}, different=[(0, 2)])
        found = cluster(3, edges((0, 1, 30.0), (1, 2, 25.0)), 3.0, constraints)
        assert found.labels[0] != found.labels[2]
        assert guards(found) == [Guard.JUDGED_DIFFERENT]

    def test_same_joins_against_every_guard(self) -> None:
        licences = {"licence": np.array([7, 8], dtype=np.int32)}
        assert cluster(2, edges(), 3.0, Constraints(licences, same=[(0, 1)])).labels.tolist() == [0, 0]

    def test_different_outweighs_same(self) -> None:
        assert cluster(
            2, edges(), 3.0, Constraints({}, same=[(0, 1)], different=[(0, 1)])
        ).labels.tolist() == [0, 1]


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(-5, 15)), max_size=40),
    st.randoms(),
)
def test_the_order_of_the_edges_does_not_matter(rows: list[tuple[int, int, int]], shuffle: object) -> None:
    pairs = {(min(a, b), max(a, b)): float(bits) for a, b, bits in rows if a != b}
    listed = [(a, b, bits) for (a, b), bits in sorted(pairs.items())]
    mixed = list(listed)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    licences = {"licence": np.array([i % 3 if i % 2 else -1 for i in range(12)], dtype=np.int32)}
    one = cluster(12, edges(*listed), 3.0, Constraints(licences))
    other = cluster(12, edges(*mixed), 3.0, Constraints(licences))
    assert one.labels.tolist() == other.labels.tolist()
    held = {}
    for record, label in enumerate(one.labels.tolist()):
        if licences["licence"][record] >= 0:
            assert held.setdefault(label, licences["licence"][record]) == licences["licence"][record]


@pytest.mark.parametrize("records", [0, 1])
def test_nothing_to_join(records: int) -> None:
    assert cluster(records, edges(), 3.0, NOTHING).labels.tolist() == list(range(records))
