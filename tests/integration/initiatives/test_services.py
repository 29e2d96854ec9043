"""The writing door of initiatives: what it stores, refuses, logs and makes findable."""

import pytest

from samhandling.apps.audit.models import Event
from samhandling.apps.initiatives import services
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import (
    can_edit,
    can_read,
    editable_by,
    visible_to,
)
from samhandling.apps.initiatives.selectors import status_as_told
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.selectors import search_records
from samhandling.core.partial_date import parse_swedish
from tests.audit_log import start_log_now
from tests.factories import (
    County,
    make_agreement,
    make_body,
    make_cause,
    make_county,
    make_focus_area,
    make_initiative,
    make_need,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


def create(county: County, by: object, **fields: object) -> Initiative:
    return services.create_initiative(
        agreement=county.agreement,
        title="Språkcafé på biblioteket",
        by=by,  # type: ignore[arg-type]
        **{"owner": county.organisation, **fields},  # type: ignore[arg-type]
    )


def test_only_the_title_is_needed_and_the_rest_stays_unknown(county: County) -> None:
    made = Initiative.objects.get(pk=create(county, county.alice).pk)
    assert made.title == "Språkcafé på biblioteket"
    assert (made.network, made.focus_area, made.when) == (None, None, None)
    assert (made.status, made.partners_state, made.sharing) == ("UNKNOWN", "UNKNOWN", "DRAFT")
    assert made.is_conditional is None


def test_a_member_makes_initiatives_for_the_own_organisation_and_network_only(
    county: County,
) -> None:
    create(county, county.bob, owner=None, network=county.network)
    with pytest.raises(NotAllowed):
        create(county, county.charlie)
    with pytest.raises(NotAllowed):
        create(county, county.reader, owner=None)


def test_a_draft_its_own_author_could_not_see_is_refused(county: County) -> None:
    with pytest.raises(services.DraftWouldBeLost, match="bara för ägarens och nätverkets egna"):
        create(county, county.doris)
    assert create(county, county.doris, sharing="SHARED").sharing == "SHARED"


def test_predicates_and_filters_agree_for_everybody(county: County) -> None:
    draft = create(county, county.alice)
    services.add_part(initiative=draft, title="Steg ett", by=county.alice)
    make_initiative(county.agreement, network=county.network, sharing="DRAFT")
    make_initiative(county.agreement, owner=county.other_organisation)
    make_initiative(county.agreement, owner=make_organisation(), network=make_body())
    withdrawn = make_initiative(county.agreement, owner=county.organisation)
    services.withdraw_initiative(initiative=withdrawn, reason="Dubblett", by=county.alice)
    rows = list(Initiative.objects.select_related("record", "parent").order_by("pk"))
    assert len(rows) == 6
    everyone = [county.alice, county.bob, county.charlie, county.doris, county.reader, None]
    for by in everyone:
        seen = set(visible_to(Initiative.objects.all(), by).values_list("pk", flat=True))
        assert seen == {row.pk for row in rows if can_read(row, by)}
        mine = set(editable_by(Initiative.objects.all(), by).values_list("pk", flat=True))
        assert mine == {row.pk for row in rows if can_edit(row, by)}
    assert can_read(rows[1], county.alice)
    assert not can_read(rows[1], county.charlie)
    assert not can_read(rows[0], county.doris)


def test_sharing_shows_the_whole_and_its_parts_once(county: County) -> None:
    draft = create(county, county.alice)
    step = services.add_part(initiative=draft, title="Steg ett", by=county.alice)
    with pytest.raises(NotAllowed):
        services.share_initiative(initiative=draft, by=county.doris)
    services.share_initiative(initiative=draft, by=county.alice)
    step.refresh_from_db()
    assert step.sharing == "SHARED"
    assert step.shared_at is not None
    with pytest.raises(services.AlreadyShared):
        services.share_initiative(initiative=draft, by=county.alice)


def test_a_change_logs_what_was_before_and_after_and_only_that(county: County) -> None:
    made = create(county, county.alice, purpose="Gammalt syfte", when=parse_swedish("mars 2020"))
    start_log_now()
    services.update_initiative(
        initiative=made,
        by=county.alice,
        title=made.title,
        purpose="Nytt syfte",
        when=parse_swedish("april 2020"),
        focus_area=county.area,
        levels=[(county.levels[0], "STATED")],
        reason="Rättat",
    )
    event = Event.objects.get()
    assert event.reason == "Rättat"
    assert {row.field: (row.before, row.after) for row in event.revisions.all()} == {
        "purpose": ("Gammalt syfte", "Nytt syfte"),
        "when": ("mars 2020", "april 2020"),
        "focus_area": ("", "Bosättning och mottagande"),
        "levels": ("", "basnivå"),
    }
    services.update_initiative(initiative=made, by=county.alice, purpose="Nytt syfte")
    assert Event.objects.count() == 1
    assert Initiative.objects.get(pk=made.pk).when == parse_swedish("april 2020")


def test_the_search_follows_what_is_written(county: County) -> None:
    made = create(county, county.alice, purpose="Simning i bassängen")
    assert list(search_records("bassäng")) == [made.record]
    services.update_initiative(initiative=made, by=county.alice, purpose="Cykling")
    assert list(search_records("bassäng")) == []
    assert list(search_records("cykling")) == [made.record]


def test_naming_a_network_takes_back_that_there_is_none(county: County) -> None:
    made = create(county, county.bob, owner=county.other_organisation, has_no_network=True)
    services.update_initiative(initiative=made, by=county.bob, network=county.network)
    assert (made.network, made.has_no_network) == (county.network, False)
    services.update_initiative(initiative=made, by=county.bob, has_no_network=True)
    made.refresh_from_db()
    assert (made.network, made.has_no_network) == (None, True)


def test_nobody_hands_an_initiative_over_to_somebody_they_do_not_act_for(county: County) -> None:
    made = create(county, county.alice)
    with pytest.raises(services.WouldLoseReach):
        services.update_initiative(
            initiative=made, by=county.alice, owner=county.other_organisation
        )
    assert Initiative.objects.get(pk=made.pk).owner_id == county.organisation.pk


def test_a_draft_is_handed_to_nobody_its_author_does_not_belong_to(county: County) -> None:
    # Bob keeps his own reach through the network; still Alice's people must not see the draft.
    draft = create(county, county.bob, owner=None, network=county.network)
    step = services.add_part(initiative=draft, title="Steg ett", by=county.bob)
    for row in (draft, step):
        with pytest.raises(services.WouldLoseReach):
            services.update_initiative(
                initiative=Initiative.objects.get(pk=row.pk),
                by=county.bob,
                owner=county.organisation,
            )
        assert not can_read(Initiative.objects.get(pk=row.pk), county.alice)
    with pytest.raises(services.WouldLoseReach):
        create(county, county.bob, network=county.network)
    with pytest.raises(services.WouldLoseReach):
        services.add_part(
            initiative=draft, title="Steg två", owner=county.organisation, by=county.bob
        )
    services.update_initiative(
        initiative=Initiative.objects.get(pk=draft.pk),
        by=county.bob,
        owner=county.other_organisation,
    )
    assert Initiative.objects.get(pk=draft.pk).owner_id == county.other_organisation.pk


def test_a_process_leader_hands_over_what_is_shared_but_not_a_draft(county: County) -> None:
    own = make_organisation("Processledarens organisation")
    leader = make_user(organisation=own, role="PROCESS_LEADER")
    draft = create(county, leader, owner=own)
    for named in ({"owner": county.organisation}, {"network": county.network}):
        with pytest.raises(services.WouldLoseReach):
            services.update_initiative(
                initiative=Initiative.objects.get(pk=draft.pk), by=leader, **named
            )
    services.share_initiative(initiative=Initiative.objects.get(pk=draft.pk), by=leader)
    shared = Initiative.objects.get(pk=draft.pk)
    services.update_initiative(
        initiative=shared, by=leader, owner=county.organisation, network=county.network
    )
    shared.refresh_from_db()
    assert (shared.owner_id, shared.network_id) == (county.organisation.pk, county.network.pk)
    # Its new owner's people move it no further than to what they belong to themselves.
    with pytest.raises(services.WouldLoseReach):
        services.update_initiative(
            initiative=shared, by=county.alice, network=make_body("Ett annat nätverk")
        )


def test_things_of_another_agreement_are_refused(county: County) -> None:
    other = make_agreement()
    made = create(county, county.alice)
    for fields in (
        {"focus_area": make_focus_area(other)},
        {"levels": [(other.levels.first(), "STATED")]},
        {"follows": make_initiative(other)},
    ):
        with pytest.raises(services.ForeignToAgreement):
            services.update_initiative(initiative=made, by=county.alice, **fields)
    with pytest.raises(services.ForeignToAgreement):
        services.link_need(initiative=made, need=make_need(other), by=county.alice)


def test_the_status_is_that_of_the_latest_year_whatever_the_order_of_entry(
    county: County,
) -> None:
    made = create(county, county.alice)
    cause = make_cause("covid-19")
    services.record_status(
        initiative=made,
        status="POSTPONED",
        told_for_year=2021,
        postponed_to=parse_swedish("våren 2022"),
        reason="Smittläget",
        causes=[(cause, "Lokalen stängd", "STATED")],
        by=county.alice,
    )
    services.record_status(initiative=made, status="ONGOING", told_for_year=2020, by=county.alice)
    assert Initiative.objects.get(pk=made.pk).status == "POSTPONED"
    assert status_as_told([made.pk], 2020)[made.pk].status == "ONGOING"
    assert status_as_told([made.pk], 2019) == {}
    event = status_as_told([made.pk], 2022)[made.pk]
    assert (event.status, event.postponed_to) == ("POSTPONED", parse_swedish("våren 2022"))
    assert [row.cause.name for row in event.causes.all()] == ["covid-19"]


def test_a_new_date_belongs_to_what_waits_only(county: County) -> None:
    made = create(county, county.alice)
    with pytest.raises(services.NewDateWithoutPostponement):
        services.record_status(
            initiative=made,
            status="DONE",
            told_for_year=2020,
            postponed_to=parse_swedish("2021"),
            by=county.alice,
        )


def test_steps_keep_their_order_when_moved(county: County) -> None:
    made = create(county, county.alice, sharing="SHARED")
    first, second, third = (
        services.add_part(initiative=made, title=name, by=county.alice)
        for name in ("Ett", "Två", "Tre")
    )
    assert second.sharing == "SHARED"
    services.move_part(part=third, earlier=True, by=county.alice)
    services.move_part(part=first, earlier=True, by=county.alice)
    titles = [row.title for row in made.parts.with_record().order_by("order")]
    assert titles == ["Ett", "Tre", "Två"]


def test_money_keeps_its_amount_unknown_and_tells_its_states_by_year(county: County) -> None:
    made = create(county, county.alice)
    money = services.add_funding(
        initiatives=[made], instrument="§37", state="SOUGHT", told_for_year=2020, by=county.alice
    )
    assert money.amount_sek is None
    assert money.title == "§37"
    services.record_funding_state(
        funding=money, state="GRANTED", told_for_year=2021, by=county.alice
    )
    money.refresh_from_db()
    assert money.state == "GRANTED"
    assert [row.state for row in money.events.all()] == ["SOUGHT", "GRANTED"]
    with pytest.raises(NotAllowed):
        services.record_funding_state(
            funding=money, state="REFUSED", told_for_year=2021, by=county.charlie
        )


def test_withdrawing_takes_the_parts_along_and_needs_a_reason(county: County) -> None:
    made = create(county, county.alice)
    services.add_part(initiative=made, title="Ett", by=county.alice)
    with pytest.raises(services.ReasonMissing):
        services.withdraw_initiative(initiative=made, reason=" ", by=county.alice)
    services.withdraw_initiative(initiative=made, reason="Dubblett", by=county.alice)
    assert not Initiative.objects.live().exists()


def test_every_writing_service_refuses_an_outsider(county: County) -> None:
    made = make_initiative(county.agreement, owner=county.organisation)
    outsider = make_user(organisation=make_organisation())
    need = make_need(county.agreement)
    result = services.add_expected_result(initiative=made, text="Fler i arbete", by=county.alice)
    quantity = services.add_quantity(
        initiative=made, measure="deltagare", value=12, by=county.alice
    )
    step = services.add_part(initiative=made, title="Ett", by=county.alice)
    money = services.add_funding(initiatives=[made], by=county.alice)
    before = Event.objects.count()
    attempts = [
        lambda: services.update_initiative(initiative=made, purpose="x", by=outsider),
        lambda: services.share_initiative(initiative=made, by=outsider),
        lambda: services.withdraw_initiative(initiative=made, reason="x", by=outsider),
        lambda: services.record_status(
            initiative=made, status="DONE", told_for_year=2020, by=outsider
        ),
        lambda: services.record_driver(initiative=made, cause=make_cause(), by=outsider),
        lambda: services.set_levels(initiative=made, levels=[], by=outsider),
        lambda: services.add_part(initiative=made, title="x", by=outsider),
        lambda: services.move_part(part=step, earlier=True, by=outsider),
        lambda: services.link_need(initiative=made, need=need, by=outsider),
        lambda: services.unlink_need(initiative=made, need=need, by=outsider),
        lambda: services.add_expected_result(initiative=made, text="x", by=outsider),
        lambda: services.update_expected_result(result=result, text="x", by=outsider),
        lambda: services.withdraw_expected_result(result=result, reason="x", by=outsider),
        lambda: services.add_quantity(initiative=made, measure="x", value=1, by=outsider),
        lambda: services.update_quantity(
            initiative=made, quantity=quantity, measure="x", value=1, by=outsider
        ),
        lambda: services.withdraw_quantity(
            initiative=made, quantity=quantity, reason="x", by=outsider
        ),
        lambda: services.add_funding(initiatives=[made], by=outsider),
        lambda: services.update_funding(
            funding=money,
            funder=None,
            recipient=None,
            instrument="x",
            amount_sek=None,
            ends=None,
            by=outsider,
        ),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    # Making a cause for the attempt is the only thing that was logged.
    assert Event.objects.count() == before + 1
