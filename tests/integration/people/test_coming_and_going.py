"""Substitutes, new organisations, leaving, taking over, merging: what holds, what is shown."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution, User
from samhandling.apps.audit.models import Event, KnownPerson
from samhandling.apps.audit.services import write_event
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.permissions import NotAllowed, standing_of
from samhandling.apps.organisations.services import LastAdministrator, OwnRole
from samhandling.apps.people.models import Contact
from samhandling.apps.people.selectors.lacking import what_lacks_somebody
from samhandling.apps.people.services import (
    appoint_convener,
    change_organisation,
    close_sign_in,
    close_those_who_left,
    leave,
    let_substitute,
    merge_people,
    name_contact,
    open_sign_in,
    rename_person,
    take_over_body,
    take_over_contact,
)
from samhandling.apps.people.services.errors import (
    AlreadySubstitutes,
    AlreadyThere,
    CannotBeMerged,
    HasLeft,
    NotLacking,
    OwnAccount,
    SamePerson,
)
from samhandling.core.access import Held, Role
from samhandling.core.partial_date import on_day
from samhandling.web.history_sentences import sentences
from tests.factories import make_agreement, make_initiative, make_person, make_user, sit_in
from tests.factories.sign_in import code_of_app, make_app, make_passkey, signed_in_now
from tests.integration.people.conftest import Place

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def fresh(user: User) -> User:
    """As the next request finds her."""
    return User.objects.get(pk=user.pk)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# --- substitutes


def test_a_substitute_has_roles_and_seats_for_the_time_and_no_more(place: Place) -> None:
    RoleGrant.objects.create(person=place.convener.person, role="COUNCIL_MEMBER")
    own = standing_of(fresh(place.reader)).held
    made = let_substitute(
        person=place.convener.person,
        substitute=place.reader.person,
        valid_from=today(),
        valid_until=today(),
        by=place.leader,
    )
    got = {Held(Role.CONVENER, body=place.network.pk), Held(Role.COUNCIL_MEMBER)}
    assert standing_of(fresh(place.reader)).held == own | got  # and not where she works
    for begins, ends in ((1, 2), (-2, -1)):
        made.valid_from, made.valid_until = today() + begins * A_DAY, today() + ends * A_DAY
        made.save()
        assert standing_of(fresh(place.reader)).held == own


def test_a_substitute_for_who_has_neither_role_nor_seat_then_is_refused_at_the_days(
    place: Place,
) -> None:
    officer = make_user(organisation=place.town)
    browser = signed_in_now(place.leader)
    address = f"/personer/{officer.person.key}/ersattare/"
    form = {
        "substitute": place.reader.person.key,
        "valid_from": today() + 10 * A_DAY,
        "valid_until": today() + 20 * A_DAY,
    }
    assert "men inte arbetsplatsens utkast" in browser.get(address).content.decode()
    told = "Personen har ingen roll och ingen plats då, så en ersättare skulle inte få något."
    grant = RoleGrant(person=officer.person, role="COUNCIL_MEMBER")
    seat = Membership(person=officer.person, body=place.network, role="MEMBER")
    for days in (None, (0, 9), (21, 30)):
        if days is not None:
            grant.valid_from, grant.valid_until = (today() + n * A_DAY for n in days)
            seat.valid_from, seat.valid_until = (on_day(today() + n * A_DAY) for n in days)
            grant.save()
            seat.save()
        answer = browser.post(address, form)
        assert answer.status_code == 200
        assert told in answer.content.decode() and not Substitution.objects.exists()
    backwards = browser.post(address, form | {"valid_until": today()}).content.decode()
    assert "Sista dagen ligger före första dagen" in backwards and told not in backwards
    grant.delete()
    seat.valid_from = on_day(today() + 20 * A_DAY)
    seat.save()
    assert browser.post(address, form).status_code == 302
    seat.delete()
    Substitution.objects.all().delete()
    ended = today() + 10 * A_DAY
    RoleGrant.objects.create(person=officer.person, role="COUNCIL_MEMBER", valid_until=ended)
    assert browser.post(address, form).status_code == 302


def test_a_substitution_is_not_handed_on_and_ends_with_the_roles(place: Place) -> None:
    second = make_user()
    for one, other in ((place.convener, place.reader), (place.reader, second)):
        Substitution.objects.create(
            person=one.person, substitute=other.person, valid_from=today(), valid_until=today()
        )
    assert Held(Role.CONVENER, body=place.network.pk) not in standing_of(fresh(second)).held
    leave(person=place.convener.person, last_day=today() - A_DAY, by=place.leader)
    assert Held(Role.CONVENER, body=place.network.pk) not in standing_of(fresh(place.reader)).held


def test_nobody_makes_herself_a_substitute_or_hands_out_an_administrator(place: Place) -> None:
    days = {"valid_from": today(), "valid_until": today()}
    person = place.convener.person
    with pytest.raises(OwnRole):
        let_substitute(person=person, substitute=place.leader.person, by=place.leader, **days)
    with pytest.raises(NotAllowed):
        let_substitute(
            person=place.admin.person, substitute=place.reader.person, by=place.leader, **days
        )
    with pytest.raises(NotAllowed):
        let_substitute(person=person, substitute=place.reader.person, by=place.convener, **days)
    with pytest.raises(SamePerson):
        let_substitute(person=person, substitute=person, by=place.leader, **days)
    with pytest.raises(HasLeft):
        let_substitute(person=person, substitute=make_person(), by=place.leader, **days)
    let_substitute(person=person, substitute=place.reader.person, by=place.leader, **days)
    with pytest.raises(AlreadySubstitutes):
        let_substitute(person=person, substitute=place.reader.person, by=place.leader, **days)


# --- organisation and sign-in


def test_whoever_changes_organisation_leaves_what_was_the_organisations(place: Place) -> None:
    person = place.convener.person
    sit_in(place.other_network, person=person, actor=place.region)
    RoleGrant.objects.create(person=person, role="READER", scope=place.region.record)
    change_organisation(
        person=person,
        organisation=place.town,
        function="chef",
        from_day=today(),
        by=place.leader,
    )
    assert standing_of(fresh(place.convener)).held == {
        Held(Role.PARTY_OFFICER, organisation=place.town.pk),
        Held(Role.CONVENER, body=place.network.pk),
    }
    old = Affiliation.objects.get(person=person, organisation=place.region)
    assert old.valid_until == today() - A_DAY
    with pytest.raises(AlreadyThere):
        change_organisation(
            person=person,
            organisation=place.town,
            function="chef",
            from_day=today() + A_DAY,
            by=place.leader,
        )


def test_somebody_may_work_in_two_places(place: Place) -> None:
    change_organisation(
        person=place.convener.person,
        organisation=place.town,
        function="projektledare",
        from_day=today(),
        keeps_other=True,
        by=place.leader,
    )
    assert standing_of(fresh(place.convener)).organisation_ids == {place.region.pk, place.town.pk}


def test_who_is_shut_out_is_out_at_once_and_stays_out_when_let_in_again(place: Place) -> None:
    browser = browser_of(place.reader)
    assert browser.get("/natverk-och-aktorer/").status_code == 200
    close_sign_in(user=place.reader, by=place.leader, reason="Borttappad dator")
    assert browser.get("/natverk-och-aktorer/").status_code == 302
    open_sign_in(user=fresh(place.reader), by=place.leader)
    assert fresh(place.reader).is_active
    assert browser.get("/natverk-och-aktorer/").status_code == 302  # the old session is dead


def test_administrators_cannot_be_shut_out_by_others_nor_all_of_them(place: Place) -> None:
    with pytest.raises(NotAllowed):
        close_sign_in(user=place.admin, by=place.leader, reason="Kupp")
    for attempt in (leave, rename_person):
        told = {"last_day": today()} if attempt is leave else {"name": "X"}
        with pytest.raises(NotAllowed):
            attempt(person=place.admin.person, by=place.leader, **told)  # type: ignore[operator]
    with pytest.raises(OwnAccount):
        close_sign_in(user=place.admin, by=place.admin, reason="Av misstag")
    with pytest.raises(LastAdministrator):
        leave(person=place.admin.person, last_day=today(), by=place.admin)
    second = make_user(role="ADMINISTRATOR")
    close_sign_in(user=place.admin, by=second, reason="Byter tjänst")
    with pytest.raises(LastAdministrator):
        leave(person=second.person, last_day=today(), by=second)


# --- leaving and taking over


def test_who_leaves_keeps_nothing_after_the_last_day_and_is_signed_out(place: Place) -> None:
    person = place.convener.person
    browser = browser_of(place.convener)
    RoleGrant.objects.create(person=person, role="READER")
    leave(person=person, last_day=today(), by=place.leader)
    assert standing_of(fresh(place.convener)).body_ids == {place.network.pk}  # today counts
    assert close_those_who_left() == 0 and what_lacks_somebody(place.reader).bodies == []
    Person.objects.filter(pk=person.pk).update(left_on=today() - A_DAY)
    assert close_those_who_left() == 1
    assert not fresh(place.convener).is_active
    assert browser.get("/").status_code == 302
    rows = [
        Affiliation.objects.get(person=person).valid_until,
        RoleGrant.objects.get(person=person).valid_until,
        Membership.objects.get(person=person).valid_until_latest,
    ]
    assert rows == [today()] * 3


def test_nobody_leaves_before_she_came(place: Place) -> None:
    person = place.reader.person  # with an account since 2015-01-02
    page = f"/personer/{person.key}/avsluta/"
    browser = Client()
    signed_in_now(place.leader, browser)
    for typed, words in (
        ("0001-01-01", "Välj en dag mellan år"),
        ("2002-11-22", "Personen finns här sedan 2 januari 2015."),
        ("2015-01-01", "Personen finns här sedan 2 januari 2015."),
    ):
        answer = browser.post(page, {"last_day": typed})
        assert answer.status_code == 200
        assert words in answer.content.decode()
        assert fresh(place.reader).person.left_on is None
        assert fresh(place.reader).is_active
    # Who worked here before there were accounts may have left before them, too.
    affiliate = Affiliation.objects.create
    affiliate(person=person, organisation=place.town, function="x", valid_from=date(2013, 5, 1))
    assert browser.post(page, {"last_day": "2013-04-30"}).status_code == 200
    assert browser.post(page, {"last_day": "2013-05-01"}).status_code == 302
    assert fresh(place.reader).person.left_on == date(2013, 5, 1)


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_is_refused_in_words(place: Place, typed: str) -> None:
    """The day before the first, and the day after the last, there are none."""
    person = place.reader.person
    work = Affiliation.objects.create(person=person, organisation=place.town, function="x")
    role = person.roles.get()
    told = {"last_day": typed, "from_day": typed, "reason": "x", "function": "y"}
    browser = Client()
    signed_in_now(place.leader, browser)
    for page in ("avsluta", f"roll/{role.pk}/avsluta", "organisation"):
        answer = browser.post(f"/personer/{person.key}/{page}/", told)
        assert answer.status_code == 200
        assert "Välj en dag mellan år" in answer.content.decode()
    work.refresh_from_db()
    assert work.valid_until is None


def test_what_hung_on_her_is_shown_until_somebody_takes_over(place: Place) -> None:
    person = place.convener.person
    deputy = make_user(body=place.network, seat="DEPUTY", name="Dag Vik")
    initiative = make_initiative(make_agreement(), owner=place.region, network=place.network)
    name_contact(initiative=initiative, person=person, by=place.convener)
    last = today() - 3 * A_DAY
    for model in (Contact,):
        model.objects.update(valid_from=last)
    sent = place.invites(by=place.convener, body=place.network, seat="MEMBER")
    leave(person=person, last_day=last, by=place.leader)

    found = what_lacks_somebody(place.leader)
    assert [(row.body.pk, row.since) for row in found.bodies] == [(place.network.pk, last + A_DAY)]
    assert [(row.record.pk, row.since) for row in found.contacts] == [(initiative.pk, last + A_DAY)]
    assert [row.organisation.pk for row in found.organisations] == [place.region.pk]
    assert (found.organisations[0].initiatives, found.invitations) == (1, [sent])
    reader = what_lacks_somebody(place.reader)
    assert (len(reader.bodies), reader.invitations) == (1, [])

    page = browser_of(deputy).get("/saknar-ansvarig/").content.decode()
    assert "Nätverket" in page and "Ta över" in page and "Utse någon" not in page
    browser_of(deputy).post(f"/natverk/{place.network.uid}/ta-over/")
    browser_of(deputy).post(f"/insatser/{initiative.uid}/kontakt/ta-over/", {"saknas": "1"})
    seat = Membership.objects.get(person=deputy.person, role="CONVENER")
    assert seat.valid_from_earliest == today()
    assert Contact.objects.get(record_id=initiative.pk, valid_until=None).person == deputy.person
    found = what_lacks_somebody(place.leader)
    assert (found.bodies, found.contacts) == ([], [])


def test_only_its_deputy_takes_a_network_and_only_once(place: Place) -> None:
    deputy = make_user(body=place.network, seat="DEPUTY")
    member = make_user(body=place.network, seat="MEMBER")
    with pytest.raises(NotLacking):
        take_over_body(body=place.network, by=deputy)
    leave(person=place.convener.person, last_day=today() - A_DAY, by=place.leader)
    for stranger in (member, place.leader, place.reader):
        with pytest.raises(NotAllowed):
            take_over_body(body=place.network, by=stranger)
    with pytest.raises(OwnRole):
        appoint_convener(body=place.network, person=place.leader.person, by=place.leader)
    with pytest.raises(NotAllowed):
        appoint_convener(body=place.network, person=member.person, by=deputy)
    appoint_convener(body=place.network, person=member.person, by=place.leader)
    with pytest.raises(NotLacking):
        take_over_body(body=place.network, by=deputy)


def test_a_contact_is_taken_over_once_and_only_by_who_may_change_it(place: Place) -> None:
    initiative = make_initiative(make_agreement(), owner=place.region, network=place.network)
    colleague = make_user(organisation=place.region)
    with pytest.raises(NotAllowed):
        take_over_contact(initiative=initiative, by=place.reader)
    take_over_contact(initiative=initiative, by=colleague)
    with pytest.raises(NotLacking):
        take_over_contact(initiative=initiative, by=place.convener)
    with pytest.raises(HasLeft):
        name_contact(initiative=initiative, person=make_person(), by=colleague)
    name_contact(initiative=initiative, person=None, by=colleague)
    assert what_lacks_somebody(place.leader).contacts == []  # begun today, it never was


def test_a_draft_without_contact_is_not_told_to_others(place: Place) -> None:
    draft = make_initiative(make_agreement(), owner=place.region, sharing="DRAFT")
    Contact.objects.create(
        record_id=draft.pk,
        person=place.reader.person,
        valid_from=today() - 9 * A_DAY,
        valid_until=today() - A_DAY,
    )
    assert [row.record.pk for row in what_lacks_somebody(place.convener).contacts] == [draft.pk]
    assert what_lacks_somebody(place.leader).contacts == []


# --- merging


def test_two_accounts_become_one_with_what_both_had(place: Place) -> None:
    old = place.convener
    new = make_user(organisation=place.town, body=place.network, name="Samira Holm-Ek")
    RoleGrant.objects.create(person=old.person, role="COUNCIL_MEMBER")
    initiative = make_initiative(make_agreement(), owner=place.region, network=place.network)
    name_contact(initiative=initiative, person=old.person, by=old)
    write_event(by=old, verb="WROTE", record_uid=initiative.uid, record_kind="INITIATIVE")
    sent = place.invites(by=old, body=place.network, seat="MEMBER")
    old_browser = browser_of(old)

    merge_people(
        reason="Samma person",
        keep=new.person,
        other=old.person,
        name="Samira Holm",
        email=new.email,
        by=place.leader,
    )
    assert standing_of(fresh(new)).held == {
        Held(Role.PARTY_OFFICER, organisation=place.town.pk),
        Held(Role.PARTY_OFFICER, organisation=place.region.pk),
        Held(Role.CONVENER, body=place.network.pk),
        Held(Role.COUNCIL_MEMBER),
    }
    assert Membership.objects.filter(body=place.network).count() == 1
    assert Contact.objects.get().person == new.person
    sent.refresh_from_db()
    assert sent.invited_by == new.person
    assert not User.objects.filter(pk=old.pk).exists()
    assert old_browser.get("/").status_code == 302
    # The log keeps both keys and calls them by the one name.
    assert set(Event.objects.filter(record_uid=initiative.uid).values_list("actor_key")) >= {
        (old.person.key,)
    }
    assert KnownPerson.objects.get(key=old.person.key).name == "Samira Holm"
    events = Event.objects.filter(actor_key=old.person.key, verb="WROTE")
    assert str(sentences(events, place.leader)[0].sentence).startswith("Samira Holm skrev")
    rename_person(person=fresh(new).person, name="Samira Ek", by=place.leader)
    assert KnownPerson.objects.get(key=old.person.key).name == "Samira Ek"


def test_the_other_address_can_be_the_one_that_stays(place: Place) -> None:
    new = make_user(organisation=place.town)
    old_address = place.reader.email
    browser = browser_of(new)
    merge_people(
        reason="Samma person",
        keep=new.person,
        other=place.reader.person,
        name="X",
        email=old_address,
        by=place.leader,
    )
    assert User.objects.get(email=old_address).pk == new.pk
    assert browser.get("/").status_code == 302  # signed in with what no longer is the address


def test_the_ways_in_follow_the_address_that_is_chosen(place: Place) -> None:
    kept, gone = make_user(organisation=place.region), make_user(organisation=place.town)
    for user, name in ((kept, "gamla"), (gone, "nya")):
        SocialAccount.objects.create(user=user, provider=name, uid=f"{name}-1")
    make_app(kept)
    make_passkey(kept)
    make_passkey(gone)
    TOTP.activate(gone, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    old = place.invites(email=kept.email, role="COUNCIL_MEMBER")
    merge_people(
        reason="Samma person",
        keep=kept.person,
        other=gone.person,
        name="X",
        email=gone.email,
        by=place.leader,
    )
    # Nothing of the old employer's opens the account; a passkey cannot be handed over.
    assert [one.uid for one in SocialAccount.objects.all()] == ["nya-1"]
    assert SocialAccount.objects.get().user == kept
    app = Authenticator.objects.get(user=kept)
    assert (app.type, Authenticator.objects.count()) == (Authenticator.Type.TOTP, 1)
    assert app.wrap().validate_code(code_of_app("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
    old.refresh_from_db()
    assert old.withdrawn_at is not None


def test_the_kept_accounts_own_address_keeps_its_own_ways_in(place: Place) -> None:
    kept, gone = make_user(organisation=place.region), make_user(organisation=place.town)
    for user, name in ((kept, "hennes"), (gone, "andra")):
        SocialAccount.objects.create(user=user, provider=name, uid=f"{name}-1")
        make_passkey(user)
    merge_people(
        reason="Samma person",
        keep=kept.person,
        other=gone.person,
        name="X",
        email=kept.email,
        by=place.leader,
    )
    assert [(one.uid, one.user) for one in SocialAccount.objects.all()] == [("hennes-1", kept)]
    assert Authenticator.objects.get().user == kept


@pytest.mark.parametrize("closed", ["kept", "gone"])
def test_a_merge_opens_no_sign_in_that_is_closed(place: Place, closed: str) -> None:
    kept, gone = make_user(organisation=place.region), make_user(organisation=place.town)
    browser = browser_of(kept)
    shut = kept if closed == "kept" else gone
    close_sign_in(user=shut, by=place.leader, reason="Datorn är stulen")
    page = signed_in_now(place.leader).get(
        f"/personer/{kept.person.key}/sla-ihop/?med={gone.person.key}"
    )
    told = page.content.decode()
    assert "Inloggningen är stängd" in told and "Kontot blir därför stängt." in told
    merge_people(
        reason="Samma person",
        keep=kept.person,
        other=gone.person,
        name="X",
        email=kept.email,
        by=place.leader,
    )
    kept.refresh_from_db()
    assert not kept.is_active
    assert browser.get("/").status_code == 302


def test_an_account_can_be_given_to_a_person_of_the_records(place: Place) -> None:
    known = make_person("I källan")
    sit_in(place.other_network, person=known)
    merge_people(
        reason="Samma person",
        keep=known,
        other=place.reader.person,
        name="A",
        email=place.reader.email,
        by=place.leader,
    )
    assert fresh(place.reader).person_id == known.pk


def test_a_merge_gives_nobody_more_than_may_be_given(place: Place) -> None:
    reader, admin = place.reader.person, place.admin.person
    told = {"name": "X", "email": place.reader.email, "reason": "Samma person"}
    with pytest.raises(NotAllowed):
        merge_people(keep=reader, other=admin, by=place.leader, **told)
    with pytest.raises(NotAllowed):
        merge_people(keep=reader, other=place.convener.person, by=place.convener, **told)
    with pytest.raises(CannotBeMerged):
        merge_people(keep=place.leader.person, other=reader, by=place.leader, **told)
    with pytest.raises(CannotBeMerged):
        merge_people(
            reason="Samma person",
            keep=reader,
            other=place.convener.person,
            name="X",
            email="nagon@annan.example",
            by=place.leader,
        )
    with pytest.raises(SamePerson):
        merge_people(keep=reader, other=reader, by=place.leader, **told)
