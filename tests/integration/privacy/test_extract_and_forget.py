"""A person gets everything that is held about her, and is forgotten with the history readable."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.audit.models import Event, KnownPerson, Reason, Revision
from samhandling.apps.discussion.models import Comment
from samhandling.apps.discussion.services.comments import add_comment
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import update_initiative
from samhandling.apps.notices.models import Follow
from samhandling.apps.organisations.permissions import NotAllowed, day_of_security
from samhandling.apps.outbox.services import put_ready_message
from samhandling.apps.people.services import leave
from samhandling.apps.privacy.field_words import FIELD_WORDS
from samhandling.apps.privacy.holdings import HOLDINGS, is_secret, models_with_people
from samhandling.apps.privacy.selectors import extract_person, text_fields
from samhandling.apps.privacy.services import (
    AlreadyForgotten,
    ReasonNeeded,
    StillTakingPart,
    pseudonymise_person,
)
from tests.factories import make_initiative, make_organisation, make_user
from tests.factories.sign_in import signed_in_now

pytestmark = pytest.mark.django_db
NAME = "Kanarieå Fågelström"
ADDRESS = "kanarie.fagelstrom@example.org"


@pytest.fixture
def admin() -> User:
    return make_user(role="ADMINISTRATOR", name="Ada Min")


@pytest.fixture
def canary() -> User:
    """Somebody whose name and address stand wherever people can write them."""
    town = make_organisation("Staden")
    user = make_user(organisation=town, name=NAME, email=ADDRESS)
    initiative = make_initiative(owner=town, title="Språkkafé")
    update_initiative(
        initiative=initiative, by=user, content=f"Ring {NAME} eller skriv till {ADDRESS}."
    )
    update_initiative(initiative=initiative, by=user, content=f"Ring {NAME}, eller {ADDRESS}!")
    add_comment(record=initiative.record, text=f"Hälsar {NAME}", by=user)
    return user


def ended(user: User, admin: User) -> Person:
    leave(
        person=user.person,
        last_day=day_of_security() - timedelta(days=1),
        reason="Har slutat.",
        by=admin,
    )
    return Person.objects.get(pk=user.person_id)


def told(person: Person, by: User) -> str:
    return "\n".join(
        f"{section.title}: {label}: {value}"
        for section in extract_person(person, by).sections
        for row in section.rows
        for label, value in row
    )


def everything_stored() -> str:
    """Every text of every table."""
    return "\n".join(
        str(value)
        for model in apps.get_models()
        for row in model._default_manager.values_list()
        for value in row
    )


def test_every_table_that_holds_people_says_what_it_is_for() -> None:
    """A new table with people fails here until it is described."""
    assert {model._meta.label for model in models_with_people()} == set(HOLDINGS)


def test_every_field_about_people_has_a_word() -> None:
    names = {
        field.name
        for model in models_with_people()
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        if not (field.primary_key and not field.remote_field) and not is_secret(field)
    }
    assert names == set(FIELD_WORDS)


def test_a_person_gets_all_of_it(canary: User) -> None:
    words = told(canary.person, canary)
    assert f"Person: Namn: {NAME}" in words
    assert f"Konto: E-postadress: {ADDRESS}" in words
    assert "Organisationer: Organisation: Staden" in words
    assert f"Kommentarer: Text: Hälsar {NAME}" in words
    assert canary.password not in words


def test_texts_of_others_are_counted_but_not_given_out(canary: User) -> None:
    """They may be drafts, or comments among others; somebody has to look at them first."""
    words = told(canary.person, canary)
    assert f"Ring {NAME}" not in words
    # The initiative's text now, and its two changes in the history.
    assert extract_person(canary.person, canary).other_texts == 3


def test_a_code_to_sign_in_with_is_told_to_nobody(canary: User, admin: User) -> None:
    put_ready_message(
        kind="sign-in-code", to=ADDRESS, subject="Kod 1234-5678", text="1234-5678", language="sv"
    )
    for by in (canary, admin):
        words = told(canary.person, by)
        assert f"Post: Till: {ADDRESS}" in words
        assert "1234-5678" not in words


def test_a_record_that_one_may_no_longer_see_is_not_named(canary: User) -> None:
    secret = make_initiative(owner=make_organisation("Grannen"), title="Hemligt", sharing="DRAFT")
    Follow.objects.create(person=canary.person, record=secret.record)
    words = told(canary.person, canary)
    assert "Det personen följer: Sedan" in words
    assert "Hemligt" not in words


def test_nobody_else_gets_it_but_those_who_look_after_people(canary: User, admin: User) -> None:
    with pytest.raises(NotAllowed):
        extract_person(canary.person, make_user(name="Lena Ek"))
    assert NAME in told(canary.person, admin)


def test_the_page_counts_it_and_the_file_is_a_download_that_holds_markup_as_text(
    canary: User, client: Client
) -> None:
    hostile = "<script>alert(1)</script> Åsa"
    Person.objects.filter(pk=canary.person_id).update(name=hostile)
    signed_in_now(User.objects.get(pk=canary.pk), client)
    assert "Kommentarer" in client.get("/konto/mina-uppgifter/").content.decode()
    answer = client.get("/konto/mina-uppgifter/fil/")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    words = answer.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Åsa" in words
    assert "<script" not in words


def test_the_page_forgets_whoever_has_left(canary: User, admin: User, client: Client) -> None:
    person = ended(canary, admin)
    signed_in_now(admin, client)
    address = f"/personer/{person.key}/pseudonymisera/"
    assert client.post(address, {"reason": "Bad om det.", "sure": "on"}).status_code == 302
    assert Person.objects.get(pk=person.pk).name.startswith("Person ")
    assert User.objects.get(pk=canary.pk).email == f"{person.key}@borttagen.invalid"


def test_a_name_is_nowhere_left_and_the_history_still_reads(canary: User, admin: User) -> None:
    person = ended(canary, admin)
    events_before = Event.objects.filter(actor_key=person.key).count()
    done = pseudonymise_person(person=person, reason=f"{NAME} bad om det.", by=admin)
    stored = everything_stored().casefold()
    assert NAME.casefold() not in stored
    assert ADDRESS not in stored
    assert "fågelström" not in stored
    assert Event.objects.filter(actor_key=person.key).count() == events_before
    assert KnownPerson.objects.get(key=person.key).name == done.name
    assert Initiative.objects.get().content == f"Ring {done.name}, eller {done.name}!"
    assert Comment.objects.get().text == f"Hälsar {done.name}"
    assert Revision.objects.filter(after__contains=done.name).count() >= 2
    assert Reason.objects.latest("pk").text == f"{done.name} bad om det."


def test_only_whole_words_that_mean_nobody_else_are_replaced(admin: User) -> None:
    bo, eva = make_user(name="Bo"), make_user(name="Eva Ek")
    make_user(name="Eva Ek")
    text = "Boende med Bo och Eva Eks vänner, Eva Ekström"
    initiative = make_initiative(title=text)
    for user in (bo, eva):
        pseudonymise_person(person=ended(user, admin), reason="Bad om det.", by=admin)
    initiative.record.refresh_from_db()
    assert initiative.record.title == text


def test_the_genitive_of_a_name_is_found_too_and_a_longer_name_is_not(admin: User) -> None:
    user = make_user(name="Eva Ek")
    initiative = make_initiative(title="Eva Eks kafé, inte Eva Ekströms")
    done = pseudonymise_person(person=ended(user, admin), reason="Bad om det.", by=admin)
    initiative.record.refresh_from_db()
    assert initiative.record.title == f"{done.name}s kafé, inte Eva Ekströms"


def test_whoever_still_takes_part_is_not_forgotten(canary: User, admin: User) -> None:
    with pytest.raises(StillTakingPart):
        pseudonymise_person(person=canary.person, reason="Bad om det.", by=admin)
    assert Person.objects.get(pk=canary.person_id).name == NAME


def test_it_needs_a_reason_and_is_done_once(canary: User, admin: User) -> None:
    person = ended(canary, admin)
    with pytest.raises(ReasonNeeded):
        pseudonymise_person(person=person, reason=" ", by=admin)
    pseudonymise_person(person=person, reason="Bad om det.", by=admin)
    with pytest.raises(AlreadyForgotten):
        pseudonymise_person(person=person, reason="Bad om det.", by=admin)


def test_a_convener_may_not(canary: User, admin: User) -> None:
    person = ended(canary, admin)
    with pytest.raises(NotAllowed):
        pseudonymise_person(person=person, reason="Bad om det.", by=make_user(name="Lena Ek"))


def test_an_administrator_who_has_left_is_forgotten_by_another_administrator_alone(
    admin: User,
) -> None:
    leader = make_user(role="PROCESS_LEADER", name="Karin Lind")
    other = make_user(role="ADMINISTRATOR", name="Bo Min")
    with pytest.raises(NotAllowed):
        pseudonymise_person(person=other.person, reason="Bad om det.", by=leader)
    assert RoleGrant.objects.filter(person=other.person).count() == 1


def test_what_is_no_text_of_people_is_left_alone() -> None:
    """Choices, keys and hashes are never searched or replaced."""
    names = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("samhandling.")
        for field in text_fields(model)
    }
    assert "records.Record.title" in names
    assert "audit.Revision.before" in names
    assert not {"records.Record.uid", "records.Record.kind", "audit.Event.actor_key"} & names
