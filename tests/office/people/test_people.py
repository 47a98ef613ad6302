"""Members, capacities, sign-in: who may be added by whom, what is recorded, what is shown to whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from joinder.office.ledger.models import Entry
from joinder.office.people import services
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed, PeopleError
from joinder.office.people.models import Member, Organisation, User

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
Actors = Callable[..., Actor]
Members = Callable[..., Member]


def test_an_actor_is_known_by_an_opaque_id(actor_of: Actors) -> None:
    actor = actor_of("customs")
    assert (actor.organisation_kind, actor.capacity) == ("customs", "customs_officer")
    assert len(actor.id) == 16
    assert Actor.from_json(actor.to_json()) == actor


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "taken"}, "taken"),
        ({"password": "short"}, "12"),
        ({"capacities": ["prosecutor"]}, "do not act as"),
    ],
)
def test_a_member_that_cannot_be_added_leaves_nothing(
    changes: dict[str, object], said: str, member_of: Members, organisation_of: Callable[..., Organisation]
) -> None:
    services.add_member(
        actor=Actor.system(),
        organisation=organisation_of("platform"),
        username="taken",
        name="样例员",
        password=PASSWORD,
        capacities=["compliance"],
    )
    before = (User.objects.count(), Member.objects.count(), Entry.objects.count())
    wanted = {
        "username": "new",
        "name": "样例员",
        "password": PASSWORD,
        "capacities": ["compliance"],
        **changes,
    }
    with translation.override("en"), pytest.raises(PeopleError, match=said):
        services.add_member(actor=Actor.system(), organisation=organisation_of("platform"), **wanted)  # type: ignore[arg-type]
    assert (User.objects.count(), Member.objects.count(), Entry.objects.count()) == before


def test_who_may_manage(actor_of: Actors, organisation_of: Callable[..., Organisation]) -> None:
    platform = organisation_of("platform")
    for kind, capacity, may in [
        ("platform", "administrator", True),
        ("platform", "compliance", False),
        ("logistics", "administrator", False),
        ("market_regulator", "administrator", True),
        ("market_regulator", "inspector", False),
    ]:
        actor = actor_of(kind, capacity)
        wanted = {
            "username": f"new-{kind}-{capacity}",
            "name": "新",
            "password": PASSWORD,
            "capacities": ["compliance"],
        }
        if may:
            services.add_member(actor=actor, organisation=platform, **wanted)  # type: ignore[arg-type]
        else:
            with pytest.raises(NotAllowed):
                services.add_member(actor=actor, organisation=platform, **wanted)  # type: ignore[arg-type]


def test_members_of_others_are_not_a_directory(actor_of: Actors, member_of: Members) -> None:
    mine = actor_of("right_holder")
    other = member_of("platform")
    seen = Member.objects.visible_to(mine)
    assert seen.filter(pk=mine.member_id).exists()
    assert not seen.filter(pk=other.pk).exists()
    assert not Member.objects.visible_to(Actor.anonymous()).exists()


@pytest.mark.parametrize(
    ("kind", "sees"),
    [
        ("right_holder", False),
        ("appraisal", False),
        ("scholar", False),
        ("payment", False),
        ("market_regulator", True),  # names the respondent of a case
        ("procuratorate", True),
        ("customs", True),
        ("platform", True),  # forwards notices to its sellers
    ],
)
def test_respondents_are_seen_by_those_who_have_to_name_them(actor_of: Actors, kind: str, sees: bool) -> None:
    actor_of("respondent")
    seen = Organisation.objects.visible_to(actor_of(kind)).filter(kind="respondent")
    assert seen.exists() is sees


def test_respondents_see_themselves_authorities_and_platforms(actor_of: Actors) -> None:
    respondent = actor_of("respondent")
    actor_of("right_holder")
    seen = set(Organisation.objects.visible_to(respondent).values_list("kind", flat=True))
    assert "respondent" in seen
    assert "right_holder" not in seen


def test_acting_in_another_capacity_changes_the_actor(
    member_of: Members, client_for: Callable[..., Client]
) -> None:
    member = member_of("market_regulator")
    second = services.grant_capacity(actor=Actor.system(), member=member, capacity="administrator")
    client = client_for(member)
    assert client.get("/people/clients/").status_code == 403
    client.post("/people/act-as/", {"capacity": second.pk})
    assert client.get("/people/clients/").status_code == 200
    assert Entry.objects.filter(verb="people.acted_as", capacity="administrator").exists()
    services.retire_capacity(actor=Actor.system(), capacity=second)
    assert client.get("/people/clients/").status_code == 403, "a retired capacity stops at the next request"


def test_nobody_acts_in_a_strangers_capacity(member_of: Members, client_for: Callable[..., Client]) -> None:
    client, other = client_for(member_of("platform")), member_of("court")
    assert client.post("/people/act-as/", {"capacity": other.capacities.get().pk}).status_code == 403


def test_sign_in_out_and_refusals_are_recorded(member_of: Members, client: Client) -> None:
    member = member_of("court")
    client.post("/accounts/login/", {"login": member.user.username, "password": "wrong"})
    assert (
        client.post("/accounts/login/", {"login": member.user.username, "password": PASSWORD}).status_code
        == 302
    )
    assert client.get("/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/").status_code == 302
    verbs = list(
        Entry.objects.filter(verb__startswith="people.sign").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["people.sign_in_refused", "people.signed_in", "people.signed_out"]
    refused = Entry.objects.get(verb="people.sign_in_refused")
    assert member.user.username not in str(refused.detail)


def test_a_deactivated_member_can_do_nothing(member_of: Members, client_for: Callable[..., Client]) -> None:
    member = member_of("platform")
    client = client_for(member)
    assert client.get("/people/").content.decode().count("data-row") == 1
    services.set_active(actor=Actor.system(), member=member, active=False)
    assert "data-row" not in client.get("/people/").content.decode()


def test_language_and_theme_are_remembered(member_of: Members, client_for: Callable[..., Client]) -> None:
    member = member_of("platform")
    client = client_for(member, "en")
    assert '<html lang="en"' in client.get("/").content.decode()
    client.post("/people/language/", {"language": "zh-hans", "next": "/jobs/"})
    client.post("/people/theme/", {"theme": "dark"})
    page = client.get("/").content.decode()
    assert '<html lang="zh-Hans" data-theme="dark"' in page
    anonymous = Client()
    anonymous.post("/people/language/", {"language": "en"})
    assert '<html lang="en"' in anonymous.get("/accounts/login/").content.decode()


def test_a_redirect_never_leaves_the_site(client: Client) -> None:
    answer = client.post("/people/language/", {"language": "en", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_two_step_sign_in_from_setting_up_to_using_it(member_of: Members) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    member, client = member_of("court"), Client()
    client.post("/accounts/login/", {"login": member.user.username, "password": PASSWORD})
    assert client.get("/accounts/two-step/totp/").headers["Location"].startswith("/accounts/reauthenticate/")
    assert client.get("/accounts/reauthenticate/").status_code == 200
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/two-step/totp/")
    secret = page.context["form"].secret

    def code() -> str:
        counter = next(iter(yield_hotp_counters_from_time()))
        return str(format_hotp_value(hotp_value(secret, counter)))

    assert client.post("/accounts/two-step/totp/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/two-step/totp/", {"code": code()}).status_code == 302
    fresh = Client()
    step = fresh.post("/accounts/login/", {"login": member.user.username, "password": PASSWORD})
    assert step.headers["Location"].startswith("/accounts/two-step/authenticate/")
    assert fresh.get("/").status_code == 302, "the password alone opens nothing"
    assert fresh.get("/accounts/two-step/authenticate/").status_code == 200
