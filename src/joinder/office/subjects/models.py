"""A subject (entity), its links to accounts, the judgements about them, and the runs that found them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinder.office.catalogue.models import Pool
from joinder.office.people.actors import Actor


class State(models.TextChoices):
    """What a link is."""

    SUSPECTED = "suspected", _("Suspected same entity")
    CONFIRMED = "confirmed", _("Confirmed")
    DISPUTED = "disputed", _("Disputed")
    RETRACTED = "retracted", _("Unlinked")
    SUPERSEDED = "superseded", _("Superseded")


class Verdict(models.TextChoices):
    """What a person decided about a link."""

    SAME = "same", _("Same entity")
    DIFFERENT = "different", _("Different entities")
    UNSURE = "unsure", _("Doubtful")


STATE_OF = {Verdict.SAME: State.CONFIRMED, Verdict.DIFFERENT: State.RETRACTED, Verdict.UNSURE: State.DISPUTED}
TONES = {
    "suspected": "machine",
    "confirmed": "ok",
    "disputed": "warn",
    "retracted": "done",
    "superseded": "done",
}


class OwnedQuerySet(models.QuerySet[Any]):
    """Rows of an organisation, as an actor may see them."""

    def visible_to(self, actor: Actor) -> OwnedQuerySet:
        """Those of one's own organisation; none for respondents, who are told through a notice or a matter."""
        if actor.is_system:
            return self
        if actor.organisation_id is None or actor.organisation_kind == "respondent":
            return self.none()
        return self.filter(owner_id=actor.organisation_id)


class Run(models.Model):
    """One resolution of pools of accounts for one organisation."""

    owner = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="resolutions")
    job = models.OneToOneField("jobs.Job", null=True, on_delete=models.PROTECT, related_name="resolution")
    pools = models.JSONField(default=list)
    folder = models.CharField(max_length=300, editable=False)
    counts = models.JSONField(default=dict)
    alarms = models.JSONField(default=list)
    finished_at = models.DateTimeField(default=timezone.now)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"R-{self.pk}"


class Entity(models.Model):
    """Who stands behind several accounts, as one organisation sees it.

    reference: minted once, never derived from members, kept over re-runs. petname: the working name given by people.
    shared: the values that members share (the value graph). merged_into: where its members went when it dissolved.
    """

    owner = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="subjects")
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    petname = models.CharField(_("working name"), max_length=120, blank=True)
    shared = models.JSONField(default=list)
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="entities")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="aliases")
    created_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "entities"

    def __str__(self) -> str:
        return f"{self.reference} {self.petname}".strip()

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/subjects/{self.reference}/"


class LinkQuerySet(OwnedQuerySet):
    """Links as an actor may see them."""

    def visible_to(self, actor: Actor) -> LinkQuerySet:
        """Those of subjects one sees, without the links whose pool the catalogue does not show to this actor."""
        seen = super().visible_to(actor)
        if actor.is_system:
            return seen  # type: ignore[return-value]
        known = Pool.objects.filter(kind="account")
        withheld = known.exclude(pk__in=Pool.objects.visible_to(actor).values("pk"))
        return seen.exclude(pool__in=withheld.values("name"))  # type: ignore[return-value]

    def in_force(self, at: datetime | None = None) -> LinkQuerySet:
        """Links that stand now, or stood at a past moment."""
        if at is None:
            return self.filter(until__isnull=True)
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


class Link(models.Model):
    """One account in one entity, for a stretch of time, with the reasons that put it there.

    record: the RecordRef without version; ref: with it. shown: the account's fields as they were compared. parts: the
    waterfall, which with prior_bits adds up to bits (None where only a judgement joins). partner: the record of the
    entity that it was compared with.
    """

    owner = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="links")
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="links")
    record = models.CharField(max_length=300, db_index=True)
    ref = models.CharField(max_length=320)
    pool = models.CharField(_("pool"), max_length=64)
    platform = models.CharField(_("platform"), max_length=120, blank=True)
    account_id = models.CharField(_("account"), max_length=200)
    name = models.CharField(_("name"), max_length=300, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    shown = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.SUSPECTED)
    bits = models.FloatField(null=True)
    probability = models.FloatField(null=True)
    prior_bits = models.FloatField(default=0)
    parts = models.JSONField(default=list)
    partner = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ("platform", "account_id")
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "record"], condition=Q(until__isnull=True), name="account_in_one_subject"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["retracted", "superseded"]) | Q(until__isnull=False),
                name="link_that_ended_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.platform}/{self.account_id}"

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return TONES[self.state]


class DecisionQuerySet(OwnedQuerySet):
    """Judgements as an actor may see them."""

    def visible_to(self, actor: Actor) -> DecisionQuerySet:
        """Those about links one sees."""
        seen = super().visible_to(actor)
        return seen if actor.is_system else seen.filter(link__in=Link.objects.visible_to(actor))  # type: ignore[return-value]

    def standing(self) -> DecisionQuerySet:
        """Those not taken back or replaced."""
        return self.filter(retired_at__isnull=True)


class Judgement(models.Model):
    """One decision about a link: appended, retired, never changed. by: the opaque id of the member.

    others: the records that the account was judged against.
    """

    owner = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="judgements")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    others = models.JSONField(default=list)
    before = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.CharField(max_length=32)
    capacity = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=32, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["link"], condition=Q(retired_at__isnull=True), name="one_standing_judgement_per_link"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by="")
                | (Q(retired_at__isnull=False) & ~Q(retired_by="")),
                name="subject_judgement_retired_says_by_whom",
            ),
        )

    def __str__(self) -> str:
        return f"{self.link} {self.verdict}"
