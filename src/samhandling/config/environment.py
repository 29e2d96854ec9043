"""Reading the environment, so that settings.py can stay one page.

Every variable is optional on a developer's machine. docs/how-to/run-it.md lists them.
"""

import os
import secrets
import sysconfig
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def mail_server(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for an address of a mail server; none for an empty one.

    ``smtp://user:password@host:587`` asks for STARTTLS, ``smtps://…:465`` is TLS from the start;
    ``smtp+plain://host:25`` sends in the clear, for a relay on the same machine.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    usual = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
    if parts.scheme not in usual or not parts.hostname:
        raise ImproperlyConfigured(
            "SAMHANDLING_SMTP_URL ska börja med smtp://, smtps:// eller smtp+plain://."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or usual[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def identity_providers() -> list[dict[str, Any]]:
    """The authorities' own identity providers (OpenID Connect), as allauth wants them.

    SAMHANDLING_OIDC names them with short words (``region,kommun``); each then has
    SAMHANDLING_OIDC_<WORD>_ISSUER, _CLIENT_ID, _SECRET, _NAME (shown on the button) and
    _MAIL_DOMAINS, the domains whose people it may vouch for.
    """
    found = []
    for word in words("SAMHANDLING_OIDC"):
        prefix = f"SAMHANDLING_OIDC_{word.upper()}_"
        given = {}
        for part in ("ISSUER", "CLIENT_ID", "SECRET", "NAME", "MAIL_DOMAINS"):
            given[part] = os.environ.get(prefix + part, "").strip()
            if not given[part]:
                raise ImproperlyConfigured(f"Ange {prefix}{part}, för SAMHANDLING_OIDC har {word}.")
        found.append(
            {
                "provider_id": word.lower(),
                "name": given["NAME"],
                "client_id": given["CLIENT_ID"],
                "secret": given["SECRET"],
                "settings": {
                    "server_url": given["ISSUER"].rstrip("/"),
                    "oauth_pkce_enabled": True,
                    "mail_domains": [domain.lower() for domain in words(prefix + "MAIL_DOMAINS")],
                },
            }
        )
    return found


def number(name: str, default: int) -> int:
    """The whole number in a variable, at least 1; anything else stops the start."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or int(value) < 1:
        raise ImproperlyConfigured(f"{name} är {value!r}; skriv ett heltal som är minst 1.")
    return int(value)


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes or on; the default when the variable is absent or empty."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "true", "yes", "on"} if value else default


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated words of a variable."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def day(name: str) -> date | None:
    """The ISO date in a variable, None when it is absent; anything else stops the start."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} är {value!r}; skriv ett datum som 2020-11-30."
        ) from error


def is_checkout(project: Path) -> bool:
    """Whether the code runs from a checkout, which has its own places for data and reports."""
    return (project / "pyproject.toml").is_file() and (project / "src" / "samhandling").is_dir()


def data_dir(project: Path) -> Path:
    """SAMHANDLING_DATA_DIR, else ``var`` of the checkout.

    An installed program has no such place: data beside the Python library would vanish with it.
    """
    if chosen := os.environ.get("SAMHANDLING_DATA_DIR"):
        return Path(chosen).resolve()
    if is_checkout(project):
        return project / "var"
    raise ImproperlyConfigured("Ange i SAMHANDLING_DATA_DIR den mapp där data ska ligga.")


def out_dir(project: Path, data: Path) -> Path:
    """SAMHANDLING_OUT_DIR, else ``out`` of the checkout, else ``out`` in the data directory."""
    if chosen := os.environ.get("SAMHANDLING_OUT_DIR"):
        return Path(chosen).resolve()
    return (project if is_checkout(project) else data) / "out"


def font_dir() -> Path:
    """Where the typeface's package keeps its files; without the package, where they would lie.

    It is then the reports and the pages' static files that cannot be made, and `samhandling check`
    says so; nothing else needs it.
    """
    package = "font_source_sans_pro"
    found = find_spec(package)
    if found is not None and found.origin is not None:
        return Path(found.origin).parent / "files"
    return Path(sysconfig.get_path("purelib")) / package / "files"


SHORTEST_KEY = 50


def secret_key(data_dir: Path, required: bool) -> str:
    """The key from SAMHANDLING_SECRET_KEY, else one made once and kept in the data directory.

    With ``required`` (a real installation, SAMHANDLING_HTTPS=1) it must come from the environment
    and be as long as Django asks for.
    """
    if key := os.environ.get("SAMHANDLING_SECRET_KEY"):
        if required and len(key) < SHORTEST_KEY:
            raise ImproperlyConfigured(
                "SAMHANDLING_SECRET_KEY är för kort att hemlighålla något med: minst "
                f"{SHORTEST_KEY} slumpade tecken, till exempel från openssl rand -base64 48."
            )
        return key
    if required:
        raise ImproperlyConfigured("Ange SAMHANDLING_SECRET_KEY, för SAMHANDLING_HTTPS är på.")
    path = data_dir / "secret-key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's DATABASES entry for a DATABASE_URL; an empty one means SQLite in the data directory.

    ``postgresql://user:password@host:5432/name?sslmode=require`` (``postgres:`` too; a socket
    directory goes in ``?host=/run/postgresql``) or ``sqlite:////absolute/path.sqlite3``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as fault:
        text = "DATABASE_URL går inte att läsa: kontrollera värd och port."
        raise ImproperlyConfigured(text) from fault
    if not url or parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or data_dir / "samhandling.sqlite3",
            "OPTIONS": {
                # IMMEDIATE takes the write lock at the start, where the busy timeout can wait for
                # it; a read lock that is upgraded later would fail at once.
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA foreign_keys=ON; PRAGMA busy_timeout=10000;"
                # Words that are destroyed are written over; not every build does so of itself.
                " PRAGMA secure_delete=ON;",
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL ska börja med postgresql:// eller sqlite://.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if not parts.path[1:] and "service" not in options:
        raise ImproperlyConfigured("DATABASE_URL saknar databasens namn efter värden.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(port or ""),
        # A connection that broke, for the server was restarted, is not handed out again.
        "CONN_HEALTH_CHECKS": True,
        # Waiting longer than this helps nobody: the page that says so asks for a new try.
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 8, "timeout": 4},
            "connect_timeout": 4,
            "tcp_user_timeout": 4_000,  # ms without an answer from the machine at the other end
            **options,
        },
    }
