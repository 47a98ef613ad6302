"""Which address gives what. A platform's name may stand first in a path: `/taobei/item/L1` is `/item/L1`."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

from joinder.world.serve import pages
from joinder.world.serve.catalogue import Catalogue, Item
from joinder.world.serve.wire import Request, Response

_ASSETS = Path(__file__).with_name("assets")
_ASSET_KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
_PATH = re.compile(r"(?:/[a-z0-9.-]{1,80})?/(item|shop)/([A-Za-z0-9_.-]{1,64})/?")
_OTHER = re.compile(r"/(go|licence|api/price|api/comments|assets)/([A-Za-z0-9_.-]{1,64})")
_IMAGE = re.compile(r"/images/(?:[0-9]{2}/)?[a-z0-9]{1,20}\.png")
_POLICY = ("Content-Security-Policy", "default-src 'self'; img-src 'self'; frame-src 'self'")
_COOKIE = "Path=/; Secure; HttpOnly; SameSite=Lax"


class Routes:
    """Answers requests about one world."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self._folder, self._catalogue = folder, catalogue

    async def answer(self, request: Request) -> Response:
        """The response to a request; what is not there is a 404 page, never an error of the server's."""
        if request.method == "POST" and request.path == "/beacon":
            return Response(204)
        if request.method not in ("GET", "HEAD"):
            return Response(405, "text/plain; charset=utf-8", b"GET, HEAD\n", (("Allow", "GET, HEAD"),))
        return await asyncio.to_thread(self._get, request)

    def _get(self, request: Request) -> Response:
        path = request.path
        if path == "/":
            return _page(pages.front_page(self._catalogue.front()))
        if path == "/search":
            words = request.query.get("q", "").strip()[:100]
            return _page(pages.search_page(words, self._catalogue.search(words) if words else []))
        if path == "/favicon.ico":
            return Response(204)
        if match := _PATH.fullmatch(path):
            return self._item(match[2], request) if match[1] == "item" else self._shop(match[2])
        if match := _OTHER.fullmatch(path):
            return self._other(match[1], match[2], request)
        if _IMAGE.fullmatch(path):
            return self._image(path)
        if path.startswith("/old/") and _IMAGE.fullmatch(path[4:]):
            return Response(301, headers=(("Location", path[4:]), ("Cache-Control", "no-store")))
        return _missing()

    def _item(self, listing_id: str, request: Request) -> Response:
        item = self._catalogue.item(listing_id)
        if item is None:
            return _missing()
        others = [other for other in self._catalogue.items_of(item.account_id) if other != item]
        page = pages.item_page(item, self._catalogue.shop(item.account_id), others)
        cookies = () if "visitor=" in request.headers.get("cookie", "") else (_cookie("visitor", "sample-1"),)
        return _page(page, cookies)

    def _shop(self, account_id: str) -> Response:
        shop = self._catalogue.shop(account_id)
        if shop is None:
            return _missing()
        return _page(pages.shop_page(shop, self._catalogue.items_of(account_id)))

    def _other(self, what: str, name: str, request: Request) -> Response:
        if what == "assets":
            return _asset(name)
        if what == "licence":
            shop = self._catalogue.shop(name)
            return _page(pages.licence_page(shop)) if shop else _missing()
        item = self._catalogue.item(name)
        if item is None:
            return _missing()
        if what == "api/price":
            return _json(pages.price(item))
        if what == "api/comments":
            return self._comments(item, request)
        target = f"/{item.platform}/item/{item.listing_id}"
        cookies = (_cookie("visitor", "sample-1"), _cookie("from", "go"))
        return Response(302, headers=(("Location", target), *cookies, ("Cache-Control", "no-store")))

    def _comments(self, item: Item, request: Request) -> Response:
        text = request.query.get("page", "1")
        if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= pages.COMMENT_PAGES:
            return _missing()
        return _json(pages.comments(item, int(text)))

    def _image(self, path: str) -> Response:
        try:
            return Response(
                200, "image/png", (self._folder / path[1:]).read_bytes(), (("Cache-Control", "max-age=3600"),)
            )
        except OSError:
            return Response(404, "text/plain; charset=utf-8", "图片不存在\n".encode())


def _page(text: str, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    return Response(200, body=text.encode(), headers=(*headers, _POLICY), chunked=True)


def _json(value: object) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode()
    return Response(200, "application/json", body, (("Cache-Control", "no-store"),))


def _asset(name: str) -> Response:
    kind = _ASSET_KINDS.get(Path(name).suffix)
    path = _ASSETS / name
    if kind is None or not path.is_file():
        return _missing()
    return Response(200, kind, path.read_bytes(), (("Cache-Control", "max-age=3600"),))


def _missing() -> Response:
    return Response(404, body=pages.missing_page().encode(), headers=(_POLICY,), chunked=True)


def _cookie(name: str, value: str) -> tuple[str, str]:
    return ("Set-Cookie", f"{name}={value}; {_COOKIE}")
