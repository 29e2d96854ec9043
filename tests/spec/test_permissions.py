"""Every address is walked by everybody, and every answer held against permission_table.py.

The table is written by hand and knows nothing of `core.access`; here the two meet.
"""

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache

import click
import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import DjangoDbBlocker

from samhandling.apps.accounts.models import RoleGrant, User
from samhandling.apps.initiatives import permissions as initiative_rules
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.organisations import permissions
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.permissions import may, may_somewhere
from samhandling.apps.reporting.models import Report
from samhandling.apps.situation import permissions as need_rules
from samhandling.apps.situation.models import Need
from samhandling.cli.main import COMMANDS, Commands
from samhandling.core import access
from samhandling.core.access import Held
from samhandling.web.given_back import OWN_ACCOUNT
from tests.browsing import opened
from tests.factories.sign_in import signed_in_now
from tests.integration.addresses import Address, all_addresses
from tests.spec import permission_table
from tests.spec.permission_world import POSTED, World, names_of_people, people_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

METHODS = ("GET", "POST")
A_DAY = 24 * 60 * 60  # a slow walk is not asked who it is on the way
EVERYBODY = names_of_people()


@dataclass(frozen=True)
class Line:
    """One line of ADDRESSES."""

    name: str
    methods: tuple[str, ...]
    state: str
    let_in: frozenset[str]


def read_addresses() -> list[Line]:
    found = []
    for text in permission_table.ADDRESSES.strip().splitlines():
        if text.strip():
            name, *words = text.split()
            methods = tuple(word for word in words if word in METHODS)
            states, *people = words[len(methods) :]
            let_in = people_in(" ".join(people))
            found.extend(Line(name, methods, state, let_in) for state in states.split(","))
    return found


LINES = read_addresses()
BY_NAME = {address.name: address for address in all_addresses()}


@pytest.fixture(scope="module")
def world(demo_county_for_reading: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        yield World()


@pytest.fixture(scope="module")
def clients(world: World, django_db_blocker: DjangoDbBlocker) -> dict[str, Client]:
    """Everybody's browser, signed in where they can."""
    made = {}
    with django_db_blocker.unblock():
        for name, user in world.people.items():
            made[name] = Client() if user is None else signed_in_now(user, seconds_ago=-A_DAY)
    return made


@pytest.fixture(scope="module")
def known_roles() -> Callable[[int, date], frozenset[Held]]:
    return cache(permissions._held)


@pytest.fixture
def roles_read_once(
    monkeypatch: pytest.MonkeyPatch, known_roles: Callable[[int, date], frozenset[Held]]
) -> None:
    """Every request of the walk finds people with the roles that the world gave them."""
    monkeypatch.setattr(permissions, "_held", known_roles)


def ask(client: Client, method: str, path: str, posted: dict[str, str]) -> HttpResponseBase:
    """The answer; what the request changed is taken back, in the browser too."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer = client.post(path, posted) if method == "POST" else client.get(path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def outcome(answer: HttpResponseBase) -> str:
    """What became of a request, in a word."""
    code = answer.status_code
    if code == 302 and answer["Location"].startswith(settings.LOGIN_URL):
        return "sign in"
    if code in {200, 302} or code in {400, 409, 422, 429}:
        return "in"
    return {403: "no role", 404: "not there", 405: "no such method"}.get(code, str(code))


def expected(name: str, line: Line, path: str, *, listed: bool) -> set[str]:
    """The outcomes that the table allows. A method that is not listed works for nobody."""
    if "out" in line.let_in:
        return {"in", "sign in"} if listed else {"sign in", "no such method", "not there"}
    own_account = path.startswith(OWN_ACCOUNT)
    if listed and name in line.let_in:
        # Whoever signs out everywhere, or must show again who they are, is led to the sign-in.
        return {"in", "sign in"} if own_account else {"in"}
    if own_account and not line.let_in:
        return {"not there", "no such method", "sign in"}  # there is nothing for anybody
    if name == "out":
        return {"sign in"}
    if name == "none" and not own_account:
        return {"no role"}
    return {"not there"} if listed else {"no such method", "not there"}


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    assert {line.name for line in LINES} == set(BY_NAME)


def test_no_line_says_the_same_twice() -> None:
    said = [(line.name, method, line.state) for line in LINES for method in line.methods]
    assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize("address", BY_NAME.values(), ids=lambda address: address.name)
def test_who_gets_in_is_what_the_table_says(
    world: World,
    clients: dict[str, Client],
    pages_without_words: None,
    roles_read_once: None,
    address: Address,
) -> None:
    lines = [line for line in LINES if line.name == address.name]
    deviations = []
    for state in {line.state for line in lines}:
        path = world.path(address, state)
        for method in METHODS:
            here = [line for line in lines if line.state == state]
            line = next((line for line in here if method in line.methods), None)
            for name in EVERYBODY:
                right = expected(name, line or here[0], path, listed=line is not None)
                got = outcome(
                    ask(clients[name], method, path, POSTED.get(address.name, {"x": "1"}))
                )
                if got not in right:
                    deviations.append(f"{name} {method} {state}: {got}, not {sorted(right)}")
    assert deviations == []


def test_the_number_of_cells_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    states = {(line.name, line.state) for line in LINES}
    cells = len(states) * len(METHODS) * len(EVERYBODY)
    answers = len(read_answers()) * len(EVERYBODY)
    with capsys.disabled():
        print(
            f"\npermission cells walked: {cells} of {len(BY_NAME)} addresses, "
            f"{answers} of {len(access.Operation)} operations; deviations: 0 unless a test failed"
        )
    assert cells > 3000


# --- operations ----------------------------------------------------------------------------------


def read_answers() -> dict[tuple[str, str], frozenset[str]]:
    found = {}
    for text in permission_table.ANSWERS.strip().splitlines():
        operation, thing, *people = text.split()
        assert (operation, thing) not in found
        found[operation, thing] = people_in(" ".join(people))
    return found


def things(world: World) -> dict[str, dict[str, int]]:
    agreement = {"agreement_id": world.x.pk}
    return {
        "of-a": {"owner_id": world.a.pk, **agreement},
        "in-n": {"body_id": world.n.pk, **agreement},
        "in-x": agreement,
        "whole": {},
    }


def deviations_from_answers(world: World, only: str = "") -> list[str]:
    """Where `may` does not answer as the table says."""
    kinds = things(world)
    found = []
    for (operation, thing), allowed in read_answers().items():
        if only not in ("", operation):
            continue
        for name, user in world.people.items():
            answer = may(user, access.Operation(operation), **kinds[thing])
            if answer is not (name in allowed):
                found.append(f"{name} {operation} {thing}: {answer}")
    return found


def test_every_operation_has_a_line_for_each_kind_of_thing(world: World) -> None:
    asked = {(one.value, thing) for one in access.Operation for thing in things(world)}
    assert set(read_answers()) == asked


def test_who_may_is_what_the_table_says(world: World) -> None:
    assert deviations_from_answers(world) == []


@pytest.mark.parametrize("who", ["chair", "deputy", "substitute"])
def test_who_stands_where_the_convener_stands_may_what_the_convener_may(
    world: World, who: str
) -> None:
    """Each of the two networks' convener has her chair, deputy and substitute."""
    kinds = things(world)
    deviations = []
    for convener, body in (("convener", world.n), ("convener-elsewhere", world.m)):
        user = world.stands_for_convener(who, body)
        for (operation, thing), allowed in read_answers().items():
            answer = may(user, access.Operation(operation), **kinds[thing])
            if answer is not (convener in allowed):
                deviations.append(f"{who} for {convener} {operation} {thing}: {answer}")
    assert deviations == []


def test_inverting_any_one_cell_is_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table would notice it if any one cell of `core.access` said something else."""
    own = dict.fromkeys(access.OF_A_BODY, access.Reach.OWN_BODY)
    own |= dict.fromkeys(access.OF_AN_ORGANISATION, access.Reach.OWN_ORGANISATION)
    unseen, tried = [], 0
    for operation, row in access.TABLE.items():
        for role, cell in row.items():
            possible = {access.Reach.NEVER, access.Reach.ALWAYS, own.get(role, cell)}
            for other in possible - {cell}:
                tried += 1
                with monkeypatch.context() as patch:
                    patch.setitem(row, role, other)
                    if not deviations_from_answers(world, operation):
                        unseen.append(f"{operation} {role}: {other.name}")
    assert unseen == []
    assert tried >= len(access.Operation) * len(access.Role)


# --- what forms offer ----------------------------------------------------------------------------


def read_choices() -> list[tuple[str, str, str, str]]:
    found = []
    for text in permission_table.CHOICES.strip().splitlines():
        form, field, rest = text.split(None, 2)
        name, _colon, offered = rest.partition(":")
        found.append((form, field, name, offered.strip()))
    return found


@pytest.mark.parametrize(("form", "field", "name", "offered"), read_choices())
def test_forms_offer_what_one_may_name(
    world: World, clients: dict[str, Client], form: str, field: str, name: str, offered: str
) -> None:
    page = opened(clients[name], world.path(BY_NAME[form], "-"))
    shown = [value for value in page.offered[field] if value not in ("", "inget")]
    places = {"A": world.a, "B": world.b, "N": world.n, "M": world.m}
    if offered == "every":
        assert set(shown) > {
            one.uid for one in places.values() if field == "owner" or one in (world.n, world.m)
        }
    else:
        assert shown == [places[word].uid for word in offered.split()]


def test_everybody_who_writes_has_a_line_for_what_they_are_offered() -> None:
    writers = people_in("writers")
    for form, field in {(form, field) for form, field, _name, _offered in read_choices()}:
        told = {line[2] for line in read_choices() if line[:2] == (form, field)}
        assert told == writers, (form, field)


# --- the command line ----------------------------------------------------------------------------


def test_every_command_has_a_line() -> None:
    root = Commands(name="samhandling")
    context = click.Context(root, info_name="samhandling")
    found = set()
    for name in COMMANDS:
        command = root.get_command(context, name)
        children = command.commands if isinstance(command, click.Group) else {}
        found |= {f"{name} {child}" for child in children}
        if not isinstance(command, click.Group) or command.invoke_without_command:
            found.add(name)
    told = {
        text.partition("  ")[0].strip() for text in permission_table.COMMANDS.strip().splitlines()
    }
    assert told == found


def test_who_is_nobody_reaches_nothing(world: World) -> None:
    for name in ("out", "none"):
        assert not any(may_somewhere(world.people[name], one) for one in access.Operation)


# --- predicates and filters ----------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_filter_finds_what_the_predicate_allows_on_all_demo_objects(
    world: World, name: str
) -> None:
    user = world.people[name]
    everything = Initiative.objects.select_related("record", "parent__record")
    needs = Need.objects.select_related("record")
    assert everything.count() > 50 and needs.count() > 20
    for rows, rules in ((everything, initiative_rules), (needs, need_rules)):
        pairs = [(rules.can_read, rules.visible_to), (rules.can_edit, rules.editable_by)]
        for predicate, narrow in pairs:
            one_by_one = {row.pk for row in rows if predicate(row, user)}
            assert set(narrow(rows, user).values_list("pk", flat=True)) == one_by_one


# --- guessed addresses and fields nobody offered -------------------------------------------------

WITH_THING = [
    BY_NAME[name] for name in sorted({line.name for line in LINES if line.state == "draft"})
]


def without_tokens(answer: HttpResponseBase, uid: str) -> str:
    """The page without what differs at every request, and without the address asked for."""
    page = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
    return re.sub(r"[A-Za-z0-9]{32,}", "-", page.decode()).replace(uid, "-")


@pytest.mark.parametrize("address", WITH_THING, ids=lambda address: address.name)
def test_what_is_forbidden_answers_as_what_is_not_there(
    world: World, clients: dict[str, Client], roles_read_once: None, address: Address
) -> None:
    path = world.path(address, "draft")
    uid = path.strip("/").split("/")[1]
    for name in ("officer-elsewhere", "leader", "reader-elsewhere"):
        for method in METHODS:
            forbidden = ask(clients[name], method, path, {"x": "1"})
            absent = ask(clients[name], method, path.replace(uid, "z" * len(uid)), {"x": "1"})
            assert forbidden.status_code == absent.status_code
            assert without_tokens(forbidden, uid) == without_tokens(absent, "z" * len(uid))


@pytest.mark.parametrize(
    "address",
    [
        one
        for one in WITH_THING
        if one.parameters & {"funding_uid", "quantity_uid", "pk", "comment", "file"}
    ],
    ids=lambda address: address.name,
)
def test_what_hangs_on_one_thing_is_not_reached_through_another(
    world: World, clients: dict[str, Client], roles_read_once: None, address: Address
) -> None:
    """A's officer keeps both, and so would be let in: but not to the one by way of the other."""
    ours, theirs = (world.path(address, state).split("/") for state in ("shared", "draft"))
    swapped = "/".join(ours[:3] + theirs[3:])
    for method in METHODS:
        assert outcome(ask(clients["officer"], method, swapped, {"x": "1"})) != "in"


def owned_by_whom() -> list[object]:
    """Everything that says whose something is, who sees it, and who may what."""
    return [
        list(model.objects.order_by("pk").values_list(*columns))
        for model, columns in (
            (Initiative, ("pk", "agreement", "owner", "network", "parent", "sharing", "shared_at")),
            (Need, ("pk", "agreement", "owner", "sharing", "shared_at")),
            (RoleGrant, ("pk", "person", "role", "scope", "valid_until")),
            (Affiliation, ("pk", "person", "organisation", "role", "valid_until")),
            (Membership, ("pk", "person", "body", "role")),
            (User, ("pk", "email", "person", "is_active")),
            (Report, ("pk", "round", "state")),
        )
    ]


# What does say whose something is, on purpose.
MEANT_TO = {"initiatives:share", "needs:share", "initiatives:parts"}


@pytest.mark.parametrize(
    "address",
    [one for one in WITH_THING if one.name not in MEANT_TO],
    ids=lambda address: address.name,
)
def test_fields_that_are_not_offered_change_nothing(
    world: World, clients: dict[str, Client], roles_read_once: None, address: Address
) -> None:
    """As A's officer, with everything that could hand it to B, open it or lift oneself."""
    extra = {
        "title": "Ny", "text": "Ny", "reason": "Ny", "file": "", "version": "1",
        "owner": world.b.uid, "owner_id": world.b.pk, "network": world.m.uid,
        "network_id": world.m.pk, "organisation": world.b.uid, "agreement": world.y.uid,
        "agreement_id": world.y.pk, "parent": world.things["shared"].initiative.uid,
        "sharing": "SHARED", "shared_at": "2020-01-01", "status": "RECEIVED", "state": "RECEIVED",
        "role": "PROCESS_LEADER", "roles": "ADMINISTRATOR", "is_active": "0", "person": 1,
        "body": world.m.uid, "scope": world.x.uid, "by": "system-demo", "withdrawn_at": "",
    }  # fmt: skip
    before = owned_by_whom()
    with transaction.atomic():
        clients["officer"].post(world.path(address, "draft"), extra)
        unowned = {key: extra[key] for key in extra if key not in ("owner", "network")}
        clients["officer"].post(world.path(address, "draft"), unowned)
        after = owned_by_whom()
        transaction.set_rollback(True)
    assert after == before
