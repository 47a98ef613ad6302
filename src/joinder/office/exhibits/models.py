"""The exhibit, its custody events, its verifications, and to whom it was shown."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinder.office.exhibits.errors import ExhibitIsSealed
from joinder.office.people.actors import Actor


class Source(models.TextChoices):
    """How an exhibit came here."""

    CAPTURED = "captured", _("Captured by this node")
    RECEIVED = "received", _("Received as a package")


class ExhibitQuerySet(models.QuerySet["Exhibit"]):
    """Exhibits as an actor may see them."""

    def visible_to(self, actor: Actor) -> ExhibitQuerySet:
        """Those of one's own organisation, and those it was shown."""
        if actor.is_system:
            return self
        if actor.organisation_id is None:
            return self.none()
        shown = Showing.objects.filter(organisation_id=actor.organisation_id, withdrawn_at__isnull=True)
        return self.filter(Q(owner_id=actor.organisation_id) | Q(pk__in=shown.values("exhibit_id")))


class Exhibit(models.Model):
    """One sealed package. Its bytes lie in the content-addressed store under ``digest``; nothing here changes later."""

    reference = models.CharField(_("reference"), max_length=16, unique=True, editable=False)
    owner = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="exhibits")
    source = models.CharField(_("source"), max_length=8, choices=Source.choices)
    digest = models.CharField(_("digest"), max_length=71)
    size = models.PositiveBigIntegerField(_("size"))
    url = models.TextField(_("address"))
    title = models.CharField(_("page title"), max_length=300, blank=True)
    matter = models.CharField(_("case number"), max_length=120, blank=True)
    sequence = models.PositiveIntegerField(_("sequence"))
    operators = models.JSONField(_("operators"), default=list)
    started_at = models.DateTimeField(_("capture began"))
    ended_at = models.DateTimeField(_("capture ended"))
    complete = models.BooleanField(_("complete"))
    official = models.BooleanField(_("official"))
    self_issued = models.BooleanField(_("self-issued"))
    facts = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    job = models.OneToOneField(
        "jobs.Job", null=True, blank=True, on_delete=models.PROTECT, related_name="exhibit"
    )
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    received_by = models.CharField(max_length=32, editable=False)

    objects = ExhibitQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["owner", "digest"], name="exhibit_once_per_owner"),
            models.CheckConstraint(
                condition=Q(ended_at__gte=models.F("started_at")), name="exhibit_ends_after_begin"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="exhibit_has_bytes"),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title or self.url}"[:200]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only. Raises ExhibitIsSealed for anything else."""
        if not self._state.adding:
            raise ExhibitIsSealed(f"{self.reference} is sealed and cannot be changed.")
        super().save(*args, **kwargs)

    @property
    def incomplete_because(self) -> list[str]:
        """Why the capture is not complete, in the reader's language; empty if it is."""
        tongue = "zh" if (get_language() or "").startswith("zh") else "en"
        return [reason[tongue] for reason in self.facts.get("incomplete_because", [])]

    @property
    def pictures(self) -> list[str]:
        """The screenshot's tiles from top to bottom."""
        return sorted(file["name"] for file in self.files if file["name"].startswith("views/screenshot-"))

    @property
    def package_name(self) -> str:
        """The file's name when it leaves."""
        return f"{self.reference}.evz"

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/exhibits/{self.reference}/"


class Verdict(models.TextChoices):
    """What the verifier said."""

    VALID = "valid", _("Intact")
    INVALID = "invalid", _("Not valid")
    UNKNOWN = "unknown", _("Cannot tell")


class Verification(models.Model):
    """One run of the single-file verifier: its verdict, and every check in both languages."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.CASCADE, related_name="verifications")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.CharField(max_length=32, editable=False)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    checks = models.JSONField(default=list)
    summary = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.exhibit_id}: {self.verdict}"


class CustodyEvent(models.Model):
    """One thing that happened to an exhibit: appended, with the ledger entry that stands for it."""

    class Kind(models.TextChoices):
        """What happened."""

        CAPTURED = "captured", _("Captured and sealed")
        RECEIVED = "received", _("Package received")
        VERIFIED = "verified", _("Verified")
        DOWNLOADED = "downloaded", _("Downloaded")
        SHOWN = "shown", _("Shown to an organisation")
        WITHDRAWN = "withdrawn", _("No longer shown")

    exhibit = models.ForeignKey(Exhibit, on_delete=models.CASCADE, related_name="custody")
    at = models.DateTimeField(default=timezone.now, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    actor_key = models.CharField(max_length=32)
    organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    capacity = models.CharField(max_length=20, blank=True)
    detail = models.JSONField(default=dict)
    entry = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.exhibit_id}: {self.kind}"


class Showing(models.Model):
    """An organisation that an exhibit is shown to, from a moment until it is withdrawn."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.CASCADE, related_name="showings")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="exhibits_shown"
    )
    purpose = models.CharField(_("purpose"), max_length=200)
    shown_at = models.DateTimeField(default=timezone.now, editable=False)
    shown_by = models.CharField(max_length=32, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["exhibit", "organisation"],
                condition=Q(withdrawn_at__isnull=True),
                name="exhibit_shown_once",
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="exhibit_shown_for_a_purpose"),
        )

    def __str__(self) -> str:
        return f"{self.exhibit_id} → {self.organisation}"
