"""The office under test: a temporary node, an embedded or a temporary PostgreSQL database, members of every kind.

``JOINDER_TEST_DATABASE=postgresql`` runs the same tests on a PostgreSQL cluster that is made for them and removed.
Settings are loaded here, after the node is made, and not from the ini file: a test must never open a real node.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from postgres import Cluster

NODE = Path(tempfile.mkdtemp(prefix="joinder-office-test-"))
atexit.register(shutil.rmtree, NODE, ignore_errors=True)
(NODE / "joinder.toml").write_text(
    '[node]\nname = "Testburg"\n[office]\nlanguage = "zh-hans"\n', encoding="utf-8"
)
os.environ["JOINDER_HOME"] = str(NODE)
os.environ["DJANGO_SETTINGS_MODULE"] = "joinder.office.config.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser driver runs a loop in the test's own thread
os.environ.pop("DATABASE_URL", None)

if os.environ.get("JOINDER_TEST_DATABASE") == "postgresql":
    _cluster = Cluster.start()
    atexit.register(_cluster.stop)
    os.environ["DATABASE_URL"] = _cluster.url

for _po in Path(__file__).resolve().parents[2].glob("src/joinder/office/**/*.po"):
    _mo = _po.with_suffix(".mo")  # a test must never read yesterday's words
    if not _mo.is_file() or _mo.stat().st_mtime_ns < _po.stat().st_mtime_ns:
        subprocess.run(["msgfmt", "-o", str(_mo), str(_po)], check=True)

import django  # noqa: E402

from joinder.evidence import authority  # noqa: E402
from joinder.vocabulary.node import NodeHome  # noqa: E402

django.setup()
# Loaded now. A test process started from here must make a node of its own before it loads settings.
del os.environ["DJANGO_SETTINGS_MODULE"]
authority.make(NodeHome(NODE))

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from joinder.office.people import services  # noqa: E402
from joinder.office.people.actors import Actor  # noqa: E402
from joinder.office.people.kinds import capacities_of  # noqa: E402
from joinder.office.people.models import ActingCapacity, Member, Organisation, OrganisationKind  # noqa: E402

settings.PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # a test signs in hundreds of times
if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    #: a file, because a worker in another process must see what a test committed
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(NODE / "test.db")
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def node_home() -> NodeHome:
    """The temporary node the office runs on."""
    return NodeHome(NODE)


def seed_kinds() -> None:
    """Kinds of organisation again, after a test that empties all tables (a transactional one) went before."""
    migration = import_module("joinder.office.people.migrations.0002_seed_organisation_kinds")
    migration.seed(apps, None)


@pytest.fixture
def seeded_kinds(db: None) -> None:
    """The kinds of organisation as the migration seeds them, whichever test went before."""
    if not OrganisationKind.objects.exists():
        seed_kinds()


@pytest.fixture
def organisation_of(seeded_kinds: None) -> Callable[..., Organisation]:
    """Make (or find) an organisation of a kind, with an invented name."""

    def make(kind: str, name: str = "") -> Organisation:
        named = name or f"样例单位 {kind}"
        found = Organisation.objects.filter(kind=kind, name=named).first()
        return found or services.add_organisation(
            actor=Actor.system(), kind=kind, name=named, name_en=f"Sample {kind}", region="某市"
        )

    return make


@pytest.fixture
def member_of(organisation_of: Callable[..., Organisation]) -> Callable[..., Member]:
    """Make a member of an organisation of a kind; ``capacity`` defaults to the kind's first."""

    def make(kind: str, capacity: str = "", organisation: str = "", name: str = "") -> Member:
        where = organisation_of(kind, organisation)
        capacity = capacity or str(capacities_of(kind)[0])
        count = Member.objects.count()
        return services.add_member(
            actor=Actor.system(),
            organisation=where,
            username=f"{kind}-{capacity}-{count}",
            name=name or f"样例员{count}",
            password=PASSWORD,
            capacities=[capacity],
        )

    return make


@pytest.fixture
def actor_of(member_of: Callable[..., Member]) -> Callable[..., Actor]:
    """Make an actor: a new member of an organisation of a kind, acting in a capacity."""

    def make(kind: str, capacity: str = "", organisation: str = "") -> Actor:
        member = member_of(kind, capacity, organisation)
        return Actor.acting(
            ActingCapacity.objects.select_related("member__organisation").filter(member=member)[0]
        )

    return make


@pytest.fixture
def client_for() -> Callable[..., Client]:
    """A client signed in as a member (or as the member of an actor), in English unless asked otherwise."""

    def make(who: Member | Actor, language: str = "en") -> Client:
        member = who if isinstance(who, Member) else Member.objects.get(pk=who.member_id)
        member.user.language = language
        member.user.save()
        client = Client()
        client.force_login(member.user)
        return client

    return make


@pytest.fixture
def system() -> Actor:
    """The node itself."""
    return Actor.system()


@pytest.fixture(autouse=True)
def _no_messages_left() -> Iterator[None]:
    """Each test starts in the settings' language."""
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database is run again; pages' templates do not depend on it."""
    if os.environ.get("JOINDER_TEST_DATABASE") != "postgresql":
        return
    here = Path(__file__).parent
    spared = [item for item in items if here in item.path.parents and not _touches_database(item)]
    if spared:
        config.hook.pytest_deselected(items=spared)
        items[:] = [item for item in items if item not in set(spared)]


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(
        fixtures & {"db", "transactional_db", "live_server"}
    )
