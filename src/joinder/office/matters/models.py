"""Matters with their parties, records, facts, clocks, tasks and history. Notices stand in ``notices.models``."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinder.office.matters.notices.models import Notice, NoticeStep
from joinder.office.matters.states import TONES, Status
from joinder.office.people.actors import Actor

__all__ = [
    "Clock", "Fact", "FactElement", "FactExhibit", "Matter", "MatterEvent", "MatterParty", "MatterRecord", "Notice",
    "NoticeStep", "Task",
]  # fmt: skip


def in_language(zh: str, en: str) -> str:
    """The text of the reader's language, the other one where it is missing."""
    first, second = (zh, en) if (get_language() or "").startswith("zh") else (en, zh)
    return first or second


class Role(models.TextChoices):
    """What an organisation is in a matter."""

    HANDLER = "handler", _("Handling unit")
    ASSISTING = "assisting", _("Assisting unit")
    SUPERVISOR = "supervisor", _("Supervising organ")
    EXPERT = "expert", _("Expert or appraiser")
    COMPLAINANT = "complainant", _("Right holder")
    PLATFORM = "platform", _("Platform")
    RESPONDENT = "respondent", _("Respondent")


#: Roles that see the file; the others see the notices they are a side of, and nothing else.
SEES_FILE = (Role.HANDLER, Role.ASSISTING, Role.SUPERVISOR, Role.EXPERT)


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters as an actor may see them."""

    def visible_to(self, actor: Actor) -> MatterQuerySet:
        """The handling unit's matters, and those in which the actor's organisation has a role that sees the file."""
        if actor.is_system:
            return self
        if actor.organisation_id is None:
            return self.none()
        shared = MatterParty.objects.filter(
            organisation_id=actor.organisation_id, role__in=SEES_FILE, left_at__isnull=True
        )
        return self.filter(Q(organisation_id=actor.organisation_id) | Q(pk__in=shared.values("matter_id")))


class Matter(models.Model):
    """One case: what is to be proven, by what, by when."""

    number = models.CharField(_("number"), max_length=24, unique=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.OPEN)
    offence = models.CharField(_("offence"), max_length=60)
    act_on = models.DateField(_("day of the act"), help_text="Chooses the law.")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="matters")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.CharField(max_length=32, editable=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["organisation", "status", "-id"], name="matter_by_unit"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.title_zh, self.title_en)

    @property
    def tone(self) -> str:
        """The tone of its status."""
        return TONES[Status(self.status)]

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("matters:matter", args=[self.number])


class MatterParty(models.Model):
    """An organisation's role in a matter, from a day until it left."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="matter_roles"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["matter", "organisation", "role"],
                condition=Q(left_at__isnull=True),
                name="matter_party_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class MatterRecord(models.Model):
    """A lead, an entity or an exhibit that was joined to a matter; the record stays with its own app."""

    class Kind(models.TextChoices):
        """What is joined."""

        LEAD = "lead", _("Lead")
        ENTITY = "entity", _("Subject")
        EXHIBIT = "exhibit", _("Exhibit")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=300, blank=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    joined_by = models.CharField(max_length=32, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["matter", "kind", "key"], name="matter_record_once"),)

    def __str__(self) -> str:
        return self.title or self.key


class Fact(models.Model):
    """One assertion, in one sentence."""

    class Standing(models.TextChoices):
        """How the other side and the file treat it."""

        TO_PROVE = "to_prove", _("To be proven")
        UNDISPUTED = "undisputed", _("Undisputed")
        DENIED = "denied", _("Denied by the party")
        UNCERTAIN = "uncertain", _("Uncertain")

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="facts")
    number = models.PositiveIntegerField()
    statement_zh = models.CharField(max_length=500, blank=True)
    statement_en = models.CharField(max_length=500, blank=True)
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices, default=Standing.TO_PROVE
    )
    stated_at = models.DateTimeField(default=timezone.now, editable=False)
    stated_by = models.CharField(max_length=32, editable=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["matter", "number"], name="fact_number_once"),
            models.CheckConstraint(
                condition=~Q(statement_zh="") | ~Q(statement_en=""), name="fact_says_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.statement}"

    @property
    def name(self) -> str:
        """F-3."""
        return f"F-{self.number}"

    @property
    def statement(self) -> str:
        """The sentence in the reader's language."""
        return in_language(self.statement_zh, self.statement_en)


class FactElement(models.Model):
    """A fact bears on an element, for or against."""

    class Stance(models.TextChoices):
        """For or against."""

        SUPPORTS = "supports", _("Supports")
        CONTRADICTS = "contradicts", _("Contradicts")

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="elements")
    element = models.CharField(max_length=60)
    stance = models.CharField(max_length=12, choices=Stance.choices, default=Stance.SUPPORTS)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["fact", "element"], name="fact_element_once"),)

    def __str__(self) -> str:
        return f"{self.fact.name} → {self.element}"


class FactExhibit(models.Model):
    """An exhibit stands behind a fact; ``passage`` is the quoted place."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="exhibits")
    record = models.ForeignKey(MatterRecord, on_delete=models.PROTECT, related_name="facts")
    passage = models.CharField(max_length=500, blank=True)
    linked_by = models.CharField(max_length=32, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["fact", "record"], name="fact_exhibit_once"),)

    def __str__(self) -> str:
        return f"{self.fact.name} ← {self.record}"


class ClockQuerySet(models.QuerySet["Clock"]):
    """Clocks as an actor may see them: with the matter or the notice they belong to."""

    def visible_to(self, actor: Actor) -> ClockQuerySet:
        """Clocks of visible matters and notices."""
        if actor.is_system:
            return self
        matters = Matter.objects.visible_to(actor).values("pk")
        notices = Notice.objects.visible_to(actor).values("pk")
        return self.filter(Q(matter_id__in=matters) | Q(notice_id__in=notices))


class Clock(models.Model):
    """A time limit with the rule that gave it and every step of its explanation."""

    class State(models.TextChoices):
        """Where it stands; overdue and due soon are read from the date."""

        RUNNING = "running", _("Running")
        PAUSED = "paused", _("Paused")
        STOPPED = "stopped", _("Stopped")
        MET = "met", _("Met")
        EXPIRED = "expired", _("Over")

    matter = models.ForeignKey(Matter, null=True, blank=True, on_delete=models.CASCADE, related_name="clocks")
    notice = models.ForeignKey(Notice, null=True, blank=True, on_delete=models.CASCADE, related_name="clocks")
    rule_id = models.CharField(max_length=80)
    rule_citation_zh = models.CharField(max_length=200)
    rule_citation_en = models.CharField(max_length=300)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    trigger_at = models.DateTimeField()
    trigger_target = models.CharField(
        max_length=200, blank=True, help_text="The record that proves the trigger."
    )
    due_on = models.DateField()
    due_at = models.DateTimeField()
    explanation = models.JSONField(default=dict)
    provisional = models.BooleanField(default=False)
    exclusions = models.JSONField(default=list, blank=True)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="clocks", help_text="Who must act."
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    paused_on = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stop_reason = models.CharField(max_length=300, blank=True, help_text="Of the pause or the stop.")

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "id")
        indexes = (models.Index(fields=["organisation", "state", "due_at"], name="clock_by_duty"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(matter__isnull=False) | Q(notice__isnull=False), name="clock_belongs_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "paused"], stopped_at__isnull=True)
                | (~Q(state__in=["running", "paused"]) & Q(stopped_at__isnull=False)),
                name="clock_stop_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="paused", paused_on__isnull=False)
                | (~Q(state="paused") & Q(paused_on__isnull=True)),
                name="clock_pause_has_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.due_on}"

    @property
    def title(self) -> str:
        """What it is, in the reader's language."""
        return in_language(self.title_zh, self.title_en)

    @property
    def citation(self) -> str:
        """The rule, in the reader's language."""
        return in_language(self.rule_citation_zh, self.rule_citation_en)

    @property
    def steps(self) -> list[str]:
        """The explanation in the reader's language, cautions last."""
        said: list[dict[str, Any]] = [
            *self.explanation.get("steps", []),
            *self.explanation.get("cautions", []),
        ]
        return [in_language(step["text_zh"], step["text_en"]) for step in said]


class Task(models.Model):
    """Something to do in a matter, by an organisation, by a day."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("title"), max_length=200)
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="matter_tasks"
    )
    due_on = models.DateField(null=True, blank=True)
    added_by = models.CharField(max_length=32, editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
                name="task_done_by_and_when",
            ),
        )

    def __str__(self) -> str:
        return self.title


class MatterEvent(models.Model):
    """One line of a matter's history: appended, never changed."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now, editable=False)
    verb = models.CharField(max_length=60)
    text_zh = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500)
    actor_id = models.CharField(max_length=32)
    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """What happened, in the reader's language."""
        return in_language(self.text_zh, self.text_en)
