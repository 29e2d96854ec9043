"""Reads of what is said about records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.models import KnownPerson
from samhandling.apps.audit.services import Author
from samhandling.apps.discussion.mentions import people_named
from samhandling.apps.discussion.models import Attachment, Circle, Comment
from samhandling.apps.discussion.permissions import (
    can_read_discussion,
    circles_of,
    comments_within,
    keys_of,
    restorable,
)
from samhandling.apps.discussion.withdrawals import TakenBack, taken_back, withdrawn_by
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.permissions import day_of_security, may_somewhere
from samhandling.apps.organisations.selectors import convener_ids
from samhandling.apps.records.models import Record, RecordKind
from samhandling.apps.records.prepared import Prepared
from samhandling.apps.records.withdrawn import Place, latest_withdrawn
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core.access import Operation
from samhandling.core.retention import DESTROYED

M = TypeVar("M", bound=Model)
NEAR = 40  # most people offered in a list; everybody else is named with @


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as it is shown. `names` are those of the people mentioned, to be found in it."""

    pk: int
    circle: str
    text: str
    author_key: str
    author: str
    made_up: bool
    written_at: datetime
    edited_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    withdrawn_by: str  # the person's key; empty when it is not, or the log does not tell
    is_destroyed: bool
    names: tuple[str, ...]
    taken_back: tuple[TakenBack, ...]  # whose reasons the reader does not find in the log


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as it is listed."""

    uid: str
    name: str
    kind: str
    size: int
    sha256: str
    author_key: str
    author: str
    attached_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str
    withdrawn_by: str  # the person's key; empty when it is not, or the log does not tell


# A page asks these of its record every time, so their SQL is written once.
_COMMENTS = Prepared(
    lambda records, circles, start, end: comments_within(records, circles).prefetch_related(
        "mentioned"
    )[start:end]
)
_FILES = Prepared(
    lambda records: Attachment.objects.filter(record__in=records, withdrawn_at__isnull=True)
)
_WITHDRAWN_FILES = Prepared(
    lambda records: Attachment.objects.filter(
        record__in=records, withdrawn_at__isnull=False
    ).exclude(name=DESTROYED, sha256="")
)
_NAMES = Prepared(lambda keys: KnownPerson.objects.filter(key__in=keys), by_word=True)
_MADE_UP = Prepared(
    lambda keys: Person.objects.filter(key__in=keys, made_up=True).only("key"), by_word=True
)


def comments_on(record: Record, by: Author | None, start: int = 0, end: int = 25) -> list[Said]:
    """The comments that `by` may read, newest first, from `start` up to `end`.

    Queries: ≤ 5, 2 when one is withdrawn, and ≤ 2 when not all who see the record read them all.
    """
    circles = circles_of(record, by)
    asked = (circles, start, end)
    rows = _COMMENTS.of(record.pk, shape=asked, words=asked)
    names, made_up = _known({row.author_key for row in rows})
    by_whom = withdrawn_by([row for row in rows if row.withdrawn_at])
    # Why a comment for all was withdrawn is in everybody's log.
    inner = [row.pk for row in rows if row.circle != Circle.ALL]
    earlier = taken_back(inner, reads_whole_log=Circle.OWN in circles)
    return [
        Said(
            pk=row.pk,
            circle=row.circle,
            text="" if row.withdrawn_at else row.text,
            author_key=row.author_key,
            author=names.get(row.author_key, ""),
            made_up=row.author_key in made_up,
            written_at=row.written_at,
            edited_at=row.edited_at,
            withdrawn_at=row.withdrawn_at,
            withdrawn_reason=row.withdrawn_reason,
            withdrawn_by=by_whom.get(row.pk, ""),
            is_destroyed=row.is_destroyed,
            names=tuple(person.name for person in row.mentioned.all()),
            taken_back=tuple(earlier.get(row.pk, ())),
        )
        for row in rows
    ]


def attachments_on(record: Record) -> list[Attached]:
    """The files of a record that are not withdrawn, newest first. Queries: 3."""
    return _attached(_FILES.of(record.pk))


def withdrawn_attachments_on(record: Record) -> list[Attached]:
    """The files of a record that are withdrawn and could be restored, newest first.

    Queries: 1, and 4 when there are any.
    """
    return _attached(_WITHDRAWN_FILES.of(record.pk))


def _attached(rows: Sequence[Attachment]) -> list[Attached]:
    names, _made_up = _known({row.author_key for row in rows})
    by_whom = withdrawn_by([row for row in rows if row.withdrawn_at])
    return [
        Attached(
            uid=row.uid,
            name=row.name,
            kind=row.type_key,
            size=row.size,
            sha256=row.sha256,
            author_key=row.author_key,
            author=names.get(row.author_key, ""),
            attached_at=row.attached_at,
            withdrawn_at=row.withdrawn_at,
            withdrawn_reason=row.withdrawn_reason,
            withdrawn_by=by_whom.get(row.pk, ""),
        )
        for row in rows
    ]


def known_names(keys: Iterable[str]) -> dict[str, str]:
    """What the log calls people, by person key. Queries: 1."""
    return {one.key: one.name for one in _NAMES.of(*set(keys))}


def withdrawn_comments(
    by: Author, kind: int, start: Place | None
) -> tuple[list[Comment], Place | None]:
    """The withdrawn comments that `by` may restore, as `latest_withdrawn` reads them.

    Those of a withdrawn record come back with it. Queries: as `restorable`, and 1, for every 200.
    """
    rows = _withdrawn(Comment.objects.all(), by).exclude(text=DESTROYED)
    return latest_withdrawn(rows, lambda found: restorable(found, by), kind, start)


def withdrawn_attachments(
    by: Author, kind: int, start: Place | None
) -> tuple[list[Attachment], Place | None]:
    """The withdrawn files that `by` may restore, likewise."""
    rows = _withdrawn(Attachment.objects.all(), by).exclude(name=DESTROYED, sha256="")
    return latest_withdrawn(rows, lambda found: restorable(found, by), kind, start)


def _withdrawn(rows: QuerySet[M], by: Author) -> QuerySet[M]:
    found = rows.filter(record__withdrawn_at__isnull=True)
    if not may_somewhere(by, Operation.MODERATE):
        found = found.filter(author_key__in=keys_of(by))
    return found.select_related("record")


def _known(keys: Iterable[str]) -> tuple[dict[str, str], set[str]]:
    """Names by person key, and the keys of the made-up people among them."""
    known = set(keys)
    return known_names(known), {one.key for one in _MADE_UP.of(*known)}


def keeper_ids(record: Record) -> set[int]:
    """Ids of the people who answer for a record: conveners and deputies of its bodies.

    Queries: ≤ 2. Those who made it follow it, and need not be found here.
    """
    bodies: set[int] = set()
    if record.kind == RecordKind.BODY:
        bodies = {record.pk}
    elif record.kind == RecordKind.INITIATIVE:
        rows = Initiative.objects.filter(pk=record.pk).values_list("network_id", "owner_id")
        bodies = {pk for row in rows for pk in row if pk is not None}
    elif record.kind == RecordKind.NEED:
        owners = Need.objects.filter(pk=record.pk, owner__isnull=False)
        bodies = set(owners.values_list("owner_id", flat=True))
    if not bodies:
        return set()
    return convener_ids(bodies, day_of_security())


def people_near(record: Record, by: User) -> list[Person]:
    """At most NEAR people to choose among when something is said of a record, by name.

    For a draft those who see it through its owner and network; otherwise also those who follow it
    or have spoken. The choice is checked again when it is made. Queries: 3.
    """
    actors, is_draft = _actors_of(record)
    near = Q(affiliations__organisation_id__in=actors) | Q(memberships__body_id__in=actors)
    if not is_draft:
        spoken = Comment.objects.filter(record=record).values("author_key")
        near |= Q(follows__record=record) | Q(key__in=spoken)
    people = Person.objects.filter(near, user__is_active=True).exclude(pk=by.person_id)
    return list(people.distinct().order_by("name", "pk")[:NEAR])


def namesakes(text: str, record: Record, by: User) -> list[Person]:
    """Those after an @ in `text` whose name others have too, and who see the record: whoever wrote
    it has to say which of them is meant. Queries: 1, and ≤ 3 for each of them."""
    called_so = [named for same in people_named(text).values() if len(same) > 1 for named in same]
    ids = {one.person_id for one in called_so} - {by.person_id}
    users = User.objects.filter(person__in=ids, is_active=True).select_related("person")
    return [
        user.person
        for user in users.order_by("person__name", "person")
        if can_read_discussion(record, user)
    ]


def _actors_of(record: Record) -> tuple[set[int], bool]:
    """Ids of the actors that own or answer for a record, and whether it is unshared."""
    rows: Iterable[tuple[int | None, ...]] = ()
    sharing = Sharing.SHARED.value
    if record.kind == RecordKind.INITIATIVE:
        one = Initiative.objects.select_related("parent").get(pk=record.pk)
        sharing = one.sharing
        rows = [(one.owner_id, one.network_id)]
        if one.parent is not None:
            rows = [*rows, (one.parent.owner_id, one.parent.network_id)]
    elif record.kind == RecordKind.NEED:
        need = Need.objects.get(pk=record.pk)
        sharing = need.sharing
        rows = [(need.owner_id,)]
    elif record.kind in (RecordKind.BODY, RecordKind.ORGANISATION):
        rows = [(record.pk,)]
    return {pk for row in rows for pk in row if pk is not None}, sharing != Sharing.SHARED
