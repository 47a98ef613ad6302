"""A notice, and the steps it went through."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinder.office.matters.notices.transitions import FINAL, SEEN_BY_RESPONDENT, TONES, Side, State
from joinder.office.people.actors import Actor


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices as an actor may see them."""

    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """Each side from its own moment on: the sender always, the platform once sent, the seller once forwarded.

        The unit that handles the matter, and whoever sees the matter's file, see its notices once they are sent.
        """
        if actor.is_system:
            return self
        if actor.organisation_id is None:
            return self.none()
        from joinder.office.matters.models import Matter

        own = actor.organisation_id
        sent = ~Q(state=State.DRAFTED)
        files = Matter.objects.visible_to(actor).values("pk")
        return self.filter(
            Q(sender_id=own)
            | Q(drafted_by_organisation_id=own)
            | (Q(platform_id=own) & sent)
            | (Q(respondent_id=own) & Q(forwarded_at__isnull=False))
            | (Q(matter_id__in=files) & sent)
        )


class Notice(models.Model):
    """One notice under E-Commerce Law 42 with its counter-statement; ``content`` is what ``law.notices`` checks."""

    reference = models.CharField(_("reference"), max_length=24, unique=True)
    matter = models.ForeignKey(
        "matters.Matter", null=True, blank=True, on_delete=models.PROTECT, related_name="notices"
    )
    sender = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="notices_sent")
    platform = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="notices_received"
    )
    respondent = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="notices_about"
    )
    drafted_by_organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    regime = models.CharField(max_length=40, default="cn-ecommerce")
    shop_name = models.CharField(_("shop"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=24, choices=State.choices, default=State.DRAFTED)
    content = models.JSONField(default=dict)
    measures = models.JSONField(default=list, blank=True)
    refusals = models.JSONField(default=list, blank=True)
    declaration = models.JSONField(default=dict, blank=True)
    holder_action = models.JSONField(default=dict, blank=True)
    drafted_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    forwarded_at = models.DateTimeField(null=True, blank=True, help_text="To the seller.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["sender", "-id"], name="notice_by_sender"),
            models.Index(fields=["platform", "state", "-id"], name="notice_by_platform"),
            models.Index(fields=["respondent", "-id"], name="notice_by_respondent"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFTED, State.WITHDRAWN]) | Q(submitted_at__isnull=False),
                name="notice_sent_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(SEEN_BY_RESPONDENT)) | Q(forwarded_at__isnull=False),
                name="notice_forwarded_has_moment",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("notices:notice", args=[self.reference])

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return TONES[State(self.state)]

    @property
    def is_final(self) -> bool:
        """Whether nothing may follow."""
        return self.state in FINAL

    @property
    def objects_named(self) -> list[dict[str, Any]]:
        """The links complained of, as plain mappings."""
        listed = self.content.get("objects")
        return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []

    def organisation_of(self, side: str) -> int | None:
        """The id of the organisation of a side; None for the clock and for a seller who is not here."""
        return {
            Side.SENDER: self.sender_id,
            Side.PLATFORM: self.platform_id,
            Side.RESPONDENT: self.respondent_id,
        }.get(Side(side))


class NoticeStep(models.Model):
    """One step of a notice: who moved it, when, with what. Appended, never changed."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=timezone.now, editable=False)
    verb = models.CharField(max_length=40)
    source = models.CharField(max_length=24, blank=True, choices=State.choices)
    target = models.CharField(max_length=24, choices=State.choices)
    side = models.CharField(max_length=12, choices=Side.choices)
    actor_id = models.CharField(max_length=32)
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.notice} {self.verb}"

    @property
    def receipt(self) -> str:
        """The number that stands on the confirmation page: N-2026-000012/3."""
        return f"{self.notice.reference}/{self.pk}"
