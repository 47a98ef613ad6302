"""An entry stands with its act, enters the log after the commit, exactly once, and cannot be changed unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

import joinder.office as office
from joinder.office.ledger import sequencing, services, verifying
from joinder.office.ledger.leaves import leaf_of
from joinder.office.ledger.models import Entry
from joinder.office.ledger.wording import WORDS
from joinder.office.people.actors import Actor


class Broken(RuntimeError):
    """The act failed."""


@pytest.mark.django_db
def test_no_act_no_entry(system: Actor) -> None:
    @transaction.atomic
    def act() -> None:
        services.record(actor=system, verb="test.done", target="t/1")
        raise Broken

    with pytest.raises(Broken):
        act()
    assert not Entry.objects.filter(verb="test.done").exists()


@pytest.mark.django_db(transaction=True)
def test_entries_enter_the_log_in_order_after_the_commit(system: Actor) -> None:
    with transaction.atomic():
        first = services.record(actor=system, verb="test.first", target="t/1", detail={"名": "样例"})
        second = services.record(actor=system, verb="test.second", target="t/1")
        assert Entry.objects.get(pk=first.pk).leaf_index is None
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.leaf_index is not None
    assert second.leaf_index == first.leaf_index + 1
    assert sequencing.node_log().leaf(first.leaf_index) == leaf_of(first)
    assert verifying.verify().ok


@pytest.mark.django_db(transaction=True)
def test_a_crash_between_log_and_database_places_nothing_twice(system: Actor) -> None:
    entry = services.record(actor=system, verb="test.crash", target="t/1")
    entry.refresh_from_db()
    place, size = entry.leaf_index, sequencing.node_log().size
    Entry.objects.filter(pk=entry.pk).update(leaf_index=None)  # the log has it, the database forgot
    assert sequencing.sequence() == 1
    entry.refresh_from_db()
    assert (entry.leaf_index, sequencing.node_log().size) == (place, size)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change", [{"verb": "test.other"}, {"detail": {"n": 2}}, {"actor_id": "someone"}, {"target": "t/2"}]
)
def test_a_changed_entry_is_found(change: dict[str, object], system: Actor) -> None:
    entry = services.record(actor=system, verb="test.done", target="t/1", detail={"n": 1})
    Entry.objects.filter(pk=entry.pk).update(**change)
    report = verifying.verify()
    assert not report.ok
    assert str(entry.entry_id) in report.faults[0]


@pytest.mark.django_db(transaction=True)
def test_a_changed_log_is_found(system: Actor) -> None:
    services.record(actor=system, verb="test.done", target="t/1")
    leaves = settings.HOME.log / "leaves"
    whole = leaves.read_bytes()
    try:
        leaves.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert not verifying.verify().ok
    finally:
        leaves.write_bytes(whole)
    assert verifying.verify().ok


@pytest.mark.django_db(transaction=True)
def test_the_log_names_nobody(system: Actor, actor_of: Callable[..., Actor]) -> None:
    actor = actor_of("market_regulator")
    entry = services.record(actor=actor, verb="test.done", target="subjects/某某", detail={"名": "某某"})
    entry.refresh_from_db()
    leaf = sequencing.node_log().leaf(entry.leaf_index or 0).decode()
    assert actor.id in leaf
    assert "某某" not in leaf


@pytest.mark.django_db
def test_who_sees_what(actor_of: Callable[..., Actor]) -> None:
    inspector, auditor = actor_of("market_regulator"), actor_of("market_regulator", "auditor")
    stranger = actor_of("platform", "auditor")
    entry = services.record(actor=inspector, verb="test.done", target="t/1")
    seen = [Entry.objects.visible_to(a).filter(pk=entry.pk).exists()
            for a in (inspector, auditor, stranger, Actor.anonymous())]  # fmt: skip
    assert seen == [True, True, False, False]


@pytest.mark.django_db(transaction=True)
def test_the_verify_button(actor_of: Callable[..., Actor], client_for: Callable[..., Client]) -> None:
    client = client_for(actor_of("market_regulator", "auditor"))
    shown = client.post("/ledger/verify/").content.decode()
    assert "Everything agrees" in shown
    assert Entry.objects.filter(verb="ledger.verified").count() == 1
    assert client.get("/api/ledger/verify").json()["ok"] is True


@pytest.mark.django_db
def test_reads_are_recorded_as_reads(system: Actor) -> None:
    entry = services.record_read(actor=system, target="pools/sample")
    assert (entry.is_read, entry.verb) == (True, "read")


def test_every_verb_that_the_office_records_has_its_words() -> None:
    call = re.compile(r'(?:verb=|_record\(\w+, |_tell\(\s*actor,\s*\w+,\s*)"([a-z]+\.[a-z_]+)"')
    sources = [path.read_text(encoding="utf-8") for path in Path(office.__file__).parent.rglob("*.py")]
    recorded = {verb for source in sources for verb in call.findall(source)}
    assert len(recorded) > 40
    assert recorded - set(WORDS) == set()
