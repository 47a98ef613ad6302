"""A published capability."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinder.office.capabilities.descriptor import Descriptor
from joinder.office.capabilities.policy import Decision, Question, decide
from joinder.office.people.actors import Actor


class Kind(models.TextChoices):
    """The four kinds of one shape."""

    POOL = "pool", _("Data pool")
    TOOL = "tool", _("Tool")
    SERVICE = "service", _("Service by people")
    ACTION = "action", _("Action")


class CapabilityQuerySet(models.QuerySet["Capability"]):
    """Capabilities as an actor may see them."""

    def visible_to(self, actor: Actor) -> CapabilityQuerySet:
        """The catalogue is open to all who take part; what may be asked is the policy's, not the list's.

        A respondent sees only what some rule lets respondents ask.
        """
        if actor.is_system:
            return self
        if actor.is_anonymous or actor.organisation_id is None:
            return self.none()
        if actor.organisation_kind == "respondent":
            return self.filter(Q(askable_by__contains=",respondent,") | Q(provider=actor.organisation_id))
        return self

    def current(self) -> CapabilityQuerySet:
        """The versions in force."""
        return self.filter(retired_at__isnull=True)


class Capability(models.Model):
    """One version of one organisation's capability; a new version retires the one before."""

    key = models.CharField(max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    provider = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="capabilities")
    version = models.CharField(max_length=20)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    descriptor = models.JSONField()
    digest = models.CharField(max_length=80)
    askable_by = models.CharField(max_length=600, blank=True, editable=False)
    published_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = CapabilityQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "key")
        constraints = (
            models.UniqueConstraint(
                fields=["key"], condition=Q(retired_at__isnull=True), name="capability_one_current"
            ),
        )

    def __str__(self) -> str:
        return self.title_zh if (get_language() or "").startswith("zh") else self.title_en

    @property
    def description(self) -> str:
        """What it does, in the reader's language."""
        said: dict[str, Any] = self.descriptor.get("description", {})
        return str(said.get("zh" if (get_language() or "").startswith("zh") else "en", ""))

    @property
    def parsed(self) -> Descriptor:
        """The descriptor; it was checked when it was published."""
        return Descriptor(self.descriptor)

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/capabilities/{self.key}/"

    def decision_for(self, actor: Actor, purpose: str, legal_basis: str) -> Decision:
        """What the policy says to this actor's question."""
        question = Question(
            organisation_kind=actor.organisation_kind,
            capacity=actor.capacity,
            purpose=purpose,
            legal_basis=legal_basis,
            is_provider=actor.organisation_id == self.provider_id,
        )
        return decide(
            self.descriptor["policy"], question, legal_bases=self.descriptor.get("legal_bases") or None
        )
