"""Changing lessons and recommendations, and answering recommendations."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, Changes, write_event
from samhandling.apps.followup.models import (
    Lesson,
    LessonEvidence,
    LessonPoint,
    Recommendation,
    RecommendationResponse,
)
from samhandling.apps.followup.services.errors import ForeignToRound
from samhandling.apps.followup.services.log import log_change
from samhandling.apps.organisations.models import Actor
from samhandling.apps.organisations.permissions import check
from samhandling.apps.records.fields import columns_of
from samhandling.apps.records.impossible import check_has_come
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import (
    ReasonMissing,
    diff,
    index_record,
    lock_record,
    rename_record,
    restore_record,
    withdraw_record,
)
from samhandling.core.access import Operation
from samhandling.core.partial_date import PartialDate


@transaction.atomic
def change_lesson(
    *,
    lesson: Lesson,
    title: str,
    points: Iterable[tuple[str, str]],
    evidence: Iterable[Record],
    good_example: str = "",
    good_example_in: Agreement | None = None,
    by: Author,
) -> Lesson:
    """Say anew what a round taught.

    Args: points: [(sign, text)] in the order to be read; evidence: what the lesson rests on, in
    order. Writes one event with what differs, and none when nothing does.
    Raises NotAllowed.
    """
    check(by, Operation.EDIT_LESSON, agreement_id=lesson.round.agreement_id)
    lock_record(lesson.record)
    told, rests_on = list(points), list(dict.fromkeys(evidence))
    changes = rename_record(record=lesson.record, title=title)
    values = {"good_example": good_example, "good_example_in": good_example_in}
    changes |= diff(lesson, values)
    for name, value in values.items():
        setattr(lesson, name, value)
    lesson.save(update_fields=[*values])
    changes |= _replace_points(lesson, told)
    changes |= _replace_evidence(lesson, rests_on)
    index_record(lesson.record, " ".join(text for _sign, text in told))
    log_change(by, lesson.record, lesson.round.agreement, changes)
    return lesson


@transaction.atomic
def change_recommendation(
    *,
    recommendation: Recommendation,
    text: str,
    lesson: Lesson | None = None,
    applies_to: str = "",
    addressee: Actor | None = None,
    origin: Record | None = None,
    adopted_in: Agreement | None = None,
    by: Author,
) -> Recommendation:
    """Say anew what should be done, by whom and why.

    A recommendation of a lesson has the lesson's number (seed004, Lärdomar och rekommendationer).
    Raises NotAllowed; ForeignToRound for a lesson of another round.
    """
    check(by, Operation.EDIT_LESSON, agreement_id=recommendation.round.agreement_id)
    if lesson is not None and lesson.round_id != recommendation.round_id:
        raise ForeignToRound
    lock_record(recommendation.record)
    changes = rename_record(record=recommendation.record, title=text)
    values = {
        "lesson": lesson,
        "applies_to": applies_to,
        "addressee": addressee,
        "origin": origin,
        "adopted_in": adopted_in,
    }
    changes |= diff(recommendation, values)
    for name, value in values.items():
        setattr(recommendation, name, value)
    if "lesson" in changes:
        recommendation.number = lesson.number if lesson is not None else None
    recommendation.save(update_fields=[*values, "number"])
    index_record(recommendation.record)
    agreement = recommendation.round.agreement
    log_change(by, recommendation.record, agreement, changes)
    return recommendation


@transaction.atomic
def respond_to_recommendation(
    *,
    recommendation: Recommendation,
    answer: str,
    reason: str,
    given_by: Actor | None = None,
    when: PartialDate | None = None,
    today: date | None = None,
    by: Author,
) -> RecommendationResponse:
    """Write down what somebody answered. Earlier answers stay; the latest one counts.

    Args: today: the day it is written, None for what is taken over from elsewhere.
    Raises NotAllowed; ReasonMissing; Impossible for a time that has not come.
    """
    check(by, Operation.EDIT_LESSON, agreement_id=recommendation.round.agreement_id)
    if not reason.strip():
        raise ReasonMissing(_("Skriv skälet till svaret."))
    check_has_come(when, today)
    response = RecommendationResponse.objects.create(
        recommendation=recommendation,
        answer=RecommendationResponse.Answer(answer),
        reason=reason.strip(),
        given_by=given_by,
        **columns_of("when", when),
    )
    write_event(
        by=by,
        verb=Verb.ANSWERED,
        record_uid=recommendation.uid,
        record_kind=recommendation.record_kind,
        scope_uid=recommendation.round.agreement.uid,
        changes={"answer": (None, response.answer)},
        reason=response.reason,
    )
    return response


@transaction.atomic
def withdraw_lesson(*, lesson: Lesson, reason: str, by: Author) -> None:
    """Take a lesson out of pages and reports.

    Raises NotAllowed, ReasonMissing, AlreadyWithdrawn.
    """
    _withdraw(lesson, reason, by)


@transaction.atomic
def restore_lesson(*, lesson: Lesson, by: Author) -> None:
    """Take back the withdrawal of a lesson. Safe to repeat. Raises NotAllowed."""
    _restore(lesson, by)


@transaction.atomic
def withdraw_recommendation(*, recommendation: Recommendation, reason: str, by: Author) -> None:
    """Take a recommendation out, with its answers. Raises as `withdraw_lesson`."""
    _withdraw(recommendation, reason, by)


@transaction.atomic
def restore_recommendation(*, recommendation: Recommendation, by: Author) -> None:
    """Take back the withdrawal of a recommendation. Safe to repeat. Raises NotAllowed."""
    _restore(recommendation, by)


def _withdraw(thing: Lesson | Recommendation, reason: str, by: Author) -> None:
    agreement = thing.round.agreement
    check(by, Operation.EDIT_LESSON, agreement_id=agreement.pk)
    withdraw_record(record=thing.record, reason=reason, by=by, scope_uid=agreement.uid)


def _restore(thing: Lesson | Recommendation, by: Author) -> None:
    agreement = thing.round.agreement
    check(by, Operation.EDIT_LESSON, agreement_id=agreement.pk)
    restore_record(record=thing.record, by=by, scope_uid=agreement.uid)


def _replace_points(lesson: Lesson, told: list[tuple[str, str]]) -> Changes:
    before = list(lesson.points.values_list("sign", "text"))
    if before == told:
        return {}
    lesson.points.all().delete()
    LessonPoint.objects.bulk_create(
        LessonPoint(lesson=lesson, sign=sign, text=text, order=order)
        for order, (sign, text) in enumerate(told, 1)
    )
    return {"points": (_lines(text for _s, text in before), _lines(text for _s, text in told))}


def _replace_evidence(lesson: Lesson, rests_on: list[Record]) -> Changes:
    links = lesson.evidence_links.select_related("record")
    before = [link.record for link in links]
    if before == rests_on:
        return {}
    lesson.evidence_links.all().delete()
    LessonEvidence.objects.bulk_create(
        LessonEvidence(lesson=lesson, record=record, order=order)
        for order, record in enumerate(rests_on, 1)
    )
    return {"evidence": (_lines(r.title for r in before), _lines(r.title for r in rests_on))}


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
