"""A right, its authorised sellers, and what is known about telling genuine goods from fakes."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinder.office.people.actors import Actor

AUTHORITIES = (
    "market_regulator", "ip_office", "copyright_office", "culture_enforcement", "customs", "police",
    "procuratorate", "court",
)  # fmt: skip
#: Who works with the goods in hand.
EXAMINERS = (*AUTHORITIES, "appraisal")


class Kind(models.TextChoices):
    """What a right protects."""

    WORD = "word", _("Word mark")
    DEVICE = "device", _("Device mark")
    COMBINED = "combined", _("Combined mark")
    DESIGN = "design", _("Design")
    COPYRIGHT = "copyright", _("Copyright")
    PATENT = "patent", _("Patent right")
    GI = "gi", _("Geographical indication")


class RightQuerySet(models.QuerySet["Right"]):
    """Rights as an actor may see them."""

    def visible_to(self, actor: Actor) -> RightQuerySet:
        """What a register publishes: every member of an organisation that takes part, but no respondent."""
        if actor.is_system:
            return self
        if actor.organisation_id is None or actor.organisation_kind == "respondent":
            return self.none()
        return self


class Right(models.Model):
    """One right as its pool holds it now. ref: the record and version it was read from."""

    pool = models.CharField(max_length=64)
    right_id = models.CharField(_("number"), max_length=200)
    ref = models.CharField(_("record"), max_length=400, unique=True)
    kind = models.CharField(_("kind of right"), max_length=12, choices=Kind.choices, blank=True)
    office = models.CharField(_("office"), max_length=120, blank=True)
    registration_no = models.CharField(_("registration number"), max_length=120, blank=True)
    holder = models.CharField(_("holder"), max_length=300, blank=True)
    holder_organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="rights"
    )
    mark = models.CharField(_("mark"), max_length=300, blank=True)
    aliases = models.JSONField(_("other writings"), default=list)
    classes = models.JSONField(_("classes"), default=list)
    goods = models.TextField(_("goods"), blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=120, blank=True)
    genuine_price_minor = models.BigIntegerField(_("usual price"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    logo = models.CharField(max_length=200, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)
    imported_at = models.DateTimeField(default=timezone.now)

    objects = RightQuerySet.as_manager()

    class Meta:
        ordering = ("mark", "right_id")
        constraints = (models.UniqueConstraint(fields=["pool", "right_id"], name="right_once_per_pool"),)

    def __str__(self) -> str:
        return self.mark or self.registration_no or self.right_id

    @property
    def record(self) -> str:
        """The record's name without its version."""
        return self.ref.rpartition("@")[0]

    @property
    def has_expired(self) -> bool:
        """Whether its term is over."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    def get_absolute_url(self) -> str:
        """Its page."""
        return f"/rights/{self.pk}/"


class SellerQuerySet(models.QuerySet["AuthorisedSeller"]):
    """Authorised sellers as an actor may see them."""

    def visible_to(self, actor: Actor) -> SellerQuerySet:
        """Authorities, appraisers and platforms, and the holder of the right."""
        if actor.is_system or actor.organisation_kind in (*EXAMINERS, "platform"):
            return self
        if actor.organisation_id is None:
            return self.none()
        return self.filter(right__holder_organisation_id=actor.organisation_id)

    def current(self, on: date | None = None) -> SellerQuerySet:
        """Those whose authorisation runs on a day (default: today)."""
        day = on or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            retired_at__isnull=True,
        )


class AuthorisedSeller(models.Model):
    """An account that the holder allows to sell. from_pool: it stands in the pool's record itself."""

    right = models.ForeignKey(Right, on_delete=models.CASCADE, related_name="sellers")
    platform = models.CharField(_("platform"), max_length=120)
    account_id = models.CharField(_("account"), max_length=200)
    name = models.CharField(_("shop name"), max_length=200, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)
    from_pool = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.CharField(max_length=32, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = SellerQuerySet.as_manager()

    class Meta:
        ordering = ("platform", "account_id")
        constraints = (
            models.UniqueConstraint(
                fields=["right", "platform", "account_id"],
                condition=Q(retired_at__isnull=True),
                name="seller_authorised_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lte=models.F("valid_until")),
                name="seller_term_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.platform}/{self.account_id}"


class Readers(models.TextChoices):
    """Who may read a note, besides the holder."""

    EXAMINERS = "examiners", _("Authorities and appraisers")
    PLATFORMS = "platforms", _("Authorities, appraisers and platforms")


class NoteQuerySet(models.QuerySet["ProductNote"]):
    """Product notes as an actor may see them."""

    def visible_to(self, actor: Actor) -> NoteQuerySet:
        """Those the note names, and the holder of the right."""
        if actor.is_system or actor.organisation_kind in EXAMINERS:
            return self
        if actor.organisation_id is None:
            return self.none()
        seen = Q(right__holder_organisation_id=actor.organisation_id)
        if actor.organisation_kind == "platform":
            seen |= Q(readers=Readers.PLATFORMS)
        return self.filter(seen)


class ProductNote(models.Model):
    """How to tell genuine from fake, in the words of who knows the goods. Appended and retired, never overwritten."""

    right = models.ForeignKey(Right, on_delete=models.CASCADE, related_name="notes")
    product = models.CharField(_("product"), max_length=200)
    genuine = models.TextField(_("what genuine goods show"))
    fake = models.TextField(_("what fakes show"))
    readers = models.CharField(
        _("who may read it"), max_length=10, choices=Readers.choices, default=Readers.EXAMINERS
    )
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="product_notes"
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.CharField(max_length=32, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ("product", "-id")

    def __str__(self) -> str:
        return self.product
