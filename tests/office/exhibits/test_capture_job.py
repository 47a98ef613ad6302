"""The capture as a job: a real browser before the sample marketplace, cancelled in mid-flight, and refused."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client

from joinder.office.exhibits import handlers, services, store
from joinder.office.exhibits.models import Exhibit
from joinder.office.jobs import services as jobs
from joinder.office.jobs.context import JobContext
from joinder.office.jobs.errors import JobCancelled
from joinder.office.jobs.worker import run_until_idle
from joinder.office.people.actors import Actor
from joinder.vocabulary.node import NodeHome
from joinder.world import make, serve

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture
def market(node_home: NodeHome, tmp_path: Path) -> Iterator[Any]:
    """The sample marketplace, which the node's administrator has allowed by name."""
    world = make(tmp_path / "world", scale="tiny", seed=11)
    before = node_home.config_file.read_text(encoding="utf-8")
    with serve.running(world.folder) as site:
        shutil.copyfile(site.ca_file, node_home.root / "site-ca.pem")
        allowed = '[evidence]\nallow_hosts = ["127.0.0.1"]\nca_file = "site-ca.pem"\n'
        node_home.config_file.write_text(before + allowed, encoding="utf-8")
        yield site
    node_home.config_file.write_text(before, encoding="utf-8")


@pytest.fixture
def listing_url(market: Any) -> str:
    listing = pq.read_table(market.world.table("listings")).slice(0, 1).to_pylist()[0]
    url: str = market.url_of(listing["listing_id"], listing["platform"])
    return url


def test_a_listing_is_captured_sealed_and_shown(
    inspector: Actor, listing_url: str, client_for: Callable[..., Client]
) -> None:
    job = services.ask_capture(
        actor=inspector, url=listing_url, operators=["样例甲", "样例乙"], matter="样例〔2026〕7号"
    )
    run_until_idle()
    job.refresh_from_db()
    assert job.state == "succeeded", job.error
    exhibit = Exhibit.objects.get(reference=job.result["exhibit"])
    assert (exhibit.complete, exhibit.official, exhibit.source) == (True, True, "captured")
    assert list(exhibit.custody.values_list("kind", flat=True)) == ["captured", "verified"]
    assert exhibit.job_id == job.pk
    client = client_for(inspector)
    assert client.get(f"/exhibits/capture/{job.pk}/").headers["Location"] == exhibit.get_absolute_url()
    picture = client.get(f"{exhibit.get_absolute_url()}picture/{exhibit.pictures[0]}")
    assert picture.content.startswith(b"\x89PNG")
    assert not list((store.root() / "incoming").iterdir())


def test_a_private_host_is_the_administrators_to_allow(
    inspector: Actor, client_for: Callable[..., Client]
) -> None:
    job = services.ask_capture(actor=inspector, url="https://127.0.0.1:8443/")
    run_until_idle()
    job.refresh_from_db()
    assert (job.state, Exhibit.objects.count()) == ("failed", 0)
    assert "joinder.toml" in job.error["mend"]
    assert "不能对该地址固证" in job.error["message"]
    page = client_for(inspector).get(f"/exhibits/capture/{job.pk}/").content.decode()
    assert "Nothing was sealed" in page


def test_a_cancelled_capture_leaves_nothing(
    inspector: Actor, listing_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = services.ask_capture(actor=inspector, url=listing_url)
    held = jobs.claim(owner="test")
    assert held is not None
    context = JobContext(held)
    started = threading.Event()
    real = handlers.capture

    def watched(*arguments: Any) -> Any:
        started.set()
        return real(*arguments)

    def cancel_soon(*_: Any, **__: Any) -> bool:
        time.sleep(0.05)
        return started.is_set()

    monkeypatch.setattr(handlers, "capture", watched)
    monkeypatch.setattr(jobs, "beat", cancel_soon)
    with pytest.raises(JobCancelled):
        handlers.capture_page(dict(job.payload), context)
    assert Exhibit.objects.count() == 0
    assert not list((store.root() / "incoming").iterdir())
