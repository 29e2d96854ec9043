"""The settings, from the environment. docs/how-to/run-it.md says what each variable does."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samhandling.config import environment
from samhandling.config.logging import logging_settings

PACKAGE_DIR = Path(__file__).resolve().parents[1]
PROJECT_DIR = PACKAGE_DIR.parents[1]  # the checkout; installed, a folder that is not ours
DATA_DIR = environment.data_dir(PROJECT_DIR)
OUT_DIR = environment.out_dir(PROJECT_DIR, DATA_DIR)
FONT_DIR = environment.font_dir()

DEBUG = environment.flag("SAMHANDLING_DEBUG")
HTTPS = environment.flag("SAMHANDLING_HTTPS")
SECRET_KEY = environment.secret_key(DATA_DIR, required=HTTPS)
SECRET_KEY_FALLBACKS = environment.words("SAMHANDLING_OLD_SECRET_KEYS")
ALLOWED_HOSTS = environment.words("SAMHANDLING_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
DEMO_DAY = environment.day("SAMHANDLING_DEMO_DAY")

# Where people write about errors in the records or things they cannot use. Without it the pages
# name the offices that coordinate an agreement.
SUPPORT_EMAIL = os.environ.get("SAMHANDLING_SUPPORT_EMAIL", "")

# Where the site is, for links in mail.
SITE_ADDRESS = os.environ.get("SAMHANDLING_SITE_ADDRESS") or "http://127.0.0.1:{}/".format(
    os.environ.get("PORT") or 8000
)

# Mail waits in the outbox for `samhandling worker`. The demo's never leaves the machine.
EMAIL_BACKEND = "samhandling.jobs.console.ConsoleBackend"
EMAIL_TIMEOUT = 10
if not DEMO_DAY:
    globals().update(environment.mail_server(os.environ.get("SAMHANDLING_SMTP_URL", "")))
DEFAULT_FROM_EMAIL = (
    os.environ.get("SAMHANDLING_MAIL_FROM") or SUPPORT_EMAIL or "samhandling@localhost"
)
MAIL_BUILDERS: dict[str, str] = {
    "account_changed": "samhandling.jobs.mails.account_changed.build",
    "digest": "samhandling.jobs.mails.digest.build",
    "invitation": "samhandling.jobs.mails.invitation.build",
}
OUTBOX_DAYS = environment.number("SAMHANDLING_OUTBOX_DAYS", 14)  # then the addresses are emptied

DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL", ""), DATA_DIR)}
# Attempts are counted in the default cache, which all processes of a PostgreSQL installation share;
# SQLite has one process. Kept answers stay in each process (ADR 0008).
_IN_PROCESS = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
_IN_DATABASE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "shared_cache",
    "OPTIONS": {"MAX_ENTRIES": 10_000},
}
CACHES = {
    "default": _IN_DATABASE if "postgresql" in DATABASES["default"]["ENGINE"] else _IN_PROCESS,
    "kept": {**_IN_PROCESS, "LOCATION": "kept"},
}
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
    "samhandling.apps.people",
    "samhandling.web",
    # After the web, whose templates take the place of theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "samhandling.web.operations.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "samhandling.web.operations.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samhandling.web.language.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samhandling.web.whole_page.WholePageMiddleware",
    "samhandling.web.workspace.account.session_limits.SessionLimitsMiddleware",
    "samhandling.web.not_kept.NotKeptMiddleware",
    # Every page is closed unless it says login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samhandling.web.workspace.account.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "samhandling.web.refusals.RefusalMiddleware",
    "samhandling.web.reauthentication.WaitingPostMiddleware",
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
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/konto/logga-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

# Signing in (ADR 0011, docs/how-to/sign-in.md). An account exists only by invitation or command.
ACCOUNT_ADAPTER = "samhandling.web.workspace.account.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation has reached the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # an authority's mail may be slow
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"length": 8, "numeric": True, "dashed": True}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# A whole authority may sit behind one address of the net; wrong passwords alone are counted.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "request_login_code": "100/m/ip"}
# By whom the codes are counted: web/workspace/account/code_limits.py.
CODE_LIMITS = {
    "code": "5/5m/key,10/h/key",
    "codes_of_address": "60/h/key",
    "confirm": "5/5m/key",
    "prove": "3/5m/key,10/d/key",
}
_FORMS = "samhandling.web.workspace.account.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "request_login_code": f"{_FORMS}.RequestLoginCodeForm",
    "confirm_login_code": f"{_FORMS}.ConfirmLoginCodeForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateForm",
}
MFA_ADAPTER = "samhandling.web.workspace.account.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": f"{_FORMS}.AuthenticateForm",
    "reauthenticate": f"{_FORMS}.MfaReauthenticateForm",
    "activate_totp": f"{_FORMS}.ActivateTOTPForm",
    "add_webauthn": f"{_FORMS}.AddPasskeyForm",
}
SOCIALACCOUNT_ADAPTER = "samhandling.web.workspace.account.adapters.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter links, by verified address only
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.identity_providers()}}
# What one person may ask for in a minute, beside signing in (web/rate_limits.py).
RATE_LIMITS = {
    "search": f"{environment.number('SAMHANDLING_SEARCHES_A_MINUTE', 60)}/m/user",
    "export": f"{environment.number('SAMHANDLING_EXPORTS_A_MINUTE', 20)}/m/user",
    "report": f"{environment.number('SAMHANDLING_REPORTS_A_MINUTE', 20)}/m/user",
}
# The roles that must have a second factor. The demo's people sign in with one step.
SECOND_FACTOR_ROLES = environment.words(
    "SAMHANDLING_SECOND_FACTOR_ROLES", "" if DEMO_DAY else "PROCESS_LEADER,ADMINISTRATOR"
)
# Behind a proxy the visitor's address is the last that it added to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("SAMHANDLING_PROXIES", 1) if HTTPS else 0

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
# A year's reports and a copy of a county's database; below it, say so before a save fails.
LEAST_FREE_MB = environment.number("SAMHANDLING_LEAST_FREE_MB", 200)
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
# By the real clock, whatever day the demo believes it is.
SESSION_IDLE_SECONDS = environment.number("SAMHANDLING_SESSION_IDLE_HOURS", 3) * 3600
SESSION_ABSOLUTE_SECONDS = environment.number("SAMHANDLING_SESSION_HOURS", 12) * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^halsa/"]  # asked on the machine itself, where there is no HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = environment.words("SAMHANDLING_TRUSTED_ORIGINS")

# A real installation logs a line for every request; a developer sees what goes wrong.
LOG_LEVEL = os.environ.get("SAMHANDLING_LOG_LEVEL") or ("INFO" if HTTPS else "WARNING")
LOGGING = logging_settings(LOG_LEVEL, as_json=HTTPS)
