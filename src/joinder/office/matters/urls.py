"""Addresses of matters and notices."""

from __future__ import annotations

from django.urls import include, path

from joinder.office.matters import pages
from joinder.office.matters.notices import pages as notice_pages

matters = [
    path("", pages.matters, name="list"),
    path("new/", pages.new, name="new"),
    path("<str:number>/", pages.matter, name="matter"),
    path("<str:number>/proof/", pages.proof, name="proof"),
    path("<str:number>/facts/new/", pages.new_fact, name="new_fact"),
    path("<str:number>/timeline/", pages.timeline, name="timeline"),
    path("<str:number>/clocks/", pages.clocks, name="clocks"),
    path("<str:number>/documents/", pages.documents, name="documents"),
    path("<str:number>/act/<str:verb>/", pages.act, name="act"),
]
notices = [
    path("", notice_pages.notices, name="list"),
    path("new/", notice_pages.new, name="new"),
    path("<str:reference>/", notice_pages.notice, name="notice"),
    path("<str:reference>/edit/", notice_pages.edit, name="edit"),
    path("<str:reference>/steps/<str:verb>/", notice_pages.step, name="step"),
    path("<str:reference>/done/<int:number>/", notice_pages.done, name="done"),
    path("<str:reference>/leave-out/", notice_pages.leave_out, name="leave_out"),
    path("<str:reference>/answer/", notice_pages.answer, name="answer"),
    path("<str:reference>/paper/", notice_pages.paper, name="paper"),
]
urlpatterns = [
    path("matters/", include((matters, "matters"))),
    path("notices/", include((notices, "notices"))),
]
