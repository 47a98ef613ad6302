"""API clients: OAuth2 client credentials (RFC 6749 §4.4) with short-lived signed tokens."""

from __future__ import annotations

import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.core import signing

from joinder.office.people.actors import Actor
from joinder.office.people.models import ApiClient

SALT = "joinder.people.client"
TOKEN_LIFE_S = 600


def new_secret() -> tuple[str, str]:
    """A secret to hand over once, and the hash to keep."""
    secret = secrets.token_urlsafe(32)
    return secret, make_password(secret)


def token_for(client_id: str, secret: str) -> str | None:
    """A bearer token for right credentials, else None."""
    client = ApiClient.objects.filter(client_id=client_id, revoked_at__isnull=True).first()
    if client is None or not check_password(secret, client.secret_hash):
        return None
    return signing.dumps({"client": client.client_id}, salt=SALT)


def actor_of_token(token: str) -> Actor | None:
    """The actor of a token that is ours, fresh and not revoked; else None."""
    try:
        named = signing.loads(token, salt=SALT, max_age=TOKEN_LIFE_S)["client"]
    except (signing.BadSignature, KeyError, TypeError):
        return None
    client = (
        ApiClient.objects.filter(client_id=named, revoked_at__isnull=True)
        .select_related("organisation")
        .first()
    )
    return Actor.client(client) if client else None
