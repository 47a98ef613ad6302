"""Pages on which evidence comes in: capture a page, follow the capture, hand a package in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from joinder.office.exhibits import policies, services
from joinder.office.exhibits.forms import CaptureForm, UploadForm
from joinder.office.jobs.models import Job
from joinder.office.people.models import Member
from joinder.vocabulary.errors import JoinderError


@login_required
def capture(request: HttpRequest) -> HttpResponse:
    """Say which page, as whom and with whom; the worker does it."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_take(actor)
    asked = {name: request.GET[name] for name in ("url", "matter") if name in request.GET}
    form = CaptureForm(request.POST or None, initial=asked, actor=actor)
    first = Member.objects.filter(pk=actor.member_id).first()
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        second = told.pop("second")
        operators = [member.name for member in (first, second) if member is not None]
        try:
            job = services.ask_capture(actor=actor, operators=operators, **told)
        except JoinderError as error:
            form.add_error("url", str(error))
        else:
            return redirect("exhibits:capturing", pk=job.pk)
    status = 422 if form.errors else 200
    return render(request, "exhibits/capture.html", {"form": form, "first": first}, status=status)


@login_required
@require_GET
def capturing(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a capture is; leads on to the exhibit when it is there."""
    jobs = Job.objects.visible_to(request.actor).filter(kind=services.CAPTURE)  # type: ignore[attr-defined]
    job = get_object_or_404(jobs, pk=pk)
    made = (job.result or {}).get("exhibit")
    if made and not request.headers.get("HX-Request"):
        return redirect("exhibits:exhibit", reference=made)
    return render(request, "exhibits/capturing.html", {"job": job, "made": made})


@login_required
def upload(request: HttpRequest) -> HttpResponse:
    """Hand in a package that was sealed elsewhere."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_take(actor)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        handed = form.cleaned_data["file"]
        try:
            exhibit = services.receive_file(actor=actor, name=handed.name, chunks=handed.chunks())
        except JoinderError as error:
            form.add_error("file", str(error))
        else:
            return redirect(exhibit)
    return render(request, "exhibits/upload.html", {"form": form}, status=422 if form.errors else 200)
