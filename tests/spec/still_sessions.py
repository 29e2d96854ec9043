"""Sessions that a walk only reads: kept in memory, and as they were at the next request."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

_KNOWN: dict[str, dict[str, Any]] = {}


def keep_still(client: Client, **instead: Any) -> None:
    """What this session holds now is what it holds at every request, but for some of it."""
    session = client.session
    _KNOWN[session.session_key] = dict(session.items()) | instead


class SessionStore(SessionBase):
    """A session engine of Django's that forgets all that is written."""

    def load(self) -> dict[str, Any]:
        """What was kept; nothing for a session that nobody kept."""
        if self.session_key not in _KNOWN:
            self._session_key = None
        return dict(_KNOWN.get(self.session_key or "", {}))

    def exists(self, session_key: str) -> bool:
        """Whether it was kept."""
        return session_key in _KNOWN

    def create(self) -> None:
        """Gives the session a key of its own."""
        self._session_key = self._get_new_session_key()

    def save(self, must_create: bool = False) -> None:
        """Forgets what was changed."""
        if self.session_key is None:
            self.create()

    def delete(self, session_key: str | None = None) -> None:
        """Nothing: who signs out is signed in at the next request."""

    @classmethod
    def clear_expired(cls) -> None:
        """Nothing: what is kept does not grow old."""
