"""The pages of evidence: what they show, to whom, and what they never do with the strings of strangers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joinder.office.exhibits import services, store
from joinder.office.exhibits.models import CustodyEvent, Exhibit
from joinder.office.jobs.models import Job
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation
from joinder.vocabulary.digests import digest_bytes

pytestmark = pytest.mark.django_db
VIEWS = ("", "?view=picture", "?view=replay", "?view=text", "?view=files", "?view=custody", "?view=nonsense")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers(
    exhibit: Exhibit, inspector: Actor, client_for: Callable[..., Client], language: str
) -> None:
    client = client_for(inspector, language)
    pages = ["/", "/exhibits/", "/exhibits/?q=样例&complete=True", "/exhibits/capture/", "/exhibits/upload/"]
    for page in [*pages, *(exhibit.get_absolute_url() + view for view in VIEWS)]:
        answer = client.get(page)
        assert answer.status_code == 200, page
    assert exhibit.reference in client.get("/exhibits/").content.decode()


def test_no_english_stays_on_a_chinese_page(
    exhibit: Exhibit, inspector: Actor, client_for: Callable[..., Client]
) -> None:
    text = client_for(inspector, "zh-hans").get(exhibit.get_absolute_url()).content.decode()
    for words in (
        "Integrity",
        "Does not prove",
        "Download the package",
        "Verify it yourself",
        "How it was taken",
    ):
        assert words not in text
    for words in ("完整性", "不能证明", "下载证据包", "自行核验", "网页内容真实"):
        assert words in text


def test_the_integrity_panel_says_what_each_check_proves(
    exhibit: Exhibit, inspector: Actor, client_for: Callable[..., Client]
) -> None:
    text = client_for(inspector).get(exhibit.get_absolute_url()).content.decode()
    assert "Every file is as it was when sealed" in text
    assert "Self-issued" in text
    assert exhibit.digest in text
    assert f"joinder_verify.py {exhibit.package_name} --trust" in text


def test_strings_of_strangers_stay_text(
    exhibit: Exhibit, inspector: Actor, client_for: Callable[..., Client]
) -> None:
    client = client_for(inspector)
    for view in ("", "?view=text"):
        text = client.get(exhibit.get_absolute_url() + view).content.decode()
        assert "<script>alert" not in text
        assert "“正品” <script>" not in text


def test_pictures_are_pictures_and_files_are_downloads(
    exhibit: Exhibit, inspector: Actor, client_for: Callable[..., Client]
) -> None:
    client, base = client_for(inspector), exhibit.get_absolute_url()
    picture = client.get(f"{base}picture/views/screenshot-001.png")
    assert (picture.status_code, picture.headers["Content-Type"]) == (200, "image/png")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    for name in ("views/text.txt", "evidence.json", "../etc/passwd", "views/screenshot-009.png"):
        assert client.get(f"{base}picture/{name}").status_code == 404
    file = client.get(f"{base}file/views/text.txt")
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{base}file/none.txt").status_code == 404


def test_the_package_leaves_byte_for_byte_and_it_is_written_down(
    exhibit: Exhibit, inspector: Actor, client_for: Callable[..., Client]
) -> None:
    answer = client_for(inspector).get(f"{exhibit.get_absolute_url()}package")
    assert digest_bytes(b"".join(answer.streaming_content)) == exhibit.digest
    event = CustodyEvent.objects.get(kind="downloaded")
    assert event.detail == {"file": exhibit.package_name}


def test_strangers_get_nothing(
    exhibit: Exhibit, client_for: Callable[..., Client], actor_of: Callable[..., Actor]
) -> None:
    stranger, base = client_for(actor_of("platform")), exhibit.get_absolute_url()
    for page in ("", "package", "picture/views/screenshot-001.png", "file/record.pdf"):
        assert stranger.get(base + page).status_code == 404
    assert stranger.post(f"{base}verify/").status_code == 404
    assert exhibit.reference not in stranger.get("/exhibits/").content.decode()
    assert Client().get(base).status_code == 302
    assert client_for(actor_of("scholar")).get("/exhibits/capture/").status_code == 403


def test_verifying_again_from_the_page(
    exhibit: Exhibit, inspector: Actor, client_for: Callable[..., Client]
) -> None:
    client = client_for(inspector)
    assert "intact" in client.post(f"{exhibit.get_absolute_url()}verify/", follow=True).content.decode()
    path = store.path_of(exhibit.digest)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1])
    text = client.post(f"{exhibit.get_absolute_url()}verify/", follow=True).content.decode()
    assert "must not be relied on" in text


def test_handing_a_package_in(
    inspector: Actor, make_package: Any, spoil: Any, client_for: Callable[..., Client]
) -> None:
    client, path = client_for(inspector), make_package()
    refused = client.post(
        "/exhibits/upload/", {"file": SimpleUploadedFile("x.evz", spoil(path, "record.pdf").read_bytes())}
    )
    assert refused.status_code == 422
    assert "record.pdf" in refused.content.decode()
    kept = client.post("/exhibits/upload/", {"file": SimpleUploadedFile("x.evz", path.read_bytes())})
    assert kept.status_code == 302
    assert kept.headers["Location"] == Exhibit.objects.get().get_absolute_url()


def test_asking_a_capture(member_of: Callable[..., Any], client_for: Callable[..., Client]) -> None:
    first, second = member_of("market_regulator", name="样例甲"), member_of("market_regulator", name="样例乙")
    client = client_for(first)
    assert client.post("/exhibits/capture/", {"url": "http://shop.example/"}).status_code == 422
    answer = client.post(
        "/exhibits/capture/",
        {"url": "https://shop.example/item", "second": second.pk, "matter": "样例〔2026〕9号"},
    )
    job = Job.objects.get(kind="exhibits.capture")
    assert answer.headers["Location"] == f"/exhibits/capture/{job.pk}/"
    assert job.payload["operators"] == ["样例甲", "样例乙"]
    assert "joinder work" in client.get(answer.headers["Location"]).content.decode()


def test_showing_from_the_page(
    exhibit: Exhibit, inspector: Actor, actor_of: Callable[..., Actor], client_for: Callable[..., Client]
) -> None:
    platform, client = actor_of("platform"), client_for(inspector)
    organisation = Organisation.objects.get(pk=platform.organisation_id)
    client.post(
        f"{exhibit.get_absolute_url()}show/", {"organisation": organisation.pk, "purpose": "通知附件"}
    )
    theirs = client_for(platform)
    page = theirs.get(exhibit.get_absolute_url())
    assert page.status_code == 200
    assert "Stop showing" not in page.content.decode()
    client.post(f"{exhibit.get_absolute_url()}show/", {"organisation": organisation.pk, "act": "withdraw"})
    assert theirs.get(exhibit.get_absolute_url()).status_code == 404


def test_the_machine_door(
    exhibit: Exhibit, inspector: Actor, actor_of: Callable[..., Actor], client_for: Callable[..., Client]
) -> None:
    client = client_for(inspector)
    assert [item["reference"] for item in client.get("/api/exhibits").json()] == [exhibit.reference]
    assert client.get(f"/api/exhibits/{exhibit.reference}").json()["verdict"] == "valid"
    asked = client.post(
        "/api/exhibits/captures",
        json.dumps({"url": "https://shop.example/"}),
        content_type="application/json",
    )
    assert asked.status_code == 202
    refused = client.post(
        "/api/exhibits/captures", json.dumps({"url": "ftp://x"}), content_type="application/json"
    )
    assert refused.status_code == 400
    assert client_for(actor_of("platform")).get(f"/api/exhibits/{exhibit.reference}").status_code == 404


def test_an_incomplete_exhibit_says_so_at_once(
    inspector: Actor, make_package: Any, client_for: Callable[..., Client]
) -> None:
    reasons = [{"zh": "网页没有响应", "en": "the page did not answer"}]
    shown = services.receive_package(
        actor=inspector, path=make_package(complete=False, incomplete_because=reasons)
    )
    text = client_for(inspector, "zh-hans").get(shown.get_absolute_url()).content.decode()
    assert "网页没有响应" in text
    assert "固证不完整" in text
