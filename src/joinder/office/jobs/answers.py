"""The form in which a person answers a job.

The app above that defines what an answer holds (capabilities: the output schema) registers a maker; without one an
answer is a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinder.office.jobs.models import Job

FormMaker = Callable[[Job, Mapping[str, Any] | None], forms.Form | None]
ResultMaker = Callable[[Job, Mapping[str, Any]], dict[str, Any] | None]
_MAKERS: list[tuple[FormMaker, ResultMaker]] = []


class TextAnswer(forms.Form):
    """An answer in words."""

    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000)


def register(form_maker: FormMaker, result_maker: ResultMaker) -> None:
    """Add makers; the first that does not return None is taken."""
    _MAKERS.append((form_maker, result_maker))


AskedMaker = Callable[[Job], list[tuple[str, str]] | None]
_ASKED: list[AskedMaker] = []


def register_asked(maker: AskedMaker) -> None:
    """Add a maker of the plain words in which a job's payload is shown."""
    _ASKED.append(maker)


def asked(job: Job) -> list[tuple[str, str]] | None:
    """(label, value) of what was asked, or None where no app has words for it."""
    return next((said for maker in _ASKED if (said := maker(job)) is not None), None)


def form_for(job: Job, data: Mapping[str, Any] | None = None) -> forms.Form:
    """The answer form of a job, bound to ``data`` if given."""
    for form_maker, _result_maker in _MAKERS:
        form = form_maker(job, data)
        if form is not None:
            return form
    return TextAnswer(data)


def result_of(job: Job, cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored as the job's result for a valid form. Raises the maker's error for a result it refuses."""
    for _form_maker, result_maker in _MAKERS:
        result = result_maker(job, cleaned)
        if result is not None:
            return result
    return dict(cleaned)
