"""Evidence in the office: received once, verified before it is kept, never changed, and every handling written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from joinder.evidence import authority
from joinder.office.exhibits import policies, selectors, services, store
from joinder.office.exhibits.errors import ExhibitError, ExhibitIsSealed, PackageRefused
from joinder.office.exhibits.models import CustodyEvent, Exhibit, Showing
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed
from joinder.office.people.models import Organisation
from joinder.vocabulary.digests import digest_file
from joinder.vocabulary.node import NodeHome

pytestmark = pytest.mark.django_db


def kinds(exhibit: Exhibit) -> list[str]:
    return list(exhibit.custody.values_list("kind", flat=True))


# -- receiving


def test_a_package_becomes_an_exhibit_with_its_facts(inspector: Actor, make_package: Any) -> None:
    path = make_package()
    exhibit = services.receive_package(actor=inspector, path=path)
    assert exhibit.reference == f"X-{exhibit.pk:06d}"
    assert exhibit.digest == digest_file(path) == digest_file(store.path_of(exhibit.digest))
    assert (exhibit.complete, exhibit.official, exhibit.self_issued) == (True, True, True)
    assert (exhibit.operators, exhibit.matter) == (["样例甲", "样例乙"], "样例〔2026〕3号")
    assert kinds(exhibit) == ["received", "verified"]
    entries = Entry.objects.filter(target=f"exhibits/{exhibit.reference}")
    assert {str(entry.entry_id) for entry in entries} == {str(event.entry) for event in exhibit.custody.all()}


def test_the_same_bytes_twice_are_one_exhibit(inspector: Actor, make_package: Any) -> None:
    path = make_package()
    first, second = (services.receive_package(actor=inspector, path=path) for _ in range(2))
    assert first.pk == second.pk
    assert Exhibit.objects.count() == 1


def test_two_organisations_each_keep_their_own(actor_of: Callable[..., Actor], make_package: Any) -> None:
    path = make_package()
    for kind in ("market_regulator", "platform"):
        services.receive_package(actor=actor_of(kind), path=path)
    assert Exhibit.objects.count() == 2


@pytest.mark.parametrize("member", ["views/text.txt", "evidence.json", "SHA256SUMS", "SHA256SUMS.p7s"])
def test_a_changed_package_is_refused_and_names_the_member(
    inspector: Actor, make_package: Any, spoil: Any, member: str
) -> None:
    with pytest.raises(PackageRefused, match=member):
        services.receive_package(actor=inspector, path=spoil(make_package(), member))
    assert Exhibit.objects.count() == 0
    assert not Entry.objects.filter(target__startswith="exhibits/").exists()


def test_a_package_of_a_node_nobody_trusts_is_refused(
    inspector: Actor, make_package: Any, tmp_path: Path
) -> None:
    stranger = NodeHome(tmp_path / "stranger")
    authority.make(stranger)
    with pytest.raises(PackageRefused, match="SHA256SUMS"):
        services.receive_package(actor=inspector, path=make_package(stranger))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a package" * 100])
def test_what_is_no_package_is_refused(inspector: Actor, content: bytes) -> None:
    with pytest.raises(PackageRefused):
        services.receive_file(actor=inspector, name="x.evz", chunks=[content])
    assert not list((store.root() / "incoming").iterdir())


def test_an_incomplete_capture_stays_incomplete(inspector: Actor, make_package: Any) -> None:
    reasons = [{"zh": "网页没有响应", "en": "the page did not answer"}]
    exhibit = services.receive_package(
        actor=inspector,
        path=make_package(complete=False, incomplete_because=reasons, operators=["样例甲"], official=False),
    )
    assert (exhibit.complete, exhibit.official) == (False, False)
    assert exhibit.incomplete_because == ["网页没有响应"]


def test_a_rolled_back_transaction_leaves_nothing(inspector: Actor, make_package: Any) -> None:
    checked = services.check_and_keep(make_package())
    with transaction.atomic():
        services.enter(actor=inspector, package=checked)
        transaction.set_rollback(True)
    assert (Exhibit.objects.count(), CustodyEvent.objects.count()) == (0, 0)


# -- sealed


def test_an_exhibit_cannot_be_changed(exhibit: Exhibit) -> None:
    exhibit.title = "another"
    with pytest.raises(ExhibitIsSealed):
        exhibit.save()
    assert (store.path_of(exhibit.digest).stat().st_mode & 0o222) == 0


# -- verifying


def test_verifying_again_says_it_is_intact(exhibit: Exhibit, inspector: Actor) -> None:
    made = services.verify_again(actor=inspector, exhibit=exhibit)
    assert made.verdict == "valid"
    assert kinds(exhibit) == ["received", "verified", "verified"]
    assert all(check["zh"] != check["en"] for check in made.checks)


@pytest.mark.parametrize("harm", ["flip", "remove"])
def test_harm_in_the_store_is_found_and_named(exhibit: Exhibit, inspector: Actor, harm: str) -> None:
    path = store.path_of(exhibit.digest)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.unlink()
    if harm == "flip":
        path.write_bytes(data)
    made = services.verify_again(actor=inspector, exhibit=exhibit)
    assert made.verdict == "invalid"
    failed = [line for line in selectors.integrity(made) if line.ok is False]
    assert failed[0].member
    assert exhibit.verifications.count() == 2


# -- who sees it


def test_only_the_owner_sees_it_until_it_is_shown(
    exhibit: Exhibit, inspector: Actor, actor_of: Callable[..., Actor]
) -> None:
    platform = actor_of("platform")
    assert exhibit in Exhibit.objects.visible_to(inspector)
    assert exhibit not in Exhibit.objects.visible_to(platform)
    assert not Exhibit.objects.visible_to(Actor.anonymous()).exists()
    organisation = Organisation.objects.get(pk=platform.organisation_id)
    services.show_to(actor=inspector, exhibit=exhibit, organisation=organisation, purpose="通知附件")
    services.show_to(actor=inspector, exhibit=exhibit, organisation=organisation, purpose="通知附件")
    assert exhibit in Exhibit.objects.visible_to(platform)
    assert Showing.objects.count() == 1
    services.withdraw(actor=inspector, exhibit=exhibit, organisation=organisation)
    assert exhibit not in Exhibit.objects.visible_to(platform)
    assert kinds(exhibit)[-2:] == ["shown", "withdrawn"]


def test_showing_needs_a_purpose_and_its_owner(
    exhibit: Exhibit, inspector: Actor, actor_of: Callable[..., Actor]
) -> None:
    platform = actor_of("platform")
    organisation = Organisation.objects.get(pk=platform.organisation_id)
    with pytest.raises(ExhibitError):
        services.show_to(actor=inspector, exhibit=exhibit, organisation=organisation, purpose=" ")
    with pytest.raises(NotAllowed):
        services.show_to(actor=platform, exhibit=exhibit, organisation=organisation, purpose="x")


@pytest.mark.parametrize(
    ("kind", "capacity", "may"),
    [
        ("market_regulator", "inspector", True),
        ("market_regulator", "approver", False),
        ("right_holder", "counsel", True),
        ("platform", "compliance", True),
        ("customs", "customs_officer", True),
        ("court", "clerk", False),
        ("scholar", "expert", False),
        ("respondent", "respondent", False),
    ],
)
def test_who_may_take_evidence(
    actor_of: Callable[..., Actor], make_package: Any, kind: str, capacity: str, may: bool
) -> None:
    actor = actor_of(kind, capacity)
    assert policies.may_take(actor) is may
    if not may:
        with pytest.raises(NotAllowed):
            services.ask_capture(actor=actor, url="https://shop.example/")
        with pytest.raises(NotAllowed):
            services.receive_package(actor=actor, path=make_package())


def test_custody_names_own_members_and_others_by_organisation(
    exhibit: Exhibit, inspector: Actor, actor_of: Callable[..., Actor]
) -> None:
    court = actor_of("court")
    organisation = Organisation.objects.get(pk=court.organisation_id)
    services.show_to(actor=inspector, exhibit=exhibit, organisation=organisation, purpose="庭审")
    services.note_download(actor=court, exhibit=exhibit, name="record.pdf")
    here, there = selectors.custody(exhibit, inspector), selectors.custody(exhibit, court)
    assert "样例员" in here[0].by
    assert "样例员" not in here[-1].by
    assert "样例员" in there[-1].by
    assert here[-1].body == "record.pdf"


def test_only_https_is_captured(inspector: Actor) -> None:
    for url in ("http://shop.example/", "file:///etc/passwd", "https://"):
        with pytest.raises(ExhibitError):
            services.ask_capture(actor=inspector, url=url)
