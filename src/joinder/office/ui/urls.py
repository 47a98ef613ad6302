"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from joinder.office.ui import pages

app_name = "ui"
urlpatterns = [
    path("", pages.home, name="home"),
    path("ui/components", pages.component_page, name="components"),
    path("ui/keys", pages.keys, name="keys"),
]
