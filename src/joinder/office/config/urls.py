"""Addresses of the office: each app that is present brings its own ``urls.py``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from joinder.office.config.api import api
from joinder.office.config.rooms import ROOMS, has_module

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls),
    path("accounts/", include("joinder.office.people.accounts")),
]
urlpatterns += [
    path(prefix, include(f"joinder.office.{room}.urls")) for room, prefix in ROOMS if has_module(room, "urls")
]

handler400 = "joinder.office.ui.pages.bad_request"
handler403 = "joinder.office.ui.pages.permission_denied"
handler404 = "joinder.office.ui.pages.not_found"
handler500 = "joinder.office.ui.pages.server_error"
