"""The part of allauth that is mounted: sign-in, sign-out, password, second factor. No sign-up, no e-mail."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

_to_sign_in = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("two-step/", mfa.index, name="mfa_index"),
    path("two-step/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("two-step/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("two-step/totp/", totp.activate_totp, name="mfa_activate_totp"),
    path("two-step/totp/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("two-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("two-step/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("two-step/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    #: allauth asks for these addresses; they lead back to the sign-in page
    path("signup/", _to_sign_in, name="account_signup"),
    path("password/set/", _to_sign_in, name="account_set_password"),
    path("email/", _to_sign_in, name="account_email"),
]
