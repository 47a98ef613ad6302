"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from joinder.office.jobs import pages

app_name = "jobs"
urlpatterns = [
    path("", pages.jobs, name="list"),
    path("<int:pk>/", pages.job, name="job"),
    path("<int:pk>/state/", pages.state, name="state"),
    path("<int:pk>/act/", pages.act, name="act"),
]
