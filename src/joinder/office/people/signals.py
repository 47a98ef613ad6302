"""Sign-in, sign-out and refused sign-ins are ledger entries."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from joinder.office.ledger import services as ledger
from joinder.office.people import acting
from joinder.office.people.actors import Actor
from joinder.office.people.models import User


def _actor_of(user: User) -> Actor:
    held = acting.capacities_for(user)
    return acting.actor_from(held[0] if held else None)


@receiver(user_logged_in)
def signed_in(sender: Any, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Record who came in."""
    ledger.record(actor=_actor_of(user), verb="people.signed_in", target=f"people/{user.pk}", detail={})


@receiver(user_logged_out)
def signed_out(sender: Any, request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    """Record who left; an expired session has no user."""
    if user is not None:
        ledger.record(actor=_actor_of(user), verb="people.signed_out", target=f"people/{user.pk}", detail={})


@receiver(user_login_failed)
def refused(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Record a refused sign-in by the digest of the name tried: what was typed may be a password."""
    tried = str(credentials.get("username", ""))
    digest = hashlib.sha256(tried.encode()).hexdigest()[:12]
    ledger.record(
        actor=Actor.anonymous(), verb="people.sign_in_refused", target="people", detail={"tried": digest}
    )
