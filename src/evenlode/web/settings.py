"""Django's settings, all from `environment`: as shipped they are the safe ones."""

from __future__ import annotations

import os

import evenlode.web.newer_sqlite  # isort: skip  # noqa: F401 - takes its place before Django asks for SQLite
import dj_database_url
from csp.constants import NONE, SELF

from evenlode.web.environment import read_environment

HERE = read_environment(os.environ)

SECRET_KEY = HERE.secret_key
DEBUG = False
ALLOWED_HOSTS = list(HERE.hosts)
ROOT_URLCONF = "evenlode.web.urls"
WSGI_APPLICATION = "evenlode.web.wsgi.application"
AUTH_USER_MODEL = "web.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

INSTALLED_APPS = [
    "evenlode.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "evenlode.web.sign_in",
]

MIDDLEWARE = [
    # First what puts headers on answers, so that files and refusals have them too.
    "evenlode.web.headers.AnswerHeaders",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "evenlode.web.headers.ProgramsByTls",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "evenlode.web.sign_in.sessions.SessionsEnd",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "evenlode.web.settled.PolicyReadable",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenlode.web.context.around",
            ],
        },
    }
]
FORM_RENDERER = "evenlode.web.form_look.GovukRenderer"

# The database: as durable as it can be, since a record that was acknowledged must not be lost.
_database = dj_database_url.parse(HERE.database_url)
if _database["ENGINE"].endswith("sqlite3"):
    _database |= {
        "ENGINE": "evenlode.web.sqlite_engine",
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0",  # sqlite_engine does it
        },
    }
else:
    # Each thread keeps its connection for a minute; one that has died is noticed and made again.
    _database |= {
        "OPTIONS": {**_database.get("OPTIONS", {}), "options": "-c synchronous_commit=on"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
DATABASES = {"default": _database}

STATIC_URL = "/static/"
STATIC_ROOT = HERE.home / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Sessions and cookies (safety-bars G3). Only the demonstration on loopback goes without TLS.
SESSION_COOKIE_NAME = "sessionid" if HERE.demo else "__Host-session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not HERE.demo
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # a sign-in that comes back from the council's own provider needs it
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "csrftoken" if HERE.demo else "__Host-csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_MINUTES = 20
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Transport and headers (G1, G2).
SECURE_SSL_REDIRECT = not HERE.demo
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^api/"]  # a program is refused (ProgramsByTls)
SECURE_HSTS_SECONDS = 0 if HERE.demo else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not HERE.demo
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HERE.proxy and not HERE.demo:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "evenlode.web.uploads.PrivateUpload"
]  # to a private folder of the home, and of the one page
FILE_UPLOAD_PERMISSIONS = 0o600

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "evenlode.web.sign_in.passwords.NotGuessable"},
]
LOGIN_URL = "/sign-in"

# --- Sign-in (G3, G5, G6): allauth underneath, its pages and its counts in memory not used ---
AUTHENTICATION_BACKENDS = ["evenlode.web.sign_in.backend.Backend"]
ACCOUNT_ADAPTER = "evenlode.web.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = False  # counted in the database, for every process (sign_in.tries)
MFA_ADAPTER = "evenlode.web.sign_in.adapters.FactorAdapter"
MFA_TOTP_ISSUER = "Evenlode"
SOCIALACCOUNT_ADAPTER = "evenlode.web.sign_in.adapters.OutsideAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [HERE.provider.app] if HERE.provider else []}
}
# --- end of sign-in ---

# Lines for whoever runs it: ids and words of closed lists alone (P3). Django's own lines hold addresses
# and never a body; addresses hold no name.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "evenlode.web.log_lines.OneLine"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "evenlode": {"handlers": ["out"], "level": "INFO", "propagate": False},
        "django": {"handlers": ["out"], "level": "WARNING", "propagate": False},
    },
}

# What is ours alone.
EVENLODE = HERE
EVENLODE_WORKS = True  # pages may start the process that does longer work; a test does it by hand
