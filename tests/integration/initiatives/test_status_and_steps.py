"""What becomes of an initiative is told, its steps are written, it is shared and withdrawn."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from samhandling.apps.accounts.models import User
from samhandling.apps.initiatives.models import Initiative
from samhandling.core.partial_date import parse_swedish
from samhandling.web import clock
from tests.browsing import confirm, text
from tests.factories import County, make_cause

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SignIn = Callable[[User], Client]
HOSTILE = "<script>alert('å')</script> \"><img src=x onerror=y> {{ 7|add:7 }}"
LONG = "Åäö och ett långt ord. " * 218  # a little over 5 000 characters


def test_a_locked_database_says_so_and_keeps_what_was_typed(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    locked = patch(
        "samhandling.apps.initiatives.services.status.StatusEvent.objects.create",
        side_effect=OperationalError("database is locked"),
    )
    with locked:
        answer = as_person(county.alice).post(
            f"/insatser/{shared.uid}/status/",
            {"about": shared.uid, "status": "PAUSED", "reason": LONG, "told_for_year": 2020},
        )
    page = text(answer)
    assert "Ändringen kunde inte sparas" in page
    assert LONG.strip() in page
    assert Initiative.objects.get(pk=shared.pk).status == "ONGOING"


def test_a_status_needs_nothing_but_itself(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    page = f"/insatser/{shared.uid}/status/"
    browser = as_person(county.bob)
    answer = browser.post(page, {"about": shared.uid, "told_for_year": 2020, "reason": "Sjukdom"})
    assert "Välj en status." in text(answer)
    assert "Sjukdom" in text(answer)
    cause = make_cause("covid-19")
    answer = browser.post(
        page,
        {
            "about": shared.uid,
            "status": "POSTPONED",
            "told_for_year": 2020,
            "postponed_to": "våren 2021",
            "causes": [cause.pk],
            "reason": HOSTILE,
        },
    )
    assert answer.status_code == 302
    shared.refresh_from_db()
    event = shared.status_events.last()
    assert event is not None
    assert (shared.status, event.told_for_year) == ("POSTPONED", 2020)
    assert event.postponed_to == parse_swedish("våren 2021")
    shown = text(browser.get(f"/insatser/{shared.uid}/"))
    assert "<script>alert" not in shown
    assert "onerror=y&gt; {{ 7|add:7 }}" in shown


def test_a_new_date_with_a_status_that_does_not_wait_is_told_at_the_field(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    answer = as_person(county.alice).post(
        f"/insatser/{shared.uid}/status/",
        {"about": shared.uid, "status": "DONE", "told_for_year": 2020, "postponed_to": "2021"},
    )
    assert "Bara det som är uppskjutet eller pausat kan ha en ny tid." in text(answer)
    assert 'id="id_postponed_to_error"' in text(answer)
    year = clock.today().year
    far = {"about": shared.uid, "status": "DONE", "told_for_year": year + 2}
    answer = as_person(county.alice).post(f"/insatser/{shared.uid}/status/", far)
    assert f"Året kan inte vara senare än {year + 1}." in text(answer)
    assert shared.status_events.count() == 1


def test_steps_are_added_moved_and_told_of(
    county: County, shared: Initiative, as_person: SignIn
) -> None:
    browser = as_person(county.alice)
    for name in ("Ett", "Två"):
        browser.post(f"/insatser/{shared.uid}/steg/", {"title": name, "part_kind": "STEP"})
    second = Initiative.objects.get(record__title="Två")
    assert as_person(county.charlie).post(f"/insatser/{second.uid}/flytta/").status_code == 404
    browser.post(f"/insatser/{second.uid}/flytta/", {"riktning": "upp"})
    titles = [row.title for row in shared.parts.with_record().order_by("order")]
    assert titles == ["Två", "Ett"]
    assert browser.get(f"/insatser/{second.uid}/flytta/").status_code == 405
    assert browser.post(f"/insatser/{shared.uid}/flytta/").status_code == 404
    assert browser.get(f"/insatser/{second.uid}/").status_code == 200


def test_sharing_asks_first_and_then_everybody_sees_it(
    county: County, draft: Initiative, as_person: SignIn
) -> None:
    page = f"/insatser/{draft.uid}/dela/"
    browser = as_person(county.alice)
    assert "Det går inte att ångra" in text(browser.get(page))
    draft.refresh_from_db()
    assert draft.sharing == "DRAFT"
    confirm(browser, page)
    assert as_person(county.charlie).get(f"/insatser/{draft.uid}/").status_code == 200


def test_withdrawing_needs_a_reason(county: County, shared: Initiative, as_person: SignIn) -> None:
    page = f"/insatser/{shared.uid}/dra-tillbaka/"
    browser = as_person(county.alice)
    assert "Skriv varför." in text(browser.post(page, {"reason": " "}))
    assert browser.post(page, {"reason": "Dubblett"})["Location"] == "/rok/insatser/"
    assert not Initiative.objects.live().exists()
