"""Exhibits for machines: which there are, what was verified, and the package itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from joinder.office.exhibits import selectors, services, store
from joinder.office.exhibits.models import Exhibit

router = Router(tags=["exhibits"])
LARGEST_LIST = 200


class ExhibitOut(Schema):
    """An exhibit."""

    reference: str
    url: str
    title: str
    matter: str
    sequence: int
    digest: str
    size: int
    started_at: datetime
    complete: bool
    official: bool
    self_issued: bool
    verdict: str


class CaptureIn(Schema):
    """A page to capture."""

    url: str
    operators: list[str] = []
    matter: str = ""
    cause: str = ""
    idempotency_key: str = ""


class JobOut(Schema):
    """The job that captures."""

    job: int
    state: str


class VerificationOut(Schema):
    """What the single-file verifier said."""

    verdict: str
    at: datetime
    checks: list[dict[str, Any]]


def _out(exhibit: Exhibit) -> ExhibitOut:
    checked = selectors.latest(exhibit)
    named = ("reference", "url", "title", "matter", "sequence", "digest", "size", "started_at", "complete", "official",
             "self_issued")  # fmt: skip
    return ExhibitOut(
        **{name: getattr(exhibit, name) for name in named}, verdict=checked.verdict if checked else ""
    )


def _visible(request: HttpRequest, reference: str) -> Exhibit:
    return get_object_or_404(Exhibit.objects.visible_to(request.actor), reference=reference)  # type: ignore[attr-defined]


@router.get("/exhibits", response=list[ExhibitOut])
def exhibits(request: HttpRequest, matter: str = "") -> list[ExhibitOut]:
    """Exhibits that the caller may see, newest first, at most 200; narrow them by case number."""
    found = Exhibit.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    found = found.filter(matter=matter) if matter else found
    return [_out(exhibit) for exhibit in found[:LARGEST_LIST]]


@router.post("/exhibits/captures", response={202: JobOut})
def ask_capture(request: HttpRequest, asked: CaptureIn) -> Status[JobOut]:
    """Ask a capture; follow its job under ``/api/jobs``."""
    job = services.ask_capture(actor=request.actor, **asked.dict())  # type: ignore[attr-defined]
    return Status(202, JobOut(job=job.pk, state=job.state))


@router.get("/exhibits/{reference}", response=ExhibitOut)
def exhibit(request: HttpRequest, reference: str) -> ExhibitOut:
    """One exhibit."""
    return _out(_visible(request, reference))


@router.post("/exhibits/{reference}/verify", response=VerificationOut)
def verify(request: HttpRequest, reference: str) -> VerificationOut:
    """Verify the kept bytes once more."""
    made = services.verify_again(actor=request.actor, exhibit=_visible(request, reference))  # type: ignore[attr-defined]
    return VerificationOut(verdict=made.verdict, at=made.at, checks=made.checks)


@router.get("/exhibits/{reference}/package")
def package(request: HttpRequest, reference: str) -> FileResponse:
    """The package, byte for byte."""
    found = _visible(request, reference)
    path = store.path_of(found.digest)
    if not path.is_file():
        raise Http404
    services.note_download(actor=request.actor, exhibit=found, name=found.package_name)  # type: ignore[attr-defined]
    return FileResponse(path.open("rb"), as_attachment=True, filename=found.package_name)
