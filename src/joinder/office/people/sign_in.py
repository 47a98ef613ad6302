"""How allauth is bent to our rules: no public sign-up, no e-mail needed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class SignInAdapter(DefaultAccountAdapter):
    """Accounts are made by an organisation's administrator, never by the visitor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page itself says what happened; no extra message after sign-in."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the account in the authenticator app by its sign-in name."""

    def get_totp_label(self, user: Any) -> str:
        """The sign-in name: we keep no e-mail address."""
        return str(user.get_username())
