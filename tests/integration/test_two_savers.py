"""Two people who save the same thing (assurance.md, row 11): the second is told, at every address.

An address whose page has a form is either an edit, which is saved stale here, or adds something,
with the reason. A new address that is neither fails.
"""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.audit.models import Revision
from tests.browsing import Form, forms_of, opened, self_posting
from tests.factories.sign_in import signed_in_now
from tests.integration.addresses import Address, Fillings, all_addresses

pytestmark = pytest.mark.django_db

# Pages with a form that overwrites nothing, each with the reason.
ADDS = {
    "account:address": "mails a code to one's own new address",
    "account:address_code": "takes a mailed code",
    "account:login": "signs in",
    "account:password": "replaces one's own password, which nobody else does",
    "agreements:settings": "one answer of two, and the log says who changed it and why",
    "discussion:attach": "attaches a file",
    "discussion:comments": "adds a comment",
    "discussion:file_restore": "restores what was shown; told when somebody was quicker",
    "discussion:restore": "restores what was shown; told when somebody was quicker",
    "discussion:file_withdraw": "withdraws, with a reason",
    "discussion:withdraw": "withdraws, with a reason",
    "privacy:extract": "changes nothing; the log says why a file was taken out",
    "privacy:forget": "replaces a name, with a reason",
    "privacy:register_decision": "makes a decision, which is never changed",
    "privacy:decision": "destroys what was shown; told when the list has changed",
    "followup:new_lesson": "makes a lesson",
    "followup:new_recommendation": "makes a recommendation",
    "followup:respond": "adds an answer; earlier ones stay",
    "initiatives:create": "makes an initiative",
    "initiatives:funding_create": "makes a funding",
    "initiatives:funding_state": "adds an event; earlier ones stay",
    "initiatives:parts": "adds a step",
    "initiatives:quantity_create": "makes a quantity",
    "initiatives:quantity_withdraw": "withdraws, with a reason",
    "initiatives:result_create": "makes an expected result",
    "initiatives:result_withdraw": "withdraws, with a reason",
    "initiatives:status": "adds an event; earlier ones stay",
    "initiatives:withdraw": "withdraws, with a reason",
    "mfa_add_webauthn": "adds a key",
    "mfa_reauthenticate": "signs in once more",
    "needs:create": "makes a need",
    "needs:withdraw": "withdraws, with a reason",
    "people:appoint": "gives a seat; told when somebody was quicker",
    "people:change_organisation": "begins a period; earlier ones stay",
    "people:change_ways_in": "an address; told when somebody has changed it meanwhile",
    "people:close_sign_in": "shuts somebody out, with a reason",
    "people:contact": "begins a period; earlier ones stay",
    "people:end_role": "ends a role, with a reason",
    "people:end_seat": "ends a seat, with a reason",
    "people:give_role": "gives a role",
    "people:give_seat": "gives a seat",
    "people:invite": "sends an invitation",
    "people:invite_to_body": "sends an invitation",
    "people:leave": "ends what lasts",
    "people:rename": "a name alone; told when somebody has changed it meanwhile",
    "people:substitute": "begins a period",
    "notices:choices": "one's own rhythm, which nobody else chooses",
    "records:withdraw": "withdraws, with a reason",
}
EDITS = {
    "actors:controller",
    "discussion:edit",
    "followup:edit_lesson",
    "followup:edit_recommendation",
    "followup:edit_round",
    "followup:tell",
    "followup:tell_initiative",
    "followup:tell_without_network",
    "initiatives:edit",
    "initiatives:funding_edit",
    "initiatives:needs",
    "initiatives:partners",
    "initiatives:quantity_edit",
    "initiatives:result_edit",
    "needs:edit",
    "records:registration",
    "reports:section",
}
# The page where one looks for something has no answer to lose.
NOT_ANSWERS = {"words", "reason"}
ADDRESSES = {address.name: address for address in all_addresses()}


@pytest.fixture(scope="module")
def fillings(demo_county_for_reading: None) -> Iterator[Fillings]:
    yield Fillings()


@pytest.fixture
def browser() -> Client:
    return signed_in_now(User.objects.get(email="karin@example.org"))


@pytest.mark.one_database
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=lambda address: address.name)
def test_every_page_with_a_form_either_edits_or_adds(
    fillings: Fillings, browser: Client, address: Address
) -> None:
    page = browser.get(fillings.path(address))
    is_page = page.status_code == 200 and page["Content-Type"].startswith("text/html")
    forms = self_posting(page.content.decode()) if is_page else []
    if not forms:
        assert address.name not in EDITS
    elif "version" in forms[0].values:
        assert address.name in EDITS
    else:
        assert address.name in ADDS, "an edit form without a version, see web/editing.py"


def two_answers(form: Form) -> tuple[str, str | list[str], str | list[str]]:
    """Something that can be answered, and two answers to it that differ from what is stored."""
    for kind in ("textarea", "text", "checkbox", "select"):
        for name, is_kind in form.kinds.items():
            if is_kind != kind or name in NOT_ANSWERS:
                continue
            if kind in ("textarea", "text"):
                return name, "Den första sparade texten", "En annan mening skriven samtidigt"
            held = form.values.get(name, [])
            free = [value for value in form.offered[name] if value not in held]
            if kind == "select" and held == [""] and len(free) > 1:
                return name, free[0], free[1]
            if kind == "checkbox" and len(free) > 1:
                return name, [*held, free[0]], [*held, free[1]]
    raise AssertionError("a form that the test cannot fill in")


def listed(answer: str | list[str]) -> list[str]:
    return [answer] if isinstance(answer, str) else answer


@pytest.mark.parametrize("name", sorted(EDITS))
def test_the_second_to_save_sees_both_and_loses_nothing(
    fillings: Fillings, browser: Client, name: str
) -> None:
    page = fillings.path(ADDRESSES[name])
    mine, other, untouched = opened(browser, page), opened(browser, page), opened(browser, page)
    field, first, second = two_answers(other)
    assert browser.post(page, other.changed(**{field: first})).status_code == 302
    # Who changed nothing puts nothing back.
    assert browser.post(page, untouched.values).status_code == 302
    assert opened(browser, page).values[field] == listed(first)

    told = browser.post(page, mine.changed(**{field: second}))
    assert told.status_code == 409
    shown = told.content.decode()
    assert "Det som är sparat nu" in shown
    assert "Karin Lind" in shown
    [choice] = self_posting(shown)
    [asked] = choice.values["avgor"]
    if isinstance(first, str) and other.kinds[field] != "select":
        words = re.sub(r'<span class="hidden-text">[^<]*</span>|<[^>]*>', "", shown)
        assert first in words
        assert str(second) in words
        assert choice.values[field] == [second]

    # Nothing is chosen: asked again, and nothing is saved.
    again = browser.post(page, choice.values)
    assert again.status_code == 409
    assert "Välj vad som ska gälla." in again.content.decode()
    unsaved = opened(browser, page)
    assert unsaved.values[field] == listed(first)

    # Knowingly overwritten: what was there stands in the log.
    events = Revision.objects.count()
    chosen = choice.changed(**{f"val-{asked}": "mitt"})
    assert browser.post(page, chosen).status_code == 302
    assert opened(browser, page).values[field] == listed(second)
    assert Revision.objects.count() > events


def test_what_only_one_of_two_changed_is_kept_from_both(
    fillings: Fillings, browser: Client
) -> None:
    page = fillings.path(ADDRESSES["initiatives:edit"])
    mine, other = opened(browser, page), opened(browser, page)
    assert browser.post(page, other.changed(purpose="Först")).status_code == 302
    assert browser.post(page, mine.changed(content="Sedan")).status_code == 302
    kept = opened(browser, page).values
    assert (kept["purpose"], kept["content"]) == (["Först"], ["Sedan"])


def test_answers_that_belong_together_are_compared_together(
    fillings: Fillings, browser: Client
) -> None:
    page = fillings.path(ADDRESSES["initiatives:quantity_edit"])
    mine, other = opened(browser, page), opened(browser, page)
    range_ = other.changed(shape="RANGE", value="8", reference="5")
    assert browser.post(page, range_).status_code == 302
    told = browser.post(page, mine.changed(shape="COUNT", value="9", reference=""))
    assert told.status_code == 409
    [choice] = self_posting(told.content.decode())
    assert choice.values["avgor"] == ["shape", "value", "reference"]


def conflict(browser: Client, page: str) -> Form:
    """Two have written a need's description; the form with both."""
    mine, other = opened(browser, page), opened(browser, page)
    assert browser.post(page, other.changed(description="Deras text.")).status_code == 302
    told = browser.post(page, mine.changed(description="Min text.", title="Mitt namn"))
    assert told.status_code == 409
    return next(form for form in forms_of(told.content.decode()) if "avgor" in form.values)


def test_the_stored_text_can_be_kept_and_the_rest_is_saved(
    fillings: Fillings, browser: Client
) -> None:
    page = fillings.path(ADDRESSES["needs:edit"])
    choice = conflict(browser, page)
    assert browser.post(page, choice.changed(**{"val-description": "sparat"})).status_code == 302
    kept = opened(browser, page).values
    assert (kept["description"], kept["title"]) == (["Deras text."], ["Mitt namn"])


def test_a_text_can_be_put_together_of_both(fillings: Fillings, browser: Client) -> None:
    page = fillings.path(ADDRESSES["needs:edit"])
    choice = conflict(browser, page)
    assert choice.values["egen-description"] == ["Min text."]
    both = {"val-description": "eget", "egen-description": "Deras text.\nMin text."}
    assert browser.post(page, choice.changed(**both)).status_code == 302
    assert opened(browser, page).values["description"] == ["Deras text.\nMin text."]


def test_a_text_put_together_is_not_lost_by_another_choice(
    fillings: Fillings, browser: Client
) -> None:
    page = fillings.path(ADDRESSES["needs:edit"])
    choice = conflict(browser, page)
    contrary = {"val-description": "sparat", "egen-description": "Halva mitt, halva deras."}
    told = browser.post(page, choice.changed(**contrary))
    assert told.status_code == 409
    assert "Du har ändrat i rutan men valt något annat." in told.content.decode()
    [again] = self_posting(told.content.decode())
    assert again.values["egen-description"] == ["Halva mitt, halva deras."]
    assert opened(browser, page).values["description"] == ["Deras text."]


def test_a_third_text_saved_while_choosing_is_told_too(fillings: Fillings, browser: Client) -> None:
    page = fillings.path(ADDRESSES["needs:edit"])
    choice = conflict(browser, page)
    third = opened(browser, page)
    assert browser.post(page, third.changed(description="Tredje texten.")).status_code == 302
    told = browser.post(page, choice.changed(**{"val-description": "mitt"}))
    assert told.status_code == 409
    assert "Tredje" in told.content.decode()


def test_a_form_from_before_there_were_versions_overwrites_nothing(
    fillings: Fillings, browser: Client
) -> None:
    page = fillings.path(ADDRESSES["needs:edit"])
    held = opened(browser, page)
    old = {key: value for key, value in held.values.items() if key != "version"}
    assert browser.post(page, {**old, "description": "Nytt"}).status_code == 409
    assert browser.post(page, old).status_code == 302
    assert opened(browser, page).values["description"] == held.values["description"]


def test_what_was_changed_for_both_may_no_longer_be_allowed(
    fillings: Fillings, browser: Client
) -> None:
    """Half of each may be wrong together: then the form says so, with what was typed."""
    page = fillings.path(ADDRESSES["initiatives:edit"])
    mine, other = opened(browser, page), opened(browser, page)
    level = other.offered["levels"][0]
    inferred = {"levels": [level], "levels_basis": "INFERRED", "levels_ground": "Av namnet"}
    assert browser.post(page, other.changed(**inferred)).status_code == 302
    told = browser.post(page, mine.changed(levels=[other.offered["levels"][1]]))
    assert told.status_code == 409
    [choice] = self_posting(told.content.decode())
    assert set(choice.values["avgor"]) >= {"levels", "levels_ground"}


def test_both_texts_of_a_section_stand_under_its_heading(
    fillings: Fillings, browser: Client
) -> None:
    page = fillings.path(ADDRESSES["reports:section"])
    [heading] = re.findall(r"<h1[^>]*>(.*?)</h1>", browser.get(page).content.decode())
    mine, other = opened(browser, page), opened(browser, page)
    assert browser.post(page, other.changed(text="Den ena")).status_code == 302
    told = browser.post(page, mine.changed(text="Den andra"))
    assert told.status_code == 409
    assert f": {heading}</span>" in told.content.decode()
