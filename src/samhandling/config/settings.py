"""The settings, from the environment. docs/how-to/run-it.md says what each variable does."""

import os
from pathlib import Path

import font_source_sans_pro
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samhandling.config import environment
from samhandling.config.logging import logging_settings

PACKAGE_DIR = Path(__file__).resolve().parents[1]
PROJECT_DIR = PACKAGE_DIR.parents[1]  # the checkout; installed, a folder that is not ours
DATA_DIR = environment.data_dir(PROJECT_DIR)
OUT_DIR = environment.out_dir(PROJECT_DIR, DATA_DIR)
FONT_DIR = Path(font_source_sans_pro.__file__).parent / "files"

DEBUG = environment.flag("SAMHANDLING_DEBUG")
HTTPS = environment.flag("SAMHANDLING_HTTPS")
SECRET_KEY = environment.secret_key(DATA_DIR, required=HTTPS)
ALLOWED_HOSTS = environment.words("SAMHANDLING_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
DEMO_DAY = environment.day("SAMHANDLING_DEMO_DAY")

# Where people write about errors in the records or things they cannot use.
SUPPORT_EMAIL = os.environ.get("SAMHANDLING_SUPPORT_EMAIL") or "samhandling@localhost"

# Where the site is, for links in mail.
SITE_ADDRESS = os.environ.get("SAMHANDLING_SITE_ADDRESS") or "http://127.0.0.1:{}/".format(
    os.environ.get("PORT") or 8000
)

# Mail waits in the outbox for `samhandling worker`. The demo's never leaves the machine.
EMAIL_BACKEND = "samhandling.jobs.console.ConsoleBackend"
EMAIL_TIMEOUT = 10
if not DEMO_DAY:
    globals().update(environment.mail_server(os.environ.get("SAMHANDLING_SMTP_URL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("SAMHANDLING_MAIL_FROM") or SUPPORT_EMAIL
MAIL_BUILDERS: dict[str, str] = {}
OUTBOX_DAYS = environment.number("SAMHANDLING_OUTBOX_DAYS", 14)  # then the addresses are emptied

DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL", ""), DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "samhandling.apps.audit",
    "samhandling.apps.outbox",
    "samhandling.apps.records",
    "samhandling.apps.accounts",
    "samhandling.apps.notices",
    "samhandling.apps.organisations",
    "samhandling.apps.agreements",
    "samhandling.apps.situation",
    "samhandling.apps.initiatives",
    "samhandling.apps.followup",
    "samhandling.apps.reporting",
    "samhandling.apps.discussion",
    "samhandling.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samhandling.web.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page is closed unless it says login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samhandling.web.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "samhandling.config.urls"
WSGI_APPLICATION = "samhandling.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samhandling.web.context.workspace",
            ],
        },
    }
]

FORM_RENDERER = "samhandling.web.form_renderer.FormRenderer"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/konto/logga-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

# Swedish is the source language (ADR 0007); English is a catalogue.
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [("fonts", str(FONT_DIR))]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"  # attachments; never served by address
FILE_UPLOAD_HANDLERS = [
    "samhandling.web.uploads.SizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
ATTACHMENT_MAX_BYTES = environment.number("SAMHANDLING_ATTACHMENT_MAX_MB", 25) * 1_000_000
ATTACHMENTS_PER_RECORD = environment.number("SAMHANDLING_ATTACHMENTS_PER_RECORD", 50)

# No inline script or style, nothing from anywhere else.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = environment.words("SAMHANDLING_TRUSTED_ORIGINS")

LOGGING = logging_settings(os.environ.get("SAMHANDLING_LOG_LEVEL", "WARNING"), as_json=HTTPS)
