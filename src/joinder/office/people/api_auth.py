"""Who may call the API: a signed-in member, or an organisation's machine with a bearer token."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from joinder.office.people import clients
from joinder.office.people.actors import Actor


class MemberSession(SessionAuth):
    """The session of a signed-in member; writing asks for the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The actor set by the middleware, or None."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return None if actor.is_anonymous else actor


class ClientToken(HttpBearer):
    """A short-lived token from ``POST /api/token``."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The client's actor, which becomes the request's, or None."""
        actor = clients.actor_of_token(token)
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return actor


CALLERS = [ClientToken(), MemberSession()]
