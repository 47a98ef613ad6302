"""Context of the frame around every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from joinder.office.ui import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation, the node's name and the language as an HTML tag."""
    language = (getattr(request, "LANGUAGE_CODE", None) or settings.LANGUAGE_CODE).lower()
    return {
        "navigation": navigation.entries(request),
        "node_name": settings.NODE_NAME,
        "html_lang": "zh-Hans" if language.startswith("zh") else "en",
        "languages": settings.LANGUAGES,
        "here": request.get_full_path(),
    }
