"""Reads of notices and follows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.notices.models import DigestChoice, Follow, Notice
from samhandling.apps.records.models import Record


def unread_count(by: User) -> int:
    """How many unread notices a person has. Queries: 1, answered from an index of unread ones."""
    return Notice.objects.filter(person_id=by.person_id, read_at__isnull=True).count()


def notices_of(by: User) -> QuerySet[Notice]:
    """A person's notices with their records, newest first."""
    return Notice.objects.filter(person_id=by.person_id).select_related("record")


def rhythm_of(person: Person) -> str:
    """The chosen rhythm of the digest; weekly for those who never chose."""
    chosen = DigestChoice.objects.filter(person=person).values_list("rhythm", flat=True).first()
    return chosen or DigestChoice.Rhythm.WEEKLY


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody whose digest is due; `after` is when they were told last (ISO), or empty."""

    person_id: int
    email: str
    after: str


def due_for_digest(rhythm: str, morning: datetime) -> list[Due]:
    """Those of this rhythm who have unread news from before `morning` that no digest has told.

    Queries: 1.
    """
    told = F("person__digest_choice__told_until")
    chosen = Q(person__digest_choice__rhythm=rhythm)
    if rhythm == DigestChoice.Rhythm.WEEKLY:
        chosen |= Q(person__digest_choice=None)
    fresh = Q(person__digest_choice__told_until=None) | Q(made_at__gt=told)
    rows = (
        Notice.objects.filter(
            chosen,
            fresh,
            read_at__isnull=True,
            made_at__lte=morning,
            person__user__is_active=True,
        )
        .order_by("person_id")
        .values_list("person_id", "person__user__email", "person__digest_choice__told_until")
        .distinct()
    )
    return [Due(pk, email, until.isoformat() if until else "") for pk, email, until in rows]


def follows(by: User, record: Record) -> bool:
    """Does this person follow this record? Queries: 1."""
    return Follow.objects.filter(person_id=by.person_id, record=record).exists()


def follower_ids(record: Record) -> set[int]:
    """Ids of the people who follow a record. Queries: 1."""
    return set(Follow.objects.filter(record=record).values_list("person_id", flat=True))


def followed_by(by: User) -> QuerySet[Follow]:
    """What a person follows, latest first, with the records."""
    rows = Follow.objects.filter(person_id=by.person_id).select_related("record")
    return rows.order_by("-since", "-pk")
