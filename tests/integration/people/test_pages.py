"""The pages of those who run the people: who sees them, what forms take, what they cost."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution, User
from samhandling.apps.audit.models import Event
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.people.services import name_contact
from tests.factories import make_body, make_initiative, make_organisation, make_person, make_user
from tests.factories.sign_in import signed_in_now
from tests.integration.people.conftest import Place

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HOSTILE = "<script>alert(1)</script>"


def browser_of(user: User) -> Client:
    return signed_in_now(user)


def test_the_menu_shows_the_register_only_to_those_who_may_use_it(place: Place) -> None:
    for user, may in (
        (place.leader, True),
        (place.admin, True),
        (place.convener, False),
        (place.reader, False),
    ):
        browser = browser_of(user)
        page = browser.get("/natverk-och-aktorer/").content.decode()
        assert ('href="/personer/"' in page) is may
        assert (browser.get("/personer/").status_code == 200) is may
        person = browser.get(f"/personer/{place.reader.person.key}/")
        assert person.status_code == (200 if may else 404)


def test_every_state_and_filter_finds_its_people(place: Place) -> None:
    place.invites(name="Inga Bjuden", email="inga@example.org")
    gone = make_user(name="Gun Borta").person
    gone.left_on = timezone.localdate() - timedelta(days=1)
    gone.save()
    make_person("Karl Källa")
    browser = browser_of(place.leader)
    for query, names in (
        ("?lage=aktiva&q=samira", {"Samira Holm"}),
        ("?lage=inbjudna", {"Inga Bjuden"}),
        ("?lage=slutat", {"Gun Borta"}),
        ("?lage=utan-konto", {"Karl Källa"}),
        ("?q=KÄLLA", {"Karl Källa"}),
        (f"?organisation={place.region.uid}", {"Samira Holm"}),
        (f"?natverk={place.network.uid}", {"Samira Holm"}),
        ("?roll=CONVENER", {"Samira Holm"}),
        ("?roll=PROCESS_LEADER", {"Karin Lind"}),
        ("?q=finns+inte", set()),
        ("?lage=hittepå&roll=KUNG&natverk=xx&sida=999", None),
    ):
        answer = browser.get(f"/personer/{query}")
        assert answer.status_code == 200
        if names is not None:
            shown = re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', answer.content.decode())
            assert set(shown) == names, query


@pytest.mark.parametrize("number", [1, 3, 60])
def test_the_register_costs_the_same_for_one_and_for_many(place: Place, number: int) -> None:
    for n in range(number):
        user = make_user(organisation=place.town, body=place.other_network, role="READER")
        RoleGrant.objects.create(person=user.person, role="READER", scope=place.agreement.record)
        place.invites(email=f"i{n}@example.org")
    browser = browser_of(place.leader)
    browser.get("/personer/")
    for path, most in (("/personer/", 22), ("/personer/?lage=inbjudna", 20)):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200
        assert len(asked) <= most


def test_markup_in_names_is_text(place: Place) -> None:
    person = place.convener.person
    person.name = HOSTILE
    person.save()
    Affiliation.objects.update(function=HOSTILE)
    place.invites(name=HOSTILE, function=HOSTILE, email="x@example.org", person=None)
    browser = browser_of(place.leader)
    for path in (
        "",
        "?lage=inbjudna",
        f"{person.key}/",
        f"{person.key}/avsluta/",
        f"{person.key}/organisation/",
        f"{person.key}/sla-ihop/",
        f"{person.key}/sla-ihop/?med={place.reader.person.key}",
    ):
        page = browser.get(f"/personer/{path}").content.decode()
        assert HOSTILE not in page and "alert(1)" in page, path


def test_the_forms_do_what_they_say(place: Place) -> None:
    browser = browser_of(place.leader)
    person = place.reader.person
    root = f"/personer/{person.key}/"
    day = timezone.localdate()

    def post(path: str, **told: object) -> None:
        answer = browser.post(root + path, told)
        assert answer.status_code == 302, (path, answer.content.decode())

    post("namn/", name="Lena  Ek-Berg", was="Lena Ek")
    stale = browser.post(root + "namn/", {"name": "Lena Eck", "was": "Lena Ek"})
    assert "Någon annan har ändrat namnet till ”Lena Ek-Berg”" in stale.content.decode()
    post("roll/", role="COUNCIL_MEMBER", scope=place.agreement.uid)
    grant = RoleGrant.objects.get(person=person, role="COUNCIL_MEMBER")
    assert (grant.scope, grant.valid_from) == (place.agreement.record, day)
    post(f"roll/{grant.pk}/avsluta/", last_day=day, reason="Avgår")
    post("plats/", body=place.network.uid, role="DEPUTY")
    seat = Membership.objects.get(person=person)
    post("organisation/", organisation=place.town.uid, function="chef", from_day=day)
    post(
        "ersattare/",
        substitute=place.convener.person.key,
        valid_from=day,
        valid_until=day + timedelta(days=5),
    )
    post(f"ersattare/{Substitution.objects.get().pk}/avsluta/")
    post(f"plats/{seat.pk}/avsluta/", last_day=day, reason="Avgår")
    post("stang/", reason="Borttappad telefon")
    post("oppna/")
    post("avsluta/", last_day=day, close_now="on", reason="Ny tjänst")

    person.refresh_from_db()
    grant.refresh_from_db()
    seat.refresh_from_db()
    assert (person.name, person.left_on) == ("Lena Ek-Berg", day)
    assert (grant.valid_until, seat.valid_until_latest) == (day, day)
    assert not Substitution.objects.exists() and not person.user.is_active
    page = browser.get(root).content.decode()
    for sentence in (
        "Karin Lind gav Lena Ek-Berg rollen rådsledamot för",
        "Karin Lind lät Samira Holm ersätta Lena Ek-Berg",
        "Karin Lind stängde inloggningen för Lena Ek-Berg.",
        "Karin Lind skrev att Lena Ek-Berg slutar",
        "Borttappad telefon",
    ):
        assert sentence in page
    # Who was shut out and why is not for every reader.
    log = browser_of(place.convener).get("/andringar/")
    assert log.status_code == 200
    assert "Borttappad telefon" not in log.content.decode()


def test_a_refusal_stands_at_its_field_and_says_days_in_words(place: Place) -> None:
    browser = browser_of(place.leader)
    person, day = place.reader.person, timezone.localdate()
    root = f"/personer/{person.key}/"

    def refused(path: str, **told: object) -> list[tuple[str, str]]:
        page = browser.post(root + path, told).content.decode()
        (summary,) = re.findall(r'class="error-summary".*?</div>', page, re.DOTALL)
        return re.findall(r'<a href="#id_(\w+)">[^<]*</a>: ([^<]*)', summary)

    work = {"organisation": place.town.uid, "function": "chef", "from_day": day}
    assert browser.post(root + "organisation/", work).status_code == 302
    told = f"Det finns redan en uppgift som gäller från {date_format(day, 'j F Y')}. Välj en"
    ((field, words),) = refused("organisation/", **work | {"organisation": place.region.uid})
    assert field == "from_day" and words.startswith(told)
    days = {"valid_from": day + timedelta(days=3), "valid_until": day}
    ((field, words),) = refused("roll/", role="COUNCIL_MEMBER", **days)
    assert (field, words[:37]) == ("valid_until", "Sista dagen ligger före första dagen.")
    seat = {"body": place.network.uid, "role": "MEMBER"}
    assert browser.post(root + "plats/", seat).status_code == 302
    later = day + timedelta(days=9)
    ((field, words),) = refused("plats/", **seat, valid_until=later)
    assert (field, words[:27]) == ("role", "Personen har redan rollen u")
    page = browser.get(root).content.decode()
    assert f"från och med {date_format(day, 'j F Y')}" in re.sub(r"<[^>]+>|\s+", " ", page)


def test_what_is_held_about_people_is_found_under_people_in_the_menu(place: Place) -> None:
    browser = browser_of(place.leader)
    root = f"/personer/{place.reader.person.key}/"
    for page in (f"{root}uppgifter/", f"{root}omnamnd/", f"{root}pseudonymisera/", "/bevarande/"):
        shown = browser.get(page).content.decode()
        assert re.search(r'href="/personer/" aria-current="page"', shown), page


def test_who_is_forgotten_and_never_had_an_account_is_not_invited(place: Place) -> None:
    person = make_person("Person X")
    browser, address = browser_of(place.leader), f"/personer/bjud-in/?person={person.key}"
    assert browser.get(address).status_code == 200
    Person.objects.filter(pk=person.pk).update(pseudonymised_at=timezone.now())
    assert browser.get(address).status_code == 404
    assert address not in browser.get(f"/personer/{person.key}/").content.decode()


def test_foreign_ids_change_nothing(place: Place) -> None:
    browser = browser_of(place.leader)
    person = place.reader.person
    root = f"/personer/{person.key}/"
    day = str(timezone.localdate())
    other_grant = RoleGrant.objects.get(person=place.leader.person)
    other_seat = Membership.objects.get(person=place.convener.person)
    for path in (
        f"roll/{other_grant.pk}/avsluta/",
        f"plats/{other_seat.pk}/avsluta/",
        "roll/999999/avsluta/",
        "ersattare/999999/avsluta/",
        "sla-ihop/?med=finns-inte",
        f"sla-ihop/?med={person.key}",
    ):
        assert browser.post(root + path, {"last_day": day, "reason": "x"}).status_code == 404
    before = (RoleGrant.objects.count(), Membership.objects.count(), Affiliation.objects.count())
    for path, told in (
        ("roll/", {"role": "ADMINISTRATOR"}),
        ("roll/", {"role": "CONVENER"}),
        ("roll/", {"role": "READER", "scope": "zzzzzzzzzzzz"}),
        ("roll/", {"role": "READER", "valid_from": "2026-13-45"}),
        ("roll/", {"role": "COUNCIL_MEMBER", "valid_from": day, "valid_until": "2001-01-01"}),
        ("plats/", {"body": place.town.uid, "role": "MEMBER"}),
        ("plats/", {"body": place.network.uid, "role": "KING"}),
        ("plats/", {"body": place.network.uid, "role": "MEMBER", "actor": place.network.uid}),
        ("organisation/", {"organisation": place.network.uid, "function": "x", "from_day": day}),
        ("ersattare/", {"substitute": "finns-inte", "valid_from": day, "valid_until": day}),
        ("ersattare/", {"substitute": person.key, "valid_from": day, "valid_until": day}),
        ("namn/", {"name": "x" * 201}),
        ("stang/", {"reason": " "}),
        ("avsluta/", {"last_day": ""}),
    ):
        assert browser.post(root + path, told).status_code == 200, (path, told)
    assert before == (
        RoleGrant.objects.count(),
        Membership.objects.count(),
        Affiliation.objects.count(),
    )
    # An administrator is for administrators alone, whatever form is sent.
    admin = f"/personer/{place.admin.person.key}/"
    assert browser.get(admin).status_code == 200
    for path in ("namn/", "roll/", "avsluta/", "stang/", "oppna/", "organisation/", "sla-ihop/"):
        assert browser.post(admin + path, {"name": "x"}).status_code == 404


def test_nobody_gives_herself_anything(place: Place) -> None:
    browser = browser_of(place.leader)
    root = f"/personer/{place.leader.person.key}/"
    page = browser.get(root).content.decode()
    assert "Ge en roll" not in page and "Stäng inloggningen" not in page
    answer = browser.post(root + "plats/", {"body": place.network.uid, "role": "CONVENER"})
    assert "Du kan inte ge dig själv en roll" in answer.content.decode()
    assert not Membership.objects.filter(person=place.leader.person).exists()
    # Nor is she offered as anybody's substitute.
    offered = browser.get(f"/personer/{place.convener.person.key}/ersattare/").content.decode()
    assert place.admin.email in offered and place.leader.email not in offered


def test_what_was_merged_leads_to_what_it_became(place: Place) -> None:
    other = make_user(name="Lena Ek", organisation=place.town).person
    browser = browser_of(place.leader)
    page = browser.get(f"/personer/{place.reader.person.key}/sla-ihop/").content.decode()
    assert f"?med={other.key}" in page
    form = {"name": "Lena Ek", "email": place.reader.email}
    merging = f"/personer/{place.reader.person.key}/sla-ihop/?med={other.key}"
    assert "Skriv varför." in browser.post(merging, form).content.decode()
    assert not Person.objects.filter(merged_into__isnull=False).exists()
    answer = browser.post(merging, form | {"reason": "Bytte arbete i våras"})
    assert answer.status_code == 302
    event = Event.objects.filter(revisions__field="merged_into").get()
    assert event.reason == "Bytte arbete i våras"
    assert browser.get(f"/personer/{other.key}/")["Location"] == (
        f"/personer/{place.reader.person.key}/"
    )
    assert browser.post(f"/personer/{other.key}/namn/", {"name": "x"}).status_code == 404
    assert Person.objects.get(pk=other.pk).merged_into_id == place.reader.person_id


def test_the_page_of_what_lacks_somebody_costs_the_same_for_many(place: Place) -> None:
    browser = browser_of(place.reader)
    numbers = []
    for _round in range(2):
        for _n in range(3):
            person = make_person()
            body = make_body()
            Membership.objects.create(
                body=body, person=person, role="CONVENER",
                valid_until_earliest=date(2024, 1, 1), valid_until_latest=date(2024, 1, 1),
                valid_until_precision="DAY",
            )  # fmt: skip
            Affiliation.objects.create(
                person=person, organisation=make_organisation(), function="x",
                valid_until=date(2024, 1, 1),
            )  # fmt: skip
        browser.get("/saknar-ansvarig/")
        with CaptureQueriesContext(connection) as asked:
            page = browser.get("/saknar-ansvarig/").content.decode()
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] and page.count("2 januari 2024") == 12


def test_a_convener_is_led_from_the_networks_page_to_inviting_and_a_reader_is_not(
    place: Place, client: Client
) -> None:
    link = f'href="/natverk/{place.network.uid}/bjud-in/"'
    for user, shown in ((place.convener, True), (place.reader, False)):
        client.force_login(user)
        page = client.get(f"/natverk/{place.network.uid}/").content.decode()
        assert (link in page) is shown


def test_the_present_contact_stays_chosen_when_she_has_moved_on_from_owner_and_network(
    place: Place, client: Client
) -> None:
    initiative = make_initiative(owner=place.region, network=place.network)
    name_contact(initiative=initiative, person=place.reader.person, by=place.leader)
    client.force_login(place.leader)
    page = client.get(f"/insatser/{initiative.uid}/kontakt/").content.decode()
    assert f'<option value="{place.reader.person.key}" selected>' in page


def test_who_names_a_convener_or_a_contact_reads_that_it_is_done(place: Place) -> None:
    deputy = make_user(body=place.network, seat="DEPUTY", name="Dag Vik")
    browser = browser_of(place.leader)
    browser.post(f"/personer/{place.convener.person.key}/stang/", {"reason": "Telefon borta"})
    named = {"person": deputy.person.key}
    answer = browser.post(f"/natverk/{place.network.uid}/utse/", named, follow=True)
    assert "Dag Vik är nu sammankallande." in answer.content.decode()
    initiative = make_initiative(owner=place.region, network=place.network)
    answer = browser.post(f"/insatser/{initiative.uid}/kontakt/", named, follow=True)
    assert "Kontaktpersonen är ändrad." in answer.content.decode()
