"""What a network tells for a year: of its cooperation, and of each of its initiatives."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from samhandling.apps.agreements.models import CollaborationLevel
from samhandling.apps.audit.services import Author, Changes
from samhandling.apps.followup.models import (
    FollowUpRound,
    InitiativeReport,
    NetworkReport,
    NetworkReportLevel,
    NetworkStatement,
    PlannedInitiative,
    ReportedNeed,
)
from samhandling.apps.followup.services.errors import NotToBeTold
from samhandling.apps.followup.services.log import log_change
from samhandling.apps.followup.services.rounds import set_going
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations.permissions import check, may
from samhandling.apps.records.services import diff, lock_record
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core.access import Operation
from samhandling.core.knowledge import Basis


@transaction.atomic
def tell_initiative(
    *,
    round: FollowUpRound,
    initiative: Initiative,
    by: Author,
    network_report: NetworkReport | None = None,
    told: str = "",
    is_planned: bool | None = None,
) -> InitiativeReport:
    """Write down what was told of an initiative for the round's year, or say it anew.

    Args: network_report: whose report tells it; None when no network answers for the initiative;
    told: may be empty, when the initiative's own facts say it all; is_planned: does the network
    mean to do it the year after? None leaves that as it is.
    Writes one event on the initiative with what differs, and none when nothing does.
    Raises NotAllowed; NotToBeTold for a draft, for an initiative of another agreement, for a report
    of another round, and to who answers for the network alone for an initiative of another network.
    """
    check(
        by,
        Operation.EDIT_FOLLOW_UP,
        body_id=network_report.body_id if network_report is not None else None,
        agreement_id=round.agreement_id,
    )
    lock_record(initiative.record)
    if initiative.agreement_id != round.agreement_id or initiative.sharing != Sharing.SHARED:
        raise NotToBeTold
    of_round = InitiativeReport.objects.filter(round=round)
    report = of_round.filter(network_report=network_report, initiative=initiative).first()
    if network_report is not None and (
        network_report.round_id != round.pk
        or (
            report is None
            and initiative.network_id != network_report.body_id
            and not may(by, Operation.EDIT_FOLLOW_UP, agreement_id=round.agreement_id)
        )
    ):
        raise NotToBeTold
    changes: Changes = {}
    if report is None:
        last = of_round.aggregate(last=Max("order"))["last"] or 0
        report = InitiativeReport.objects.create(
            round=round,
            network_report=network_report,
            initiative=initiative,
            told=told,
            order=last + 1,
        )
        changes["told_for"] = ("", round.year)
        if told:
            changes["telling"] = ("", told)
    elif report.told != told:
        changes |= {"told_for": (round.year, round.year), "telling": (report.told, told)}
        report.told = told
        report.save(update_fields=["told"])
    if network_report is not None and is_planned is not None:
        changes |= _plan(network_report, initiative, is_planned)
    if changes:
        set_going(round, by)
    log_change(by, initiative.record, round.agreement, changes)
    return report


@transaction.atomic
def change_network_report(
    *,
    report: NetworkReport,
    approach: str,
    approach_text: str,
    added_value: str,
    statements: Iterable[tuple[str, str]],
    levels: Iterable[CollaborationLevel],
    planned_levels: Iterable[CollaborationLevel],
    needs: Iterable[Need],
    by: Author,
) -> NetworkReport:
    """Write down what a network tells of its cooperation for the year.

    Args: statements: [(kind, text)] in order, the network's own; what others said of it stays;
    levels: of the year, planned_levels: of the year after; needs: those that it raises.
    What the network itself tells is stated; a level or an approach that was inferred stays that
    until it is told otherwise. What is first told sets a planned round going.
    Writes one event on the network with what differs, and none when nothing does.
    Raises NotAllowed.
    """
    body, agreement = report.body, report.round.agreement
    check(by, Operation.EDIT_FOLLOW_UP, body_id=body.pk, agreement_id=agreement.pk)
    lock_record(body.record)
    values = {"approach": approach, "approach_text": approach_text, "added_value": added_value}
    changes = diff(report, values)
    for name, value in values.items():
        setattr(report, name, value)
    if "approach" in changes:
        is_known = approach != NetworkReport.Approach.UNKNOWN
        report.approach_basis = Basis.STATED if is_known else ""
    report.save(update_fields=[*values, "approach_basis"])
    changes |= _replace_statements(report, list(statements))
    changes |= _replace_levels(report, list(levels), is_planned=False)
    changes |= _replace_levels(report, list(planned_levels), is_planned=True)
    changes |= _replace_needs(report, list(needs))
    if changes:
        set_going(report.round, by)
        changes = {"told_for": (report.round.year, report.round.year), **changes}
    log_change(by, body.record, agreement, changes)
    return report


def own_statements(report: NetworkReport) -> QuerySet[NetworkStatement]:
    """What the network says itself, and not somebody else of it."""
    return report.statements.filter(Q(said_by=None) | Q(said_by=report.body_id))


def _plan(report: NetworkReport, initiative: Initiative, is_planned: bool) -> Changes:
    held = PlannedInitiative.objects.filter(report=report, initiative=initiative)
    year = report.round.year + 1
    if is_planned == held.exists():
        return {}
    if not is_planned:
        held.delete()
        return {"planned_for": (year, "")}
    last = PlannedInitiative.objects.filter(report=report).aggregate(last=Max("order"))["last"] or 0
    PlannedInitiative.objects.create(report=report, initiative=initiative, order=last + 1)
    return {"planned_for": ("", year)}


def _replace_statements(report: NetworkReport, told: list[tuple[str, str]]) -> Changes:
    own = own_statements(report)
    before = list(own.values_list("kind", "text"))
    if sorted(before, key=_kind) == sorted(told, key=_kind):
        return {}
    own.delete()
    NetworkStatement.objects.bulk_create(
        NetworkStatement(report=report, kind=kind, text=text, order=order)
        for order, (kind, text) in enumerate(told, 1)
    )
    return {"statements": (_lines(before), _lines(told))}


def _kind(statement: tuple[str, str]) -> str:
    return statement[0]


def _lines(statements: Iterable[tuple[str, str]]) -> str:
    return "\n".join(text for _kind, text in statements)


def _replace_levels(
    report: NetworkReport, told: list[CollaborationLevel], *, is_planned: bool
) -> Changes:
    rows = report.levels.filter(is_planned=is_planned).select_related("level__record")
    before = [row.level for row in rows]
    if {level.pk for level in before} == {level.pk for level in told}:
        return {}
    rows.exclude(level__in=told).delete()
    NetworkReportLevel.objects.bulk_create(
        NetworkReportLevel(report=report, level=level, basis=Basis.STATED, is_planned=is_planned)
        for level in told
        if level not in before
    )
    field = "planned_levels" if is_planned else "levels"
    return {field: (_named(before), _named(told))}


def _replace_needs(report: NetworkReport, raised: list[Need]) -> Changes:
    rows = report.needs.select_related("need__record")
    before = [row.need for row in rows]
    if {need.pk for need in before} == {need.pk for need in raised}:
        return {}
    rows.exclude(need__in=raised).delete()
    last = max((row.order for row in rows), default=0)
    added = [need for need in raised if need not in before]
    ReportedNeed.objects.bulk_create(
        ReportedNeed(report=report, need=need, order=order)
        for order, need in enumerate(added, last + 1)
    )
    return {
        "raised_needs": ("; ".join(n.uid for n in before), "; ".join(n.uid for n in raised)),
    }


def _named(levels: Iterable[CollaborationLevel]) -> str:
    return ", ".join(level.title for level in levels)
