"""The sample marketplace: what a browser can walk, and a log that tells exactly what was sent."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import socket
import ssl
from collections.abc import Callable, Iterator
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cryptography import x509

from joinder.world import World, make
from joinder.world.errors import CannotServe, NotAWorld
from joinder.world.serve import Site, running

Rows = Callable[[World, str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def site(tiny: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tiny.folder, ca_dir=tmp_path_factory.mktemp("ca")) as site:
        yield site


@pytest.fixture
def listing(tiny: World, rows: Rows) -> dict[str, Any]:
    return next(row for row in rows(tiny, "listings") if row["platform"] == "taobei" and row["images"])


def connect(site: Site) -> HTTPSConnection:
    """A connection that trusts the site's own authority and nothing else."""
    parts = urlsplit(site.base_url)
    context = ssl.create_default_context(cafile=str(site.ca_file))
    return HTTPSConnection(str(parts.hostname), parts.port, context=context, timeout=20)


def get(site: Site, url: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = connect(site)
    connection.request(
        "GET", url.removeprefix(site.base_url), headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def raw(site: Site, request: bytes) -> bytes:
    """Everything the site answers to raw bytes, until it closes."""
    parts = urlsplit(site.base_url)
    context = ssl.create_default_context(cafile=str(site.ca_file))
    answer = b""
    with (
        socket.create_connection((str(parts.hostname), parts.port or 0), timeout=20) as plain,
        context.wrap_socket(plain, server_hostname=parts.hostname) as wrapped,
    ):
        wrapped.sendall(request)
        while part := wrapped.recv(65_536):
            answer += part
    return answer


def test_a_listing_is_shown_where_its_url_maps(site: Site, listing: dict[str, Any]) -> None:
    response, body = get(site, site.local_url(listing["url"]), Accept_Encoding="gzip")
    assert response.status == 200
    assert response.getheader("Transfer-Encoding") == "chunked"
    assert response.getheader("Content-Encoding") == "gzip"
    text = gzip.decompress(body).decode()
    assert '<html lang="zh-CN">' in text
    assert f'data-item="{listing["listing_id"]}"' in text
    assert listing["price"] not in text.split("<section")[1], "the price comes by script"
    assert text.count('loading="lazy"') >= 2
    assert f'<iframe src="/licence/{listing["account_id"]}"' in text
    assert site.local_url(listing["url"]).endswith(
        urlsplit(site.url_of(listing["listing_id"], "taobei")).path
    )


def test_every_platform_and_shop_of_its_own_maps(site: Site, tiny: World, rows: Rows) -> None:
    seen: dict[str | None, str] = {}
    for row in rows(tiny, "listings"):
        seen.setdefault(urlsplit(row["url"]).hostname, row["url"])
    for url in list(seen.values())[:12]:
        assert get(site, site.local_url(url))[0].status == 200
    for row in rows(tiny, "accounts")[:5]:
        assert get(site, site.local_url(row["url"]))[0].status == 200


def test_the_price_and_five_pages_of_comments_come_by_script(site: Site, listing: dict[str, Any]) -> None:
    _, body = get(site, f"/api/price/{listing['listing_id']}")
    assert json.loads(body)["text"] == f"¥{listing['price']}"
    pages = [json.loads(get(site, f"/api/comments/{listing['listing_id']}?page={n}")[1]) for n in range(1, 6)]
    assert [page["more"] for page in pages] == [True, True, True, True, False]
    assert sum(len(page["comments"]) for page in pages) == 100
    assert len({json.dumps(page["comments"]) for page in pages}) == 5
    for page in ("0", "6", "x", "999999"):
        assert get(site, f"/api/comments/{listing['listing_id']}?page={page}")[0].status == 404


def test_the_redirect_sets_two_cookies(site: Site, listing: dict[str, Any]) -> None:
    response, _ = get(site, f"/go/{listing['listing_id']}")
    assert response.status == 302
    assert response.getheader("Location") == f"/taobei/item/{listing['listing_id']}"
    cookies = response.headers.get_all("Set-Cookie") or []
    assert [cookie.split("=")[0] for cookie in cookies] == ["visitor", "from"]


def test_a_moved_picture_is_found_again(site: Site, listing: dict[str, Any]) -> None:
    response, _ = get(site, f"/old/{listing['images'][0]}")
    assert response.status == 301
    assert response.getheader("Location") == f"/{listing['images'][0]}"


def test_a_returning_visitor_gets_no_second_cookie(site: Site, listing: dict[str, Any]) -> None:
    url = site.local_url(listing["url"])
    assert get(site, url)[0].getheader("Set-Cookie")
    assert get(site, url, Cookie="visitor=sample-1")[0].getheader("Set-Cookie") is None


def test_shop_licence_search_and_pictures(
    site: Site, tiny: World, rows: Rows, listing: dict[str, Any]
) -> None:
    party = {row["uscc"]: row for row in rows(tiny, "parties")}
    shop = next(row for row in rows(tiny, "accounts") if row["licence_no"])
    _, licence = get(site, f"/licence/{shop['account_id']}")
    assert shop["licence_no"] in licence.decode()
    assert party[shop["licence_no"]]["name"] in licence.decode()
    _, found = get(site, f"/search?q={quote(listing['title'][:6])}")
    assert f"/go/{listing['listing_id']}" in found.decode()
    response, picture = get(site, "/" + listing["images"][0])
    assert response.getheader("Content-Type") == "image/png"
    assert picture == (tiny.folder / listing["images"][0]).read_bytes()
    assert get(site, "/")[0].status == 200
    assert get(site, "/assets/market.js")[0].getheader("Content-Type") == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/item/L0000000000", "/shop/nobody", "/licence/nobody", "/go/nothing", "/api/price/nothing", "/nowhere",
        "/images/gone/0000000000.png", "/images/00/aaaaaaaaaa.png", "/images/../world.json", "/images/%2e%2e/a",
        "/assets/..%2froutes.py", "/assets/../routes.py", "/truth/listings.parquet", "/world.json", "//etc/passwd",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404_and_nothing_leaks(site: Site, path: str) -> None:
    response, body = get(site, path)
    assert response.status == 404
    assert b"seed" not in body


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"NONSENSE\r\n\r\n", b"400"),
        (b"GET http://elsewhere/ HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", b"400"),
        (b"POST /beacon HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST /beacon HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", b"413"),
        (b"POST /beacon HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n", b"413"),
        (b"PUT / HTTP/1.1\r\nConnection: close\r\n\r\n", b"405"),
        (b"POST /beacon HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi", b"204"),
    ],
)
def test_hostile_requests_get_an_answer_and_the_site_lives(
    site: Site, request_bytes: bytes, status: bytes
) -> None:
    assert raw(site, request_bytes).split(b" ")[1] == status
    assert get(site, "/favicon.ico")[0].status == 204


def test_the_log_tells_what_was_sent_byte_for_byte(site: Site, listing: dict[str, Any]) -> None:
    path = site.local_url(listing["url"]).removeprefix(site.base_url)
    sent = raw(
        site, f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
    )
    head, body = sent.split(b"\r\n\r\n", 1)
    head += b"\r\n\r\n"
    logged = site.log[-1]
    assert (logged.method, logged.host, logged.target, logged.status) == ("GET", "x", path, 200)
    assert (logged.head_sha256, logged.head_length) == (hashlib.sha256(head).hexdigest(), len(head))
    assert (logged.body_sha256, logged.body_length) == (hashlib.sha256(body).hexdigest(), len(body))
    entity, rest = b"", body
    while (size := int(rest.split(b"\r\n", 1)[0], 16)) > 0:
        rest = rest.split(b"\r\n", 1)[1]
        entity, rest = entity + rest[:size], rest[size + 2 :]
    assert logged.entity_sha256 == hashlib.sha256(entity).hexdigest()
    assert logged.decoded_sha256 == hashlib.sha256(gzip.decompress(entity)).hexdigest()


def test_one_connection_serves_many_requests(site: Site) -> None:
    connection = connect(site)
    for method in ("GET", "HEAD", "GET"):
        connection.request(method, "/favicon.ico" if method == "GET" else "/")
        response = connection.getresponse()
        assert response.read() == b""
        assert response.getheader("Connection") == "keep-alive"
    connection.close()


def test_hostile_titles_are_escaped(tiny: World, tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    shutil.copytree(tiny.folder, folder)
    table = pq.read_table(folder / "listings.parquet")
    hostile = "<script>alert(1)</script>\"'&"
    for name in ("title", "description", "brand", "ships_from"):
        place = table.column_names.index(name)
        table = table.set_column(place, name, pa.array([hostile] * len(table)))
    pq.write_table(table, folder / "listings.parquet")
    with running(folder) as site:
        for path in (
            f"/item/{table['listing_id'][0]}",
            f"/shop/{table['account_id'][0]}",
            "/search?q=%3Cscript%3E",
        ):
            text = get(site, path)[1].decode()
            assert "alert(1)" in text
            assert "<script>alert" not in text


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_every_format_can_be_shown(folder: Path, format: str) -> None:
    world = make(folder, scale="tiny", seed=11, format=format)
    with running(world.folder) as site:
        text = get(site, "/")[1].decode()
        identity = text.split('href="/go/')[1].split('"')[0]
        assert get(site, f"/item/{identity}")[0].status == 200


def test_the_authority_may_vouch_for_sample_names_only(site: Site) -> None:
    authority = x509.load_pem_x509_certificate(site.ca_file.read_bytes())
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    names = {
        name.value for name in constraints.value.permitted_subtrees or () if isinstance(name, x509.DNSName)
    }
    assert names == {"localhost", "example"} | {name for name in names if name.endswith(".example")}


def test_a_port_in_use_says_so(site: Site, tiny: World, tmp_path: Path) -> None:
    port = urlsplit(site.base_url).port or 0
    with (
        pytest.raises(CannotServe, match=f"Port {port} on 127.0.0.1 is in use") as caught,
        running(tiny.folder, port=port, ca_dir=tmp_path),
    ):
        pass
    assert "--port" in str(caught.value.mend)


def test_an_address_of_another_machine_says_so(tiny: World, tmp_path: Path) -> None:
    with (
        pytest.raises(CannotServe, match="could not listen on"),
        running(tiny.folder, host="192.0.2.1", ca_dir=tmp_path),
    ):
        pass


def test_a_folder_without_a_world_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotAWorld, match="holds no world"), running(tmp_path):
        pass
