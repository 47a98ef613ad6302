"""Pools in the catalogue: whose they are, who is told of them, how they answer, how a file is taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation

from joinder.office.catalogue import files, selectors, services
from joinder.office.catalogue.errors import PoolError, QuestionRefused, UploadRefused
from joinder.office.catalogue.models import IngestRun, Pool, Upload
from joinder.office.jobs import worker
from joinder.office.jobs.models import Job
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed
from joinder.office.people.models import Organisation
from joinder.pools import MappingError, SourceError, intake
from joinder.vocabulary.errors import UsageError
from joinder.vocabulary.node import NodeHome

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are said in the reader's language."""
    with translation.override("en"):
        yield


MAPPING = """mapping: 1
kind: account
fields:
  platform: 平台
  account_id: 店铺ID
  name: 店铺名称
  phone: 联系电话
"""


def hand_in(platform: Actor, pool: Pool, data: bytes, name: str = "店铺.csv") -> Upload:
    return services.receive_file(actor=platform, pool=pool, name=name, chunks=[data])


def take_in(platform: Actor, pool: Pool, data: bytes, *, dry_run: bool = False) -> IngestRun:
    run = services.start_intake(
        actor=platform, pool=pool, upload=hand_in(platform, pool, data), mapping=MAPPING, dry_run=dry_run
    )
    worker.run_until_idle()
    run.refresh_from_db()
    return run


# -- who is told ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "kind", "sees"),
    [
        ("own", "market_regulator", False),
        ("own", "platform", False),
        ("authorities", "market_regulator", True),
        ("authorities", "procuratorate", True),
        ("authorities", "customs", True),
        ("authorities", "right_holder", False),
        ("authorities", "platform", False),
        ("partners", "right_holder", True),
        ("partners", "scholar", True),
        ("partners", "respondent", False),
    ],
)
def test_who_is_told_of_a_pool(
    pool: Pool, platform: Actor, actor_of: Callable[..., Actor], audience: str, kind: str, sees: bool
) -> None:
    services.change_pool(actor=platform, pool=pool, audience=audience)
    other = actor_of(kind, organisation=f"另一{kind}")
    assert Pool.objects.visible_to(other).contains(pool) is sees
    assert Pool.objects.visible_to(platform).contains(pool)
    assert not Pool.objects.visible_to(Actor.anonymous()).exists()


def test_files_and_intakes_are_the_owners_alone(
    pool: Pool, platform: Actor, inspector: Actor, shops: bytes
) -> None:
    run = take_in(platform, pool, shops)
    assert Pool.objects.visible_to(inspector).contains(pool)
    for model in (Upload, IngestRun):
        assert not model.objects.visible_to(inspector).exists()
        assert model.objects.visible_to(platform).exists()
    assert run.report is not None


# -- registering -----------------------------------------------------------------------------------------------------


def test_registering_is_in_the_ledger(pool: Pool, platform: Actor) -> None:
    entry = Entry.objects.get(verb="catalogue.pool_registered")
    assert (entry.actor_id, entry.target) == (platform.id, f"catalogue/{pool.pk}")


@pytest.mark.parametrize(
    ("changed", "error", "says"),
    [
        ({"name": "shops"}, PoolError, "already there"),
        ({"name": "a/b"}, UsageError, "cannot name a pool"),
        ({"kind": "shop"}, UsageError, "no record kind"),
        ({"audience": "partners"}, PoolError, "legal basis"),
        ({"audience": "partners", "legal_basis": "x"}, PoolError, "purpose"),
        ({"purposes": ["fun"]}, PoolError, "Not a purpose: fun"),
        ({"granularity": "all"}, PoolError, "no granularity"),
        ({"colour": "red"}, PoolError, "colour"),
    ],
)
def test_what_cannot_be_registered(
    pool: Pool, platform: Actor, changed: dict[str, object], error: type[Exception], says: str
) -> None:
    values = {"name": "other", "kind": "account", "title_zh": "x", "title_en": "x", **changed}
    owner = Organisation.objects.get(pk=platform.organisation_id)
    with pytest.raises(error, match=says):
        services.register_pool(actor=platform, owner=owner, **values)
    assert Pool.objects.count() == 1


def test_only_the_owners_keepers_change_a_pool(
    pool: Pool, inspector: Actor, actor_of: Callable[..., Actor], platform: Actor
) -> None:
    with pytest.raises(NotAllowed):
        services.change_pool(actor=inspector, pool=pool, title_en="Mine")
    with pytest.raises(NotAllowed):
        services.receive_file(actor=inspector, pool=pool, name="a.csv", chunks=[b"a"])
    owner = Organisation.objects.get(pk=platform.organisation_id)
    with pytest.raises(PoolError, match="own members"):
        services.register_pool(
            actor=inspector, owner=owner, name="x", kind="account", title_zh="x", title_en="x"
        )
    with pytest.raises(NotAllowed):
        services.register_pool(
            actor=actor_of("respondent"), owner=owner, name="x", kind="account", title_zh="x", title_en="x"
        )


def test_a_change_tells_before_and_after(pool: Pool, platform: Actor) -> None:
    services.change_pool(actor=platform, pool=pool, granularity="boolean")
    assert Entry.objects.get(verb="catalogue.pool_changed").detail["granularity"] == ["count", "boolean"]


# -- taking a file in --------------------------------------------------------------------------------------------------


def test_a_file_is_taken_in_by_a_job(pool: Pool, platform: Actor, shops: bytes, node_home: NodeHome) -> None:
    run = take_in(platform, pool, shops)
    assert run.counts | {"read": 3, "added": 2, "rejected": 1} == run.counts
    assert run.job is not None
    assert run.job.state == "succeeded"
    pool.refresh_from_db()
    assert (pool.records, pool.rejected) == (2, 1)
    assert pool.renewed_at is not None
    (finding,) = selectors.rejects(pool)
    assert (finding["row"], finding["field"]) == (3, "account_id")
    held = selectors.held(pool)
    assert held is not None
    assert held.sources[0].name == "店铺.csv"
    # The file itself is not kept once its rows are in the pool, and no page tells where it lay.
    assert list((node_home.root / "uploads").iterdir()) == []
    assert str(node_home.root) not in str(run.report)
    assert {"catalogue.file_received", "catalogue.intake_started", "catalogue.intake_finished"} <= set(
        Entry.objects.values_list("verb", flat=True)
    )


def test_a_trial_stores_nothing_and_shows_the_first_rows(pool: Pool, platform: Actor, shops: bytes) -> None:
    run = take_in(platform, pool, shops, dry_run=True)
    assert run.report is not None
    assert run.report["sample"][0]["name"] == "某某优品"
    assert run.report["findings"][0]["row"] == 3
    assert selectors.held(pool) is None
    real = services.start_intake(actor=platform, pool=pool, upload=run.upload, mapping=MAPPING)
    worker.run_until_idle()
    real.refresh_from_db()
    assert real.counts["added"] == 2


def test_asking_the_same_intake_twice_is_one_job(pool: Pool, platform: Actor, shops: bytes) -> None:
    upload = hand_in(platform, pool, shops)
    first = services.start_intake(actor=platform, pool=pool, upload=upload, mapping=MAPPING)
    second = services.start_intake(actor=platform, pool=pool, upload=upload, mapping=MAPPING)
    assert first == second
    assert Job.objects.filter(kind="catalogue.intake").count() == 1


def test_an_intake_that_fails_leaves_the_pool_and_says_why(pool: Pool, platform: Actor, shops: bytes) -> None:
    upload = hand_in(platform, pool, shops)
    run = services.start_intake(
        actor=platform, pool=pool, upload=upload, mapping=MAPPING.replace("店铺ID", "编号")
    )
    worker.run_until_idle()
    run.refresh_from_db()
    assert run.report is None
    assert run.job is not None
    assert run.job.state == "failed"
    assert "'编号' for account_id" in run.job.error["message"]
    assert str(files.folder()) not in run.job.error["message"]
    assert Upload.objects.get(pk=upload.pk).removed_at is None


@pytest.mark.parametrize(
    ("name", "data", "error", "says"),
    [
        ("a.csv", b"", UploadRefused, "empty"),
        ("a.exe", b"MZ", SourceError, r"a\.exe has no known format"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", SourceError, "byte 8"),
        ("../../etc/cron.d/a.csv", b"caf\xe9 au", SourceError, r"a\.csv is not readable text: byte 3"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_kept(
    pool: Pool,
    platform: Actor,
    node_home: NodeHome,
    name: str,
    data: bytes,
    error: type[Exception],
    says: str,
) -> None:
    with pytest.raises(error, match=says) as caught:
        hand_in(platform, pool, data, name)
    assert str(node_home.root) not in str(caught.value)
    assert not Upload.objects.exists()
    assert list((node_home.root / "uploads").iterdir()) == []


def test_a_file_that_is_too_large_is_not_kept(node_home: NodeHome) -> None:
    with pytest.raises(UploadRefused, match="larger"):
        files.store("a.csv", iter([b"12345", b"67890"]), largest=9)
    assert list((node_home.root / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "plain"),
    [("../../a.csv", "a.csv"), ("C:\\data\\店铺.csv", "店铺.csv"), ("..", "file"), ("a\nb.csv", "a_b.csv")],
)
def test_names_of_uploads_are_plain(name: str, plain: str) -> None:
    assert files.plain_name(name) == plain


def test_a_mapping_for_another_kind_is_refused(pool: Pool, platform: Actor, shops: bytes) -> None:
    upload = hand_in(platform, pool, shops)
    text = "mapping: 1\nkind: listing\nfields: {platform: 平台, listing_id: 店铺ID}"
    with pytest.raises(MappingError, match="for listing records"):
        services.start_intake(actor=platform, pool=pool, upload=upload, mapping=text)
    assert not Job.objects.filter(kind="catalogue.intake").exists()


def test_an_intake_by_command_is_entered_with_its_owner(
    node_home: NodeHome, inspector: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("platform,account_id\nt,1\n")
    report = intake(node_home, "found", "account", [path])
    owner = Organisation.objects.get(pk=inspector.organisation_id)
    pool = services.note_intake(actor=Actor.system(), owner=owner, report=report)
    assert (pool.owner, pool.records, pool.audience) == (owner, 1, "own")
    again = services.note_intake(
        actor=Actor.system(), owner=owner, report=intake(node_home, "found", "account", [path])
    )
    assert again == pool
    assert pool.runs.count() == 1


# -- asking ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(pool: Pool, platform: Actor, shops: bytes) -> Pool:
    take_in(platform, pool, shops)
    pool.refresh_from_db()
    return pool


def test_an_authority_is_answered_with_a_count_and_the_ledger_hears_of_it(
    filled: Pool, inspector: Actor
) -> None:
    answer = services.ask(
        actor=inspector, pool=filled, where={"phone": "13800000001"}, purpose="case", legal_basis="电子商务法"
    )
    assert (answer.granularity, answer.exists, answer.count) == ("count", True, 2)
    entry = Entry.objects.get(verb="catalogue.asked")
    assert entry.is_read
    assert entry.detail["count"] == 2
    assert "13800000001" not in str(entry.detail)


def test_a_pool_of_yes_and_no_gives_no_count(filled: Pool, platform: Actor, inspector: Actor) -> None:
    services.change_pool(actor=platform, pool=filled, granularity="boolean")
    answer = services.ask(
        actor=inspector,
        pool=Pool.objects.get(pk=filled.pk),
        where={"phone": "13800000001"},
        purpose="case",
        legal_basis="x",
    )
    assert (answer.granularity, answer.exists, answer.count) == ("boolean", True, None)


def test_records_are_never_handed_out_by_a_question(filled: Pool, platform: Actor, inspector: Actor) -> None:
    services.change_pool(actor=platform, pool=filled, granularity="record")
    answer = services.ask(
        actor=inspector,
        pool=Pool.objects.get(pk=filled.pk),
        where={"name": "某某优品"},
        purpose="case",
        legal_basis="x",
    )
    assert answer.granularity == "count"


@pytest.mark.parametrize(
    ("kind", "purpose", "basis", "says"),
    [
        ("right_holder", "case", "x", "not open to your organisation"),
        ("respondent", "case", "x", "not open to your organisation"),
        ("market_regulator", "research", "x", "may not be used for that purpose"),
        ("market_regulator", "case", " ", "legal basis"),
    ],
)
def test_a_question_that_the_rules_refuse(
    filled: Pool, actor_of: Callable[..., Actor], kind: str, purpose: str, basis: str, says: str
) -> None:
    with pytest.raises(QuestionRefused, match=says):
        services.ask(
            actor=actor_of(kind), pool=filled, where={"name": "x"}, purpose=purpose, legal_basis=basis
        )
    assert not Entry.objects.filter(verb="catalogue.asked").exists()


def test_a_question_about_an_unknown_field(filled: Pool, platform: Actor) -> None:
    with pytest.raises(UsageError, match="no field 'colour'"):
        services.ask(actor=platform, pool=filled, where={"colour": "red"}, purpose="case")


def test_an_empty_pool_answers_none(pool: Pool, platform: Actor) -> None:
    assert services.ask(actor=platform, pool=pool, where={"name": "x"}, purpose="case").count == 0


def test_the_capabilitys_handler_counts_under_the_pools_purposes(filled: Pool, inspector: Actor) -> None:
    from joinder.office.jobs import services as jobs

    def ask(purpose: str) -> Job:
        job = jobs.enqueue(
            kind="catalogue.count",
            payload={
                "parameters": {"pool": "shops", "kind": "account"},
                "input": {"phone": "13800000001"},
                "purpose": purpose,
            },
            actor=inspector,
            title_zh="问",
            title_en="Ask",
        )
        worker.run_until_idle()
        job.refresh_from_db()
        return job

    assert ask("case").result == {"count": 2}
    refused = ask("research")
    assert refused.state == "failed"
    assert "may not be used" in refused.error["message"]


def test_a_refusal_is_said_in_the_readers_language(pool: Pool, actor_of: Callable[..., Actor]) -> None:
    with translation.override("zh-hans"), pytest.raises(QuestionRefused, match="不向您的单位开放"):
        services.ask(actor=actor_of("scholar"), pool=pool, where={"name": "x"}, purpose="case")
