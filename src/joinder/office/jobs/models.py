"""The job, its history and the outbox."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinder.office.jobs.states import FINAL, OGC_STATUS, TONE, State
from joinder.office.people.actors import Actor


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs as an actor may see them."""

    def visible_to(self, actor: Actor) -> JobQuerySet:
        """Jobs asked by or of the actor's organisation."""
        if actor.is_system:
            return self
        if actor.organisation_id is None:
            return self.none()
        return self.filter(Q(organisation_id=actor.organisation_id) | Q(provider_id=actor.organisation_id))

    def asked_by(self, actor: Actor) -> JobQuerySet:
        """Jobs this organisation asked."""
        if actor.organisation_id is None:
            return self.none()
        return self.visible_to(actor).filter(organisation_id=actor.organisation_id)

    def asked_of(self, actor: Actor) -> JobQuerySet:
        """Jobs this organisation is to answer."""
        if actor.organisation_id is None:
            return self.none()
        return self.visible_to(actor).filter(provider_id=actor.organisation_id)


class Transport(models.TextChoices):
    """Who carries the job out."""

    LOCAL = "local", _("this node's worker")
    PULL = "pull", _("the provider's machine")
    PEOPLE = "people", _("the provider's people")


class Job(models.Model):
    """One piece of work: asked by someone, done once."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    capability = models.CharField(_("capability"), max_length=120, blank=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)

    actor = models.JSONField(editable=False)
    actor_key = models.CharField(max_length=32, editable=False)
    organisation = models.ForeignKey(
        "people.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jobs_asked",
    )
    provider = models.ForeignKey(
        "people.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jobs_received",
        help_text="Who is to answer; empty: this node.",
    )
    transport = models.CharField(max_length=8, choices=Transport.choices, default=Transport.LOCAL)
    effects_external = models.BooleanField(default=False, help_text="Never retried automatically.")
    idempotency_key = models.CharField(max_length=120, blank=True)
    body_digest = models.CharField(max_length=80, editable=False)
    policy = models.JSONField(default=dict, blank=True)
    policy_digest = models.CharField(max_length=80, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.QUEUED)
    priority = models.SmallIntegerField(default=0)
    run_after = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)

    lease_owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0)

    progress = models.FloatField(null=True, blank=True)
    message = models.CharField(max_length=300, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    error = models.JSONField(null=True, blank=True)
    question = models.TextField(blank=True)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            #: claims read this one, the reaper the next: one query over both was 2-11 times slower
            models.Index(
                fields=["-priority", "id"],
                condition=Q(state=State.QUEUED),
                name="job_queued",
            ),
            models.Index(fields=["lease_until"], condition=Q(state=State.LEASED), name="job_leased"),
            models.Index(fields=["organisation", "-id"], name="job_by_asker"),
            models.Index(fields=["provider", "-id"], name="job_by_provider"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["actor_key", "kind", "capability", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="job_idempotency_key",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.LEASED) | (Q(lease_until__isnull=False) & ~Q(lease_owner="")),
                name="job_leased_has_lease",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=sorted(FINAL)) & Q(finished_at__isnull=False))
                | (~Q(state__in=sorted(FINAL)) & Q(finished_at__isnull=True)),
                name="job_final_has_finish",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How people name it: J-310."""
        return f"J-{self.pk}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_zh if (get_language() or "").startswith("zh") else self.title_en

    @property
    def is_final(self) -> bool:
        """Whether it ended."""
        return self.state in FINAL

    @property
    def tone(self) -> str:
        """How its status tag looks."""
        return TONE[State(self.state)]

    @property
    def ogc_status(self) -> str:
        """Its status in the words of OGC API Processes."""
        return OGC_STATUS[State(self.state)]

    @property
    def asker(self) -> Actor:
        """Who asked."""
        return Actor.from_json(dict(self.actor))

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/jobs/{self.pk}/"

    def body(self) -> dict[str, Any]:
        """What was asked, as digested for the idempotency key."""
        return {"kind": self.kind, "capability": self.capability, "payload": self.payload}


class JobEvent(models.Model):
    """One step in a job's history, appended."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12)
    actor_key = models.CharField(max_length=32)
    capacity = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.job_id}: {self.before} → {self.after}"

    @property
    def state_label(self) -> str:
        """The state reached, in the reader's language."""
        return str(State(self.after).label)


class OutboxMessage(models.Model):
    """What is to be told outside, written with the state change and delivered afterwards."""

    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.CASCADE, related_name="outbox")
    topic = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=["not_before"], condition=Q(sent_at__isnull=True), name="outbox_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.topic} {self.message_id}"
