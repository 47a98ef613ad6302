"""A lead, and the verdicts about it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinder.office.leads.grounds import Clearance, Ground, Verdict
from joinder.office.people.actors import Actor


class Status(models.TextChoices):
    """Where a lead stands: open, or as a person decided."""

    UNDECIDED = "undecided", _("Undecided")
    SUSPECTED = Verdict.SUSPECTED.value, Verdict.SUSPECTED.label
    CLEARED = Verdict.CLEARED.value, Verdict.CLEARED.label
    DUPLICATE = Verdict.DUPLICATE.value, Verdict.DUPLICATE.label
    UNSURE = Verdict.UNSURE.value, Verdict.UNSURE.label


TONES = {"undecided": "machine", "suspected": "bad", "cleared": "ok", "duplicate": "done", "unsure": "warn"}


class LeadQuerySet(models.QuerySet["Lead"]):
    """Leads as an actor may see them."""

    def visible_to(self, actor: Actor) -> LeadQuerySet:
        """Leads of one's own organisation; a suspicion is nobody else's to read. None for respondents."""
        if actor.is_system:
            return self
        if actor.organisation_id is None or actor.organisation_kind == "respondent":
            return self.none()
        return self.filter(owner_id=actor.organisation_id)


class Lead(models.Model):
    """One listing suspected under one right by one organisation's screening.

    listing, right: RecordRef texts of the versions that were screened; the *_record fields name them without version.
    shown: the listing's fields as they were screened. explanation: the detector's JSON. version: counts verdicts and
    reversals, so that a decision on an outdated view is noticed.
    """

    owner = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="leads")
    listing = models.CharField(max_length=300)
    listing_record = models.CharField(max_length=300)
    right = models.CharField(max_length=300)
    right_record = models.CharField(max_length=300)
    platform = models.CharField(_("platform"), max_length=120, blank=True)
    account_id = models.CharField(_("account"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    mark = models.CharField(_("mark"), max_length=300, blank=True)
    holder = models.CharField(_("right holder"), max_length=300, blank=True)
    shown = models.JSONField(default=dict)
    channel = models.CharField(_("found by"), max_length=20, blank=True)
    score_milli = models.IntegerField(_("score"))
    explanation = models.JSONField(default=dict)
    status = models.CharField(
        _("status"), max_length=12, choices=Status.choices, default=Status.UNDECIDED, db_index=True
    )
    version = models.PositiveIntegerField(default=0)
    decided_by = models.CharField(max_length=32, blank=True)
    decided_capacity = models.CharField(max_length=30, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    later_at = models.DateTimeField(null=True, blank=True)
    matter = models.CharField(_("matter"), max_length=60, blank=True)
    matter_url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    screened_at = models.DateTimeField()

    objects = LeadQuerySet.as_manager()

    class Meta:
        ordering = ("-score_milli", "pk")
        constraints = (
            models.UniqueConstraint(fields=["owner", "listing_record", "right_record"], name="lead_once"),
            models.CheckConstraint(
                condition=Q(status="undecided", decided_at__isnull=True, decided_by="")
                | (~Q(status="undecided") & Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="lead_decided_says_who_and_when",
            ),
        )
        indexes = (
            models.Index(fields=["owner", "status", "-score_milli", "id"], name="lead_queue"),
            models.Index(fields=["owner", "platform", "account_id"], name="lead_shop"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"[:300]

    @property
    def reference(self) -> str:
        """How people name it: L-12."""
        return f"L-{self.pk}"

    @property
    def score(self) -> float:
        """The log-odds in nats."""
        return self.score_milli / 1000

    @property
    def likelihood(self) -> Any:
        """The score in words; it is no probability."""
        if self.score_milli >= 3000:
            return _("very likely")
        return _("likely") if self.score_milli >= 1500 else _("doubtful")

    @property
    def tone(self) -> str:
        """The tone of its status."""
        return TONES[self.status]

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/leads/{self.pk}/"


class JudgementQuerySet(models.QuerySet["Judgement"]):
    """Verdicts as an actor may see them."""

    def visible_to(self, actor: Actor) -> JudgementQuerySet:
        """Those about leads one sees."""
        return self if actor.is_system else self.filter(lead__in=Lead.objects.visible_to(actor))


class Judgement(models.Model):
    """One verdict, or the reversal of one (``reverses``). Appended, never changed."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=12, choices=Verdict.choices, blank=True)
    grounds = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    before = models.CharField(max_length=12, choices=Status.choices)
    version = models.PositiveIntegerField()
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    actor_key = models.CharField(max_length=32)
    capacity = models.CharField(max_length=30, blank=True)
    idempotency_key = models.CharField(max_length=80)
    body_digest = models.CharField(max_length=80)
    at = models.DateTimeField()

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["actor_key", "idempotency_key"], name="judgement_sent_once"),
            models.UniqueConstraint(fields=["lead", "version"], name="judgement_one_per_version"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=False, verdict="") | (Q(reverses__isnull=True) & ~Q(verdict="")),
                name="judgement_is_verdict_or_reversal",
            ),
        )

    def __str__(self) -> str:
        return self.get_verdict_display() or str(_("Taken back"))

    @property
    def ground_labels(self) -> list[str]:
        """The grounds in the reader's language."""
        known: dict[str, Any] = dict(Clearance.choices if self.verdict == Verdict.CLEARED else Ground.choices)
        return [str(known.get(code, code)) for code in self.grounds]


def in_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")
