"""Addresses of the ledger."""

from __future__ import annotations

from django.urls import path

from joinder.office.ledger import pages

app_name = "ledger"
urlpatterns = [
    path("", pages.entries, name="entries"),
    path("verify/", pages.verify, name="verify"),
    path("<uuid:entry_id>/", pages.entry, name="entry"),
]
