"""Reading leads: the queue by score with keyset paging, one lead's neighbours, reasons and history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from joinder.detect.texts import NOT_CHECKED
from joinder.office.leads.models import Lead, Status, in_chinese
from joinder.office.people.actors import Actor
from joinder.office.ui.components import Reason
from joinder.vocabulary.script.hanzi import is_han

PAGE = 50
NOTHING = "∅"
"""Stands where a sign was added or left out; a dot would look like the sign itself."""
ASPECTS = {
    "visual": _("to the eye"),
    "aural": _("to the ear"),
    "conceptual": _("in meaning"),
    "context": _("circumstances"),
    "price": _("price"),
    "seller": _("seller"),
    "image": _("picture"),
}


@dataclass(frozen=True)
class Place:
    """A place in the queue: after this lead. ``passed``: how many rows came before."""

    later: bool
    score_milli: int
    pk: int
    passed: int

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """``0_2500_17_50`` → a place; None for anything else."""
        parts = text.split("_")
        if len(parts) != 4 or not all(p.lstrip("-").isdigit() and len(p) < 12 for p in parts):
            return None
        later, score, pk, passed = map(int, parts)
        return cls(bool(later), score, pk, passed)

    def __str__(self) -> str:
        return f"{int(self.later)}_{self.score_milli}_{self.pk}_{self.passed}"


def in_sitting(queryset: QuerySet[Lead], actor: Actor, since: datetime) -> QuerySet[Lead]:
    """Open leads, and those that the actor decided since the sitting began: a decided row keeps its place."""
    return queryset.filter(Q(status=Status.UNDECIDED) | Q(decided_by=actor.id, decided_at__gte=since))


def page_of(queryset: QuerySet[Lead], after: Place | None) -> tuple[list[Lead], Place | None]:
    """One page by score (put-off ones last), and the place of the next page or None."""
    if after is not None:
        same = Q(score_milli__lt=after.score_milli) | Q(score_milli=after.score_milli, pk__gt=after.pk)
        beyond = Q(later_at__isnull=not after.later) & same
        queryset = queryset.filter(beyond if after.later else beyond | Q(later_at__isnull=False))
    rows = list(queryset.order_by(_later_last(), "-score_milli", "pk")[: PAGE + 1])
    if len(rows) <= PAGE:
        return rows, None
    last = rows[PAGE - 1]
    passed = (after.passed if after else 0) + PAGE
    return rows[:PAGE], Place(last.later_at is not None, last.score_milli, last.pk, passed)


def _later_last() -> Any:
    from django.db.models import BooleanField, Case, Value, When

    return Case(
        When(later_at__isnull=True, then=Value(False)), default=Value(True), output_field=BooleanField()
    )


def next_open(rows: Sequence[Lead], lead: Lead) -> Lead | None:
    """The next undecided lead on the page after this one, else the first undecided one, else None."""
    at = next((i for i, row in enumerate(rows) if row.pk == lead.pk), -1)
    around = [*rows[at + 1 :], *rows[:at]] if at >= 0 else list(rows)
    return next((row for row in around if row.status == Status.UNDECIDED and row.pk != lead.pk), None)


def counts_by_status(actor: Actor) -> dict[str, int]:
    """How many leads stand in each status."""
    found = Lead.objects.visible_to(actor).order_by().values_list("status").annotate(n=Count("pk"))
    return dict(found)


def same_shop(actor: Actor, lead: Lead) -> int:
    """How many other leads concern the same account."""
    if not lead.account_id:
        return 0
    shop = Lead.objects.visible_to(actor).filter(platform=lead.platform, account_id=lead.account_id)
    return shop.exclude(pk=lead.pk).count()


def reasons(lead: Lead) -> list[Reason]:
    """The machine's reasons in the reader's language; their weights add up to the score."""
    text = "text_zh" if in_chinese() else "text_en"
    items = [*lead.explanation.get("evidence", ()), *lead.explanation.get("counter_evidence", ())]
    told = []
    for (_channel, span, _mark), group in groupby(items, key=lambda i: (i["channel"], i["span"], i["mark"])):
        parts = list(group)
        weight = sum(part["weight"] for part in parts)
        detail = _operations(parts[0]["ops"]) if span else ""
        if len(parts) > 1:
            shares = " · ".join(f"{ASPECTS[p['aspect']]} {p['weight']:+.2f}" for p in parts)
            detail = f"{shares}　{detail}" if detail else shares
        told.append(Reason(parts[0][text], weight, "negative" if weight < 0 else "positive", detail=detail))
    return told


def _operations(ops: Iterable[dict[str, Any]]) -> str:
    """What differs, each once: s → 5, ∅ → · ×5, or у (U+0443) where the eye sees no difference."""
    told = (f"{op['from'] or NOTHING} → {_named(op['to']) or NOTHING}" for op in ops)
    return "  ".join(f"{one} ×{times}" if times > 1 else one for one, times in Counter(told).items())


def _named(text: str) -> str:
    alien = (
        len(text) == 1 and text.isprintable() and not text.isascii() and not is_han(text) and text.isalpha()
    )
    return f"{text} (U+{ord(text):04X})" if alien else visible(text)


def visible(text: str) -> str:
    """A text with its invisible characters written out: U+200B instead of nothing."""
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)


def not_checked(lead: Lead) -> list[str]:
    """What was not looked at, in the reader's language."""
    told = []
    for entry in lead.explanation.get("not_checked", ()):
        code, _, english = entry.partition(": ")
        told.append(NOT_CHECKED[code][0] if in_chinese() and code in NOT_CHECKED else english)
    return told


def marked(lead: Lead, field: str) -> list[tuple[str, bool]]:
    """A field of the listing in pieces: text, and whether the detector quotes it."""
    text = str(lead.shown.get(field) or "")
    items = [*lead.explanation.get("evidence", ()), *lead.explanation.get("counter_evidence", ())]
    spans = sorted({tuple(i["span"]) for i in items if i["field"] == field and i["span"]})
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in spans:
        if start < at:
            continue
        if text[at:start]:
            pieces.append((text[at:start], False))
        pieces.append((visible(text[start:end]), True))
        at = end
    if text[at:]:
        pieces.append((text[at:], False))
    return pieces
