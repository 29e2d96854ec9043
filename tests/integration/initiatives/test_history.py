"""The log in sentences: right words, folded texts, and nothing of another's draft."""

import pytest
from django.utils.html import strip_tags

from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.situation.services import share_need, update_need
from samhandling.core.partial_date import parse_swedish
from samhandling.web.history_sentences import Sentence, sentences
from samhandling.web.history_visibility import visible_events
from tests.audit_log import start_log_now
from tests.factories import County, make_cause, make_funding, make_initiative, make_need

pytestmark = pytest.mark.django_db


def told(by: object, **options: object) -> list[str]:
    """Every sentence that `by` reads, oldest first, without links."""
    events = visible_events(Event.objects.order_by("pk"), by)  # type: ignore[arg-type]
    return [
        strip_tags(row.sentence)
        for row in sentences(events, by, **options)  # type: ignore[arg-type]
    ]


@pytest.fixture
def quiet(shared: Initiative) -> Initiative:
    """A shared initiative whose log starts now."""
    start_log_now()
    return shared


def test_each_thing_done_has_its_sentence(county: County, quiet: Initiative) -> None:
    by = county.alice
    services.update_initiative(initiative=quiet, by=by, purpose="Kort", target_group="Alla")
    services.update_initiative(initiative=quiet, by=by, when=parse_swedish("mars 2020"))
    services.update_initiative(initiative=quiet, by=by, when=parse_swedish("april 2020"))
    services.update_initiative(initiative=quiet, by=by, when=None)
    services.record_status(
        initiative=quiet,
        status="POSTPONED",
        told_for_year=2020,
        postponed_to=parse_swedish("2021"),
        causes=[(make_cause("covid-19"), "", "STATED")],
        by=by,
    )
    services.link_need(initiative=quiet, need=make_need(county.agreement, "Ett behov."), by=by)
    name = "insatsen ”Språkcafé på Åsgårdens bibliotek”"
    assert told(by) == [
        f"Alice Ek ändrade syfte och målgrupp för {name}.",
        f"Alice Ek fyllde i tid för {name}: mars 2020.",
        f"Alice Ek ändrade tid för {name} från mars 2020 till april 2020.",
        f"Alice Ek tog bort tid för {name}, tidigare april 2020.",
        "Exempelinläsningen lade till covid-19 i länets gemensamma lista.",
        f"Alice Ek ändrade {name} i uppföljningen 2020 från pågående till uppskjuten, till 2021, "
        "på grund av covid-19.",
        "Exempelinläsningen skapade behovet ”Ett behov”.",
        f"Alice Ek kopplade {name} till behovet ”Ett behov.”.",
    ]
    assert told(by, here=quiet.uid)[1] == "Alice Ek fyllde i tid för insatsen: mars 2020."


def test_a_new_time_is_told_beside_the_earlier_and_what_was_told_of_an_earlier_year(
    county: County, quiet: Initiative
) -> None:
    for status, year, until in (
        ("POSTPONED", 2020, "2021"),
        ("POSTPONED", 2020, "2022"),
        ("POSTPONED", 2020, "2022"),
        ("POSTPONED", 2018, "2019"),
        ("DONE", 2019, None),
    ):
        services.record_status(
            initiative=quiet,
            status=status,
            told_for_year=year,
            postponed_to=parse_swedish(until) if until else None,
            by=county.alice,
        )
    quiet.refresh_from_db()
    assert quiet.status == "POSTPONED"
    assert told(county.alice, here=quiet.uid)[1:] == [
        "Alice Ek angav läget för insatsen i uppföljningen 2020: fortsatt uppskjuten, nu till 2022 "
        "i stället för 2021.",
        "Alice Ek angav läget för insatsen i uppföljningen 2020: fortsatt uppskjuten, till 2022.",
        "Alice Ek ändrade insatsen i uppföljningen 2018 från okänt till uppskjuten, till 2019.",
        "Alice Ek ändrade insatsen i uppföljningen 2019 från uppskjuten till genomförd.",
    ]


def test_long_texts_are_folded_below_the_sentence(county: County, quiet: Initiative) -> None:
    services.update_initiative(
        initiative=quiet, by=county.alice, purpose="Å" * 5_000, reason="Vi vet mer"
    )
    row: Sentence = sentences(Event.objects.all(), county.alice)[0]
    assert strip_tags(row.sentence) == (
        "Alice Ek ändrade syfte för insatsen ”Språkcafé på Åsgårdens bibliotek”."
    )
    assert row.why == "Vi vet mer"
    assert [(c.label, c.before, c.after) for c in row.changes] == [("Syfte", "", "Å" * 5_000)]
    assert row.made_up


def test_nothing_of_another_organisations_draft_is_told(county: County) -> None:
    draft = make_initiative(county.agreement, owner=county.organisation, sharing="DRAFT")
    need = make_need(county.agreement, owner=county.organisation, sharing="DRAFT")
    start_log_now()
    by = county.alice
    services.update_initiative(initiative=draft, by=by, purpose="x")
    services.add_quantity(initiative=draft, measure="hemligt antal", value=1, by=by)
    services.add_part(initiative=draft, title="Hemligt steg", by=by)
    services.link_need(initiative=draft, need=need, by=by)
    update_need(need=need, description="x", by=by)
    make_funding(draft, instrument="Hemliga pengar", by=by)
    assert len(told(by)) == 6
    for outsider in (county.bob, county.charlie, county.doris, county.reader, None):
        assert told(outsider) == []
    shared = make_initiative(county.agreement, "Delad", owner=county.organisation)
    start_log_now()
    services.link_need(initiative=shared, need=need, by=by)
    assert told(county.charlie) == ["Alice Ek kopplade insatsen ”Delad” till behovet ”ett utkast”."]


def test_what_was_done_while_it_was_a_draft_stays_with_its_own_people(county: County) -> None:
    by = county.alice
    start_log_now()
    draft = make_initiative(
        county.agreement, "Nu delad", owner=county.organisation, sharing="DRAFT", by=by
    )
    need = make_need(
        county.agreement, "Nu delat", owner=county.organisation, sharing="DRAFT", by=by
    )
    services.update_initiative(initiative=draft, by=by, purpose="Hemligt syfte")
    services.add_quantity(initiative=draft, measure="hemligt antal", value=1, by=by)
    services.add_part(initiative=draft, title="Steg", by=by)
    make_funding(draft, instrument="Pengar", by=by)
    update_need(need=need, description="Hemligt", by=by)
    services.share_initiative(initiative=draft, by=by)
    share_need(need=need, by=by)
    services.update_initiative(initiative=draft, by=by, target_group="Alla")
    make_funding(draft, instrument="Nya pengar", by=by)
    name = "insatsen ”Nu delad”"
    after = [
        f"Alice Ek delade {name} med alla parter.",
        "Alice Ek delade behovet ”Nu delat” med alla parter.",
        f"Alice Ek fyllde i målgrupp för {name}: Alla.",
    ]
    for outsider in (county.bob, county.charlie, county.doris, county.reader):
        assert told(outsider)[:3] == after
        assert len(told(outsider)) == 4
    assert len(told(by)) == 11


def test_markup_in_names_and_values_is_text(county: County, quiet: Initiative) -> None:
    hostile = "<b>{who}</b> {0} %(x)s"
    services.update_initiative(initiative=quiet, by=county.alice, title=hostile)
    row = sentences(Event.objects.all(), county.alice)[0]
    assert "<b>" not in row.sentence
    assert "&lt;b&gt;{who}&lt;/b&gt; {0} %(x)s" in row.sentence
