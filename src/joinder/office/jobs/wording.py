"""The members of a job's result in plain words; a member that is not named here is shown under its own name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

RESULT_WORDS = {
    "granularity": _("Fineness of the answer"),
    "exists": pgettext_lazy("job", "Found"),
    "count": _("Count"),
    "exhibit": _("Exhibit"),
    "complete": pgettext_lazy("job", "Complete"),
    "official": pgettext_lazy("job", "Official"),
    "digest": _("Digest"),
    "accounts": _("Accounts"),
    "pool": _("Data pool"),
    "unchanged": _("Unchanged"),
}
GRANULARITIES = {"boolean": _("yes or no"), "count": _("a count")}
