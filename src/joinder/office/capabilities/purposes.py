"""What a question may be asked for. A code list, so that policies can speak about it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Purpose(TextChoices):
    """Why something is asked."""

    CASE = "case", pgettext_lazy("purpose", "Handling a case")
    SCREENING = "screening", pgettext_lazy("purpose", "Screening listings")
    PROTECTION = "protection", pgettext_lazy("purpose", "Protecting one's own right")
    REFERRAL = "referral", pgettext_lazy("purpose", "Referral to another organ")
    TRIAL = "trial", pgettext_lazy("purpose", "Court proceedings")
    BORDER = "border", pgettext_lazy("purpose", "Border measures")
    RESEARCH = "research", pgettext_lazy("purpose", "Research")
    ANSWER = "answer", pgettext_lazy("purpose", "Answering an accusation")
