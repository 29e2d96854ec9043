"""Organisations, networks and other bodies of the county."""

from typing import Any

from samhandling.apps.agreements.models import NetworkAssignment
from samhandling.apps.organisations import services
from samhandling.apps.organisations.models import (
    ActorRole,
    ActorSet,
    BodyLifecycleEvent,
    CollaborationBody,
    Membership,
)
from samhandling.apps.organisations.services import RoleText, Seat
from samhandling.apps.records import services as records
from samhandling.core.knowledge import Basis, Completeness
from samhandling.core.partial_date import Reading
from samhandling.demo.facts import Item
from samhandling.demo.loading import BASES, BY, SECTORS, Loading, when

Kind, State = CollaborationBody.Kind, CollaborationBody.State
KINDS = {
    "råd": Kind.COUNCIL,
    "samordningsgrupp": Kind.COORDINATION_GROUP,
    "arbetsgrupp": Kind.WORKING_GROUP,
    "samverkansråd": Kind.COOPERATION_COUNCIL,
    "ledningsgrupp": Kind.MANAGEMENT_GROUP,
    "styrgrupp": Kind.STEERING_GROUP,
}
STATES = {
    None: "",
    "aktiv": State.ACTIVE,
    "aktivt": State.ACTIVE,
    "aktiv (implicit)": State.ACTIVE,
    "väletablerat": State.ACTIVE,
    "aktivt, uppdraget under diskussion": State.UNDER_REVIEW,
    "aktivt, uppdraget ses över 2021": State.UNDER_REVIEW,
    "vilande": State.DORMANT,
    "avslutad": State.CLOSED,
    "föreslaget": State.PROPOSED,
}


def load_organisations(loading: Loading) -> None:
    """Organisations and categories; described sets of organisations last, with their members."""
    items = loading.facts["organisations"]
    for item in items:
        if not item.get("collective"):
            _load_organisation(loading, item)
    for item in items:
        if item.get("collective"):
            _load_collective(loading, item)
    _load_controllers(loading)
    operated_by = loading.more["operated_by"]
    assert all(key in loading.things for key, _operator in operated_by.items())


def _load_controllers(loading: Loading) -> None:
    """Made up, at addresses that are marked as such wherever they stand; the others are unknown."""
    for key, (controller, officer) in loading.more["controllers"].items():
        organisation = loading.find(key)
        services.state_controller(
            organisation=organisation, data_controller=controller, officer_email=officer, by=BY
        )


def _load_organisation(loading: Loading, item: Item) -> None:
    more, key = loading.more, item.id
    contact = item.get("contact") or Item({}, key)
    operator = more["operated_by"].get(key)
    made = services.create_organisation(
        name=item["name"],
        title_en=loading.english(key),
        source_key=key,
        short_name=more["short_names"].get(key, ""),
        sector=SECTORS[item["kind"]],
        subtype=item.get("subtype", ""),
        note=item.get("note", ""),
        operated_by=loading.find(operator) if operator else None,
        visiting_address=contact.get("visit", ""),
        phone=contact.get("phone", ""),
        web=contact.get("web", ""),
        email=contact.get("email", ""),
        roles=[RoleText(text) for text in item.get("roles", [])],
        by=BY,
    )
    loading.keep(key, made)
    loading.cite(item, made)
    for name, field in (("kind_basis", "sector"), ("basis", "title")):
        if name in item:
            loading.state(made, key, field, BASES[item[name]])


def _load_collective(loading: Loading, item: Item) -> None:
    key, sector = item.id, SECTORS[item["kind"]]
    common: dict[str, Any] = {
        "name": item["name"],
        "title_en": loading.english(key),
        "source_key": key,
        "sector": sector,
        "by": BY,
    }
    if "quantity" in item:
        members = [loading.actor(word) for word in loading.more["municipalities"]]
        made: Any = services.create_actor_set(
            stated_count=item["quantity"],
            stated_total=item["quantity"],
            members=members,
            members_state=Completeness.COMPLETE,
            **common,
        )
        assert isinstance(made, ActorSet)
    else:
        made = services.create_category(**common)
    loading.keep(key, made)
    loading.cite(item, made)


def load_bodies(loading: Loading) -> None:
    """Networks first, then the council and the groups, some of which belong to a network."""
    for item in loading.facts["networks"]:
        if "same_as" not in item:
            _load_network(loading, item)
    for item in loading.facts["bodies"]:
        _load_body(loading, item)
    for item in loading.facts["networks"]:
        if "same_as" in item:
            _load_double(loading, item)
        if "possible_start" in item:
            _propose_forum(loading, item)


def _seats(loading: Loading, item: Item) -> list[Seat]:
    members = item.get("members", [])
    words = [members] if isinstance(members, str) else members
    seats = [Seat(actor=loading.actor(word), function=loading.function_of(word)) for word in words]
    if "chair" in item:
        seats.insert(0, Seat(function=item["chair"], role=Membership.Role.CHAIR))
    extra = loading.more["extra_seats"].get(item.id)
    if extra:
        seats.append(Seat(actor=loading.actor(extra["actor"]), function=extra["function"]))
    return seats


def _members_state(loading: Loading, item: Item, seats: list[Seat]) -> str:
    told = loading.more["members_states"].get(item.id)
    return str(told or (Completeness.PARTIAL if seats else Completeness.UNKNOWN))


def _load_network(loading: Loading, item: Item) -> None:
    more, key = loading.more, item.id
    seats = _seats(loading, item)
    authority, commissioner = item.get("coordinating_authority"), item.get("commissioned_by")
    possible_start = item.get("possible_start")
    granted_by = loading.actor(commissioner) if commissioner else None
    made = services.create_body(
        name=item["name"],
        title_en=loading.english(key),
        source_key=key,
        short_name=more["short_names"].get(key, ""),
        kind=Kind.FORUM if possible_start else Kind.NETWORK,
        state=STATES[item["lifecycle"]],
        coordinating_authority=loading.find(authority) if authority else None,
        led_by=[loading.find(word) for word in item.get("led_by", [])],
        assigned_by=granted_by,
        mandate=item.get("mandate", ""),
        mandate_granted_by=granted_by,
        started=when(item.get("started") or possible_start, Reading.START),
        meeting_rhythm=more["meeting_rhythms"].get(key, ""),
        seats=seats,
        members_state=_members_state(loading, item, seats),
        by=BY,
    )
    loading.keep(key, made)
    loading.cite(item, made)


def _propose_forum(loading: Loading, item: Item) -> None:
    """The forum rests on what a working group proposes, so the group must be there first."""
    forum = loading.more["civil_forum"]
    event = services.record_lifecycle_event(
        body=loading.body(item.id),
        kind=BodyLifecycleEvent.Kind.PROPOSED,
        title=forum["title"],
        title_en=forum["english"],
        condition=item["condition"],
        carried_out_by=loading.body(forum["proposed_by"]),
        by=BY,
    )
    loading.cite(item, event)


def _load_body(loading: Loading, item: Item) -> None:
    more, key = loading.more, item.id
    seats = _seats(loading, item)
    part_of, reports_to = item.get("network"), item.get("reports_to")
    assigned_by = item.get("assigned_by")
    successor_state = Completeness.NOT_APPLICABLE
    if "successor" in item and item["successor"] is None:
        successor_state = Completeness.NONE
    made = services.create_body(
        name=item["name"],
        title_en=loading.english(key),
        source_key=key,
        short_name=more["short_names"].get(key, ""),
        kind=KINDS[item["kind"]],
        state=STATES[item.get("status")],
        is_collective=key in more["collective_bodies"],
        description=item.get("description", ""),
        strength=item.get("strength", ""),
        part_of=loading.body(part_of) if part_of else None,
        reports_to=loading.body(reports_to) if reports_to else None,
        reporting_frequency=item.get("reporting_frequency", ""),
        assigned_by=loading.actor(assigned_by) if assigned_by else None,
        started=when(item.get("started"), Reading.START),
        first_meeting=when(item.get("first_meeting")),
        seats=seats,
        members_state=_members_state(loading, item, seats),
        seat_level=item.get("member_level", ""),
        members_note=item.get("member_note", ""),
        successor_state=successor_state,
        roles=list(_roles(loading, item)),
        by=BY,
    )
    loading.keep(key, made)
    loading.cite(item, made)
    known = more["body_states"].get(key)
    if known:
        records.state_basis(made.record, "state", Basis(known["basis"]), known["ground"])
    if "inactive_since" in item:
        dormancy = more["dormancy"]
        event = services.record_lifecycle_event(
            body=made,
            kind=BodyLifecycleEvent.Kind.BECAME_DORMANT,
            title=dormancy["title"],
            title_en=dormancy["english"],
            when=when(item["inactive_since"]),
            consequence=item["gap"],
            by=BY,
        )
        loading.cite(item, event)


def _roles(loading: Loading, item: Item) -> list[RoleText]:
    proposed = loading.more["proposed_roles"]
    found = []
    for role in item.get("roles", []):
        text = role["text"] if isinstance(role, Item) else role
        source = loading.sources[role["source"]] if isinstance(role, Item) else None
        state = ActorRole.State.PROPOSED if text in proposed else ActorRole.State.HELD
        found.append(RoleText(text, state, source))
    for text in item.get("proposed_roles", []):
        found.append(RoleText(text, ActorRole.State.PROPOSED))
    return found


def _load_double(loading: Loading, item: Item) -> None:
    """A network that is another body under a second name: a merged record, its mandate moved."""
    real = loading.body(item["same_as"])
    double = services.create_body(
        name=item["name"],
        source_key=item.id,
        kind=Kind.NETWORK,
        by=BY,
    )
    services.give_mandate(body=real, text=item["mandate"], by=BY)
    assert item["coordinating_authority"] is None
    loading.cite(item, double)
    records.merge_record(
        record=double.record,
        into=real.record,
        basis=Basis.STATED,
        ground=loading.ground(item.id, "merged_into"),
        by=BY,
    )
    loading.keep(item.id, real)


def assignment_scope(item: Item) -> str:
    """How a network stands to the agreement: inside, outside or not said."""
    if item.get("in_scope") is False:
        return NetworkAssignment.Scope.OUTSIDE
    if item["one_of_seven"]:
        return NetworkAssignment.Scope.INSIDE
    return NetworkAssignment.Scope.UNKNOWN
