"""Django settings of a node, from its ``joinder.toml``, its keys and the environment.

Environment: ``JOINDER_HOME`` (which node), ``DATABASE_URL`` (PostgreSQL instead of the embedded database),
``JOINDER_SECRET_KEY``, ``JOINDER_DEBUG``. Loading this module reads and never writes: without a node the secret is
made up for this process alone, so that checks and type checkers can load it anywhere.
"""

from __future__ import annotations

import os
import secrets
from typing import Any

import dj_database_url

from joinder.office.config.rooms import ROOMS
from joinder.vocabulary.node import find_home

HOME = find_home()
CONFIG = HOME.config()
OFFICE: dict[str, Any] = CONFIG.get("office", {})
NODE_NAME: str = CONFIG.get("node", {}).get("name", "Joinder")

DEBUG = os.environ.get("JOINDER_DEBUG") == "1"


def _secret_key() -> str:
    named = os.environ.get("JOINDER_SECRET_KEY")
    if named:
        return named
    kept = HOME.keys / "office.secret"
    return kept.read_text(encoding="ascii").strip() if kept.is_file() else secrets.token_urlsafe(48)


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [*OFFICE.get("hosts", []), "localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = list(OFFICE.get("origins", []))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    *(f"joinder.office.{room}" for room, _prefix in ROOMS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "joinder.office.config.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "joinder.office.people.middleware.MemberLanguage",
    "joinder.office.people.middleware.ActingMember",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "joinder.office.config.middleware.ErrorsAsPages",
]

ROOT_URLCONF = "joinder.office.config.urls"
ASGI_APPLICATION = "joinder.office.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "joinder.office.ui.frame.frame",
                "joinder.office.people.frame.frame",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------------

#: Writers take the lock at BEGIN (IMMEDIATE), so a read never turns into a refused write half-way.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;",
}


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or CONFIG.get("database", {}).get("url")
    if url:
        return dict(dj_database_url.parse(url))  # no persistent connections: ASGI serves in many threads
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(HOME.database), "OPTIONS": SQLITE_OPTIONS}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Words and times --------------------------------------------------------------------------------------

USE_I18N = True
USE_TZ = True
TIME_ZONE = OFFICE.get("time_zone", "Asia/Shanghai")
LANGUAGE_CODE = OFFICE.get("language", "zh-hans")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "joinder_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Assets: built by scripts/build_assets.py into the app's static folder ----------------------------------

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# --- Who comes in -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "joinder.office.people.sign_in.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = NODE_NAME
MFA_ADAPTER = "joinder.office.people.sign_in.SecondFactorAdapter"
MFA_FORMS: dict[str, str] = {}

#: Behind TLS (``[office] secure = true``) cookies travel on TLS alone and browsers remember it.
SECURE = bool(OFFICE.get("secure", False))
SESSION_COOKIE_NAME = "joinder_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_NAME = "joinder_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "joinder.office.ui.pages.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
#: The only other origin a page may frame: archived pages replayed apart from the office (empty: none).
REPLAY_ORIGIN: str = OFFICE.get("replay_origin", "")

FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"joinder": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}

SILENCED_SYSTEM_CHECKS: list[str] = []
