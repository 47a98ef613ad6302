"""Who is acting in this request, and in which language the page is."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from joinder.office.people import acting

Handler = Callable[[HttpRequest], HttpResponse]


class MemberLanguage:
    """A signed-in person's own language wins over the cookie and the browser's."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "") if request.user.is_authenticated else ""
        if not language:
            return self.get_response(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        response.headers["Content-Language"] = translation.get_language() or ""
        return response


class ActingMember:
    """Sets ``request.actor``: the member in the chosen capacity, or the anonymous actor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = acting.current(request)  # type: ignore[attr-defined]
        request.actor = acting.actor_from(request.acting)  # type: ignore[attr-defined]
        return self.get_response(request)
