"""Reads of notices and follows."""

from django.db.models import QuerySet

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.notices.models import DigestChoice, Follow, Notice
from samhandling.apps.records.models import Record


def unread_count(by: User) -> int:
    """How many unread notices a person has. Queries: 1, answered from an index of unread ones."""
    return Notice.objects.filter(person_id=by.person_id, read_at__isnull=True).count()


def notices_of(by: User) -> QuerySet[Notice]:
    """A person's notices with their records, newest first."""
    return Notice.objects.filter(person_id=by.person_id).select_related("record")


def news_for(person: Person) -> QuerySet[Notice]:
    """Unread notices that have not yet stood in a digest, oldest first."""
    rows = Notice.objects.filter(person=person, read_at__isnull=True)
    told = DigestChoice.objects.filter(person=person).values_list("told_until", flat=True).first()
    if told is not None:
        rows = rows.filter(made_at__gt=told)
    return rows.select_related("record").order_by("made_at", "pk")


def rhythm_of(person: Person) -> str:
    """The chosen rhythm of the digest; weekly for those who never chose."""
    chosen = DigestChoice.objects.filter(person=person).values_list("rhythm", flat=True).first()
    return chosen or DigestChoice.Rhythm.WEEKLY


def people_due(rhythm: str) -> QuerySet[Person]:
    """People who can sign in, have this rhythm and have unread notices."""
    own = DigestChoice.objects.filter(rhythm=rhythm).values("person_id")
    people = Person.objects.filter(
        user__is_active=True, notices__read_at__isnull=True, notices__isnull=False
    )
    if rhythm == DigestChoice.Rhythm.WEEKLY:
        others = DigestChoice.objects.exclude(rhythm=rhythm).values("person_id")
        return people.exclude(pk__in=others).distinct().order_by("pk")
    return people.filter(pk__in=own).distinct().order_by("pk")


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
