"""The catalogue's pages in both languages: seen by whom they concern, and what they do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joinder.office.catalogue import selectors, services
from joinder.office.catalogue.models import IngestRun, Pool, Upload
from joinder.office.jobs import worker
from joinder.office.ledger.models import Entry
from joinder.office.people.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(pool: Pool, platform: Actor, shops: bytes) -> Upload:
    return services.receive_file(actor=platform, pool=pool, name="店铺.csv", chunks=[shops])


CHOICES = {
    "by": "fields",
    "column-platform": "平台",
    "column-account_id": "店铺ID",
    "column-name": "店铺名称",
    "column-phone": "联系电话",
    "constant-kind": "shop",
}


@pytest.fixture
def run(pool: Pool, upload: Upload, platform: Actor, client_for: Callable[..., Client]) -> IngestRun:
    """An intake started from the page and carried out."""
    client_for(platform).post(f"/catalogue/{pool.pk}/intake/{upload.pk}/", {**CHOICES, "act": "take_in"})
    worker.run_until_idle()
    return IngestRun.objects.get()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_shown_in_both_languages(
    run: IngestRun,
    pool: Pool,
    platform: Actor,
    shops: bytes,
    client_for: Callable[..., Client],
    language: str,
) -> None:
    other = services.receive_file(actor=platform, pool=pool, name="b.csv", chunks=[shops])
    client = client_for(platform, language)
    for page in (
        "/catalogue/",
        "/catalogue/?q=shops&kind=account",
        "/catalogue/add/",
        f"/catalogue/{pool.pk}/",
        f"/catalogue/{pool.pk}/change/",
        f"/catalogue/{pool.pk}/rejects/",
        f"/catalogue/{pool.pk}/intake/",
        f"/catalogue/{pool.pk}/intake/{other.pk}/",
        f"/catalogue/runs/{run.pk}/",
    ):
        answer = client.get(page)
        assert answer.status_code == 200, page
        text = answer.content.decode()
        assert ('lang="zh-Hans"' if language == "zh-hans" else 'lang="en"') in text
        assert ("数据池" if language == "zh-hans" else "Data pools") in text
        assert "style=" not in text


def test_others_see_the_pool_but_not_its_data(
    run: IngestRun,
    pool: Pool,
    inspector: Actor,
    actor_of: Callable[..., Actor],
    client_for: Callable[..., Client],
) -> None:
    client = client_for(inspector)
    page = client.get(f"/catalogue/{pool.pk}/").content.decode()
    assert "Shops of a sample platform" in page
    assert "店铺.csv" not in page
    for address in ("change/", "rejects/", "rejects.csv", "intake/"):
        assert client.get(f"/catalogue/{pool.pk}/{address}").status_code == 403
    assert client.get(f"/catalogue/runs/{run.pk}/").status_code == 404
    stranger = client_for(actor_of("right_holder"))
    assert stranger.get(f"/catalogue/{pool.pk}/").status_code == 404
    assert "Shops of a sample platform" not in stranger.get("/catalogue/").content.decode()


def test_nobody_signed_out_sees_anything(pool: Pool, client: Client) -> None:
    for page in ("/catalogue/", f"/catalogue/{pool.pk}/", "/catalogue/add/"):
        assert client.get(page).status_code == 302


def test_from_upload_to_records_by_the_pages(
    pool: Pool, platform: Actor, shops: bytes, client_for: Callable[..., Client]
) -> None:
    client = client_for(platform)
    handed = client.post(f"/catalogue/{pool.pk}/intake/", {"file": SimpleUploadedFile("店铺.csv", shops)})
    upload = Upload.objects.get()
    assert handed.headers["Location"] == f"/catalogue/{pool.pk}/intake/{upload.pk}/"
    page = client.get(handed.headers["Location"]).content.decode()
    assert '<option value="店铺ID" selected>' in page
    tried = client.post(handed.headers["Location"], {**CHOICES, "act": "try"})
    worker.run_until_idle()
    page = client.get(tried.headers["Location"]).content.decode()
    assert "nothing was stored" in page
    assert "某某优品" in page
    trial = IngestRun.objects.get()
    started = client.post(f"/catalogue/runs/{trial.pk}/take-in/")
    worker.run_until_idle()
    page = client.get(started.headers["Location"]).content.decode()
    assert "What was stored" in page
    assert "account_id" in page
    held = selectors.held(pool)
    assert held is not None
    assert held.rows == 2
    assert "13800000001" not in client.get(f"/catalogue/{pool.pk}/").content.decode()


def test_the_kept_mapping_is_offered_for_the_next_file(
    run: IngestRun, pool: Pool, platform: Actor, shops: bytes, client_for: Callable[..., Client]
) -> None:
    other = services.receive_file(
        actor=platform, pool=pool, name="b.csv", chunks=[shops + "淘贝,A3,三,,\n".encode("gb18030")]
    )
    page = client_for(platform).get(f"/catalogue/{pool.pk}/intake/{other.pk}/").content.decode()
    assert "The mapping kept with this pool fits" in page
    assert 'name="constant-kind" value="shop"' in page


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"column-account_id": ""}, "gives no account_id"),
        ({"constant-account_id": "A"}, "not both"),
        ({"column-name": "nope"}, None),
        (
            {"by": "text", "text": "mapping: 1\nkind: listing\nfields: {platform: a, listing_id: b}"},
            "for listing records",
        ),
        ({"by": "text", "text": "kind: ["}, "not YAML"),
        ({"zone": "Mars/One"}, "Mars/One"),
    ],
)
def test_a_wrong_mapping_is_shown_again_with_what_is_wrong(
    pool: Pool,
    upload: Upload,
    platform: Actor,
    client_for: Callable[..., Client],
    changed: dict[str, str],
    says: str | None,
) -> None:
    answer = client_for(platform).post(f"/catalogue/{pool.pk}/intake/{upload.pk}/", {**CHOICES, **changed})
    if says is None:
        # A column that the file lacks is found by the job, which names it.
        worker.run_until_idle()
        page = client_for(platform).get(answer.headers["Location"]).content.decode()
        assert "the pool is as it was before" in page
        assert "nope" in page
    else:
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert not IngestRun.objects.exists()


def test_an_unreadable_upload_is_refused_on_the_page(
    pool: Pool, platform: Actor, client_for: Callable[..., Client]
) -> None:
    file = SimpleUploadedFile("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00")
    answer = client_for(platform).post(f"/catalogue/{pool.pk}/intake/", {"file": file})
    assert answer.status_code == 422
    assert "byte 8" in answer.content.decode()


def test_findings_are_downloaded_and_the_ledger_hears_of_it(
    run: IngestRun, pool: Pool, platform: Actor, client_for: Callable[..., Client]
) -> None:
    client = client_for(platform)
    table = b"".join(client.get(f"/catalogue/{pool.pk}/rejects.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert table.splitlines()[0].startswith("source,row,field")
    assert "店铺.csv,3,account_id" in table
    lines = b"".join(client.get(f"/catalogue/{pool.pk}/rejects.jsonl").streaming_content).decode()  # type: ignore[attr-defined]
    assert '"mend_zh"' in lines
    assert Entry.objects.filter(verb="catalogue.rejects_exported").count() == 2


def test_a_spreadsheet_does_not_run_what_a_seller_wrote(
    pool: Pool, platform: Actor, client_for: Callable[..., Client]
) -> None:
    data = "平台,店铺ID,店铺名称,联系电话\n=cmd|' /C calc'!A0,,x,\nt,,@SUM(1),\n".encode()
    upload = services.receive_file(actor=platform, pool=pool, name="=evil.csv", chunks=[data])
    client = client_for(platform)
    client.post(f"/catalogue/{pool.pk}/intake/{upload.pk}/", {**CHOICES, "act": "take_in"})
    worker.run_until_idle()
    table = b"".join(client.get(f"/catalogue/{pool.pk}/rejects.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "'=evil.csv" in table


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"field": "phone", "value": "13800000001", "purpose": "case", "legal_basis": "x"}, "2 records fit"),
        (
            {"field": "phone", "value": "13800000001", "purpose": "case", "legal_basis": ""},
            "State the legal basis",
        ),
        (
            {"field": "opened_on", "value": "soon", "purpose": "case", "legal_basis": "x"},
            "no value of opened_on",
        ),
    ],
)
def test_asking_on_the_page(
    run: IngestRun,
    pool: Pool,
    inspector: Actor,
    client_for: Callable[..., Client],
    asked: dict[str, str],
    says: str,
) -> None:
    assert says in client_for(inspector).post(f"/catalogue/{pool.pk}/", asked).content.decode()


def test_registering_and_changing_by_the_pages(inspector: Actor, client_for: Callable[..., Client]) -> None:
    client = client_for(inspector)
    told = {"name": "tips", "kind": "complaint", "title_zh": "举报", "title_en": "Tips", "sensitivity": "secret",
            "audience": "own", "granularity": "boolean"}  # fmt: skip
    answer = client.post("/catalogue/add/", told)
    pool = Pool.objects.get(name="tips")
    assert answer.headers["Location"] == f"/catalogue/{pool.pk}/"
    shared = client.post(f"/catalogue/{pool.pk}/change/", {**told, "audience": "partners"})
    assert shared.status_code == 422
    assert "legal basis" in shared.content.decode()
    client.post(f"/catalogue/{pool.pk}/change/", {**told, "title_en": "Tip-offs", "fresh_days": "7"})
    pool.refresh_from_db()
    assert (pool.title_en, pool.fresh_days, pool.is_stale) == ("Tip-offs", 7, True)
    assert "Tip-offs" in client.get("/").content.decode()


def test_pools_for_machines(
    run: IngestRun, pool: Pool, inspector: Actor, client_for: Callable[..., Client]
) -> None:
    client = client_for(inspector)
    (told,) = client.get("/api/pools?q=shops").json()
    assert (told["name"], told["records"]) == ("shops", 2)
    question = {"where": {"phone": "13800000001"}, "purpose": "case", "legal_basis": "x"}
    answer = client.post(f"/api/pools/{pool.pk}/ask", question, content_type="application/json")
    assert answer.json()["count"] == 2
    refused = client.post(
        f"/api/pools/{pool.pk}/ask", {**question, "purpose": "fun"}, content_type="application/json"
    )
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"column-account_id": ""}, "映射未给出account_id"),
        ({"constant-name": "x"}, "不能两者都有"),
        (
            {"by": "text", "text": "mapping: 1\nkind: listing\nfields: {platform: a, listing_id: b}"},
            "不能用于account记录",
        ),
        ({"by": "text", "text": "kind: ["}, "映射有误"),
    ],
)
def test_a_wrong_mapping_is_explained_in_chinese(
    pool: Pool,
    upload: Upload,
    platform: Actor,
    client_for: Callable[..., Client],
    changed: dict[str, str],
    says: str,
) -> None:
    client = client_for(platform, "zh-hans")
    assert (
        says
        in client.post(f"/catalogue/{pool.pk}/intake/{upload.pk}/", {**CHOICES, **changed}).content.decode()
    )


def test_an_unreadable_upload_is_explained_in_chinese(
    pool: Pool, platform: Actor, client_for: Callable[..., Client]
) -> None:
    file = SimpleUploadedFile("a.csv", b"caf\xe9 au")
    page = (
        client_for(platform, "zh-hans").post(f"/catalogue/{pool.pk}/intake/", {"file": file}).content.decode()
    )
    assert "a.csv不是可读的文本：第3字节不符合UTF-8" in page
