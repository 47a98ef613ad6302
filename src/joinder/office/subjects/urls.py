"""Addresses of subjects."""

from __future__ import annotations

from django.urls import path

from joinder.office.subjects import pages

app_name = "subjects"
urlpatterns = [
    path("", pages.subjects, name="list"),
    path("compare/", pages.compare, name="compare"),
    path("why/", pages.why, name="why"),
    path("<str:reference>/", pages.subject, name="subject"),
    path("<str:reference>/name/", pages.rename, name="rename"),
    path("<str:reference>/graph/", pages.graph, name="graph"),
    path("<str:reference>/links/<int:pk>/judge/", pages.judge, name="judge"),
    path("<str:reference>/links/<int:pk>/unlink/", pages.unlink, name="unlink"),
    path("<str:reference>/judgements/<int:pk>/undo/", pages.undo, name="undo"),
]
