"""Addresses of the exhibits."""

from __future__ import annotations

from django.urls import path, re_path

from joinder.office.exhibits import capture_pages, pages

app_name = "exhibits"
REFERENCE = r"^(?P<reference>X-\d{6,12})/"
urlpatterns = [
    path("", pages.exhibits, name="exhibits"),
    path("capture/", capture_pages.capture, name="capture"),
    path("capture/<int:pk>/", capture_pages.capturing, name="capturing"),
    path("upload/", capture_pages.upload, name="upload"),
    path("verifier/joinder_verify.py", pages.verifier, name="verifier"),
    path("verifier/trust/<str:name>", pages.anchor, name="anchor"),
    re_path(REFERENCE + r"$", pages.exhibit, name="exhibit"),
    re_path(REFERENCE + r"verify/$", pages.verify, name="verify"),
    re_path(REFERENCE + r"show/$", pages.show, name="show"),
    re_path(REFERENCE + r"package$", pages.package, name="package"),
    re_path(REFERENCE + r"picture/(?P<name>.+)$", pages.picture, name="picture"),
    re_path(REFERENCE + r"file/(?P<name>.+)$", pages.file, name="file"),
]
