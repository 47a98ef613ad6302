"""What every answer of the office carries, and how a refusal becomes a page.

The content security policy allows our own files and nothing else: no inline script or style, no foreign origin. The
one exception is the configured replay origin in a frame (reference: desk paper, §5.1).
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from joinder.vocabulary.errors import JoinderError

Handler = Callable[[HttpRequest], HttpResponse]


def content_security_policy(replay_origin: str = "") -> str:
    """The policy as one header value. ``replay_origin`` is the only origin that may be framed."""
    frames = replay_origin or "'none'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        f"connect-src 'self'; worker-src 'self'; frame-src {frames}; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; object-src 'none'; manifest-src 'self'"
    )


class SecurityHeaders:
    """Puts the policy on every answer that does not bring its own (a replayed capture does)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.policy = content_security_policy(settings.REPLAY_ORIGIN)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        )
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ErrorsAsPages:
    """A JoinderError raised by a page is shown as a refusal with its mending, never as a crash.

    So is the empty 405 of an address that takes a form only: whoever reloads it or comes back to it finds a way on.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content or request.path.startswith("/api/"):
            return response
        page = render(request, "ui/error.html", {"code": 405}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page (or JSON under /api/) for an error of ours; anything else goes on."""
        if not isinstance(error, JoinderError):
            return None
        status = getattr(error, "http_status", 400)
        if request.path.startswith("/api/"):
            return JsonResponse({"error": error.message, "mend": error.mend}, status=status)
        return render(request, "ui/refused.html", {"error": error}, status=status)
