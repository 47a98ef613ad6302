"""What a question may be asked for. A code list, so that policies can speak about it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """Why something is asked."""

    CASE = "case", _("Handling a case")
    SCREENING = "screening", _("Screening listings")
    PROTECTION = "protection", _("Protecting one's own right")
    REFERRAL = "referral", _("Referral to another organ")
    TRIAL = "trial", _("Court proceedings")
    BORDER = "border", _("Border measures")
    RESEARCH = "research", _("Research")
    ANSWER = "answer", _("Answering an accusation")
