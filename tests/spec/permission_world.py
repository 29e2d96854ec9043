"""The world that permission_table.py speaks of: organisations A and B, networks N and M, agreements
X and Y in the demo county, and one person for each role at each place."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samhandling.apps.accounts.models import RoleGrant, Substitution, User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.agreements.services import set_approval_wanted
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.services import add_attachment, add_comment
from samhandling.apps.followup.models import Lesson
from samhandling.apps.followup.services import withdraw_lesson
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import (
    add_expected_result,
    add_funding,
    add_quantity,
    create_initiative,
    return_initiative,
    submit_initiative,
    withdraw_funding,
    withdraw_initiative,
)
from samhandling.apps.notices.models import Notice
from samhandling.apps.organisations.models import (
    Affiliation,
    CollaborationBody,
    Membership,
    Organisation,
)
from samhandling.apps.registry.services import register_in_diary
from samhandling.apps.reporting.assemble import place_sections
from samhandling.apps.reporting.models import Report
from samhandling.apps.situation.services import (
    create_need,
    return_need,
    submit_need,
    withdraw_need,
)
from tests.factories.actors import make_body, make_organisation, make_user
from tests.integration.addresses import (
    Address,
    Fillings,
    add_withdrawn_comment,
    add_withdrawn_file,
    key_of_a_number,
)
from tests.spec import permission_table

STATES = (
    "draft", "submitted", "returned", "shared",
    "withdrawn", "withdrawn-draft", "withdrawn-submitted",
)  # fmt: skip
# What an address must be sent to find anything at all.
POSTED = {"reports:begin": {"year": "2020"}, "reports:move": {"to": "IN_REVIEW"}}


@cache
def names_of_people() -> list[str]:
    """Everybody in the table, in its order."""
    return [line.split()[0] for line in permission_table.PEOPLE.strip().splitlines()]


@cache
def people_in(words: str) -> frozenset[str]:
    """The people that some words of the table stand for."""
    found: set[str] = set()
    for word in words.split():
        if word in permission_table.GROUPS:
            found |= people_in(permission_table.GROUPS[word])
        elif word != "-":
            assert word in names_of_people(), word
            found.add(word)
    return frozenset(found)


@dataclass(frozen=True)
class Thing:
    """Something of A, in N and X, in one state, with what hangs on it."""

    initiative: Initiative
    values: dict[str, str | int]


class World:
    """Everything that the table names. The demo county must be loaded."""

    def __init__(self) -> None:
        self.fillings = Fillings()
        self.x = Agreement.objects.get(slug="rok")
        self.y = Agreement.objects.exclude(pk=self.x.pk).live()[0]
        self.a: Organisation = make_organisation("Organisation A")
        self.b: Organisation = make_organisation("Organisation B")
        self.m: CollaborationBody = make_body("Nätverk M")
        self._place_report()
        self.people: dict[str, User | None] = {
            name: self._person(name) for name in names_of_people()
        }
        self.things = self._things()
        # Other things that an address may be about, and what it then takes.
        self.besides = self._besides()
        # What was added above changed the numbers of the report.
        report = Report.objects.get(record__uid=self.fillings.values["reports:uid"])
        self.fillings.values["reports:rows:key"] = key_of_a_number(report)
        self.notice = Notice.objects.get(person__user=self.people["officer"])

    def _place_report(self) -> None:
        """N is the network that answers for the area of some section of the report of X."""
        report = Report.objects.get(record__uid=self.fillings.values["reports:uid"])
        for placed in place_sections(report):
            answers = placed.area and placed.area.responsibilities.first()
            if answers:
                self.n: CollaborationBody = answers.body
                self.section_key = placed.key
                return
        raise AssertionError("no section of the report has a network that answers for it")

    def _person(self, name: str) -> User | None:
        role, _hyphen, place = name.partition("-")
        a = self.b if place == "elsewhere" else self.a
        n = self.m if place == "elsewhere" else self.n
        scope = {"here": self.x, "elsewhere": self.y}.get(place)
        match role:
            case "out":
                return None
            case "none":
                user = make_user(organisation=a)
                ended = timezone.localdate() - timedelta(days=1)
                user.person.affiliations.update(valid_until=ended)
                RoleGrant.objects.create(
                    person=user.person, role="PROCESS_LEADER", valid_until=ended
                )
                return user
            case "contributor":
                return make_user(organisation=a, affiliation=Affiliation.Role.CONTRIBUTOR)
            case "officer":
                return make_user(organisation=a)
            case "member":
                return make_user(body=n, seat="MEMBER")
            case "convener" | "chair" | "deputy":
                return make_user(body=n, seat=role.upper())
            case "substitute":
                return self._substitute(n)
        granted = {
            "reader": "READER",
            "council": "COUNCIL_MEMBER",
            "coordination": "COORDINATION_GROUP",
            "leader": "PROCESS_LEADER",
            "administrator": "ADMINISTRATOR",
        }
        return make_user(role=granted[role], scope=scope)

    def _substitute(self, body: CollaborationBody) -> User:
        """Somebody who substitutes today for who convenes the body."""
        user, today = make_user(role="READER"), timezone.localdate()
        seat = Membership.objects.filter(body=body, role="CONVENER").latest("pk")
        Substitution.objects.create(
            person=seat.person, substitute=user.person, valid_from=today, valid_until=today
        )
        return user

    def stands_for_convener(self, who: str, body: CollaborationBody) -> User:
        """The chair or deputy of a network, or somebody who substitutes for its convener today."""
        return (
            self._substitute(body)
            if who == "substitute"
            else make_user(body=body, seat=who.upper())
        )

    def _besides(self) -> dict[str, dict[str, str | int]]:
        lesson, gone = Lesson.objects.live().filter(round__agreement=self.x)[:2]
        withdraw_lesson(lesson=gone, reason="Fel", by=DEMO_LOADER)
        need = self.things["withdrawn"].values["needs:uid"]
        return {
            "of-a": {"actors:uid": self.a.uid, "actors:controller:uid": self.a.uid},
            "lesson": {"records:withdraw:uid": lesson.uid},
            "withdrawn-lesson": {"records:restore:uid": gone.uid},
            "withdrawn-need": {"records:restore:uid": need},
        }

    def _things(self) -> dict[str, Thing]:
        """A thing in each state. Only an agreement that wants approval has things submitted."""
        rule = {"agreement": self.x, "reason": "Prov", "by": DEMO_LOADER}
        before = self.x.wants_approval
        set_approval_wanted(wanted=True, **rule)
        made = {state: self._thing(state) for state in STATES}
        set_approval_wanted(wanted=before, **rule)
        return made

    def _thing(self, state: str) -> Thing:
        by = DEMO_LOADER
        sharing = "SHARED" if state in ("shared", "withdrawn") else "DRAFT"
        whole: dict[str, Any] = {"agreement": self.x, "sharing": sharing, "by": by}
        initiative = create_initiative(title="Insats", owner=self.a, network=self.n, **whole)
        need = create_need(title="Behov", owner=self.a, **whole)
        register_in_diary(
            record=initiative.record,
            case_number=f"RS 2020-{state}",
            provision="",
            marked_on=None,
            authority="",
            today=date(2020, 1, 1),
            by=by,
        )
        step = create_initiative(title="Steg", parent=initiative, owner=self.a, **whole)
        if state in ("submitted", "returned", "withdrawn-submitted"):
            submit_initiative(initiative=initiative, by=by)
            submit_need(need=need, by=by)
        if state == "returned":
            return_initiative(initiative=initiative, reason="Skriv mer", by=by)
            return_need(need=need, reason="Skriv mer", by=by)
        # What hangs on it is written in that state, by people who see it then.
        result = add_expected_result(initiative=initiative, text="Fler", by=by)
        funding = add_funding(initiatives=[initiative], funder=self.b, by=by)
        quantity = add_quantity(initiative=initiative, measure="kurser", value=3, by=by)
        officer, leader = self.people["officer"], self.people["leader"]
        assert officer and leader
        comment = add_comment(record=initiative.record, text="Hej", by=officer)
        if state == "shared":
            add_comment(record=initiative.record, text="Hej själv", by=leader)
        file = SimpleUploadedFile("underlag.txt", b"Underlag")
        attached = add_attachment(
            record=initiative.record, name=file.name, content=file, by=officer
        )
        taken_back = add_withdrawn_comment(initiative.record, officer)
        file_taken_back = add_withdrawn_file(initiative.record, officer)
        gone = add_funding(initiatives=[initiative], funder=self.b, by=by)
        withdraw_funding(funding=gone, reason="Fel", by=by)
        if state.startswith("withdrawn"):
            withdraw_initiative(initiative=initiative, reason="Fel", by=by)
            withdraw_need(need=need, reason="Fel", by=by)
            gone = initiative
        return Thing(
            initiative,
            {
                "records:withdraw:uid": funding.uid,
                "records:restore:uid": gone.uid,
                "initiatives:move:uid": step.uid,
                "discussion:uid": initiative.uid,
                "discussion:restore:comment": taken_back.pk,
                "discussion:file_restore:file": file_taken_back.uid,
                "discussion:comment": comment.pk,
                "discussion:file": attached.uid,
                "followup:initiative": initiative.uid,
                "people:contact:uid": initiative.uid,
                "people:take_over_contact:uid": initiative.uid,
                "initiatives:uid": initiative.uid,
                "initiatives:funding_uid": funding.uid,
                "initiatives:quantity_uid": quantity.uid,
                "initiatives:pk": result.pk,
                "needs:uid": need.uid,
                "records:uid": initiative.uid,
                "history:uid": initiative.uid,
            },
        )

    def path(self, address: Address, state: str) -> str:
        """The address, filled in for a thing in that state where it has one."""
        own: dict[str, str | int] = {"reports:section:key": self.section_key}
        own |= {f"reports:{name}:key": self.section_key for name in ("take_over", "return")}
        own |= {f"people:{name}:uid": self.n.uid for name in ("invite_to_body", "take_over_body")}
        own |= {f"followup:{name}:uid": self.n.uid for name in ("tell", "tell_initiative")}
        own["notices:notice"] = self.notice.pk
        if state != "-":
            own |= self.besides[state] if state in self.besides else self.things[state].values
        space, _colon, last = address.name.rpartition(":")
        arguments = {}
        for parameter in address.parameters:
            keys = (f"{space}:{last}:{parameter}", f"{space}:{parameter}", parameter)
            arguments[parameter] = next(
                (own[key] for key in keys if key in own),
                next(
                    (self.fillings.values[key] for key in keys if key in self.fillings.values), None
                ),
            )
        assert None not in arguments.values(), f"tests/integration/addresses.py: {address.name}"
        return reverse(address.name, kwargs=arguments)
