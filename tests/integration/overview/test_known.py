"""What is kept of an agreement moves with the log, and says what reading everything would say."""

import random
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.template.loader import render_to_string

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.models import NetworkAssignment
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.followup.overview import known, read_overview
from samhandling.apps.followup.overview.facts import Fact
from samhandling.apps.followup.overview.known import count_all
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.listing import InitiativeFilter, _count, listed
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services.funding import can_edit_funding
from samhandling.apps.records.services import add_milestone, merge_record
from samhandling.apps.situation.models import Cause
from samhandling.core.knowledge import Basis
from samhandling.core.partial_date import parse_swedish
from samhandling.web.workspace.overview import page
from tests.factories import (
    County,
    make_body,
    make_cause,
    make_county,
    make_focus_area,
    make_funding,
    make_initiative,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = date(2020, 11, 30)
BY: Any = DEMO_LOADER
STATUSES = ("ONGOING", "DONE", "POSTPONED", "PAUSED", "NOT_CARRIED_OUT", "PLANNED", "RESUMED")
WHEN = ("2019", "hösten 2020", "3 maj 2020", "1 december 2020", "våren 2021", "oktober 2020")
LATER = WHEN[1:]  # than the years it is told for


@contextmanager
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As a process that has just started."""
    with monkeypatch.context() as patch:
        patch.setattr(known, "_agreements", OrderedDict())
        yield


@pytest.fixture
def county() -> County:
    county = make_county()
    make_focus_area(county.agreement, "Delområde", code="BM-X", parent=county.area)
    for state in ("ACTIVE", "CLOSED"):
        body = make_body(state=state)
        NetworkAssignment.objects.create(agreement=county.agreement, body=body)
    make_cause()
    make_cause()
    return county


def shown(county: County, by: User | None) -> str:
    """The body of the overview, worked out from what is kept of the agreement."""
    overview = read_overview(county.agreement, by, TODAY)
    told = page.context(county.agreement, overview, by or BY, TODAY)
    body = render_to_string("workspace/overview/_body.html", told)
    return re.sub(r"grund-\w+", "grund", body)  # numbered as they are written


class Changes:
    """Anything that somebody may do to initiatives, chosen by chance."""

    def __init__(self, county: County, seed: int) -> None:
        self.county, self.chance = county, random.Random(seed)
        self.networks = [None, county.network, *(a.body for a in NetworkAssignment.objects.all())]
        self.owners = [None, county.organisation, county.other_organisation]
        self.areas = [None, *county.agreement.focus_areas.all()]
        self.money: list[Any] = []

    def one(self) -> str:
        """Make one; its name."""
        ways: list[Callable[[], None]] = [
            self.create, self.create, self.part, self.move_to, self.move_to, self.tell, self.tell,
            self.tell, self.share, self.levels, self.date, self.name, self.withdraw, self.restore,
            self.merge, self.fund, self.end_money, self.result, self.milestone, self.order,
            self.say_none,
        ]  # fmt: skip
        way = self.chance.choice(ways)
        way()
        return way.__name__

    def any_live(self) -> Initiative | None:
        rows = list(Initiative.objects.live().with_record().order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def whereabouts(self) -> dict[str, Any]:
        pick = self.chance.choice
        return {
            "focus_area": pick(self.areas),
            "network": pick(self.networks),
            "owner": pick(self.owners),
        }

    def create(self) -> None:
        make_initiative(
            self.county.agreement,
            sharing=self.chance.choice(["SHARED", "DRAFT"]),
            **self.whereabouts(),
        )

    def part(self) -> None:
        whole = self.any_live()
        if whole is not None and whole.parent_id is None:
            make_initiative(parent=whole, **self.whereabouts())

    def move_to(self) -> None:
        if one := self.any_live():
            services.update_initiative(initiative=one, by=BY, **self.whereabouts())

    def say_none(self) -> None:
        if one := self.any_live():
            services.update_initiative(initiative=one, by=BY, has_no_network=True)

    def tell(self) -> None:
        if one := self.any_live():
            status = self.chance.choice(STATUSES)
            waits = status in ("POSTPONED", "PAUSED")
            services.record_status(
                initiative=one,
                status=status,
                told_for_year=self.chance.choice([2018, 2019, 2020]),
                postponed_to=parse_swedish(self.chance.choice(LATER)) if waits else None,
                causes=[
                    (cause, "", self.chance.choice(["STATED", "INFERRED"]))
                    for cause in Cause.objects.all()
                    if self.chance.random() < 0.4
                ],
                by=BY,
            )

    def share(self) -> None:
        drafts = Initiative.objects.live().with_record().filter(sharing="DRAFT", parent=None)
        if one := drafts.order_by("pk").first():
            services.share_initiative(initiative=one, by=BY)

    def levels(self) -> None:
        if one := self.any_live():
            chosen = [
                (level, self.chance.choice(["STATED", "INFERRED", "UNKNOWN"]))
                for level in self.county.levels
                if self.chance.random() < 0.5
            ]
            services.update_initiative(initiative=one, by=BY, levels=chosen)

    def date(self) -> None:
        if one := self.any_live():
            when = parse_swedish(self.chance.choice(WHEN))
            services.update_initiative(initiative=one, by=BY, when=when)

    def name(self) -> None:
        if one := self.any_live():
            title = f"Insats med namn {self.chance.random()}"
            services.update_initiative(initiative=one, by=BY, title=title)

    def withdraw(self) -> None:
        if one := self.any_live():
            services.withdraw_initiative(initiative=one, reason="Dubbel", by=BY)

    def restore(self) -> None:
        gone = Initiative.objects.with_record().filter(
            record__withdrawn_at__isnull=False, record__merged_into=None, parent=None
        )
        if one := gone.order_by("pk").first():
            services.restore_initiative(initiative=one, by=BY)

    def merge(self) -> None:
        one, other = self.any_live(), self.any_live()
        if one and other and one.pk != other.pk and self.chance.random() < 0.5:
            basis = self.chance.choice([Basis.STATED, Basis.INFERRED])
            merge_record(
                record=one.record, into=other.record, basis=basis, ground="Samma sak", by=BY
            )

    def fund(self) -> None:
        if one := self.any_live():
            ends = parse_swedish(self.chance.choice(WHEN)) if self.chance.random() < 0.5 else None
            self.money.append(make_funding(one, instrument="Projektmedel", ends=ends))

    def end_money(self) -> None:
        if self.money and can_edit_funding(self.money[-1], BY):
            services.withdraw_funding(funding=self.money.pop(), reason="Fel", by=BY)

    def result(self) -> None:
        if one := self.any_live():
            services.add_expected_result(
                initiative=one, text="Fler deltar", indicator="Antal", by=BY
            )

    def milestone(self) -> None:
        if one := self.any_live():
            when = parse_swedish(self.chance.choice(WHEN))
            add_milestone(event="Beslut fattas", when=when, by=BY, about=one.record)

    def order(self) -> None:
        parts = Initiative.objects.live().with_record().filter(parent__isnull=False)
        if one := parts.order_by("-pk").first():
            services.move_part(part=one, earlier=self.chance.random() < 0.5, by=BY)


@pytest.mark.parametrize(
    "seed", [0, 1, *[pytest.param(seed, marks=pytest.mark.one_database) for seed in range(2, 6)]]
)
def test_after_any_changes_it_is_what_reading_everything_would_give(
    county: County, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited = [make_user(role="READER", scope=to) for to in (county.agreement, county.network)]
    readers = [county.alice, county.bob, county.charlie, county.doris, county.reader, *limited]
    changes = Changes(county, seed)
    made: list[str] = []
    read: list[int] = []
    monkeypatch.setattr(known, "read_facts", _counting(read, known.read_facts))
    for step in range(15):
        made += [changes.one() for _n in range(changes.chance.randint(1, 3))]
        by = readers[step % len(readers)]
        kept = shown(county, by)
        found = listed(county.agreement, InitiativeFilter(), by)
        assert count_all(county.agreement, by) == _count(found, is_whole_list=True), made
        times = len(read)
        with nothing_kept(monkeypatch):
            assert kept == shown(county, by), made
        del read[times:]

    assert len(read) == 1


def _counting(read: list[int], plain: Callable[..., dict[int, Fact]]) -> Callable[..., Any]:
    def counted(agreement: Any) -> dict[int, Fact]:
        read.append(agreement.pk)
        return plain(agreement)

    return counted
