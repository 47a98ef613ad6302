"""Addresses of rights."""

from __future__ import annotations

from django.urls import path

from joinder.office.rights import pages

app_name = "rights"
urlpatterns = [
    path("", pages.rights, name="rights"),
    path("import/", pages.import_pool, name="import"),
    path("<int:pk>/", pages.right, name="right"),
    path("<int:pk>/logo/", pages.logo, name="logo"),
    path("<int:pk>/notes/", pages.add_note, name="add_note"),
    path("<int:pk>/notes/<int:note>/retire/", pages.retire_note, name="retire_note"),
    path("<int:pk>/sellers/", pages.add_seller, name="add_seller"),
    path("<int:pk>/sellers/<int:seller>/end/", pages.end_seller, name="end_seller"),
]
