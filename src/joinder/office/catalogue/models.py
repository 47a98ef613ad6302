"""A pool, the files handed in for it, and its intakes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinder.office.people.actors import Actor
from joinder.vocabulary.schemas import KINDS

#: Kinds of organisation that handle cases: they are told of pools whose audience is the authorities.
AUTHORITIES = (
    "market_regulator", "ip_office", "copyright_office", "culture_enforcement", "customs", "police",
    "procuratorate", "court",
)  # fmt: skip


class Sensitivity(models.TextChoices):
    """The most sensitive thing in a pool."""

    OPEN = "open", _("Open to anyone")
    PERSONAL = "personal", _("Personal data")
    SECRET = "secret", _("Secret")


class Granularity(models.TextChoices):
    """How finely a pool answers other organisations."""

    BOOLEAN = "boolean", _("Yes or no")
    COUNT = "count", _("A count")
    RECORD = "record", _("Records, by release")


class Audience(models.TextChoices):
    """Who is told that a pool exists and may ask it."""

    OWN = "own", _("The owner alone")
    AUTHORITIES = "authorities", _("Authorities")
    PARTNERS = "partners", _("All who take part, respondents aside")


class Purpose(models.TextChoices):
    """What a pool may be used for."""

    CASE = "case", _("Handling a case")
    SCREENING = "screening", _("Screening listings")
    PROTECTION = "protection", _("Protecting one's own right")
    REFERRAL = "referral", _("Referral to another organ")
    TRIAL = "trial", _("Court proceedings")
    BORDER = "border", _("Border measures")
    RESEARCH = "research", _("Research")


class PoolQuerySet(models.QuerySet["Pool"]):
    """Pools as an actor may see them."""

    def visible_to(self, actor: Actor) -> PoolQuerySet:
        """One's own organisation's pools, and those whose audience one belongs to."""
        if actor.is_system:
            return self
        if actor.organisation_id is None:
            return self.none()
        seen = Q(owner_id=actor.organisation_id)
        if actor.organisation_kind in AUTHORITIES:
            seen |= Q(audience=Audience.AUTHORITIES)
        if actor.organisation_kind != "respondent":
            seen |= Q(audience=Audience.PARTNERS)
        return self.filter(seen)

    def owned_by(self, actor: Actor) -> PoolQuerySet:
        """Pools of the actor's organisation."""
        return self.visible_to(actor).filter(owner_id=actor.organisation_id)


class Pool(models.Model):
    """One kind of record of one pool of the node's lake, with its owner and the rules of its use."""

    name = models.CharField(_("name"), max_length=64)
    kind = models.CharField(_("kind of record"), max_length=20)
    title_zh = models.CharField(_("title in Chinese"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    owner = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="pools")
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    purposes = models.JSONField(_("purposes"), default=list)
    sensitivity = models.CharField(
        _("sensitivity"), max_length=10, choices=Sensitivity.choices, default=Sensitivity.PERSONAL
    )
    granularity = models.CharField(
        _("answers others with"), max_length=10, choices=Granularity.choices, default=Granularity.COUNT
    )
    audience = models.CharField(
        _("who may query it"), max_length=12, choices=Audience.choices, default=Audience.OWN
    )
    fresh_days = models.PositiveSmallIntegerField(_("renewed every (days)"), null=True, blank=True)
    records = models.PositiveBigIntegerField(default=0, editable=False)
    rejected = models.PositiveBigIntegerField(default=0, editable=False)
    renewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PoolQuerySet.as_manager()

    class Meta:
        ordering = ("name", "kind")
        constraints = (
            models.UniqueConstraint(fields=["name", "kind"], name="pool_once"),
            # Asking for a purpose on a basis is the rule of the house; a pool that others may ask states both.
            models.CheckConstraint(
                condition=Q(audience="own") | ~Q(legal_basis=""), name="pool_shared_has_legal_basis"
            ),
        )

    def __str__(self) -> str:
        return self.title_zh if (get_language() or "").startswith("zh") else self.title_en

    @property
    def kind_title(self) -> str:
        """The kind of record in the reader's language."""
        kind = KINDS[self.kind]
        return kind.title_zh if (get_language() or "").startswith("zh") else kind.title_en

    @property
    def purpose_labels(self) -> list[str]:
        """The purposes in the reader's language."""
        return [str(Purpose(code).label) for code in self.purposes if code in Purpose.values]

    @property
    def is_stale(self) -> bool:
        """Whether it should have been renewed by now."""
        if self.fresh_days is None:
            return False
        return self.renewed_at is None or self.renewed_at + timedelta(days=self.fresh_days) < timezone.now()

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/catalogue/{self.pk}/"


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads as an actor may see them."""

    def visible_to(self, actor: Actor) -> UploadQuerySet:
        """Files of one's own organisation's pools: they hold the data itself."""
        if actor.is_system:
            return self
        return self.filter(pool__in=Pool.objects.owned_by(actor))


class Upload(models.Model):
    """A file handed in for a pool, kept in the node's folder until its intake is done."""

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=300, editable=False)
    digest = models.CharField(max_length=80, editable=False)
    size = models.PositiveBigIntegerField(editable=False)
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    received_by = models.CharField(max_length=32, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class IngestRunQuerySet(models.QuerySet["IngestRun"]):
    """Intakes as an actor may see them."""

    def visible_to(self, actor: Actor) -> IngestRunQuerySet:
        """Intakes of one's own organisation's pools; their findings quote the data."""
        if actor.is_system:
            return self
        return self.filter(pool__in=Pool.objects.owned_by(actor))


class IngestRun(models.Model):
    """One intake: which files with which mapping, and what came of it."""

    pool = models.ForeignKey(Pool, on_delete=models.CASCADE, related_name="runs")
    job = models.OneToOneField(
        "jobs.Job", null=True, blank=True, on_delete=models.PROTECT, related_name="ingest_run"
    )
    upload = models.ForeignKey(Upload, null=True, blank=True, on_delete=models.SET_NULL, related_name="runs")
    files = models.JSONField(default=list)
    mapping = models.TextField(blank=True)
    dry_run = models.BooleanField(default=False)
    report = models.JSONField(null=True, blank=True)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.CharField(max_length=32, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = IngestRunQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(report__isnull=True, finished_at__isnull=True)
                | Q(report__isnull=False, finished_at__isnull=False),
                name="ingest_finished_has_report",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pool} {self.started_at:%Y-%m-%d}"

    @property
    def counts(self) -> dict[str, Any]:
        """The numbers of its report, empty before it ends."""
        names = ("read", "added", "changed", "unchanged", "rejected", "emptied", "doubtful", "resumed")
        return {name: (self.report or {}).get(name) for name in names}

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/catalogue/runs/{self.pk}/"
