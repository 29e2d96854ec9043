"""Roles begin, end and reach no further than they should; who gives them may not give them all."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samhandling.apps.accounts.models import RoleGrant, User
from samhandling.apps.audit.models import Event, Revision
from samhandling.apps.audit.services import COMMAND_LINE
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.permissions import NotAllowed, may, standing_of
from samhandling.apps.organisations.services import (
    LastAdministrator,
    OwnRole,
    PeriodBackwards,
    RoleAlreadyHeld,
    ScopeNotPossible,
    affiliate_person,
    end_role,
    grant_role,
    seat_person,
)
from samhandling.core.access import Held, Operation, Role
from samhandling.core.partial_date import in_year, on_day
from tests.factories import make_agreement, make_initiative
from tests.factories.actors import make_body, make_organisation, make_person, make_user, sit_in

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def afresh(user: User) -> User:
    """The same user as the next request reads them."""
    return User.objects.get(pk=user.pk)


def roles_of(user: User) -> set[Role]:
    return {held.role for held in standing_of(afresh(user)).held}


def person_without_role() -> User:
    user = make_user()
    user.person.roles.all().delete()
    return user


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        (None, None, True),
        (TODAY, TODAY, True),
        (TODAY - DAY, None, True),
        (None, TODAY, True),
        (TODAY + DAY, None, False),
        (None, TODAY - DAY, False),
    ],
)
def test_a_role_counts_from_its_first_day_through_its_last(
    first: date | None, last: date | None, counts: bool
) -> None:
    user = person_without_role()
    period = {"valid_from": first, "valid_until": last}
    RoleGrant.objects.create(person=user.person, role="PROCESS_LEADER", **period)
    Affiliation.objects.create(
        person=user.person, organisation=make_organisation(), function="", **period
    )
    expected = {Role.PROCESS_LEADER, Role.PARTY_OFFICER} if counts else {Role.ANONYMOUS}
    assert roles_of(user) == expected


@pytest.mark.parametrize(
    ("seat", "counts"),
    [
        ({}, True),
        ({"valid_from": on_day(TODAY), "valid_until": on_day(TODAY)}, True),
        ({"valid_until": in_year(TODAY.year)}, True),  # it may not have ended yet
        ({"valid_from": in_year(TODAY.year)}, True),
        ({"valid_until": on_day(TODAY - DAY)}, False),
        ({"valid_until": in_year(TODAY.year - 1)}, False),
        ({"valid_from": on_day(TODAY + DAY)}, False),
    ],
)
def test_a_seat_counts_unless_it_is_known_to_have_ended(seat: dict, counts: bool) -> None:
    user = person_without_role()
    sit_in(make_body(), person=user.person, **seat)
    assert roles_of(user) == ({Role.MEMBER} if counts else {Role.ANONYMOUS})


def test_a_convener_in_one_network_is_a_member_in_another() -> None:
    fia, resam = make_body("FIA"), make_body("ReSam")
    samira = make_user(body=fia)
    sit_in(resam, person=samira.person)
    assert standing_of(afresh(samira)).held == {
        Held(Role.CONVENER, body=fia.pk),
        Held(Role.MEMBER, body=resam.pk),
    }
    in_fia = make_initiative(network=fia, sharing="SHARED")
    in_resam = make_initiative(network=resam, sharing="SHARED")
    edits = [
        may(afresh(samira), Operation.EDIT_INITIATIVE, body_id=one.network_id)
        for one in (in_fia, in_resam)
    ]
    assert edits == [True, False]


@pytest.mark.parametrize("seat", ["CHAIR", "CONVENER", "DEPUTY"])
def test_who_chairs_or_stands_in_does_what_the_convener_does(seat: str) -> None:
    assert roles_of(make_user(body=make_body(), seat=seat)) == {Role.CONVENER}


def test_an_ended_role_counts_no_longer_at_the_next_request(client: Client) -> None:
    leader, other = make_user(role="PROCESS_LEADER"), make_user(role="PROCESS_LEADER")
    client.force_login(leader)
    before = client.get("/andringar/").content.decode()
    assert ('href="/fragor/"' in before, 'role="search"' in before) == (True, True)
    end_role(grant=leader.person.roles.get(), on=TODAY, by=other, reason="Ny tjänst")
    answer = client.get("/andringar/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Du har ingen roll just nu" in page
    # No line of the menu and no search that would lead to the same page again.
    assert ('href="/fragor/"' in page, 'role="search"' in page) == (False, False)
    assert 'href="/nytt/"' in page
    assert leader.person.roles.get().valid_until == TODAY - DAY
    event = Event.objects.select_related("why").order_by("-pk")[0]
    assert (event.record_kind, event.verb, event.reason) == ("USER", "ENDED", "Ny tjänst")


def test_who_has_no_role_finds_the_same_at_every_address(client: Client) -> None:
    client.force_login(person_without_role())
    shared = make_initiative(sharing="SHARED")
    answers = [client.get(f"/insatser/{uid}/") for uid in (shared.uid, "zzzzzzzzzzzz")]
    assert [answer.status_code for answer in answers] == [403, 403]


def test_the_log_says_who_got_which_role_and_keeps_the_name_out_of_it(client: Client) -> None:
    leader, siv = make_user(role="PROCESS_LEADER", name="Karin Lind"), make_person("Siv Ek")
    here = make_agreement()
    grant = grant_role(person=siv, role="READER", scope=here.record, by=leader)
    end_role(grant=grant, on=TODAY, by=leader, reason="Slut")
    assert not Revision.objects.filter(after__contains="Siv").exists()
    client.force_login(leader)
    page = client.get("/andringar/").content.decode()
    assert "Karin Lind gav Siv Ek rollen läsare" in page
    assert "Karin Lind avslutade rollen läsare för Siv Ek" in page


def test_a_role_that_had_not_begun_is_taken_away() -> None:
    grant = grant_role(person=make_person(), role="READER", valid_from=TODAY + DAY, by=COMMAND_LINE)
    end_role(grant=grant, on=TODAY, by=COMMAND_LINE, reason="Slut")
    assert not RoleGrant.objects.exists()


def test_giving_the_same_role_again_changes_nothing_and_a_crossing_one_is_refused() -> None:
    siv = make_person()
    first = grant_role(person=siv, role="READER", by=COMMAND_LINE)
    assert grant_role(person=siv, role="READER", by=COMMAND_LINE) == first
    with pytest.raises(RoleAlreadyHeld):
        grant_role(person=siv, role="READER", valid_until=TODAY, by=COMMAND_LINE)
    end_role(grant=first, on=TODAY, by=COMMAND_LINE, reason="Slut")
    again = grant_role(person=siv, role="READER", valid_from=TODAY, by=COMMAND_LINE)
    assert again != first
    with pytest.raises(PeriodBackwards):
        grant_role(
            person=siv,
            role="COUNCIL_MEMBER",
            valid_from=TODAY,
            valid_until=TODAY - DAY,
            by=COMMAND_LINE,
        )


@pytest.mark.parametrize("giver", ["PROCESS_LEADER", "ADMINISTRATOR"])
def test_nobody_gives_anything_to_themselves(giver: str) -> None:
    user = make_user(role=giver)
    for role in RoleGrant.Role.values:
        if giver == "ADMINISTRATOR" or role != "ADMINISTRATOR":
            with pytest.raises(OwnRole):
                grant_role(person=user.person, role=role, by=user)
    with pytest.raises(OwnRole):
        seat_person(body=make_body(), person=user.person, role=Membership.Role.MEMBER, by=user)
    with pytest.raises(OwnRole):
        affiliate_person(
            person=user.person, organisation=make_organisation(), function="x", by=user
        )


def test_administrators_are_made_and_ended_by_administrators_alone() -> None:
    leader, admin, other = (
        make_user(role="PROCESS_LEADER"),
        make_user(role="ADMINISTRATOR"),
        make_user(role="ADMINISTRATOR"),
    )
    with pytest.raises(NotAllowed):
        grant_role(person=make_person(), role="ADMINISTRATOR", by=leader)
    with pytest.raises(NotAllowed):
        end_role(grant=other.person.roles.get(), on=TODAY, by=leader, reason="Slut")
    end_role(grant=other.person.roles.get(), on=TODAY, by=admin, reason="Slut")
    with pytest.raises(LastAdministrator):
        end_role(grant=admin.person.roles.get(), on=TODAY, by=afresh(admin), reason="Slut")
    with pytest.raises(LastAdministrator):
        end_role(grant=admin.person.roles.get(), on=TODAY, by=COMMAND_LINE, reason="Slut")


@pytest.mark.parametrize("role", RoleGrant.Role.values)
def test_a_role_lies_on_the_whole_or_on_an_agreement_and_an_administrators_on_the_whole(
    role: str,
) -> None:
    admin = make_user(role="ADMINISTRATOR")
    elsewhere = [make_body(), make_organisation(), make_initiative(sharing="SHARED")]
    if role == "ADMINISTRATOR":
        elsewhere.append(make_agreement())
    for place in elsewhere:
        with pytest.raises(ScopeNotPossible):
            grant_role(person=make_person(), role=role, scope=place.record, by=admin)


def test_an_administrator_who_cannot_sign_in_does_not_count_as_the_other() -> None:
    admin, gone = make_user(role="ADMINISTRATOR"), make_user(role="ADMINISTRATOR")
    gone.is_active = False
    gone.save()
    with pytest.raises(LastAdministrator):
        end_role(grant=admin.person.roles.get(), on=TODAY, by=admin, reason="Slut")


def test_a_leader_of_one_agreement_gives_roles_there_and_nowhere_else() -> None:
    here, there = (
        make_agreement("Hemöverenskommelsen", slug="hemma"),
        make_agreement("Bortaöverenskommelsen", slug="borta"),
    )
    leader = make_user(role="PROCESS_LEADER", scope=here)
    siv = make_person()
    grant_role(person=siv, role="READER", scope=here.record, by=leader)
    for scope in (None, there.record, make_body().record, make_organisation().record):
        with pytest.raises(NotAllowed):
            grant_role(person=siv, role="READER", scope=scope, by=leader)


def test_a_role_without_people_to_manage_gives_no_roles() -> None:
    for user in (
        make_user(),
        make_user(organisation=make_organisation()),
        make_user(body=make_body()),
        make_user(role="COORDINATION_GROUP"),
        make_user(role="COUNCIL_MEMBER"),
    ):
        with pytest.raises(NotAllowed):
            grant_role(person=make_person(), role="READER", by=user)


def test_where_somebody_works_says_officer_or_contributor() -> None:
    siv = make_person()
    made = [
        affiliate_person(
            person=siv, organisation=make_organisation(sector=sector), function="x", by=COMMAND_LINE
        ).role
        for sector in ("MUNICIPALITY", "UNIVERSITY", "CIVIL_SOCIETY", "BUSINESS", "")
    ]
    assert made == ["PARTY_OFFICER"] * 2 + ["CONTRIBUTOR"] * 3
    joined = affiliate_person(
        person=siv,
        organisation=make_organisation(sector="CIVIL_SOCIETY"),
        function="x",
        role="PARTY_OFFICER",
        by=COMMAND_LINE,
    )
    assert joined.role == "PARTY_OFFICER"


def test_a_reader_of_one_agreement_finds_nothing_of_another(client: Client) -> None:
    here, there = (
        make_agreement("Hemöverenskommelsen", slug="hemma"),
        make_agreement("Bortaöverenskommelsen", slug="borta"),
    )
    make_initiative(title="Hemmets insats", agreement=here, sharing="SHARED")
    other = make_initiative(title="Bortas insats", agreement=there, sharing="SHARED")
    client.force_login(make_user(role="READER", scope=here))
    assert client.get("/hemma/insatser/").status_code == 200
    for path in (
        "/borta/insatser/",
        "/borta/insatser/insatser.csv",
        "/borta/oversikt/",
        "/borta/behov/",
        "/borta/rapporter/",
        "/borta/uppfoljning/",
        "/overenskommelser/borta/",
        "/natverk-och-aktorer/deltagande/borta/",
        f"/insatser/{other.uid}/",
        f"/post/{other.uid}/",
        f"/post/{there.uid}/",
        f"/andringar/{other.uid}/",
        f"/andringar/{there.uid}/",
    ):
        assert client.get(path).status_code == 404, path
    for path in ("/sok/?q=insats", "/andringar/", "/overenskommelser/"):
        page = client.get(path).content.decode()
        assert "ortas insats" not in page, path
        assert there.title not in page, path
    assert "Hemmets insats" in client.get("/sok/?q=insats").content.decode()
