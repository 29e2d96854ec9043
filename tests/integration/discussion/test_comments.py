"""What is said of a record: who reads it, who is told, and that nothing is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Event, Revision, Verb
from samhandling.apps.audit.services import ReasonMissing
from samhandling.apps.discussion import errors, services
from samhandling.apps.discussion.models import Comment
from samhandling.apps.discussion.permissions import visible_comments
from samhandling.apps.discussion.selectors import comments_on
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import share_initiative
from samhandling.apps.notices.models import Notice
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.people.services import merge_people
from samhandling.apps.records.models import Record, RecordKind
from tests.browsing import opened, version_at
from tests.factories import County, make_need, make_person, make_round, make_user
from tests.integration.needs.test_needs import SignIn

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('å')</script> \"><img src=x onerror=y> javascript:alert(1)"


def told(user: object) -> list[tuple[str, str]]:
    """What a person has been told: (kind, title of the record)."""
    rows = Notice.objects.filter(person=user.person).order_by("pk")  # type: ignore[attr-defined]
    return [(row.kind, row.record.title) for row in rows.select_related("record")]


def test_a_comment_is_read_by_all_who_see_the_record(county: County, shared: Initiative) -> None:
    made = services.add_comment(record=shared.record, text=" Bra!\r\nMer? ", by=county.charlie)
    (said,) = comments_on(shared.record, county.reader)
    assert (said.pk, said.author, said.text) == (made.pk, "Charlie Öst", "Bra!\nMer?")
    event = Event.objects.get(record_uid=shared.uid, verb="COMMENTED")
    assert (event.actor_key, event.scope_uid, event.field_names) == (
        county.charlie.person_key,
        county.agreement.uid,
        [],
    )


def test_what_was_said_of_a_draft_stays_with_its_own_people(
    county: County, draft: Initiative
) -> None:
    services.add_comment(record=draft.record, text="Ännu hemligt", by=county.alice)
    with pytest.raises(NotAllowed):
        services.add_comment(record=draft.record, text="Hej", by=county.charlie)
    share_initiative(initiative=draft, by=county.alice)
    services.add_comment(record=draft.record, text="Nu delat", by=county.charlie)
    assert [said.text for said in comments_on(draft.record, county.alice)] == [
        "Nu delat",
        "Ännu hemligt",
    ]
    assert [said.text for said in comments_on(draft.record, county.charlie)] == ["Nu delat"]


def test_readers_do_not_comment_and_parts_of_others_are_discussed_with_them(
    county: County, shared: Initiative
) -> None:
    with pytest.raises(NotAllowed):
        services.add_comment(record=shared.record, text="Hej", by=county.reader)
    counted = Record.objects.create(kind=RecordKind.QUANTITY, title="3 av 8")
    with pytest.raises(NotAllowed):
        services.add_comment(record=counted, text="Hej", by=county.alice)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_comment_is_refused(county: County, shared: Initiative, text: str) -> None:
    with pytest.raises(errors.CommentEmpty, match="Skriv något i kommentaren"):
        services.add_comment(record=shared.record, text=text, by=county.alice)


def test_five_thousand_characters_are_kept_and_a_megabyte_is_refused(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    long = "Åäö ord. " * 555
    made = services.add_comment(record=shared.record, text=long, by=county.alice)
    assert made.text == long.strip()
    page = as_person(county.alice).post(
        f"/post/{shared.uid}/kommentarer/", {"text": "x" * 1_000_000}
    )
    assert page.status_code == 200
    assert "Skriv högst 10000 tecken" in page.content.decode().replace("\xa0", "")
    with pytest.raises(errors.CommentTooLong):
        services.add_comment(record=shared.record, text="x" * 10_001, by=county.alice)
    assert Comment.objects.count() == 1


def test_who_is_named_or_chosen_is_told_once_and_follows(
    county: County, shared: Initiative
) -> None:
    services.add_comment(
        record=shared.record,
        text="Vad tror du @charlie öst, och @Alice Ek? Skriv till x@Rut Läsare.",
        mentioned=[county.doris.person],
        by=county.alice,
    )
    assert told(county.charlie) == [("MENTIONED", shared.title)]
    assert told(county.doris) == [("MENTIONED", shared.title)]
    # Nobody is told of what they wrote themselves, nor for a mail address.
    assert told(county.alice) == told(county.reader) == []
    services.add_comment(record=shared.record, text="Jag svarar", by=county.charlie)
    assert told(county.doris)[1:] == [("COMMENTED", shared.title)]
    assert told(county.alice) == [("COMMENTED", shared.title)]
    assert told(county.charlie)[1:] == []


def test_who_may_not_see_it_cannot_be_mentioned(county: County, draft: Initiative) -> None:
    with pytest.raises(errors.MayNotSee) as refused:
        services.add_comment(record=draft.record, text="Hej @Charlie Öst!", by=county.alice)
    assert (
        str(refused.value) == "Charlie Öst kan inte se det här. Ta bort namnet, eller dela först."
    )
    with pytest.raises(errors.MayNotSee):
        services.add_comment(
            record=draft.record, text="Hej", mentioned=[county.doris.person], by=county.alice
        )
    unknown = make_person("Utan Inloggning")
    with pytest.raises(errors.MayNotSee):
        services.add_comment(record=draft.record, text="Hej", mentioned=[unknown], by=county.alice)
    assert Comment.objects.count() == Notice.objects.count() == 0


def test_a_name_that_two_people_have_must_be_chosen(county: County, shared: Initiative) -> None:
    namesake = make_user(organisation=county.organisation, name="Charlie Öst")
    with pytest.raises(errors.SeveralCalledSo, match="flera som heter Charlie Öst"):
        services.add_comment(record=shared.record, text="@Charlie Öst?", by=county.alice)
    services.add_comment(
        record=shared.record, text="@Charlie Öst?", mentioned=[namesake.person], by=county.alice
    )
    assert told(namesake) == [("MENTIONED", shared.title)]
    assert told(county.charlie) == []


def test_the_list_tells_namesakes_apart_and_offers_those_the_text_may_mean(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    near = make_user(organisation=county.organisation, name="Charlie Öst")
    works = county.charlie.person.affiliations.get()
    elsewhere = f"Charlie Öst, {works.function}, Östby kommun"
    url = f"/post/{shared.uid}/kommentarer/"
    alice = as_person(county.alice)
    page = alice.get(url).content.decode()
    assert "Charlie Öst, handläggare, Ängköpings kommun" in page and elsewhere not in page
    text = {"text": "Hej @Charlie Öst"}
    page = alice.post(url, text).content.decode()
    assert "Det finns flera som heter Charlie Öst. Välj rätt person i listan." in page
    assert elsewhere in page and not Comment.objects.exists()
    answer = alice.post(url, {**text, "mentioned": [county.charlie.person.pk]})
    assert answer.status_code == 302
    said = Comment.objects.get()
    assert [one.pk for one in said.mentioned.all()] == [county.charlie.person_id]
    assert (told(county.charlie), told(near)) == ([("MENTIONED", shared.title)], [])
    # Somebody whose name is her own is not offered where the text does not name them.
    answer = alice.post(url, {"text": "Hej", "mentioned": [county.charlie.person.pk + 900]})
    assert answer.status_code == 200

    works.organisation, works.function = county.organisation, "handläggare"
    works.save()
    page = alice.get(url).content.decode()
    for one in (near, county.charlie):
        assert f"Charlie Öst, handläggare, Ängköpings kommun, {one.email}" in page


def test_who_changes_a_comment_says_which_of_two_with_one_name_is_meant(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    said = services.add_comment(record=shared.record, text="Hej", by=county.alice)
    namesake = make_user(organisation=county.organisation, name="Charlie Öst")
    url = f"/post/{shared.uid}/kommentarer/{said.pk}/andra/"
    alice = as_person(county.alice)
    elsewhere = "Charlie Öst, handläggare, Östby kommun"
    page = alice.get(url).content.decode()
    assert "Charlie Öst, handläggare, Ängköpings kommun" in page and elsewhere not in page
    version = version_at(alice, url)
    sent = {"text": "Hej @Charlie Öst", **version}
    page = alice.post(url, sent).content.decode()
    assert "Det finns flera som heter Charlie Öst. Välj rätt person i listan." in page
    assert elsewhere in page
    hers, theirs = county.charlie.person_id, namesake.person_id
    assert f'value="{hers}"' in page and f'value="{theirs}"' in page
    # Nobody is chosen who is not offered.
    refused = alice.post(url, {**sent, "mentioned": [county.doris.person_id]})
    assert refused.status_code == 200 and not told(county.doris)
    (summary,) = re.findall(r'class="error-summary".*?</div>', refused.content.decode(), re.DOTALL)
    assert '<a href="#id_mentioned">Ska också få veta</a>: Välj bland' in summary
    assert "En uppgift behöver rättas" in summary
    assert alice.post(url, {**sent, "mentioned": [theirs]}).status_code == 302
    said.refresh_from_db()
    assert (said.text, [one.pk for one in said.mentioned.all()]) == ("Hej @Charlie Öst", [theirs])
    assert told(namesake) == [("MENTIONED", shared.title)] and told(county.charlie) == []
    # Who was told is known from then on: nobody is asked again, or told again.
    again = {"text": "Hej på dig, @Charlie Öst", **version_at(alice, url)}
    assert alice.post(url, again).status_code == 302
    assert told(namesake) == [("MENTIONED", shared.title)] and told(county.charlie) == []
    make_user(name="Rut Läsare")
    both = {"text": "@Charlie Öst @Rut Läsare", **version_at(alice, url)}
    page = alice.post(url, both).content.decode()
    assert "flera som heter Rut Läsare" in page
    assert f'value="{county.reader.person_id}"' in page and f'value="{hers}"' in page
    assert f'value="{theirs}"' not in page
    # The same words, and the other one too.
    edits = Event.objects.filter(verb=Verb.COMMENT_EDITED).count()
    said.refresh_from_db()
    services.edit_comment(
        comment=said, text=said.text, mentioned=[county.charlie.person], by=county.alice
    )
    assert told(county.charlie) == [("MENTIONED", shared.title)]
    newest = Event.objects.filter(verb=Verb.COMMENT_EDITED)[:1].get()
    assert Event.objects.filter(verb=Verb.COMMENT_EDITED).count() == edits + 1
    assert newest.field_names == ["told"]


def test_the_convener_of_the_network_is_told(county: County, shared: Initiative) -> None:
    services.add_comment(record=shared.record, text="Hej", by=county.charlie)
    assert told(county.bob) == [("COMMENTED", shared.title)]
    seat = county.network.seats.get(person=county.bob.person)
    assert seat.role == "CONVENER"
    seat.role = "MEMBER"
    seat.save()
    services.add_comment(record=shared.record, text="Hej igen", by=county.charlie)
    assert told(county.bob) == [("COMMENTED", shared.title)]


def test_both_boxes_for_a_new_comment_keep_one_draft(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    talk = f"/post/{shared.uid}/kommentarer/"
    for address in (f"/insatser/{shared.uid}/", talk):
        page = as_person(county.alice).get(address).content.decode()
        (form,) = re.findall(r"<form[^>]*>(?:(?!</form>).)*?<textarea", page, re.DOTALL)
        assert f'data-draft="{talk}"' in form


def test_the_author_changes_the_words_and_the_log_keeps_the_earlier(
    county: County, shared: Initiative
) -> None:
    made = services.add_comment(record=shared.record, text="Fel", by=county.alice)
    with pytest.raises(NotAllowed):
        services.edit_comment(comment=made, text="Mitt", by=county.doris)
    services.edit_comment(comment=made, text="Rätt, @Charlie Öst", by=county.alice)
    made.refresh_from_db()
    assert made.text == "Rätt, @Charlie Öst"
    assert made.edited_at is not None
    kept = Revision.objects.filter(event__verb="COMMENT_EDITED")
    assert list(kept.values_list("field", "before", "after")) == [
        ("comment", "Fel", "Rätt, @Charlie Öst"),
        ("told", "", county.charlie.person.key),
    ]
    assert told(county.charlie) == [("MENTIONED", shared.title)]


def test_what_was_written_before_a_merge_is_still_ones_own(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    """The comment keeps the key that it was written under; the person has both."""
    old = make_user(organisation=county.organisation, name="Ada Gammal")
    new = make_user(organisation=county.organisation, name="Ada Ny")
    comment = services.add_comment(record=shared.record, text="Med gamla kontot", by=old)
    with pytest.raises(NotAllowed):
        services.edit_comment(comment=comment, text="Inte mitt", by=new)
    merge_people(
        reason="Samma person",
        keep=new.person,
        other=old.person,
        name="Ada Ny",
        email=new.email,
        by=county.doris,
    )
    now = User.objects.get(pk=new.pk)
    services.edit_comment(comment=comment, text="Med nya kontot", by=now)
    comment.refresh_from_db()
    assert (comment.text, comment.author_key) == ("Med nya kontot", old.person.key)
    page = as_person(now).get(reverse("discussion:comments", args=[shared.uid])).content.decode()
    assert reverse("discussion:edit", args=[shared.uid, comment.pk]) in page
    services.withdraw_comment(comment=comment, reason="Fel", by=now)


def test_what_was_said_of_a_draft_cannot_be_changed_after_sharing(
    county: County, draft: Initiative, as_person: SignIn
) -> None:
    made = services.add_comment(record=draft.record, text="Inre", by=county.alice)
    way = reverse("discussion:edit", args=[draft.uid, made.pk])
    pages = [f"/insatser/{draft.uid}/", f"/post/{draft.uid}/kommentarer/"]
    alice = as_person(county.alice)
    assert [way in alice.get(page).content.decode() for page in pages] == [True, True]
    share_initiative(initiative=draft, by=county.alice)
    assert [way in alice.get(page).content.decode() for page in pages] == [False, False]
    with pytest.raises(errors.CommentClosed):
        services.edit_comment(comment=made, text="Yttre", by=county.alice)
    services.withdraw_comment(comment=made, reason="Hemligt skäl", by=county.alice)
    assert Event.objects.get(verb="COMMENT_WITHDRAWN").reason == ""


def test_a_comment_is_withdrawn_with_a_reason_and_not_deleted(
    county: County, shared: Initiative
) -> None:
    made = services.add_comment(record=shared.record, text="Oj då", by=county.alice)
    with pytest.raises(NotAllowed):
        services.withdraw_comment(comment=made, reason="x", by=county.charlie)
    with pytest.raises(ReasonMissing, match="varför kommentaren dras tillbaka"):
        services.withdraw_comment(comment=made, reason=" ", by=county.alice)
    services.withdraw_comment(comment=made, reason="Fel sida", by=county.doris)
    (said,) = comments_on(shared.record, county.alice)
    assert (said.text, said.withdrawn_reason) == ("", "Fel sida")
    assert Comment.objects.get().text == "Oj då"
    with pytest.raises(NotAllowed):
        services.withdraw_comment(comment=made, reason="igen", by=county.doris)


def test_the_component_stands_on_every_kind_of_page(county: County, as_person: SignIn) -> None:
    need = make_need(county.agreement, owner=county.organisation)
    year = make_round(county.agreement)
    alice = as_person(county.alice)
    pages = {
        need.record: f"/behov/{need.uid}/",
        county.network.record: f"/aktorer/natverk/{county.network.uid}/",
        county.organisation.record: f"/aktorer/{county.organisation.uid}/",
        county.agreement.record: f"/overenskommelser/{county.agreement.slug}/",
        year.record: f"/{county.agreement.slug}/uppfoljning/{year.year}/",
    }
    for record in pages:
        services.add_comment(record=record, text=f"Om {record.kind}", by=county.charlie)
        page = alice.get(f"/post/{record.uid}/", follow=True).content.decode()
        assert f"<p>Om {record.kind}</p>" in page, record.kind


def test_a_comment_from_the_page_leads_back_to_it(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    alice = as_person(county.alice)
    answer = alice.post(f"/post/{shared.uid}/kommentarer/", {"text": "Hej", "fran": "posten"})
    made = Comment.objects.get()
    assert answer["Location"] == f"/insatser/{shared.uid}/#kommentar-{made.pk}"
    page = alice.get(f"/insatser/{shared.uid}/").content.decode()
    assert f'id="kommentar-{made.pk}"' in page
    assert "Kommentaren är sparad." in page
    # Who may not write gets no form.
    assert (
        'name="fran"'
        not in as_person(county.reader).get(f"/insatser/{shared.uid}/").content.decode()
    )


def test_the_whole_way_of_a_comment_through_the_pages(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    alice, doris, charlie = (as_person(one) for one in (county.alice, county.doris, county.charlie))
    url = f"/post/{shared.uid}/kommentarer/"
    page = alice.get(url).content.decode()
    assert "Bob Ås" in page  # sits in the network
    alice.post(url, {"text": "Första", "mentioned": [county.bob.person.pk]})
    made = Comment.objects.get()
    assert told(county.bob) == [("MENTIONED", shared.title)]
    assert charlie.get(f"{url}{made.pk}/andra/").status_code == 404
    form = opened(alice, f"{url}{made.pk}/andra/")
    alice.post(f"{url}{made.pk}/andra/", form.changed(text="Andra"))
    assert "<p>Andra</p>" in charlie.get(url).content.decode()
    assert charlie.post(f"{url}{made.pk}/dra-tillbaka/", {"reason": "x"}).status_code == 404
    assert "Skriv varför." in doris.post(f"{url}{made.pk}/dra-tillbaka/", {}).content.decode()
    doris.post(f"{url}{made.pk}/dra-tillbaka/", {"reason": "Fel ärende"})
    page = charlie.get(url).content.decode()
    assert "Skäl: Fel ärende" in page
    assert "<p>Andra</p>" not in page


def test_somebody_far_away_cannot_be_chosen_by_a_forged_form(
    county: County, draft: Initiative, as_person: SignIn
) -> None:
    make_user(organisation=county.organisation)
    answer = as_person(county.alice).post(
        f"/post/{draft.uid}/kommentarer/",
        {"text": "Hej", "mentioned": [county.charlie.person.pk]},
    )
    assert answer.status_code == 200
    assert "Välj bland alternativen i listan." in answer.content.decode()
    assert Comment.objects.count() == 0


def test_another_organisations_draft_answers_as_if_it_were_not_there(
    county: County, draft: Initiative, as_person: SignIn
) -> None:
    made = services.add_comment(record=draft.record, text="Inre", by=county.alice)
    charlie = as_person(county.charlie)
    for path in ("kommentarer/", f"kommentarer/{made.pk}/andra/", "bilagor/ny/", "folj/"):
        absent = charlie.post(f"/post/zzzzzzzzzzzz/{path}", {"text": "x", "folj": "ja"})
        hidden = charlie.post(f"/post/{draft.uid}/{path}", {"text": "x", "folj": "ja"})
        assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content) or (
            hidden.status_code == absent.status_code == 404
        )
    assert Comment.objects.count() == 1


def test_a_comment_is_found_under_its_own_record_alone(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    made = services.add_comment(record=shared.record, text="Hej", by=county.alice)
    other = county.network.record
    answer = as_person(county.alice).get(f"/post/{other.uid}/kommentarer/{made.pk}/andra/")
    assert answer.status_code == 404


@pytest.mark.one_database
def test_markup_in_a_comment_is_text(county: County, shared: Initiative, as_person: SignIn) -> None:
    charlie = county.charlie.person
    charlie.name = '<b onclick="x">Bo</b>'
    charlie.save()
    services.add_comment(
        record=shared.record,
        text=f'{HOSTILE} @{charlie.name} https://example.org/?a=1&b="x"',
        by=county.alice,
    )
    page = as_person(county.alice).get(f"/post/{shared.uid}/kommentarer/").content.decode()
    body = page.partition('<ol class="comments">')[2].partition("</ol>")[0]
    assert "<script" not in body
    assert "<img" not in body
    assert "<b onclick" not in body
    assert '<span class="mention">@&lt;b onclick=' in body
    assert 'href="https://example.org/?a=1&amp;b=' in body
    assert 'href="javascript' not in body


@pytest.mark.one_database
@pytest.mark.parametrize("many", [1, 3, 300])
def test_the_number_of_comments_does_not_cost_queries(
    county: County,
    shared: Initiative,
    as_person: SignIn,
    django_assert_max_num_queries: object,
    many: int,
) -> None:
    Comment.objects.bulk_create(
        Comment(record=shared.record, circle="ALL", text=f"Nr {n}", author_key=f"key-{n}")
        for n in range(many)
    )
    alice = as_person(county.alice)
    with django_assert_max_num_queries(27):  # type: ignore[operator]
        alice.get(f"/post/{shared.uid}/kommentarer/")


@pytest.mark.one_database
def test_ten_thousand_comments_are_read_page_by_page(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    Comment.objects.bulk_create(
        Comment(record=shared.record, circle="ALL", text=f"Nr {n}", author_key="key")
        for n in range(10_000)
    )
    client: Client = as_person(county.alice)
    page = client.get(f"/post/{shared.uid}/kommentarer/?sida=400").content.decode()
    assert "<p>Nr 0</p>" in page
    assert page.count('id="kommentar-') == 25
    oldest = visible_comments(shared.record, county.alice).last()
    assert oldest is not None
    found = client.get(f"/post/{shared.uid}/kommentarer/?kommentar={oldest.pk}").content.decode()
    assert f'id="kommentar-{oldest.pk}"' in found
    for wanted in ("sida=99999999999", "sida=-1", "kommentar=x", "kommentar=99999999999999999999"):
        assert client.get(f"/post/{shared.uid}/kommentarer/?{wanted}").status_code == 200
