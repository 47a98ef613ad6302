"""Only the right member takes a step: every verb is tried by every kind of organisation, in every capacity."""

from __future__ import annotations

import pytest

from joinder.office.matters.errors import InvalidTransition, MatterError, NotAllowed
from joinder.office.matters.models import Notice
from joinder.office.matters.notices import policies, services
from joinder.office.matters.notices.transitions import (
    BY_VERB,
    FINAL,
    LINE,
    TABLE,
    TONES,
    Side,
    State,
    steps_from,
)
from joinder.office.people.actors import Actor
from joinder.office.people.kinds import Kind, capacities_of

SENDER, PLATFORM, RESPONDENT, STRANGER = 1, 2, 3, 4
SIDES = policies.sides_of(SENDER, PLATFORM, RESPONDENT)
OWN_KIND = {SENDER: {"right_holder", "agent"}, PLATFORM: {"platform"}, RESPONDENT: {"respondent"}}
SIDE_OF = {SENDER: Side.SENDER, PLATFORM: Side.PLATFORM, RESPONDENT: Side.RESPONDENT}


def actor(organisation: int, kind: str, capacity: str) -> Actor:
    return Actor("x", 1, organisation, kind, capacity)


EVERYONE = [
    (kind, capacity, organisation)
    for kind in Kind
    for capacity in capacities_of(kind)
    for organisation in (SENDER, PLATFORM, RESPONDENT, STRANGER)
    if kind in OWN_KIND.get(organisation, set(Kind))
]


@pytest.mark.parametrize("verb", [step.verb for step in TABLE])
def test_each_step_is_taken_by_its_side_and_by_nobody_else(verb: str):
    step = BY_VERB[verb]
    state = step.sources[0]
    for kind, capacity, organisation in EVERYONE:
        may = policies.may_take(actor(organisation, kind, capacity), step, state, SIDES)
        own = SIDE_OF.get(organisation) is step.side and capacity not in {"administrator", "auditor"}
        assert may == own, (verb, kind, capacity, organisation)
        if not own:
            with pytest.raises(NotAllowed):
                policies.check_may_take(actor(organisation, kind, capacity), verb, state, SIDES)


def test_the_node_takes_the_clocks_step_only():
    for step in TABLE:
        assert policies.may_take(Actor.system(), step, step.sources[0], SIDES) == (step.side is Side.CLOCK)


def test_nobody_signed_in_takes_no_step():
    assert not any(policies.may_take(Actor.anonymous(), step, step.sources[0], SIDES) for step in TABLE)


@pytest.mark.parametrize("state", list(State))
def test_a_step_that_does_not_follow_is_refused(state: State):
    own = {
        Side.SENDER: actor(SENDER, "right_holder", "counsel"),
        Side.PLATFORM: actor(PLATFORM, "platform", "compliance"),
        Side.RESPONDENT: actor(RESPONDENT, "respondent", "respondent"),
        Side.CLOCK: Actor.system(),
    }
    for step in TABLE:
        if state in step.sources:
            assert policies.check_may_take(own[step.side], step.verb, state, SIDES) is step
        else:
            with pytest.raises(InvalidTransition):
                policies.check_may_take(own[step.side], step.verb, state, SIDES)


def test_every_state_has_a_way_on_or_is_final():
    for state in State:
        assert (state in FINAL) == (not steps_from(state)), state


def test_every_state_is_reached_and_has_a_tone():
    reached = {State.DRAFTED} | {step.target for step in TABLE}
    assert reached == set(State) == set(TONES)
    assert set(LINE) < set(State)


def test_a_seller_without_an_account_blocks_nobody_elses_step():
    sides = policies.sides_of(SENDER, PLATFORM, None)
    assert not policies.acts_for(actor(RESPONDENT, "respondent", "respondent"), Side.RESPONDENT, sides)


# --- Who sees what ---------------------------------------------------------------------------------------

#: state → who sees the notice, of holder, platform, seller, inspector (whose unit handles the matter)
SEEN = [
    ("drafted", {"right_holder", "market_regulator"}),
    ("submitted", {"right_holder", "platform", "market_regulator"}),
    ("measures_taken", {"right_holder", "platform", "market_regulator"}),
    ("forwarded_to_seller", {"right_holder", "platform", "respondent", "market_regulator"}),
    ("waiting", {"right_holder", "platform", "respondent", "market_regulator"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "seen_by"), SEEN)
def test_who_sees_the_notice(state, seen_by, notice_in, cast, actor_of):
    notice = notice_in(state)
    strangers = [
        actor_of(kind, organisation="别的单位")
        for kind in ("right_holder", "platform", "respondent", "court")
    ]
    for one in (cast.holder, cast.platform, cast.seller, cast.inspector, *strangers, Actor.anonymous()):
        sees = Notice.objects.visible_to(one).filter(pk=notice.pk).exists()
        assert sees == (one.organisation_kind in seen_by and one not in strangers), (
            state,
            one.organisation_kind,
        )


@pytest.mark.django_db
def test_the_seller_still_sees_a_notice_that_was_withdrawn(notice_in, cast):
    notice = services.withdraw_notice(cast.holder, notice_in("forwarded_to_seller"), "误发")
    assert Notice.objects.visible_to(cast.seller).filter(pk=notice.pk).exists()


@pytest.mark.django_db
def test_a_wrong_member_changes_nothing(notice_in, cast, acts):
    notice = notice_in("submitted")
    with pytest.raises(NotAllowed):
        services.accept_notice(cast.holder, notice)
    with pytest.raises(NotAllowed):
        services.accept_notice(cast.inspector, notice)
    notice.refresh_from_db()
    assert notice.state == "submitted"
    assert notice.steps.count() == 2


@pytest.mark.django_db
def test_sides_must_be_of_their_kind(cast):
    o = cast.organisations
    with pytest.raises(MatterError, match="no platform"):
        services.draft_notice(cast.holder, o["right_holder"], o["respondent"], None, {})
    with pytest.raises(NotAllowed):
        services.draft_notice(cast.platform, o["right_holder"], o["platform"], None, {})


@pytest.mark.django_db
def test_only_the_sender_edits_and_only_before_sending(notice_in, cast):
    notice = notice_in("submitted")
    with pytest.raises(InvalidTransition):
        services.edit_draft(cast.holder, notice, {})
    with pytest.raises(NotAllowed):
        services.edit_draft(
            cast.platform, services.reject_notice(cast.platform, notice, [{"text": "a", "repair": "b"}]), {}
        )
