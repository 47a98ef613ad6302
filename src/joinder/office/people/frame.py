"""What the page frame shows about the person: name, organisation, acting capacity and the others to switch to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; empty values for an anonymous request."""
    acting = getattr(request, "acting", None)
    user = getattr(request, "user", None)
    return {
        "actor": getattr(request, "actor", None),
        "acting": acting,
        "capacities": getattr(request, "capacities", []),
        "is_demo_member": bool(acting and acting.member.is_demo),
        "theme": user.theme
        if user is not None and user.is_authenticated
        else request.COOKIES.get("joinder_theme", "system"),
    }
