"""The page that asks a screening."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from joinder.office.leads import policies, services
from joinder.office.leads.forms import ScreenForm
from joinder.vocabulary.errors import JoinderError


@login_required
def screen(request: HttpRequest) -> HttpResponse:
    """Choose pools and start the job; its page shows the progress."""
    actor = request.actor  # type: ignore[attr-defined]
    policies.check_may_judge(actor)
    form = ScreenForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            job = services.start_screening(actor=actor, **form.cleaned_data)
        except JoinderError as error:
            messages.error(request, str(error))
        else:
            return redirect(job.get_absolute_url())
    return render(request, "leads/screen.html", {"form": form})
