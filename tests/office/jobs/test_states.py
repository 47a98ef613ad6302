"""The transition table is total, and what it does not allow does not happen."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from joinder.office.jobs import services
from joinder.office.jobs.errors import InvalidStateTransition
from joinder.office.jobs.models import Job
from joinder.office.jobs.moves import move
from joinder.office.jobs.states import FINAL, OGC_STATUS, TONE, TRANSITIONS, State, diagram, may_follow
from joinder.office.people.actors import Actor


def test_every_state_has_its_row_its_outside_name_and_its_look() -> None:
    assert set(TRANSITIONS) == set(OGC_STATUS) == set(TONE) == set(State)
    assert {"denied", "succeeded", "failed", "cancelled", "expired"} == FINAL


def test_every_state_can_be_reached_and_left_for_an_end() -> None:
    reached = {State.PROPOSED, State.QUEUED}
    while True:
        further = reached | {after for state in reached for after in TRANSITIONS[state]}
        if further == reached:
            break
        reached = further
    assert reached == set(State)


def test_the_diagram_shows_every_transition() -> None:
    drawn = diagram()
    for before, after in itertools.product(State, State):
        assert (f"{before} --> {after}\n" in drawn + "\n") == may_follow(before, after)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after"), [(b, a) for b, a in itertools.product(State, State) if not may_follow(b, a)]
)
def test_a_step_that_is_not_in_the_table_changes_nothing(
    before: State, after: State, actor_of: Callable[..., Actor]
) -> None:
    job = Job(kind="t", title_zh="t", title_en="t", actor={}, actor_key="x", body_digest="", state=before)
    with pytest.raises(InvalidStateTransition):
        move(job, after, actor=Actor.system())


@pytest.mark.django_db
def test_a_step_from_a_state_that_is_no_longer_true_changes_nothing(actor_of: Callable[..., Actor]) -> None:
    actor = actor_of("market_regulator")
    job = services.enqueue(kind="t", payload={}, actor=actor, title_zh="t", title_en="t")
    stale = Job.objects.get(pk=job.pk)
    services.cancel(actor=actor, job=job)
    with pytest.raises(InvalidStateTransition):
        move(stale, State.LEASED, actor=actor, lease_owner="late", lease_until=job.created_at)
    assert Job.objects.get(pk=job.pk).state == State.CANCELLED
