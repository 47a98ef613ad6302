"""The desk, the component page and the error pages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joinder.office.ui import desk, samples


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What must I do today, and why today."""
    panels = desk.panels(request)
    return render(
        request,
        "ui/desk.html",
        {
            "groups": [panel for panel in panels if not panel.side],
            "sides": [panel for panel in panels if panel.side],
        },
    )


@login_required
def component_page(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "ui/components.html", samples.everything())


@login_required
def keys(request: HttpRequest) -> HttpResponse:
    """The key map as a page (the same content as the ``?`` dialog)."""
    return render(request, "ui/keys.html")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "ui/error.html", {"code": 400}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "ui/error.html", {"code": 403}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old."""
    return render(request, "ui/error.html", {"code": 403, "form_token": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there and not visible to you are the same page."""
    return render(request, "ui/error.html", {"code": 404}, status=404)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """500, drawn without touching the database."""
    return render(request, "ui/error_bare.html", {"code": 500}, status=500)
