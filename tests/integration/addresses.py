"""Every address of the installation, with something real from the demo county to put in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.models import Attachment, Comment
from samhandling.apps.discussion.services import (
    add_attachment,
    add_comment,
    withdraw_attachment,
    withdraw_comment,
)
from samhandling.apps.followup.models import Lesson, NetworkReport, Recommendation
from samhandling.apps.followup.selectors import told_alone
from samhandling.apps.initiatives.models import Funding, Initiative
from samhandling.apps.initiatives.services import add_expected_result
from samhandling.apps.notices.models import Notice
from samhandling.apps.organisations.models import CollaborationBody, Organisation
from samhandling.apps.organisations.services import substitute_for
from samhandling.apps.people.links import make_token
from samhandling.apps.people.services import invite
from samhandling.apps.privacy.disposal import register_decision
from samhandling.apps.records.models import Quantity, Record, RecordKind
from samhandling.apps.registry.services import register_in_diary
from samhandling.apps.reporting import services as reporting
from samhandling.apps.reporting.assemble import assemble
from samhandling.apps.reporting.models import Report
from samhandling.apps.reporting.services import create_report, move_report
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.services import create_need, withdraw_need
from samhandling.core.lifecycle import ReportState
from samhandling.core.partial_date import on_day
from samhandling.core.report_model import (
    FigureRef,
)
from samhandling.core.report_reading import (
    all_inlines,
)
from samhandling.web.workspace.reports.lookups import key_of
from tests.factories.actors import make_body, make_person, sit_in
from tests.factories.files import pdf
from tests.factories.initiatives import make_round
from tests.factories.sign_in import make_app, make_passkey

Arguments = dict[str, str | int]


@dataclass(frozen=True)
class Address:
    """A named address and the parameters it takes."""

    name: str
    parameters: frozenset[str]


def all_addresses() -> list[Address]:
    """Every address in the URL configuration."""
    return sorted(_walk(get_resolver(), "", frozenset()), key=lambda address: address.name)


def _walk(resolver: URLResolver, space: str, outer: frozenset[str]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        taken = outer | set(entry.pattern.converters)
        if isinstance(entry, URLPattern):
            yield Address(f"{space}{entry.name}", taken)
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, taken)


def frozen_report(report: Report) -> Report:
    """The same agreement's report of the year before, as the council received it."""
    earlier = create_report(
        round=make_round(report.round.agreement, report.round.year - 1),
        outline=report.outline,
        title="Uppföljningsrapport",
        by=DEMO_LOADER,
    )
    # Addresses are walked, not files read: those of this edition hold the name of their format.
    with patch.object(reporting, "render_apart", lambda _model, name, **_: name.encode()):
        for state in (ReportState.IN_REVIEW, ReportState.SENT, ReportState.RECEIVED):
            earlier = move_report(report=earlier, to=state, by=DEMO_LOADER)
    return earlier


def key_of_a_number(report: Report) -> str:
    """The key in the address of the rows behind some number of the report."""
    model = assemble(report, made_at=timezone.now()).report
    numbers = (inline for inline in all_inlines(model) if isinstance(inline, FigureRef))
    return key_of(next(number for number in numbers if len(number.record_uids) > 1))


def left_alone() -> CollaborationBody:
    """A network whose only convener ended her seat long ago."""
    body = make_body("Nätverket utan sammankallande")
    person = make_person()
    sit_in(body, person=person, role="CONVENER", valid_until=on_day(date(2020, 1, 1)))
    return body


def add_withdrawn_comment(record: Record, by: User) -> Comment:
    """Something to restore, and for a disposal decision to cover."""
    comment = add_comment(record=record, text="Fel", by=by)
    withdraw_comment(comment=comment, reason="Fel", by=by)
    return comment


def add_withdrawn_file(record: Record, by: User) -> Attachment:
    """A file to restore."""
    content = SimpleUploadedFile("Fel.pdf", pdf())
    attachment = add_attachment(record=record, name=content.name, content=content, by=by)
    withdraw_attachment(attachment=attachment, reason="Fel", by=by)
    return attachment


class Fillings:
    """What to put in an address. A parameter that is not known here fails the test: add it."""

    def __init__(self) -> None:
        report = Report.objects.get(round__year=2020, round__agreement__slug="rok")
        frozen = frozen_report(report)
        funding = Funding.objects.filter(initiatives__isnull=False).first()
        quantity = Quantity.objects.filter(about__kind=RecordKind.INITIATIVE).first()
        told = NetworkReport.objects.filter(
            round__year=2020, round__agreement__slug="rok", body__record__merged_into=None
        ).first()
        assert funding and quantity and told
        initiative = Initiative.objects.live().filter(parent=None)[0]
        result = add_expected_result(initiative=initiative, text="Fler klarar B1", by=DEMO_LOADER)
        leader = User.objects.get(email="karin@example.org")
        another = User.objects.get(email="erik@example.org")
        register_in_diary(
            record=initiative.record,
            case_number="RS 2020-00123",
            provision="OSL 18 kap. 1 §",
            marked_on=date(2020, 1, 1),
            authority="Länsstyrelsen",
            today=date(2020, 1, 1),
            by=DEMO_LOADER,
        )
        comment = add_comment(record=initiative.record, text="Hej", by=leader)
        add_comment(record=initiative.record, text="Hej själv", by=another)
        notice = Notice.objects.get(person=leader.person)
        attachment = add_attachment(
            record=initiative.record,
            name="Beslut.pdf",
            content=SimpleUploadedFile("Beslut.pdf", pdf()),
            by=leader,
        )
        make_app(leader)
        withdrawn = create_need(
            agreement=report.round.agreement, title="Prov", by=DEMO_LOADER, sharing="SHARED"
        )
        withdraw_need(need=withdrawn, reason="Prov", by=DEMO_LOADER)
        samira = Person.objects.get(user__email="samira@example.org")
        held = RoleGrant.objects.create(person=samira, role=RoleGrant.Role.READER)
        seat = samira.memberships.get()
        away = substitute_for(
            person=samira,
            substitute=another.person,
            valid_from=date(2020, 1, 1),
            valid_until=date(2020, 1, 2),
            by=DEMO_LOADER,
        )
        invitation = invite(
            name="Ny Person",
            email="ny@example.org",
            organisation=Organisation.objects.live()[0],
            function="strateg",
            by=leader,
        )
        taken_back = add_withdrawn_comment(initiative.record, leader)
        file_taken_back = add_withdrawn_file(initiative.record, leader)
        decision = register_decision(
            reference="RS 2020-1",
            decided_by="Arkivnämnden",
            decided_on=date(2020, 1, 1),
            kinds=["COMMENT"],
            made_from=date(2020, 1, 1),
            made_until=date(2100, 1, 1),
            today=date(2020, 11, 30),
            by=leader,
        )
        self.values: dict[str, str | int] = {
            ":mfa_remove_webauthn:pk": make_passkey(leader).pk,
            "provider_id": "nobody",
            "agreement": "rok",
            "agreements:slug": "rok",
            "year": 2020,
            "initiatives:uid": initiative.uid,
            "initiatives:funding_uid": funding.uid,
            "initiatives:quantity_uid": quantity.uid,
            "initiatives:pk": result.pk,
            "needs:uid": Need.objects.live()[0].uid,
            "actors:actor:uid": Organisation.objects.live()[0].uid,
            "actors:body:uid": CollaborationBody.objects.live()[0].uid,
            "records:restore:uid": withdrawn.uid,
            "records:withdraw:uid": funding.uid,
            "actors:controller:uid": Organisation.objects.live()[0].uid,
            "records:registration:uid": initiative.uid,
            "records:case_file:uid": initiative.uid,
            "records:uid": Record.objects.filter(kind=RecordKind.INITIATIVE)[0].uid,
            "history:uid": Record.objects.filter(kind=RecordKind.INITIATIVE)[0].uid,
            "followup:uid": Recommendation.objects.live()[0].uid,
            "followup:network:uid": told.body.uid,
            "followup:tell:uid": told.body.uid,
            "followup:tell_initiative:uid": told.body.uid,
            "followup:initiative": told.initiative_reports.all()[0].initiative.uid,
            "followup:tell_without_network:uid": told_alone(told.round)[0].initiative.uid,
            "followup:edit_lesson:uid": Lesson.objects.live()[0].uid,
            "people:invite_to_body:uid": seat.body.uid,
            "people:take_over_body:uid": seat.body.uid,
            "people:appoint:uid": left_alone().uid,
            "people:contact:uid": initiative.uid,
            "people:take_over_contact:uid": initiative.uid,
            "people:key": samira.key,
            "privacy:key": samira.key,
            "privacy:pk": decision.pk,
            "people:resend:key": invitation.key,
            "people:withdraw:key": invitation.key,
            "people:open_link:token": make_token(invitation),
            "people:end_role:pk": held.pk,
            "people:end_seat:pk": seat.pk,
            "people:end_substitution:pk": away.pk,
            "reports:uid": report.uid,
            "reports:key": "summary",
            "reports:rows:key": key_of_a_number(report),
            "reports:edition:uid": frozen.uid,
            "reports:edition_file:uid": frozen.uid,
            "reports:number": 1,
            "discussion:uid": initiative.uid,
            "discussion:restore:comment": taken_back.pk,
            "discussion:file_restore:file": file_taken_back.uid,
            "discussion:comment": comment.pk,
            "discussion:file": attachment.uid,
            "notices:notice": notice.pk,
            "reports:file_format": "html",
        }
        # A part is shown on the page of the initiative it belongs to.
        self.initiative_of = {
            "funding_uid": funding.initiatives.all()[0].uid,
            "quantity_uid": quantity.about.uid,
            "pk": result.initiative.uid,
        }

    def path(self, address: Address, **instead: str) -> str:
        """The address with real values; ``instead`` replaces some of them."""
        space, _colon, last = address.name.rpartition(":")
        arguments: Arguments = {}
        for parameter in address.parameters:
            for key in (f"{space}:{last}:{parameter}", f"{space}:{parameter}", parameter):
                if key in self.values:
                    arguments[parameter] = self.values[key]
                    break
            else:
                raise AssertionError(f"say in {__file__} what {address.name} takes as {parameter}")
        if space == "initiatives":
            for parameter, uid in self.initiative_of.items():
                if parameter in arguments:
                    arguments["uid"] = uid
        return reverse(address.name, kwargs={**arguments, **instead})
