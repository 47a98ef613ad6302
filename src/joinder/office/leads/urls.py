"""Addresses of the leads."""

from __future__ import annotations

from django.urls import path, re_path

from joinder.office.leads import acts, pages, screening

app_name = "leads"
urlpatterns = [
    path("", pages.triage, name="triage"),
    path("undo/", acts.undo_last, name="undo_last"),
    path("screen/", screening.screen, name="screen"),
    re_path(r"^leads\.(?P<suffix>csv|jsonl)$", pages.export, name="export"),
    path("<int:pk>/", pages.lead, name="lead"),
    path("<int:pk>/judge/", acts.judge, name="judge"),
    path("<int:pk>/undo/", acts.undo, name="undo"),
    path("<int:pk>/later/", acts.later, name="later"),
]
