"""Disposal of what is withdrawn, by a decision and never without one (gallring).

Source: arkivlagen (1990:782), section 10: public documents may be disposed of, with regard to the
cultural heritage, the right to see them, justice and research; who decides stands in the county's
own rules. The decision is taken outside Samhandling and registered here. What never left its
owner's drafts is not listed: whoever disposes may not see it. Frozen reports are never touched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.cache import caches
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.audit.models import (
    Disposal,
    DisposalDecision,
    DisposalKind,
    Event,
    KnownPerson,
    Verb,
)
from samhandling.apps.audit.services import Author, words_open, write_event
from samhandling.apps.discussion.models import Attachment, Comment
from samhandling.apps.discussion.scopes import scope_uid_of
from samhandling.apps.initiatives.models import ExpectedResult, Funding, Initiative
from samhandling.apps.organisations.permissions import check
from samhandling.apps.privacy.destroying import (
    destroy_attachment,
    destroy_bytes,
    destroy_comment,
    destroy_funding,
    destroy_record,
    destroy_words_of,
)
from samhandling.apps.records.models import Footnote, Milestone, Quantity, Record, RecordKind
from samhandling.apps.records.search_index import write_search_index_anew
from samhandling.apps.records.services import lock_record
from samhandling.apps.reporting.models import FrozenEdition
from samhandling.apps.situation.models import UNSHARED, Need
from samhandling.core.access import Operation

RECORD_KIND = "DISPOSAL"
"""The kind of the event that tells of a decision registered; it has no record."""
KINDS = (
    DisposalKind.COMMENT,
    DisposalKind.ATTACHMENT,
    DisposalKind.INITIATIVE,
    DisposalKind.NEED,
)
"""What a decision can be about."""


class DecisionIncomplete(ValueError):
    """Something that a decision must say is missing or cannot be so."""


class ListChanged(ValueError):
    """What the decision covers is not what was shown; nothing is destroyed."""

    def __init__(self) -> None:
        super().__init__(
            _("Listan har ändrats sedan du öppnade sidan. Inget är gallrat. Gå igenom den igen.")
        )


class NothingCovered(ValueError):
    """There is nothing that the decision covers."""

    def __init__(self) -> None:
        super().__init__(_("Beslutet omfattar inget som är tillbakadraget."))


@dataclass(frozen=True, slots=True)
class Covered:
    """Something withdrawn that a decision covers. `who` wrote or attached it; `comments`, `files`,
    `money` that goes to nothing else, expected `results` and `numbers` hang on a record and go with
    it; `editions` are the frozen ones that tell of it, which stay."""

    kind: DisposalKind
    record: Record
    item: str
    made_at: datetime
    withdrawn_at: datetime
    name: str
    who: str = ""
    comments: int = 0
    files: int = 0
    money: int = 0
    results: int = 0
    numbers: int = 0
    editions: int = 0

    @property
    def key(self) -> str:
        """What the page sends back, so that nothing is destroyed but what was shown."""
        hangs_on_it = (self.comments, self.files, self.money, self.results, self.numbers)
        return ":".join([self.kind, self.record.uid, self.item, *map(str, hangs_on_it)])


@transaction.atomic
def register_decision(
    *,
    reference: str,
    decided_by: str,
    decided_on: date,
    kinds: Iterable[str],
    made_from: date,
    made_until: date,
    today: date,
    by: Author,
) -> DisposalDecision:
    """Write down a decision that withdrawn things of these kinds may be destroyed.

    Args: made_from, made_until: the days on which they came to be, both included.
    Raises DecisionIncomplete, NotAllowed. Queries: about 5.
    """
    check(by, Operation.DISPOSE)
    chosen = [kind for kind in KINDS if kind in set(kinds)]
    if not reference.strip() or not decided_by.strip() or not chosen:
        raise DecisionIncomplete(_("Ange diarienummer, vem som beslutade och vad det gäller."))
    if decided_on > today:
        raise DecisionIncomplete(_("Beslutsdagen har inte varit än."))
    if made_until < made_from:
        raise DecisionIncomplete(_("Den sista dagen ligger före den första."))
    made = DisposalDecision.objects.create(
        reference=reference.strip(),
        decided_by=decided_by.strip(),
        decided_on=decided_on,
        kinds=[str(kind) for kind in chosen],
        made_from=made_from,
        made_until=made_until,
        actor_key=by.person_key,
    )
    write_event(
        by=by,
        verb=Verb.CREATED,
        record_uid="",
        record_kind=RECORD_KIND,
        changes={"reference": ("", made.reference)},
    )
    return made


def covered_by(decision: DisposalDecision, by: Author) -> list[Covered]:
    """What is withdrawn and covered by the decision now, the oldest first.

    Raises NotAllowed. Queries: about 15, 5 for each initiative or need, 2 for each money.
    """
    check(by, Operation.DISPOSE)
    found: list[Covered] = []
    if DisposalKind.COMMENT in decision.kinds:
        found += _comments(decision)
    if DisposalKind.ATTACHMENT in decision.kinds:
        found += _attachments(decision)
    for kind in (DisposalKind.INITIATIVE, DisposalKind.NEED):
        if kind in decision.kinds:
            found += _records(decision, kind)
    return sorted(found, key=lambda one: (one.made_at, one.key))


def dispose(*, decision: DisposalDecision, shown: Iterable[str], by: Author) -> int:
    """Destroy what the decision covers, for good; how many. It cannot be undone.

    Args: shown: the keys of what the person was shown and has said yes to.
    Raises ListChanged, NothingCovered, NotAllowed. Side effects: the bytes of files are removed
    when the rest is written; what a crash leaves lying the worker removes.
    """
    count = _dispose(decision, frozenset(shown), by)
    # Answers kept by this process may hold the words; those of others end with the events.
    caches["kept"].clear()
    destroy_bytes()
    return count


@transaction.atomic
def _dispose(decision: DisposalDecision, shown: frozenset[str], by: Author) -> int:
    check(by, Operation.DISPOSE)
    # One at a time, so that of two who say yes the second finds another list; and by one decision
    # at a time, for the database takes disposals in their order (migration `audit` 0011).
    every = DisposalDecision.objects.select_for_update().order_by("pk")
    locked = {one.pk: one for one in every}[decision.pk]
    # Then what is listed: nobody restores any of it while it goes, and what was restored before the
    # lock is listed no more.
    records = {one.record.pk: one.record for one in covered_by(locked, by)}
    for pk in sorted(records):
        lock_record(records[pk])
    covered = covered_by(locked, by)
    if {one.key for one in covered} != shown:
        raise ListChanged
    if not covered:
        raise NothingCovered
    # Records last: what hangs on one and is listed by itself is told by itself.
    for one in sorted(covered, key=lambda one: KINDS.index(one.kind)):
        if one.kind == DisposalKind.COMMENT:
            _dispose_comment(Comment.objects.select_related("record").get(pk=one.item), locked, by)
        elif one.kind == DisposalKind.ATTACHMENT:
            _dispose_file(Attachment.objects.select_related("record").get(uid=one.item), locked, by)
        else:
            _dispose_record(one.record, locked, by)
    write_search_index_anew()
    return len(covered)


def _days(decision: DisposalDecision) -> tuple[datetime, datetime]:
    first = timezone.make_aware(datetime.combine(decision.made_from, time.min))
    after = timezone.make_aware(datetime.combine(decision.made_until + timedelta(days=1), time.min))
    return first, after


def _destroyed(kind: str) -> set[str]:
    """Items, or uids of records, of a kind that are destroyed already. Queries: 1."""
    rows = Disposal.objects.filter(kind=kind).values_list("record_uid", "item")
    return {item or uid for uid, item in rows}


def _drafts() -> set[int]:
    """Keys of the records that were never shared: they are their owner's. Queries: 2."""
    keys: set[int] = set()
    for model in (Initiative, Need):
        keys |= set(model.objects.filter(sharing__in=UNSHARED).values_list("pk", flat=True))
    return keys


def _names() -> dict[str, str]:
    """What the log calls people, by key. Queries: 1."""
    return dict(KnownPerson.objects.values_list("key", "name"))


def _comments(decision: DisposalDecision) -> Iterator[Covered]:
    first, after = _days(decision)
    done, drafts = _destroyed(DisposalKind.COMMENT), _drafts()
    rows = Comment.objects.filter(
        withdrawn_at__isnull=False, written_at__gte=first, written_at__lt=after
    )
    names = _names()
    for row in rows.select_related("record"):
        if str(row.pk) not in done and row.record_id not in drafts and row.withdrawn_at:
            yield Covered(
                kind=DisposalKind.COMMENT,
                record=row.record,
                item=str(row.pk),
                made_at=row.written_at,
                withdrawn_at=row.withdrawn_at,
                name=row.record.title,
                who=names.get(row.author_key, ""),
            )


def _attachments(decision: DisposalDecision) -> Iterator[Covered]:
    first, after = _days(decision)
    done, drafts = _destroyed(DisposalKind.ATTACHMENT), _drafts()
    rows = Attachment.objects.filter(
        withdrawn_at__isnull=False, attached_at__gte=first, attached_at__lt=after
    )
    names = _names()
    for row in rows.select_related("record"):
        if row.uid not in done and row.record_id not in drafts and row.withdrawn_at:
            yield Covered(
                kind=DisposalKind.ATTACHMENT,
                record=row.record,
                item=row.uid,
                made_at=row.attached_at,
                withdrawn_at=row.withdrawn_at,
                name=row.name,
                who=names.get(row.author_key, ""),
            )


def _records(decision: DisposalDecision, kind: DisposalKind) -> Iterator[Covered]:
    first, after = _days(decision)
    done, drafts = _destroyed(kind), _drafts()
    rows = Record.objects.filter(
        kind=kind,
        withdrawn_at__isnull=False,
        merged_into=None,
        created_at__gte=first,
        created_at__lt=after,
    )
    editions = [str(one) for one in FrozenEdition.objects.values_list("model", flat=True)]
    for row in rows.order_by("pk"):
        if row.uid not in done and row.pk not in drafts and row.withdrawn_at:
            yield Covered(
                kind=kind,
                record=row,
                item="",
                made_at=row.created_at,
                withdrawn_at=row.withdrawn_at,
                name=row.title,
                comments=row.comments.count(),
                files=row.attachments.count(),
                money=sum(not _goes_elsewhere(one, row) for one in _money_of(row)),
                results=ExpectedResult.all_rows.filter(initiative=row.pk).count(),
                numbers=row.quantities.count(),
                editions=sum(row.uid in one for one in editions),
            )


def _dispose_comment(comment: Comment, decision: DisposalDecision, by: Author) -> None:
    made = _stands(DisposalKind.COMMENT, comment.record, str(comment.pk), decision, by)
    if made is not None:
        with words_open(_log(comment.record, made, by), made):
            destroy_comment(comment)


def _dispose_file(attachment: Attachment, decision: DisposalDecision, by: Author) -> None:
    made = _stands(DisposalKind.ATTACHMENT, attachment.record, attachment.uid, decision, by)
    if made is not None:
        with words_open(_log(attachment.record, made, by), made):
            destroy_attachment(attachment)


def _dispose_record(record: Record, decision: DisposalDecision, by: Author) -> None:
    """The record with all that hangs on it: nothing of it can be reached any more."""
    lock_record(record)
    for comment in Comment.objects.filter(record=record).select_related("record"):
        _dispose_comment(comment, decision, by)
    for attachment in Attachment.objects.filter(record=record).select_related("record"):
        _dispose_file(attachment, decision, by)
    # The same thing under another name: its words are this one's.
    for twin in record.merged.filter(kind=record.kind):
        _dispose_record(twin, decision, by)
    made = _stands(DisposalKind(record.kind), record, "", decision, by)
    if made is None:
        return
    with words_open(_log(record, made, by), made):
        for model in (Quantity, Footnote, Milestone):
            for part in model.objects.filter(about=record).select_related("record"):
                _stands(DisposalKind.PART, part.record, "", decision, by)
                destroy_words_of(part.record)
        for funding in _money_of(record):
            if not _goes_elsewhere(funding, record):
                _stands(DisposalKind.PART, funding.record, "", decision, by)
                destroy_funding(funding)
            funding.initiatives.remove(record.pk)
            funding.needs.remove(record.pk)
        if record.kind == RecordKind.INITIATIVE:
            destroy_record(record, Initiative.objects.get(pk=record.pk))
        else:
            destroy_record(record, Need.objects.get(pk=record.pk))


def _money_of(record: Record) -> QuerySet[Funding]:
    """Money for an initiative or a need, the withdrawn too. Queries: 1."""
    goes_to_it = Q(initiatives=record.pk) | Q(needs=record.pk)
    return Funding.objects.filter(goes_to_it).select_related("record").distinct().order_by("pk")


def _goes_elsewhere(funding: Funding, record: Record) -> bool:
    """Does the money go to anything but this record? Queries: ≤ 2."""
    return any(
        others.exclude(pk=record.pk).exists()
        for others in (funding.initiatives.all(), funding.needs.all())
    )


def _stands(
    kind: DisposalKind, record: Record, item: str, decision: DisposalDecision, by: Author
) -> Disposal | None:
    """Write what is left of it; None when that stood there already."""
    made, is_new = Disposal.objects.get_or_create(
        kind=kind,
        record_uid=record.uid,
        item=item,
        defaults={"decision": decision, "actor_key": by.person_key},
    )
    return made if is_new else None


def _log(record: Record, made: Disposal, by: Author) -> Event:
    return write_event(
        by=by,
        verb=Verb.DISPOSED,
        record_uid=record.uid,
        record_kind=record.kind,
        scope_uid=scope_uid_of(record),
        changes={"disposal": ("", made.kind)},
        reason=_("Gallringsbeslut %(reference)s") % {"reference": made.decision.reference},
    )
