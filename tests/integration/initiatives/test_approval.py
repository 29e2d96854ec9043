"""Where the agreement wants it, what is to be shared is submitted, returned or approved first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile

from samhandling.apps.accounts.models import User
from samhandling.apps.agreements.services import set_approval_wanted
from samhandling.apps.audit.models import Event
from samhandling.apps.audit.services import DEMO_LOADER, ReasonMissing
from samhandling.apps.discussion.selectors import comments_on
from samhandling.apps.discussion.services import add_attachment, add_comment
from samhandling.apps.initiatives import permissions as initiatives
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.notices.models import Notice
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.situation import permissions as situation
from samhandling.apps.situation import services as needs
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.sharing import OwnSubmission
from samhandling.web.history_visibility import visible_events
from tests.browsing import confirm, forms_of, opened
from tests.factories import County, make_agreement, make_initiative, make_need, make_user
from tests.factories.files import png
from tests.integration.needs.test_needs import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(county: County) -> County:
    """The county, whose agreement wants approval."""
    set_approval_wanted(agreement=county.agreement, wanted=True, reason="", by=DEMO_LOADER)
    return county


@pytest.fixture
def waiting(strict: County) -> Initiative:
    """Alice's initiative with a step, submitted; no network of Bob's."""
    made = make_initiative(
        strict.agreement,
        "Ny mötesplats",
        owner=strict.organisation,
        sharing="DRAFT",
        by=strict.alice,
    )
    services.add_part(initiative=made, title="Första steget", by=strict.alice)
    return services.submit_initiative(initiative=made, by=strict.alice)


def told(user: Any) -> list[str]:
    return list(
        Notice.objects.filter(person=user.person).order_by("pk").values_list("kind", flat=True)
    )


def test_without_the_rule_the_owner_shares_as_before(county: County) -> None:
    made = make_initiative(
        county.agreement, owner=county.organisation, sharing="DRAFT", by=county.alice
    )
    with pytest.raises(services.SharingHasMoved):
        services.submit_initiative(initiative=made, by=county.alice)
    services.share_initiative(initiative=made, by=county.alice)
    assert made.sharing == "SHARED"


def test_with_the_rule_nobody_shares_past_those_who_approve(strict: County) -> None:
    made = make_initiative(
        strict.agreement, owner=strict.organisation, sharing="DRAFT", by=strict.alice
    )
    with pytest.raises(services.ApprovalWanted, match="ska godkännas först"):
        services.share_initiative(initiative=made, by=strict.alice)
    for create in (make_initiative, make_need):
        with pytest.raises(services.ApprovalWanted):
            create(strict.agreement, owner=strict.organisation, sharing="SHARED", by=strict.alice)
        assert (
            create(strict.agreement, owner=strict.organisation, by=strict.doris).sharing == "SHARED"
        )


def test_what_is_submitted_is_seen_by_its_own_and_those_who_approve(
    strict: County, waiting: Initiative
) -> None:
    group = make_user(role="COORDINATION_GROUP")
    elsewhere = make_agreement()
    seeing = {
        "alice": strict.alice,
        "doris": strict.doris,
        "group": group,
    }
    blind = {"bob": strict.bob, "charlie": strict.charlie, "reader": strict.reader}
    for name, one in seeing.items():
        assert initiatives.can_read(waiting, one), name
        shown = initiatives.visible_to(Initiative.objects.all(), one)
        assert set(shown) == {waiting, waiting.parts.get()}, name
    for name, one in blind.items():
        assert not initiatives.can_read(waiting, one), name
        assert not initiatives.visible_to(Initiative.objects.all(), one).exists(), name
        assert not initiatives.awaiting(one).exists(), name
    # Those who approve read it; its own people alone change it.
    assert not initiatives.can_edit(waiting, strict.doris)
    assert not initiatives.editable_by(Initiative.objects.all(), strict.doris).exists()
    assert initiatives.can_edit(waiting, strict.alice)
    assert initiatives.can_approve(waiting, strict.doris)
    assert not initiatives.can_approve(waiting, strict.alice)
    assert make_initiative(elsewhere).agreement == elsewhere


def test_what_is_withdrawn_before_it_is_decided_is_its_own_peoples_again(
    strict: County, waiting: Initiative, as_person: SignIn
) -> None:
    pages = [f"/insatser/{waiting.uid}/", f"/andringar/{waiting.uid}/"]
    doris, alice = as_person(strict.doris), as_person(strict.alice)
    assert [doris.get(page).status_code for page in pages] == [200, 200]
    services.withdraw_initiative(initiative=waiting, reason="Fel stad", by=strict.alice)
    assert [doris.get(page).status_code for page in pages] == [404, 404]
    assert "Fel stad" not in doris.get("/andringar/").content.decode()
    assert "Fel stad" in alice.get("/andringar/").content.decode()
    services.restore_initiative(initiative=waiting, by=strict.alice)
    assert [doris.get(page).status_code for page in pages] == [200, 200]
    # It waits again, and those who decide read that it was away and why (ADR 0016).
    assert "Fel stad" in doris.get(pages[1]).content.decode()


def test_who_withdraws_what_waits_is_told_who_will_read_why(
    strict: County, waiting: Initiative, as_person: SignIn
) -> None:
    """And those who decide read nothing of what was withdrawn while it was a draft."""
    services.take_back_initiative(initiative=waiting, by=strict.alice)
    alice, told = as_person(strict.alice), "De som godkänner läser det om du återställer det här."
    page = f"/insatser/{waiting.uid}/dra-tillbaka/"
    assert told not in alice.get(page).content.decode()
    services.withdraw_initiative(initiative=waiting, reason="Fel stad", by=strict.alice)
    services.restore_initiative(initiative=waiting, by=strict.alice)
    services.submit_initiative(initiative=waiting, by=strict.alice)
    assert told in alice.get(page).content.decode()
    history = as_person(strict.doris).get(f"/andringar/{waiting.uid}/").content.decode()
    assert "skickade in" in history and "Fel stad" not in history


@pytest.mark.parametrize("back", ["returned", "taken back"])
def test_what_its_own_wrote_after_it_went_back_is_not_told_to_those_who_approve(
    strict: County, waiting: Initiative, back: str
) -> None:
    if back == "returned":
        services.return_initiative(initiative=waiting, reason="Oklart", by=strict.doris)
    else:
        services.take_back_initiative(initiative=waiting, by=strict.alice)
    services.update_initiative(initiative=waiting, purpose="Bara vårt än", by=strict.alice)
    edit = Event.objects.latest("pk")
    set_approval_wanted(
        agreement=strict.agreement, wanted=False, reason="Behövs inte", by=DEMO_LOADER
    )
    waiting.agreement.refresh_from_db()
    services.share_initiative(initiative=waiting, by=strict.alice)
    read = {
        by.pk: set(visible_events(Event.objects.all(), by).values_list("pk", flat=True))
        for by in (strict.alice, strict.doris)
    }
    assert edit.pk in read[strict.alice.pk]
    assert edit.pk not in read[strict.doris.pk]


def test_the_convener_of_the_network_approves_what_it_answers_for(strict: County) -> None:
    made = make_initiative(
        strict.agreement,
        owner=strict.organisation,
        network=strict.network,
        sharing="DRAFT",
        by=DEMO_LOADER,
    )
    services.submit_initiative(initiative=made, by=strict.alice)
    assert told(strict.bob) == ["SUBMITTED"]
    services.approve_initiative(initiative=made, by=strict.bob)
    assert made.sharing == "SHARED"


def test_the_convener_of_the_area_approves_a_need(strict: County) -> None:
    strict.area.responsibilities.create(body=strict.network)
    made = make_need(
        strict.agreement,
        owner=strict.organisation,
        focus_area=strict.area,
        sharing="DRAFT",
        by=strict.alice,
    )
    assert not situation.can_read(made, strict.bob)
    needs.submit_need(need=made, by=strict.alice)
    assert situation.can_read(made, strict.bob)
    assert list(situation.awaiting(strict.bob)) == [made]
    assert list(situation.visible_to(Need.objects.all(), strict.bob)) == [made]
    assert not situation.visible_to(Need.objects.all(), strict.charlie).exists()
    with pytest.raises(NotAllowed):
        needs.approve_need(need=made, by=strict.charlie)
    needs.approve_need(need=made, by=strict.bob)
    made.refresh_from_db()
    assert (made.sharing, made.shared_at is None) == ("SHARED", False)


def test_it_is_returned_with_a_reason_and_seen_by_its_own_alone(
    strict: County, waiting: Initiative
) -> None:
    assert told(strict.doris) == ["SUBMITTED"]
    with pytest.raises(NotAllowed):
        services.return_initiative(initiative=waiting, reason="Nej", by=strict.alice)
    with pytest.raises(ReasonMissing, match="vad som behöver ändras"):
        services.return_initiative(initiative=waiting, reason=" ", by=strict.doris)
    services.return_initiative(initiative=waiting, reason="Målgruppen saknas", by=strict.doris)
    part = waiting.parts.get()
    for one in (waiting, part):
        one.refresh_from_db()
        assert (one.sharing, one.return_reason) == ("RETURNED", "Målgruppen saknas")
        assert not initiatives.can_read(one, strict.doris)
    assert told(strict.alice) == ["RETURNED"]
    assert Event.objects.get(verb="RETURNED").reason == "Målgruppen saknas"
    services.submit_initiative(initiative=waiting, by=strict.alice)
    assert waiting.return_reason == ""
    services.approve_initiative(initiative=waiting, by=strict.doris)
    part.refresh_from_db()
    assert (waiting.sharing, part.sharing) == ("SHARED", "SHARED")
    assert part.shared_at == waiting.shared_at
    assert told(strict.alice) == ["RETURNED", "APPROVED"]


def test_the_owner_takes_it_back_before_anybody_has_decided(
    strict: County, waiting: Initiative
) -> None:
    with pytest.raises(NotAllowed):
        services.take_back_initiative(initiative=waiting, by=strict.doris)
    services.take_back_initiative(initiative=waiting, by=strict.alice)
    assert waiting.sharing == "DRAFT"
    with pytest.raises(NotAllowed):
        services.approve_initiative(initiative=waiting, by=strict.doris)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (services.approve_initiative, services.approve_initiative),
        (services.approve_initiative, services.take_back_initiative),
        (services.take_back_initiative, services.approve_initiative),
    ],
)
def test_the_second_of_two_who_decide_at_once_is_told(
    strict: County, waiting: Initiative, first: Callable[..., Any], second: Callable[..., Any]
) -> None:
    who = {
        services.approve_initiative: strict.doris,
        services.take_back_initiative: strict.alice,
    }
    late = Initiative.objects.select_related("record", "agreement__record").get(pk=waiting.pk)
    first(initiative=waiting, by=who[first])
    with pytest.raises(services.SharingHasMoved):
        second(initiative=late, by=who[second])


def test_those_who_approve_talk_with_the_owner_and_read_no_earlier_words(
    strict: County,
) -> None:
    made = make_initiative(
        strict.agreement, owner=strict.organisation, sharing="DRAFT", by=strict.alice
    )
    add_comment(record=made.record, text="Inom kommunen", by=strict.alice)
    services.submit_initiative(initiative=made, by=strict.alice)
    add_comment(record=made.record, text="Vad betyder det?", by=strict.doris)
    words = [said.text for said in comments_on(made.record, strict.doris)]
    assert words == ["Vad betyder det?"]
    services.approve_initiative(initiative=made, by=strict.doris)
    assert [said.text for said in comments_on(made.record, strict.doris)] == words
    assert comments_on(made.record, strict.charlie) == []
    assert len(comments_on(made.record, strict.alice)) == 2


def test_a_part_added_while_it_waits_waits_too(strict: County, waiting: Initiative) -> None:
    part = services.add_part(initiative=waiting, title="Andra steget", by=strict.alice)
    assert (part.sharing, part.submitted_at) == ("SUBMITTED", waiting.submitted_at)


def test_only_the_process_leader_sets_the_rule(county: County, as_person: SignIn) -> None:
    page = f"/overenskommelser/{county.agreement.slug}/installningar/"
    assert as_person(county.alice).get(page).status_code == 404
    doris = as_person(county.doris)
    form = opened(doris, page)
    doris.post(page, form.changed(wants_approval="YES", reason="Rådet vill det"))
    county.agreement.refresh_from_db()
    assert county.agreement.wants_approval
    history = doris.get(f"/andringar/{county.agreement.uid}/").content.decode()
    assert "ändrade om det som delas ska godkännas först" in history
    assert "Rådet vill det" in history
    with pytest.raises(NotAllowed):
        set_approval_wanted(agreement=county.agreement, wanted=False, reason="", by=county.alice)


def test_the_whole_way_through_the_pages(strict: County, as_person: SignIn) -> None:
    alice, doris, charlie = (as_person(one) for one in (strict.alice, strict.doris, strict.charlie))
    slug = strict.agreement.slug
    assert "Dela direkt" not in alice.get(f"/{slug}/insatser/ny/").content.decode()
    assert "Dela direkt" in doris.get(f"/{slug}/insatser/ny/").content.decode()
    made = make_initiative(
        strict.agreement, "Ny mötesplats", owner=strict.organisation, sharing="DRAFT"
    )
    page = f"/insatser/{made.uid}/"
    assert "Skicka in för godkännande" in alice.get(page).content.decode()
    assert doris.get(page).status_code == doris.get(f"{page}beslut/").status_code == 404
    confirm(alice, f"{page}dela/")
    assert "Väntar på godkännande" in alice.get(page).content.decode()
    assert "Väntar på godkännande" in alice.get(f"/{slug}/insatser/").content.decode()
    assert alice.get(f"{page}beslut/").status_code == 404
    assert charlie.get(page).status_code == charlie.post(f"{page}beslut/").status_code == 404
    news = doris.get("/nytt/").content.decode()
    assert "Väntar på ditt godkännande" in news
    assert "skickade in ”Ny mötesplats” för godkännande." in news
    empty = confirm(doris, f"{page}beslut/", {"beslut": "tillbaka"}).content.decode()
    assert "Skriv vad som behöver ändras." in empty
    assert "Välj om du godkänner" in doris.post(f"{page}beslut/", {}).content.decode()
    answer = confirm(
        doris, f"{page}beslut/", {"beslut": "tillbaka", "reason": "Skriv <b>syftet</b>"}
    )
    assert answer["Location"] == "/nytt/"
    assert doris.get(page).status_code == 404
    returned = alice.get(page).content.decode()
    assert "Återlämnad" in returned
    assert "Skriv &lt;b&gt;syftet&lt;/b&gt;" in returned
    confirm(alice, f"{page}dela/")
    assert alice.post(f"{page}ta-tillbaka/").status_code == 302
    confirm(alice, f"{page}dela/")
    confirm(doris, f"{page}beslut/", {"beslut": "godkann"})
    assert charlie.get(page).status_code == 200
    history = charlie.get(f"/andringar/{made.uid}/").content.decode()
    assert "godkände" in history
    assert "syftet" not in history


def test_a_need_goes_the_same_way_through_the_pages(strict: County, as_person: SignIn) -> None:
    alice, doris, charlie = (as_person(one) for one in (strict.alice, strict.doris, strict.charlie))
    made = make_need(strict.agreement, "Lokaler saknas", owner=strict.organisation, sharing="DRAFT")
    page = f"/behov/{made.uid}/"
    confirm(alice, f"{page}dela/")
    listed = alice.get(f"/{strict.agreement.slug}/behov/").content.decode()
    assert "väntar på godkännande" in listed
    assert "Ta ställning" in doris.get(page).content.decode()
    assert charlie.get(page).status_code == 404
    alice.post(f"{page}ta-tillbaka/")
    assert doris.get(page).status_code == 404
    confirm(alice, f"{page}dela/")
    confirm(doris, f"{page}beslut/", {"beslut": "tillbaka", "reason": "Vilka lokaler?"})
    assert "Vilka lokaler?" in alice.get(page).content.decode()
    confirm(alice, f"{page}dela/")
    confirm(doris, f"{page}beslut/", {"beslut": "godkann"})
    assert charlie.get(page).status_code == 200


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("answer", "what"),
    [
        ({"beslut": "godkann"}, "whole"),
        ({"beslut": "godkann"}, "step"),
        ({"beslut": "tillbaka", "reason": "Skriv syftet"}, "whole"),
    ],
)
def test_nobody_decides_on_a_text_that_was_changed_after_they_read_it(
    waiting: Initiative, strict: County, as_person: SignIn, answer: dict[str, str], what: str
) -> None:
    changed = waiting if what == "whole" else waiting.parts.get()
    page = f"/insatser/{waiting.uid}/beslut/"
    doris = as_person(strict.doris)
    read = opened(doris, page)
    services.update_initiative(initiative=changed, by=strict.alice, purpose="Något annat")
    told = doris.post(page, {**read.values, **answer}).content.decode()
    assert "det har ändrats sedan du öppnade sidan" in told
    assert answer.get("reason", "") in told
    waiting.refresh_from_db()
    assert waiting.sharing == "SUBMITTED"
    assert confirm(doris, page, answer).status_code == 302
    waiting.refresh_from_db()
    assert waiting.sharing == ("SHARED" if answer["beslut"] == "godkann" else "RETURNED")


@pytest.mark.one_database
def test_nobody_shares_a_text_that_was_changed_after_they_read_it(
    county: County, as_person: SignIn
) -> None:
    draft = make_initiative(
        county.agreement, "Ny mötesplats", owner=county.organisation, sharing="DRAFT"
    )
    page = f"/insatser/{draft.uid}/dela/"
    alice = as_person(county.alice)
    [asked] = [one for one in forms_of(alice.get(page).content.decode()) if "sett" in one.values]
    services.update_initiative(initiative=draft, by=county.alice, purpose="Något annat")
    told = alice.post(page, asked.values, follow=True).content.decode()
    assert "det har ändrats sedan du öppnade sidan" in told
    draft.refresh_from_db()
    assert draft.sharing == "DRAFT"
    confirm(alice, page)
    draft.refresh_from_db()
    assert draft.sharing == "SHARED"


@pytest.mark.one_database
def test_whoever_decides_reads_what_is_decided_and_who_sent_it(
    strict: County, as_person: SignIn
) -> None:
    made = make_initiative(
        strict.agreement,
        "Ny mötesplats",
        owner=strict.organisation,
        sharing="DRAFT",
        purpose="Fler ska hitta vägen hit",
        obstacle="Lokalen är för liten",
    )
    services.add_part(initiative=made, title="Hitta en lokal", by=strict.alice)
    add_attachment(
        record=made.record, name="Skiss.png", content=ContentFile(png()), by=strict.alice
    )
    services.submit_initiative(initiative=made, by=strict.alice)
    need = make_need(
        strict.agreement,
        owner=strict.organisation,
        sharing="DRAFT",
        description="Bussen går för sällan",
    )
    needs.submit_need(need=need, by=strict.alice)
    doris = as_person(strict.doris)
    page = doris.get(f"/insatser/{made.uid}/beslut/").content.decode()
    before, _button, _after = page.partition('value="godkann"')
    for words in (
        "Fler ska hitta vägen hit",
        "Lokalen är för liten",
        "Hitta en lokal",
        "Skiss.png",
        strict.organisation.title,
        f"{strict.alice.person.name} skickade in den",
    ):
        assert words in before, words
    assert "Fyll i" not in page
    page = doris.get(f"/behov/{need.uid}/beslut/").content.decode()
    before, _button, _after = page.partition('value="godkann"')
    assert "Bussen går för sällan" in before
    assert strict.organisation.title in before


@pytest.mark.one_database
def test_a_reason_is_not_thrown_away_by_the_other_button(
    waiting: Initiative, strict: County, as_person: SignIn
) -> None:
    page = f"/insatser/{waiting.uid}/beslut/"
    doris = as_person(strict.doris)
    told = confirm(doris, page, {"beslut": "godkann", "reason": "Skriv syftet"}).content.decode()
    assert "Du har skrivit vad som behöver ändras." in told
    assert "Skriv syftet</textarea>" in told
    waiting.refresh_from_db()
    assert waiting.sharing == "SUBMITTED"


@pytest.mark.parametrize("kind", ["initiative", "need"])
def test_nobody_approves_what_they_submitted_while_somebody_else_can(
    strict: County, as_person: SignIn, kind: str
) -> None:
    make, submit, approve, give_back = {
        "initiative": (
            make_initiative,
            services.submit_initiative,
            services.approve_initiative,
            services.return_initiative,
        ),
        "need": (make_need, needs.submit_need, needs.approve_need, needs.return_need),
    }[kind]
    strict.area.responsibilities.create(body=strict.network)
    place = {"network": strict.network} if kind == "initiative" else {"focus_area": strict.area}
    owner = strict.network if kind == "need" else strict.organisation
    made = make(strict.agreement, owner=owner, sharing="DRAFT", by=DEMO_LOADER, **place)
    submit(**{kind: made}, by=strict.bob)
    with pytest.raises(OwnSubmission, match=strict.doris.person.name):
        approve(**{kind: made}, by=strict.bob)
    address = {"initiative": "insatser", "need": "behov"}[kind]
    page = as_person(strict.bob).get(f"/{address}/{made.uid}/beslut/").content.decode()
    assert "så någon annan godkänner" in page
    assert 'value="godkann"' not in page
    give_back(**{kind: made}, reason="Mer text", by=strict.bob)
    submit(**{kind: made}, by=strict.bob)
    approve(**{kind: made}, by=strict.doris)
    assert made.sharing == "SHARED"


def test_who_is_alone_to_approve_may_approve_what_she_submitted(strict: County) -> None:
    made = make_initiative(
        strict.agreement,
        owner=strict.organisation,
        network=strict.network,
        sharing="DRAFT",
        by=DEMO_LOADER,
    )
    User.objects.filter(pk=strict.doris.pk).update(is_active=False)
    services.submit_initiative(initiative=made, by=strict.bob)
    services.approve_initiative(initiative=made, by=strict.bob)
    assert made.sharing == "SHARED"
