"""A person gets everything that is held about her, and is forgotten with the history readable."""

import re
import unicodedata
from datetime import timedelta
from html import unescape
from typing import Literal
from unittest.mock import patch

import pytest
from django.apps import apps
from django.test import Client

from samhandling.apps.accounts.models import EarlierName, Person, RoleGrant, User
from samhandling.apps.audit.models import Event, KnownPerson, Reason, Revision
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.models import Comment
from samhandling.apps.discussion.services.comments import (
    add_comment,
    edit_comment,
    withdraw_comment,
)
from samhandling.apps.discussion.withdrawals import enter
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import update_initiative
from samhandling.apps.notices.models import Follow
from samhandling.apps.organisations.permissions import NotAllowed, day_of_security
from samhandling.apps.organisations.services import end_seat, seat_person
from samhandling.apps.outbox.services import put_ready_message
from samhandling.apps.people.services import close_sign_in, leave, merge_people, rename_person
from samhandling.apps.people.services.errors import CannotBeMerged
from samhandling.apps.privacy.field_words import FIELD_WORDS
from samhandling.apps.privacy.holdings import HOLDINGS, is_secret, models_with_people
from samhandling.apps.privacy.selectors import extract_person, may_fetch_extract, text_fields
from samhandling.apps.privacy.services import (
    AlreadyForgotten,
    OneWithAnother,
    ReasonNeeded,
    StillTakingPart,
    ask_for_extract,
    pseudonymise_person,
)
from samhandling.web.history_sentences import sentences
from samhandling.web.workspace.privacy.mentions import mentions_of
from tests.factories import make_body, make_initiative, make_organisation, make_user
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
    seat_person(
        body=make_body("Nätverket"), person=canary.person, role="MEMBER", by=DEMO_LOADER,
        valid_from=day_of_security(),
    )  # fmt: skip
    words = told(canary.person, canary)
    assert "Platser i nätverk och grupper: Från och med, noggrannhet: dag" in words
    assert f"Kommentarer: Text: Hälsar {NAME}" in words
    assert canary.password not in words


def test_texts_of_others_are_counted_but_not_given_out(canary: User) -> None:
    """They may be drafts, or comments among others; somebody has to look at them first."""
    words = told(canary.person, canary)
    assert f"Ring {NAME}" not in words
    # The initiative's text now, and its two changes in the history.
    assert extract_person(canary.person, canary).other_texts == 3


def test_those_who_run_people_find_the_texts_but_not_what_they_may_not_see(
    canary: User, client: Client
) -> None:
    leader = make_user(role="PROCESS_LEADER", name="Karin Lind")
    kafe = Initiative.objects.get()
    comment = add_comment(record=kafe.record, text=f"Fråga {NAME}", by=DEMO_LOADER)
    hidden = make_initiative(
        owner=make_organisation("Grannen"), title=f"Hemligt om {NAME}", sharing="DRAFT"
    )
    add_comment(record=hidden.record, text=f"Viska med {NAME}", by=DEMO_LOADER)
    # As when it is of a draft that was shared, and restored by who may read both.
    enter(comment, Event.objects.latest("pk"), f"Nämner {NAME}")
    told = mentions_of(canary.person, leader)
    # Her own comment is not among them; the draft's title and comment are a number.
    assert told.seen == [(kafe.record, [("Historiken", 2), ("Kommentarer", 2), ("Texten", 1)])]
    assert told.unseen >= 2
    client.force_login(leader)
    address = f"/personer/{canary.person.key}/omnamnd/"
    words = client.get(address).content.decode()
    assert f'href="/insatser/{kafe.uid}/"' in words
    assert "Historiken: 2, Kommentarer: 2, Texten: 1" in words
    assert "Hemligt" not in words and "Viska" not in words
    assert f"Dessutom finns minst {told.unseen} texter" in words
    assert address in client.get(f"/personer/{canary.person.key}/").content.decode()
    client.force_login(canary)
    assert client.get(address).status_code == 404


def test_words_of_a_withdrawn_comment_are_not_said_to_stand_in_the_history(
    canary: User, client: Client
) -> None:
    leader = make_user(role="PROCESS_LEADER", name="Karin Lind")
    kafe = Initiative.objects.get()
    comment = add_comment(record=kafe.record, text=f"Fråga {NAME}", by=leader)
    edit_comment(comment=comment, text=f"Fråga inte {NAME}", by=leader)
    help_text = "visas i historiken först när den är återställd"
    page = f"/personer/{canary.person.key}/omnamnd/"
    client.force_login(leader)

    def told() -> tuple[dict[str, int], bool]:
        ((record, kinds),) = mentions_of(canary.person, leader).seen
        assert record == kafe.record
        return dict(kinds), help_text in client.get(page).content.decode()

    # The initiative's two changes, and the words of the comment before and after.
    assert told() == ({"Historiken": 3, "Kommentarer": 1, "Texten": 1}, False)
    withdraw_comment(comment=comment, reason="Fel", by=leader)
    assert told() == ({"Historiken": 2, "Tillbakadragna kommentarer": 2, "Texten": 1}, True)
    unseen = mentions_of(canary.person, leader).unseen
    # Whoever reads the record and not the comment is told of neither.
    Comment.objects.filter(pk=comment.pk).update(circle="OWN")
    assert told() == ({"Historiken": 2, "Texten": 1}, False)
    assert mentions_of(canary.person, leader).unseen == unseen + 2


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


def test_anothers_is_whole_and_given_for_a_while_to_who_says_why_which_the_log_keeps(
    canary: User, client: Client
) -> None:
    """What the person wrote of drafts is hers, and so is the file; who takes it out is logged."""
    leader = make_user(role="PROCESS_LEADER", name="Karin Lind")
    draft = make_initiative(owner=make_organisation("Staden"), title="Hemligt", sharing="DRAFT")
    Comment.objects.create(
        record=draft.record, circle="OWN", text="Bara vårt", author_key=canary.person.key
    )
    page = f"/personer/{canary.person.key}/uppgifter/"
    signed_in_now(leader, client)
    assert client.get(f"{page}fil/")["Location"] == page
    said = re.sub(r"\s+", " ", client.get(page).content.decode())
    assert "personens kommentarer om utkast och varför de drogs tillbaka" in said
    assert "Lämna filen bara till personen" in said
    assert client.post(page, {"reason": " "}).status_code == 200
    assert not Event.objects.filter(verb="EXTRACTED").exists()
    ready = client.post(page, {"reason": "Bad om det 3 maj, RS 7"}, follow=True)
    assert ready.headers["Refresh"] == f"0; url={page}fil/"
    file = client.get(f"{page}fil/")
    assert file.headers["Content-Disposition"].startswith("attachment; filename=")
    words = file.content.decode()
    assert "Bara vårt" in words and "Hemligt" not in words
    assert "Lämna den bara till personen." in words
    (line,) = sentences(Event.objects.filter(verb="EXTRACTED"), leader)
    assert line.sentence == f"Karin Lind tog ut allt som finns om {NAME}."
    assert line.why == "Bad om det 3 maj, RS 7"
    # Of nobody else, for nobody else, and not for ever.
    other = f"/personer/{leader.person.key}/uppgifter/"
    assert client.get(other)["Location"] == "/konto/mina-uppgifter/"
    admin = make_user(role="ADMINISTRATOR", name="Ada Min")
    assert may_fetch_extract(canary.person, leader)
    assert not may_fetch_extract(admin.person, leader)
    assert not may_fetch_extract(canary.person, admin)
    with patch("samhandling.apps.privacy.selectors.MINUTES", timedelta(0)):
        assert client.get(f"{page}fil/")["Location"] == page


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
    # Nobody gives the name back, or anything else, and the made-up address is not shown.
    page = client.get(f"/personer/{person.key}/").content.decode()
    assert "Pseudonymiserad" in page and "@borttagen.invalid" not in page
    ways = re.findall(rf'(?:href|action)="/personer/{person.key}/(\w+)/', page)
    assert sorted(ways) == ["omnamnd", "uppgifter"]
    assert "@borttagen.invalid" not in client.get("/personer/?lage=slutat").content.decode()
    for closed in ("namn", "roll", "plats", "organisation", "avsluta", "adress", "sla-ihop"):
        assert client.get(f"/personer/{person.key}/{closed}/").status_code == 404, closed
    other = make_user(name="Nils Berg").person
    asked = f"/personer/{other.key}/sla-ihop/?q=Person"
    assert person.key not in client.get(asked).content.decode()
    with pytest.raises(CannotBeMerged):
        merge_people(
            keep=other, other=Person.objects.get(pk=person.pk), name="Nils Berg",
            email=other.user.email, reason="Samma", by=admin,
        )  # fmt: skip


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


WRITTEN = {
    "small letters": "åsa öbergkanarie",
    "capitals": "ÅSA ÖBERGKANARIE",
    "a line break": "Åsa\nÖbergkanarie",
    "two spaces": "Åsa  Öbergkanarie",
    "a space that does not break": "Åsa\u00a0Öbergkanarie",
    "marks apart": unicodedata.normalize("NFD", "Åsa Öbergkanarie"),
    "marks apart in capitals": unicodedata.normalize("NFD", "ÅSA ÖBERGKANARIE"),
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("is_stored", ["NFC", "NFD"])
def test_a_name_is_found_however_it_is_written(
    admin: User, written: str, is_stored: Literal["NFC", "NFD"]
) -> None:
    user = make_user(name=unicodedata.normalize(is_stored, "Åsa Öbergkanarie"))
    initiative = make_initiative(title=f"Kafé med {written}")
    add_comment(record=initiative.record, text=f"Hälsa {written}s grupp", by=DEMO_LOADER)
    assert extract_person(user.person, admin).other_texts >= 2
    done = pseudonymise_person(person=ended(user, admin), reason="Bad om det.", by=admin)
    assert Comment.objects.get().text == f"Hälsa {done.name}s grupp"
    initiative.record.refresh_from_db()
    assert initiative.record.title == f"Kafé med {done.name}"
    assert "bergkanari" not in everything_stored().casefold()


def test_a_name_of_swedish_letters_alone_and_one_with_a_hyphen_are_found_too(admin: User) -> None:
    for name, written in (("Åå Öö", "åÅ ÖÖ"), ("Ann-Mari Ek-Ås", "Ann\u2011Mari\nEk\u2010Ås")):
        user = make_user(name=name)
        comment = add_comment(
            record=make_initiative().record, text=f"Fråga {written}.", by=DEMO_LOADER
        )
        done = pseudonymise_person(person=ended(user, admin), reason="Bad om det.", by=admin)
        assert Comment.objects.get(pk=comment.pk).text == f"Fråga {done.name}."


def test_a_letter_with_a_mark_of_its_own_goes_on_with_the_word(admin: User) -> None:
    user = make_user(name="Eva Ek")
    comment = add_comment(record=make_initiative().record, text="Eva Ek\u0301", by=DEMO_LOADER)
    pseudonymise_person(person=ended(user, admin), reason="Bad om det.", by=admin)
    assert Comment.objects.get(pk=comment.pk).text == "Eva Ek\u0301"


def test_a_name_that_another_has_in_other_letters_is_left_alone(admin: User) -> None:
    user = make_user(name="Åsa Ek")
    make_user(name="ÅSA  EK")
    comment = add_comment(record=make_initiative().record, text="Fråga Åsa Ek", by=DEMO_LOADER)
    pseudonymise_person(person=ended(user, admin), reason="Bad om det.", by=admin)
    assert Comment.objects.get(pk=comment.pk).text == "Fråga Åsa Ek"


def test_earlier_names_and_addresses_are_taken_out_too(canary: User, admin: User) -> None:
    rename_person(person=canary.person, name="Kanarieå Ny-Ström", by=admin)
    other = make_user(name="Kanarieå Tredjeson", email="tredje.kanarie@example.org")
    add_comment(record=make_initiative().record, text=f"{NAME}, {ADDRESS}", by=DEMO_LOADER)
    add_comment(
        record=make_initiative().record, text=f"Kanarieå Tredjesons {other.email}", by=DEMO_LOADER
    )
    merge_people(
        reason="Samma person",
        keep=canary.person,
        other=other.person,
        name="Kanarieå Ny-Ström",
        email=ADDRESS,
        by=admin,
    )
    words = told(Person.objects.get(pk=canary.person_id), admin)
    for earlier in (NAME, "Kanarieå Tredjeson", "tredje.kanarie@example.org"):
        assert f"Tidigare namn och adresser: Namn eller adress: {earlier}" in words
    person = ended(User.objects.get(pk=canary.pk), admin)
    pseudonymise_person(person=person, reason=f"{NAME} bad om det.", by=admin)
    assert "kanarie" not in everything_stored().casefold()
    assert EarlierName.objects.count() == 0


def test_the_file_tells_what_others_did_with_her_and_why_but_not_who(
    canary: User, admin: User, client: Client
) -> None:
    other = make_user(name="Kanarieå Tredjeson")
    close_sign_in(user=other, by=admin, reason="Skälet att stänga")
    merge_people(
        keep=canary.person, other=other.person, name=NAME, email=ADDRESS, by=admin,
        reason="Skälet att slå ihop",
    )  # fmt: skip
    person = Person.objects.get(pk=canary.person_id)
    network = make_body("Nätverket")
    seat = seat_person(body=network, person=person, role="MEMBER", by=DEMO_LOADER)
    end_seat(seat=seat, last_day=day_of_security(), by=admin, reason="Skälet för platsen")
    leave(person=person, last_day=day_of_security(), by=admin, reason="Skälet att sluta")
    signed_in_now(admin, client)
    page = f"/personer/{person.key}/uppgifter/"
    assert "Pröva sekretessen i skälen" in client.get(page).content.decode()
    client.post(page, {"reason": "Skälet för utdraget"})
    words = unescape(re.sub(r"\s*<[^>]+>\s*", "|", client.get(f"{page}fil/").content.decode()))
    done = words.split("Det som har gjorts med personen", 1)[1]
    for why in ("stänga", "slå ihop", "sluta"):
        assert f"Skälet att {why}|" in done
    assert "Skälet för platsen" in done and "Skälet för utdraget" in done
    assert f"Någon stängde inloggningen för {NAME}." in done
    assert (
        f"Någon avslutade {NAME}s plats som medlem i nätverket eller gruppen ”Nätverket”." in done
    )
    assert "Ada Min" not in done
    # What ended with her leaving is told in words.
    assert "|Upphörde||Roller: 1, Organisationer: 1|" in words


def test_a_merged_account_is_neither_taken_out_nor_forgotten_without_the_one_that_is_kept(
    canary: User, admin: User, client: Client
) -> None:
    other = make_user(name="Kanarieå Tredjeson").person
    merge_people(
        keep=canary.person, other=other, name=NAME, email=ADDRESS, by=admin, reason="Samma person"
    )
    signed_in_now(admin, client)
    for way in ("uppgifter", "uppgifter/fil", "omnamnd", "pseudonymisera"):
        answer = client.get(f"/personer/{other.key}/{way}/")
        assert answer["Location"] == f"/personer/{canary.person.key}/{way}/", way
    # A page that was opened before the two were merged.
    sent = {"reason": "Bad om det.", "sure": "on"}
    for way in ("uppgifter", "pseudonymisera"):
        assert client.post(f"/personer/{other.key}/{way}/", sent).status_code == 302
    with pytest.raises(OneWithAnother):
        pseudonymise_person(person=other, reason="Bad om det.", by=admin)
    with pytest.raises(OneWithAnother):
        ask_for_extract(person=other, reason="Bad om det.", by=admin)
    assert not Person.objects.exclude(pseudonymised_at=None).exists()
    assert not Event.objects.filter(verb="EXTRACTED").exists()


def test_a_name_that_somebody_else_had_is_left_alone(admin: User) -> None:
    one, other = make_user(name="Eva Ek"), make_user(name="Eva Ekman")
    rename_person(person=one.person, name="Eva Al", by=admin)
    rename_person(person=other.person, name="Eva Ek", by=admin)
    comment = add_comment(record=make_initiative().record, text="Fråga Eva Ek", by=DEMO_LOADER)
    pseudonymise_person(person=ended(other, admin), reason="Bad om det.", by=admin)
    assert Comment.objects.get(pk=comment.pk).text == "Fråga Eva Ek"


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
