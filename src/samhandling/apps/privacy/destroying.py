"""Destroying words: what a disposal takes away, kind by kind, also out of the log.

Each is called by `disposal` alone, after the row that says by which decision; the database refuses
otherwise. What nobody but a machine can read stays: keys, days, numbers without their words.
"""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from samhandling.apps.audit.models import Event, Reason, Revision, Verb
from samhandling.apps.discussion.models import Attachment, Comment
from samhandling.apps.discussion.withdrawals import events_of
from samhandling.apps.followup.models import InitiativeReport
from samhandling.apps.initiatives.models import ExpectedResult, Funding, Initiative
from samhandling.apps.records.fields import columns_of
from samhandling.apps.records.models import (
    Citation,
    FieldBasis,
    Footnote,
    Milestone,
    NameVariant,
    Record,
    SearchEntry,
)
from samhandling.apps.situation.models import Need
from samhandling.core.retention import DESTROYED


def destroy_comment(comment: Comment) -> None:
    """The words of a comment, who was mentioned, its earlier words in the log, and why it was
    withdrawn, each time. Of two comments with the very same words by the same person about the same
    record the log's earlier words of both go: nobody can tell which is which."""
    log = _log_of(comment.record.uid, comment.author_key)
    words, edits = {comment.text}, []
    told = Revision.objects.filter(event__in=log.filter(verb=Verb.COMMENT_EDITED), field="comment")
    for row in told.order_by("-pk"):
        if row.after in words:
            words.add(row.before)
            edits.append(row.pk)
    _destroy_revisions(Revision.objects.filter(pk__in=edits))
    _destroy_reasons(comment)
    comment.mentioned.clear()
    rows = Comment.objects.filter(pk=comment.pk)
    _put(rows, "text", "withdrawn_reason")
    _withdraw(rows)


def destroy_attachment(attachment: Attachment) -> None:
    """What a file was called and its sum, in the record and in the log, and why it was withdrawn,
    each time.
    Its bytes go afterwards (`destroy_bytes`): a transaction does not bring them back."""
    log = _log_of(attachment.record.uid)
    came = log.filter(
        verb=Verb.ATTACHED, at__gte=attachment.attached_at, revisions__after=attachment.name
    )
    _destroy_revisions(Revision.objects.filter(event=came.order_by("pk").first()))
    _destroy_revisions(Revision.objects.filter(event__in=events_of(attachment)))
    _destroy_reasons(attachment)
    rows = Attachment.objects.filter(pk=attachment.pk)
    _put(rows, "name", "withdrawn_reason")
    rows.update(sha256="", size=0)
    _withdraw(rows)


def destroy_record(record: Record, thing: Initiative | Need) -> None:
    """Every text of an initiative or a need and of its rows, what networks told of it year by year,
    the ties to others, its place in the search, and all words about it in the log."""
    destroy_words_of(record)
    ties: list[Any] = [record.lesson_links, record.contacts, record.followers]
    record.open_questions.clear()
    rows = type(thing).objects.filter(pk=thing.pk)
    _put(rows, *_texts(type(thing)))
    if isinstance(thing, Initiative):
        rows.update(**columns_of("when", None))
        _put(thing.status_events.all(), "reason", "when_wording", "postponed_to_wording")
        _put(thing.causes.all(), "text")
        results = ExpectedResult.all_rows.filter(initiative=thing)
        _put(results, "text", "indicator", "baseline", "target", "actual", "withdrawn_reason")
        _put(InitiativeReport.objects.filter(initiative=thing), "told")
        ties += [thing.actors, thing.levels, thing.languages, thing.need_links]
        thing.places.clear()
    else:
        ties.append(thing.initiative_links)
        Need.objects.filter(pk=thing.pk).update(subject=None)
    for tie in ties:
        tie.all().delete()


def destroy_funding(funding: Funding) -> None:
    """What is known of money that went to nothing else: what it is called, of whom, for whom, how
    much and when. It is withdrawn, so that nothing counts it."""
    destroy_words_of(funding.record)
    rows = Funding.objects.filter(pk=funding.pk)
    _put(rows, "instrument")
    rows.update(funder=None, recipient=None, amount_sek=None, **columns_of("ends", None))
    funding.events.all().update(**columns_of("when", None))
    _withdraw(Record.objects.filter(pk=funding.pk))


def destroy_words_of(record: Record) -> None:
    """What a record is called, what is said of how it is known, and all words of its log."""
    _put(Record.objects.filter(pk=record.pk), "title", "title_en", "withdrawn_reason")
    _put(FieldBasis.objects.filter(record=record), "ground")
    Citation.objects.filter(record=record).delete()
    Footnote.objects.filter(pk=record.pk).update(url="")
    Milestone.objects.filter(pk=record.pk).update(**columns_of("when", None))
    NameVariant.objects.filter(record=record).delete()
    SearchEntry.objects.filter(record=record).update(stems="")
    log = _log_of(record.uid).exclude(verb=Verb.DISPOSED)
    _destroy_revisions(Revision.objects.filter(event__in=log))
    _put(Reason.objects.filter(event__in=log), "text")


def destroy_bytes() -> int:
    """Remove the bytes of files whose disposal stands; how many. Safe to repeat: what a run that
    was killed has left lying is found by the next."""
    count = 0
    for attachment in Attachment.objects.filter(name=DESTROYED, sha256="").exclude(file=""):
        attachment.file.delete(save=False)
        Attachment.objects.filter(pk=attachment.pk).update(file="")
        count += 1
    return count


def _texts(model: type[models.Model]) -> list[str]:
    return [
        field.name for field in model._meta.concrete_fields if isinstance(field, models.TextField)
    ]


def _put(rows: QuerySet[Any], *fields: str) -> None:
    """Put the mark of what is destroyed wherever something stands."""
    for field in fields:
        rows.exclude(**{field: ""}).update(**{field: DESTROYED})


def _withdraw(rows: QuerySet[Any]) -> None:
    """What goes with its record was perhaps not withdrawn by itself."""
    rows.filter(withdrawn_at=None).update(withdrawn_at=timezone.now(), withdrawn_reason=DESTROYED)


def _log_of(uid: str, actor_key: str = "") -> QuerySet[Event]:
    events = Event.objects.filter(record_uid=uid)
    return events.filter(actor_key=actor_key) if actor_key else events


def _destroy_revisions(rows: QuerySet[Revision]) -> None:
    keys = list(rows.values_list("pk", flat=True))
    _put(Revision.objects.filter(pk__in=keys), "before", "after")


def _destroy_reasons(thing: Comment | Attachment) -> None:
    """Of every withdrawal, also of those that were taken back, in the log and beside it."""
    _put(Reason.objects.filter(event__in=events_of(thing)), "text")
    _put(thing.item_events.all(), "reason")
