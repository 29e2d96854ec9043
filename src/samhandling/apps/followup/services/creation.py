"""Making a round and what is told in it; a thing is made with its rows, under one event."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from samhandling.apps.agreements.models import Agreement, CollaborationLevel
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.followup.models import (
    ApproachFinding,
    FollowUpRound,
    Lesson,
    LessonEvidence,
    LessonPoint,
    MethodNote,
    NetworkReport,
    NetworkReportLevel,
    NetworkStatement,
    PlannedInitiative,
    Recommendation,
    ReportedNeed,
)
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.models import Actor, CollaborationBody
from samhandling.apps.organisations.permissions import check
from samhandling.apps.records.models import Record
from samhandling.apps.records.services import register
from samhandling.apps.situation.models import Need
from samhandling.core.access import Operation

# (kind, text, who said it when it was not the network itself)
Statement = tuple[str, str, Actor | None]
# (level, basis, planned for the year after)
ToldLevel = tuple[CollaborationLevel, str, bool]


@transaction.atomic
def create_round(
    *, agreement: Agreement, year: int, title: str, by: Author, **fields: Any
) -> FollowUpRound:
    """Open one year's follow-up of an agreement. Raises IntegrityError for a second of a year."""
    check(by, Operation.EDIT_GOVERNANCE, agreement_id=agreement.pk)
    return register(
        FollowUpRound,
        title=title,
        by=by,
        scope_uid=agreement.uid,
        agreement=agreement,
        year=year,
        **fields,
    )


@transaction.atomic
def create_method_note(
    *, round: FollowUpRound, kind: str, text: str, by: Author, **fields: Any
) -> MethodNote:
    """Write down how or why a round was made."""
    check(by, Operation.EDIT_LESSON, agreement_id=round.agreement_id)
    scope = round.agreement.uid
    return register(
        MethodNote, title=text, by=by, scope_uid=scope, round=round, kind=kind, **fields
    )


@transaction.atomic
def create_approach_finding(
    *, round: FollowUpRound, text: str, by: Author, **fields: Any
) -> ApproachFinding:
    """Write down how networks relate to the agreement; the quantifier as published."""
    check(by, Operation.EDIT_LESSON, agreement_id=round.agreement_id)
    scope = round.agreement.uid
    return register(ApproachFinding, title=text, by=by, scope_uid=scope, round=round, **fields)


@transaction.atomic
def create_network_report(
    *,
    round: FollowUpRound,
    body: CollaborationBody,
    by: Author,
    statements: Iterable[Statement] = (),
    levels: Iterable[ToldLevel] = (),
    needs: Iterable[Need] = (),
    plans: Iterable[Initiative] = (),
    **fields: Any,
) -> NetworkReport:
    """Write down what a network told for a year, in the order given.

    Args: needs: the challenges it told of; plans: what it means to do the year after;
    fields: the columns of NetworkReport.
    """
    check(by, Operation.EDIT_FOLLOW_UP, body_id=body.pk, agreement_id=round.agreement_id)
    report = NetworkReport.objects.create(round=round, body=body, **fields)
    NetworkStatement.objects.bulk_create(
        NetworkStatement(report=report, kind=kind, text=text, said_by=said_by, order=order)
        for order, (kind, text, said_by) in enumerate(statements, 1)
    )
    NetworkReportLevel.objects.bulk_create(
        NetworkReportLevel(report=report, level=level, basis=basis, is_planned=is_planned)
        for level, basis, is_planned in levels
    )
    ReportedNeed.objects.bulk_create(
        ReportedNeed(report=report, need=need, order=order) for order, need in enumerate(needs, 1)
    )
    PlannedInitiative.objects.bulk_create(
        PlannedInitiative(report=report, initiative=initiative, order=order)
        for order, initiative in enumerate(plans, 1)
    )
    _log(round, by, "network_reports", body.title)
    return report


@transaction.atomic
def create_lesson(
    *,
    round: FollowUpRound,
    number: int,
    title: str,
    by: Author,
    points: Iterable[tuple[str, str]] = (),
    evidence: Iterable[Record] = (),
    **fields: Any,
) -> Lesson:
    """Write down what the round taught. Args: points: [(sign, text)] in the order to be read."""
    check(by, Operation.EDIT_LESSON, agreement_id=round.agreement_id)
    told = list(points)
    lesson = register(
        Lesson,
        title=title,
        by=by,
        scope_uid=round.agreement.uid,
        search_text=" ".join(text for _sign, text in told),
        round=round,
        number=number,
        **fields,
    )
    LessonPoint.objects.bulk_create(
        LessonPoint(lesson=lesson, sign=sign, text=text, order=order)
        for order, (sign, text) in enumerate(told, 1)
    )
    LessonEvidence.objects.bulk_create(
        LessonEvidence(lesson=lesson, record=record, order=order)
        for order, record in enumerate(evidence, 1)
    )
    return lesson


@transaction.atomic
def create_recommendation(
    *, round: FollowUpRound, text: str, by: Author, lesson: Lesson | None = None, **fields: Any
) -> Recommendation:
    """Write down what should be done, with the lesson or the record it comes from."""
    check(by, Operation.EDIT_LESSON, agreement_id=round.agreement_id)
    return register(
        Recommendation,
        title=text,
        by=by,
        scope_uid=round.agreement.uid,
        round=round,
        lesson=lesson,
        **fields,
    )


def _log(round: FollowUpRound, by: Author, field: str, after: object) -> None:
    write_event(
        by=by,
        verb=Verb.ADDED,
        record_uid=round.uid,
        record_kind=round.record_kind,
        scope_uid=round.agreement.uid,
        changes={field: ("", after)},
    )
