"""The door through which people are told of things, follow records and choose their rhythm.

None of this is written in the log of changes: what somebody reads and follows is theirs alone.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import DEMO_LOADER, Author
from samhandling.apps.notices.models import DigestChoice, Follow, Notice
from samhandling.apps.records.models import Record


def tell(
    *, person_ids: Iterable[int], kind: str, record: Record | None, event: Event, place: str = ""
) -> None:
    """Make a notice for each person but the one who did it.

    Somebody who is told of the same event twice gets the first notice alone, so tell the most
    important kind first. People who cannot sign in are told nothing. Call it in the transaction of
    the event. Args: record: None for what is about the person herself. Queries: 2.
    """
    if event.actor_key == DEMO_LOADER.person_key:
        return  # what the demo is made of is news for nobody
    people = (
        User.objects.filter(person_id__in=set(person_ids), is_active=True)
        .exclude(person__key=event.actor_key)
        .values_list("person_id", flat=True)
    )
    Notice.objects.bulk_create(
        [
            Notice(person_id=pk, kind=kind, record=record, event_id=event.pk, place=place)
            for pk in people
        ],
        ignore_conflicts=True,
    )


def follow(*, record: Record, by: Author) -> None:
    """Follow a record from now on. Safe to repeat; the program itself follows nothing."""
    if isinstance(by, User):
        Follow.objects.get_or_create(person_id=by.person_id, record=record)


def follow_for(*, record: Record, person_ids: Iterable[int]) -> None:
    """Let people follow a record they were drawn into, such as by a mention."""
    Follow.objects.bulk_create(
        [Follow(person_id=pk, record=record) for pk in set(person_ids)], ignore_conflicts=True
    )


def unfollow(*, record: Record, by: User) -> None:
    """Stop following a record. Safe to repeat."""
    Follow.objects.filter(person_id=by.person_id, record=record).delete()


def mark_read(*, by: User, notice_id: int | None = None, now: datetime | None = None) -> int:
    """Mark one notice of one's own as read, or all of them; returns how many were unread."""
    rows = Notice.objects.filter(person_id=by.person_id, read_at__isnull=True)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
    return rows.update(read_at=now or timezone.now())


@transaction.atomic
def choose_rhythm(*, rhythm: str, by: User) -> DigestChoice:
    """Choose how often the digest comes. Raises ValueError for a rhythm that is not offered."""
    return DigestChoice.objects.update_or_create(
        person_id=by.person_id, defaults={"rhythm": DigestChoice.Rhythm(rhythm)}
    )[0]


def note_digest(*, person_id: int, until: datetime) -> None:
    """Remember that all notices up to `until` have been told by mail."""
    DigestChoice.objects.update_or_create(person_id=person_id, defaults={"told_until": until})
