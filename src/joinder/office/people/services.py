"""The verbs about people: add an organisation, a member, a capacity, a machine; act in another capacity."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from joinder.office.ledger import services as ledger
from joinder.office.people import acting, clients, policies
from joinder.office.people.actors import Actor
from joinder.office.people.errors import NotAllowed, PeopleError
from joinder.office.people.kinds import capacities_of
from joinder.office.people.models import (
    ActingCapacity,
    ApiClient,
    Member,
    Organisation,
    OrganisationKind,
    User,
)


@transaction.atomic
def add_organisation(
    *,
    actor: Actor,
    kind: str,
    name: str,
    name_en: str = "",
    region: str = "",
    uscc: str = "",
    superior: Organisation | None = None,
    is_demo: bool = False,
) -> Organisation:
    """Add an organisation that takes part. Raises NotAllowed, PeopleError (unknown kind, name taken)."""
    policies.check_may_add_organisation(actor)
    if not OrganisationKind.objects.filter(pk=kind).exists():
        known = ", ".join(OrganisationKind.objects.values_list("pk", flat=True))
        raise PeopleError(f"There is no kind of organisation {kind!r}; expected one of {known}.")
    if Organisation.objects.filter(kind=kind, name=name).exists():
        raise PeopleError(
            _("%(name)s is already there.") % {"name": name},
            mend=_("Open it from the list of organisations."),
        )
    organisation = Organisation.objects.create(
        kind_id=kind,
        name=name,
        name_en=name_en,
        region=region,
        uscc=uscc,
        superior=superior,
        is_demo=is_demo,
    )
    _record(actor, "people.organisation_added", f"organisations/{organisation.pk}", kind=kind)
    return organisation


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    organisation: Organisation,
    username: str,
    name: str,
    password: str,
    capacities: Iterable[str],
    language: str = "",
    is_demo: bool = False,
) -> Member:
    """Add a person with a sign-in and the capacities they may act in, the first one being taken at sign-in.

    Raises NotAllowed, PeopleError (sign-in name taken, weak password, capacity not of this kind of organisation).
    """
    policies.check_may_manage(actor, organisation)
    if User.objects.filter(username=username).exists():
        raise PeopleError(
            _("The sign-in name %(name)s is taken.") % {"name": username}, mend=_("Choose another.")
        )
    user = User(username=username, language=language, is_demo=is_demo)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PeopleError(" ".join(error.messages), mend=_("Choose another password.")) from None
    user.set_password(password)
    user.save()
    member = Member.objects.create(user=user, organisation=organisation, name=name, is_demo=is_demo)
    for capacity in capacities:
        grant_capacity(actor=actor, member=member, capacity=capacity)
    _record(actor, "people.member_added", f"members/{member.opaque_id}")
    return member


@transaction.atomic
def grant_capacity(*, actor: Actor, member: Member, capacity: str) -> ActingCapacity:
    """Let a member act in a capacity; granting it twice changes nothing."""
    policies.check_may_manage(actor, member.organisation)
    allowed = capacities_of(member.organisation.kind_id)
    if capacity not in allowed:
        raise PeopleError(
            _("Members of %(kind)s do not act as %(capacity)s; expected one of %(allowed)s.")
            % {
                "kind": member.organisation.kind,
                "capacity": capacity,
                "allowed": ", ".join(str(c.label) for c in allowed),
            }
        )
    granted, new = ActingCapacity.objects.get_or_create(
        member=member, capacity=capacity, retired_at=None, defaults={"granted_by": actor.id}
    )
    if new:
        _record(actor, "people.capacity_granted", f"members/{member.opaque_id}", capacity=capacity)
    return granted


@transaction.atomic
def retire_capacity(*, actor: Actor, capacity: ActingCapacity) -> None:
    """Take a capacity away; what was done in it stays."""
    policies.check_may_manage(actor, capacity.member.organisation)
    capacity.retired_at = timezone.now()
    capacity.save(update_fields=["retired_at"])
    _record(
        actor,
        "people.capacity_retired",
        f"members/{capacity.member.opaque_id}",
        capacity=capacity.capacity,
    )


@transaction.atomic
def set_active(*, actor: Actor, member: Member, active: bool) -> Member:
    """Let a member in or keep them out, from the next request on."""
    policies.check_may_manage(actor, member.organisation)
    if not active and member.opaque_id == actor.id:
        raise PeopleError(_("You cannot deactivate yourself."), mend=_("Ask another administrator."))
    member.is_active = active
    member.save(update_fields=["is_active"])
    verb = "people.member_activated" if active else "people.member_deactivated"
    _record(actor, verb, f"members/{member.opaque_id}")
    return member


@transaction.atomic
def add_api_client(
    *, actor: Actor, organisation: Organisation, name: str, capacity: str
) -> tuple[ApiClient, str]:
    """Add a machine; returns it with its secret, which is shown this once and kept as a hash."""
    policies.check_may_manage(actor, organisation)
    if capacity not in capacities_of(organisation.kind_id):
        raise PeopleError(
            _("Machines of %(kind)s do not act as %(capacity)s.")
            % {"kind": organisation.kind, "capacity": capacity}
        )
    secret, kept = clients.new_secret()
    client = ApiClient.objects.create(
        organisation=organisation, name=name, capacity=capacity, secret_hash=kept
    )
    _record(actor, "people.client_added", f"clients/{client.opaque_id}", capacity=capacity)
    return client, secret


@transaction.atomic
def revoke_api_client(*, actor: Actor, client: ApiClient) -> None:
    """Refuse a machine from now on; tokens it holds stop at once."""
    policies.check_may_manage(actor, client.organisation)
    client.revoked_at = timezone.now()
    client.save(update_fields=["revoked_at"])
    _record(actor, "people.client_revoked", f"clients/{client.opaque_id}")


@transaction.atomic
def act_as(*, request: HttpRequest, capacity_id: int) -> ActingCapacity:
    """Switch the acting capacity of this session to another one the person holds."""
    held = {capacity.pk: capacity for capacity in acting.capacities_for(request.user)}  # type: ignore[arg-type]
    chosen = held.get(capacity_id)
    if chosen is None:
        raise NotAllowed(_("This capacity is not yours."), mend=_("Reload the page to see which are."))
    request.session[acting.SESSION_KEY] = chosen.pk
    actor = Actor.acting(chosen)
    _record(actor, "people.acted_as", f"members/{actor.id}", capacity=chosen.capacity)
    return chosen


def demo_members_exist() -> bool:
    """Whether this node holds invented members whose passwords were printed."""
    return User.objects.filter(is_demo=True, is_active=True).exists()


def _record(actor: Actor, verb: str, target: str, **detail: str) -> None:
    ledger.record(actor=actor, verb=verb, target=target, detail=detail)
