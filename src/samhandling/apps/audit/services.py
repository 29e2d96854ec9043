"""The only door into the log of changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from samhandling.apps.audit.models import (
    NEEDS_REASON,
    Disposal,
    Event,
    KnownPerson,
    Reason,
    Revision,
    WordsClosed,
    WordsOpened,
)


class Author(Protocol):
    """Whoever does something: a signed-in user or the system itself."""

    @property
    def person_key(self) -> str: ...

    @property
    def display_name(self) -> str: ...


@dataclass(frozen=True)
class SystemAuthor:
    """A change made by the program, such as loading the demo county."""

    person_key: str
    display_name: str


DEMO_LOADER = SystemAuthor("system-demo", "Exempelinläsningen")
COMMAND_LINE = SystemAuthor("system-cli", "Kommandoraden")

Changes = dict[str, tuple[object, object]]


class ReasonMissing(ValueError):
    """Something that needs a reason was asked for without one."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text or _("Skriv varför."))


def write_event(
    *,
    by: Author,
    verb: str,
    record_uid: str,
    record_kind: str,
    scope_uid: str = "",
    changes: Changes | None = None,
    reason: str = "",
) -> Event:
    """Log that `by` did `verb` to a record, with each changed field's text before and after.

    Args: changes: field name → (before, after); values are stored as text, None as "".
    Raises ReasonMissing for a verb of `NEEDS_REASON` without a reason.
    Side effects: remembers the author's name under the opaque key, when it is not known yet.
    Queries: 2 (+1 when there are changes, +1 when there is a reason).
    """
    if verb in NEEDS_REASON and not reason.strip():
        raise ReasonMissing
    changes = changes or {}
    KnownPerson.objects.get_or_create(key=by.person_key, defaults={"name": by.display_name})
    event = Event.objects.create(
        actor_key=by.person_key,
        verb=verb,
        record_uid=record_uid,
        record_kind=record_kind,
        scope_uid=scope_uid,
        field_names=list(changes),
    )
    if reason:
        Reason.objects.create(event=event, text=reason)
    Revision.objects.bulk_create(
        Revision(event=event, field=name, before=_text(before), after=_text(after))
        for name, (before, after) in changes.items()
    )
    return event


@contextmanager
def words_open(event: Event, disposal: Disposal | None = None) -> Iterator[None]:
    """Within, the words beside the log may be replaced as the event says; the database refuses it
    at any other time (ADR 0010). The event is one just written, in the same transaction.

    Args: event: PSEUDONYMISED for any word; one that changed what a person is called for names;
    DISPOSED for the words of `disposal` and of what is disposed of after it. Queries: 2.
    """
    WordsOpened.objects.create(event=event, closing_id=event.pk, disposal=disposal)
    yield
    WordsClosed.objects.create(event=event)


def _text(value: object) -> str:
    return "" if value is None else str(value)
