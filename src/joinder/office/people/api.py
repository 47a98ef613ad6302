"""Tokens for machines: OAuth2 client credentials (RFC 6749 §4.4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Form, Router, Status

from joinder.office.ledger import services as ledger
from joinder.office.people import clients
from joinder.office.people.actors import Actor

router = Router(tags=["people"])


@router.post("/token", auth=None, response={200: dict[str, Any], 401: dict[str, Any]})
def token(
    request: HttpRequest,
    grant_type: str = Form(...),
    client_id: str = Form(...),
    client_secret: str = Form(...),
) -> Status[dict[str, Any]]:
    """A bearer token of ten minutes for right credentials; a refusal is recorded."""
    made = clients.token_for(client_id, client_secret) if grant_type == "client_credentials" else None
    if made is None:
        ledger.record(actor=Actor.anonymous(), verb="people.client_refused", target="people/clients")
        return Status(401, {"error": "invalid_client"})
    return Status(200, {"access_token": made, "token_type": "Bearer", "expires_in": clients.TOKEN_LIFE_S})
