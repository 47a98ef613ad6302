"""The machine door: every app's ``api.router`` under ``/api/``, described at ``/api/openapi.json``.

Who calls is a signed-in member (session and CSRF token) or an API client (bearer token); both end up as
``request.actor``. Inputs are explicit schemas; nothing is assigned that a schema does not name.
"""

from __future__ import annotations

from importlib import import_module

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI

from joinder.office.config.rooms import ROOMS, has_module
from joinder.office.people.api_auth import CALLERS
from joinder.vocabulary.errors import JoinderError

api = NinjaAPI(
    title="Joinder",
    version="1",
    description="What one organisation can do for another (capabilities), asked as jobs.",
    auth=CALLERS,
    docs_url=None,
    urls_namespace="api",
)


@api.exception_handler(JoinderError)
def refused(request: HttpRequest, error: JoinderError) -> HttpResponse:
    """An error of ours as JSON with its mending."""
    status = getattr(error, "http_status", 400)
    return api.create_response(request, {"error": error.message, "mend": error.mend}, status=status)


@api.exception_handler(Http404)
def absent(request: HttpRequest, error: Http404) -> HttpResponse:
    """Not there and not visible are the same answer."""
    return api.create_response(request, {"error": "Not found.", "mend": None}, status=404)


for _room, _prefix in ROOMS:
    if has_module(_room, "api"):
        api.add_router("", import_module(f"joinder.office.{_room}.api").router)
