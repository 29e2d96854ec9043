"""Every address is walked by everybody, and every answer held against permission_table.py.

The table is written by hand and knows nothing of `core.access`; here the two meet.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

import click
import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.template.backends.django import Template
from django.test import Client
from pytest_django import DjangoDbBlocker

from samhandling.apps.organisations.permissions import may, may_somewhere
from samhandling.cli.main import COMMANDS, Commands
from samhandling.core import access
from samhandling.web.refusals import OWN_ACCOUNT
from tests.integration.addresses import Address, all_addresses
from tests.spec import permission_table
from tests.spec.permission_world import POSTED, World, names_of_people, people_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

METHODS = ("GET", "POST")
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
            state, *people = words[len(methods) :]
            found.append(Line(name, methods, state, people_in(" ".join(people))))
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
            made[name] = Client()
            if user is not None:
                made[name].force_login(user)
    return made


@pytest.fixture
def pages_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets in does not hang on the words of the page, and they take most of the time."""
    monkeypatch.setattr(Template, "render", lambda *_args, **_kwargs: "")


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
    world: World, clients: dict[str, Client], pages_without_words: None, address: Address
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
    answer = clients[name].get(world.path(BY_NAME[form], "-"))
    shown = answer.context["form"].fields[field].queryset
    places = {"A": world.a, "B": world.b, "N": world.n, "M": world.m}
    if offered == "every":
        assert set(shown.values_list("pk", flat=True)) > {
            one.pk for one in places.values() if field == "owner" or one in (world.n, world.m)
        }
    else:
        expected = [places[word].uid for word in offered.split()]
        assert [one.record.uid for one in shown] == expected


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
