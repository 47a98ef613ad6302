"""Addresses of capabilities."""

from __future__ import annotations

from django.urls import path

from joinder.office.capabilities import pages

app_name = "capabilities"
urlpatterns = [
    path("", pages.capabilities, name="list"),
    path("<str:key>/", pages.capability, name="capability"),
]
