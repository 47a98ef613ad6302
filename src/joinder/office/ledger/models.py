"""One line of the ledger."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinder.office.ledger.needs import LedgerActor


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries as an actor may see them."""

    def visible_to(self, actor: LedgerActor) -> EntryQuerySet:
        """Auditors and administrators see their organisation's entries, everyone else their own."""
        if actor.is_system:
            return self
        if actor.organisation_id is None:
            return self.none()
        if actor.capacity in {"auditor", "administrator"}:
            return self.filter(organisation_id=actor.organisation_id)
        return self.filter(actor_id=actor.id)


class Entry(models.Model):
    """What was done. Appended, never changed; only its place in the log is filled in afterwards."""

    entry_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    actor_id = models.CharField(_("actor"), max_length=32)
    organisation_id = models.BigIntegerField(null=True, blank=True)
    capacity = models.CharField(_("capacity"), max_length=20, blank=True)
    verb = models.CharField(_("verb"), max_length=80)
    target = models.CharField(_("target"), max_length=400)
    detail = models.JSONField(default=dict)
    is_read = models.BooleanField(default=False)
    leaf_index = models.BigIntegerField(_("place in the log"), null=True, unique=True, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["organisation_id", "-id"], name="ledger_by_organisation"),
            models.Index(fields=["actor_id", "-id"], name="ledger_by_actor"),
            models.Index(fields=["target", "-id"], name="ledger_by_target"),
            models.Index(
                fields=["id"], condition=models.Q(leaf_index__isnull=True), name="ledger_not_sequenced"
            ),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"
