"""Addresses about people."""

from __future__ import annotations

from django.urls import path

from joinder.office.people import pages

app_name = "people"
urlpatterns = [
    path("", pages.members, name="members"),
    path("add/", pages.add_member, name="add_member"),
    path("members/<str:opaque_id>/", pages.member, name="member"),
    path("organisations/", pages.organisations, name="organisations"),
    path("clients/", pages.api_clients, name="clients"),
    path("me/", pages.me, name="me"),
    path("act-as/", pages.act_as, name="act_as"),
    path("language/", pages.set_language, name="set_language"),
    path("theme/", pages.set_theme, name="set_theme"),
]
