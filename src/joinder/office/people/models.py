"""Sign-ins, organisations, members, acting capacities and API clients."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinder.office.people.actors import Actor
from joinder.office.people.kinds import NAMES_RESPONDENTS, Capacity


def new_opaque_id() -> str:
    """A random name for a person or machine that says nothing about it."""
    return secrets.token_hex(8)


class User(AbstractUser):
    """A way to sign in. Who the person is, stands in their memberships."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    language = models.CharField(_("language"), max_length=10, blank=True)

    class Theme(models.TextChoices):
        """Colours of the pages."""

        SYSTEM = "system", _("As the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    theme = models.CharField(_("theme"), max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    is_demo = models.BooleanField(_("demo"), default=False)


class OrganisationKind(models.Model):
    """A kind of organisation, seeded by migration; an operator may add more."""

    class Family(models.TextChoices):
        """How kinds are grouped in lists."""

        ADMINISTRATIVE = "administrative", _("Administrative unit")
        JUDICIAL = "judicial", _("Judicial organ")
        PROFESSIONAL = "professional", _("Professional body")
        INDUSTRY = "industry", _("Industry")
        PARTY = "party", _("Party")

    code = models.SlugField(primary_key=True, max_length=40)
    family = models.CharField(max_length=20, choices=Family.choices)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "code")

    def __str__(self) -> str:
        return self.name_zh if (get_language() or "").startswith("zh") else self.name_en


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations as an actor may see them."""

    def visible_to(self, actor: Actor) -> OrganisationQuerySet:
        """The directory: every signed-in actor sees who takes part; nobody else does.

        Respondents see their own organisation, administrative units and platforms only. Respondents are seen by
        those who have to name one in a case or a notice: authorities and platforms.
        """
        if actor.is_system:
            return self
        if actor.is_anonymous or actor.organisation_id is None:
            return self.none()
        if actor.organisation_kind == "respondent":
            return self.filter(
                models.Q(pk=actor.organisation_id)
                | models.Q(kind__family="administrative")
                | models.Q(kind="platform")
            )
        if actor.organisation_kind in NAMES_RESPONDENTS:
            return self
        return self.exclude(~models.Q(pk=actor.organisation_id), kind="respondent")


class Organisation(models.Model):
    """One organisation that takes part. Region and superior matter for administrative units."""

    kind = models.ForeignKey(OrganisationKind, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    superior = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="subordinates"
    )
    is_demo = models.BooleanField(_("demo"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("kind__order", "name")
        constraints = (
            models.UniqueConstraint(fields=["kind", "name"], name="organisation_name_unique"),
            models.CheckConstraint(
                condition=~models.Q(superior=models.F("id")), name="organisation_not_own_superior"
            ),
        )

    def __str__(self) -> str:
        if self.name_en and not (get_language() or "").startswith("zh"):
            return self.name_en
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    """Members as an actor may see them."""

    def visible_to(self, actor: Actor) -> MemberQuerySet:
        """Members of one's own organisation; names of others' members are not a directory."""
        if actor.is_system:
            return self
        if actor.organisation_id is None:
            return self.none()
        return self.filter(organisation_id=actor.organisation_id)


class Member(models.Model):
    """A person in an organisation; ``opaque_id`` is what the ledger keeps."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(_("name"), max_length=80)
    opaque_id = models.CharField(max_length=32, unique=True, default=new_opaque_id, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ("organisation", "name")
        constraints = (
            models.UniqueConstraint(fields=["user", "organisation"], name="member_once_per_organisation"),
        )

    def __str__(self) -> str:
        return self.name


class ActingCapacity(models.Model):
    """A capacity in which a member may act, from a day until it is retired."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="capacities")
    capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity.choices)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.CharField(max_length=32, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["member", "capacity"],
                condition=models.Q(retired_at__isnull=True),
                name="capacity_once_per_member",
            ),
        )

    def __str__(self) -> str:
        return self.get_capacity_display()


class ApiClient(models.Model):
    """A machine of an organisation; its secret is kept as a hash only."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="api_clients")
    name = models.CharField(_("name"), max_length=80)
    client_id = models.CharField(max_length=32, unique=True, default=new_opaque_id, editable=False)
    secret_hash = models.CharField(max_length=200, editable=False)
    opaque_id = models.CharField(max_length=32, unique=True, default=new_opaque_id, editable=False)
    capacity = models.CharField(_("capacity"), max_length=20, choices=Capacity.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
