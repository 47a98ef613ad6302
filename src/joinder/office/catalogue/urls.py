"""Addresses of the catalogue."""

from __future__ import annotations

from django.urls import path, re_path

from joinder.office.catalogue import intake_pages, pages

app_name = "catalogue"
urlpatterns = [
    path("", pages.pools, name="pools"),
    path("add/", pages.add, name="add"),
    path("<int:pk>/", pages.pool, name="pool"),
    path("<int:pk>/change/", pages.change, name="change"),
    path("<int:pk>/rejects/", pages.rejects, name="rejects"),
    re_path(r"^(?P<pk>\d+)/rejects\.(?P<suffix>csv|jsonl)$", pages.rejects_file, name="rejects_file"),
    path("<int:pk>/intake/", intake_pages.upload, name="upload"),
    path("<int:pk>/intake/<int:upload>/", intake_pages.mapping, name="mapping"),
    path("runs/<int:pk>/", intake_pages.run, name="run"),
    path("runs/<int:pk>/take-in/", intake_pages.take_in, name="take_in"),
]
