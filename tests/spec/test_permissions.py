"""Every address is walked by everybody, and every answer held against permission_table.py.

The table is written by hand and knows nothing of `core.access`; here the two meet.
"""

import logging
import re
import time
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
import xlsxwriter
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import resolve
from pytest_django import DjangoDbBlocker

from samhandling.apps.accounts.models import RoleGrant, User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.agreements.services import set_approval_wanted
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.models import Attachment, Comment
from samhandling.apps.discussion.permissions import (
    can_read_discussion,
    can_restore_attachment,
    can_restore_comment,
    readable_records,
    visible_comments,
)
from samhandling.apps.discussion.services import add_comment
from samhandling.apps.initiatives import permissions as initiative_rules
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import (
    approve_initiative,
    create_initiative,
    submit_initiative,
)
from samhandling.apps.initiatives.visibility import can_see, visible_records
from samhandling.apps.organisations import permissions
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.permissions import may, may_somewhere
from samhandling.apps.records.models import Record
from samhandling.apps.registry.selectors import registered_for
from samhandling.apps.reporting import services as reporting
from samhandling.apps.reporting.assemble import Assembled, assemble
from samhandling.apps.reporting.models import Report
from samhandling.apps.situation import permissions as need_rules
from samhandling.apps.situation.models import Need, Sharing
from samhandling.core import access
from samhandling.core.access import Held
from samhandling.web.agreement_choice import agreements_of
from samhandling.web.given_back import OWN_ACCOUNT
from samhandling.web.history_visibility import hidden_uids
from samhandling.web.workspace.records.withdrawal import may_restore
from samhandling.web.workspace.records.withdrawn_list import withdrawn_for
from samhandling.web.workspace.reports import lookups as report_lookups
from tests.browsing import opened
from tests.factories.sign_in import signed_in_now
from tests.integration.addresses import Address, all_addresses
from tests.spec import permission_table, still_sessions
from tests.spec.filters import (
    ASKED_OF_ONE,
    COMPARED,
    OTHER_FILTERS,
    QUESTIONS,
    RULES,
    public_rules,
)
from tests.spec.permission_world import POSTED, World, names_of_people, people_in
from tests.spec.still_sessions import keep_still

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

METHODS = ("GET", "POST")
A_DAY = 24 * 60 * 60  # a slow walk is not asked who it is on the way
EVERYBODY = names_of_people()
OWN_NEWS = "/nytt/"  # what one has been told stays open to who has lost the last role
STAND_INS = {"chair", "deputy", "substitute"}


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


def walkers(lines: list[Line]) -> list[str]:
    """Everybody; who stands where the convener stands only where she gets further than a reader."""
    further = any(("convener" in line.let_in) is not ("reader" in line.let_in) for line in lines)
    return [name for name in EVERYBODY if further or name not in STAND_INS]


LINES = read_addresses()
BY_NAME = {address.name: address for address in all_addresses()}


@pytest.fixture(scope="module")
def world(demo_county_for_reading: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        yield World()


@pytest.fixture(scope="module")
def clients(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Client]]:
    """Everybody's browser, signed in where they can; no request changes who is signed in."""
    made = {}
    known = {user.pk: user for user in world.people.values() if user}
    with django_db_blocker.unblock():
        for name, user in world.people.items():
            made[name] = Client() if user is None else signed_in_now(user, seconds_ago=-A_DAY)
            # Seen all the time, so that no request has to note it.
            keep_still(made[name], session_seen=time.time() + A_DAY)

    def found(_backend: ModelBackend, pk: str) -> User:
        as_stored = copy(known[int(pk)])
        as_stored.__dict__.pop("_standing", None)
        return as_stored

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SESSION_ENGINE", still_sessions.__name__)
        patch.setattr(ModelBackend, "get_user", found)
        yield made


@pytest.fixture(scope="module")
def known_roles() -> Callable[[int, date], frozenset[Held]]:
    return cache(permissions._held)


@pytest.fixture
def roles_read_once(
    monkeypatch: pytest.MonkeyPatch, known_roles: Callable[[int, date], frozenset[Held]]
) -> None:
    """Every request of the walk finds people with the roles that the world gave them."""
    monkeypatch.setattr(permissions, "_held", known_roles)


class Blank:
    """Takes whatever is written into it, and keeps nothing."""

    def __init__(self, *_given: object) -> None:
        pass

    def __getattr__(self, _name: str) -> Callable[..., "Blank"]:
        return lambda *_args, **_kwargs: self


# What pages and files hold: worked out once it is decided who gets in, and deciding nothing.
WEB = "samhandling.web"
CONTENTS: dict[str, object] = {
    "allauth.mfa.adapter.DefaultMFAAdapter.build_totp_svg": "",
    "samhandling.apps.privacy.selectors.places_with": (),
    f"{WEB}.refusals.typed_in": (),
    f"{WEB}.refusals.withdrawal_of": None,
    f"{WEB}.workspace.actors.actor_page.context": {},
    f"{WEB}.workspace.actors.network_page.context": {"is_over": False},
    f"{WEB}.workspace.actors.views.read_actor": None,
    f"{WEB}.workspace.actors.views.read_network": SimpleNamespace(assignments=()),
    f"{WEB}.workspace.agreements.page.context": {},
    f"{WEB}.workspace.followup.page.context": {},
    f"{WEB}.workspace.followup.told_page.context": {},
    f"{WEB}.workspace.history.views.sentences": (),
    f"{WEB}.workspace.initiatives.kept_page._initiatives_named": (),
    f"{WEB}.workspace.initiatives.kept_page.context": {"lead": "", "fill": {}},
    f"{WEB}.workspace.needs.views._context": {},
    f"{WEB}.workspace.people.lacking_views.what_lacks_somebody": SimpleNamespace(
        contacts=(), bodies=()
    ),
    f"{WEB}.workspace.records.registration_views.rows_of_case": (),
    f"{WEB}.workspace.reports.views.render_apart": b"",
}


@pytest.fixture(scope="module")
def drawn_once() -> Callable[..., Assembled]:
    """Draws each report the first time it is asked for."""
    known: dict[object, Assembled] = {}

    def draw(report: Report, **options: Any) -> Assembled:
        key = (report.pk, options.get("warns_of_secrecy"))
        if key not in known:
            known[key] = assemble(report, **options)
        return known[key]

    return draw


@pytest.fixture
def only_who_gets_in(monkeypatch: pytest.MonkeyPatch, drawn_once: Callable[..., Assembled]) -> None:
    """Pages and files without what they hold."""
    monkeypatch.setattr(reporting, "assemble", drawn_once)
    monkeypatch.setattr(report_lookups, "assemble", drawn_once)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    monkeypatch.setattr(xlsxwriter, "Workbook", Blank)
    for name, content in CONTENTS.items():
        monkeypatch.setattr(name, partial(lambda held, *_args, **_options: held, content))


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
    if name == "none" and not own_account and not path.startswith(OWN_NEWS):
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
    only_who_gets_in: None,
    roles_read_once: None,
    address: Address,
) -> None:
    assert deviations_at(world, clients, address) == []


@dataclass(frozen=True)
class Cell:
    """Somebody asks an address in some way, about a thing in some state; `line` says who gets in
    there, by this way when it `is_listed`."""

    line: Line
    method: str
    is_listed: bool
    who: str


def cells_of(address: Address) -> Iterator[Cell]:
    """Every cell of an address. A method that works in no state is asked for in one."""
    lines = [line for line in LINES if line.name == address.name]
    works = {method for line in lines for method in line.methods}
    for number, state in enumerate(sorted({line.state for line in lines})):
        here = [line for line in lines if line.state == state]
        for method in METHODS:
            if number and method not in works:
                continue
            line = next((line for line in here if method in line.methods), None)
            for name in walkers(here):
                yield Cell(line or here[0], method, line is not None, name)


def deviations_at(
    world: World, clients: dict[str, Client], address: Address, only: str = ""
) -> list[str]:
    """Where an address does not answer as the table says."""
    sent, deviations = POSTED.get(address.name, {"x": "1"}), []
    paths = {
        line.state: world.path(address, line.state) for line in LINES if line.name == address.name
    }
    for cell in cells_of(address):
        if only in ("", cell.who):
            path = paths[cell.line.state]
            right = expected(cell.who, cell.line, path, listed=cell.is_listed)
            got = outcome(ask(clients[cell.who], cell.method, path, sent))
            if got not in right:
                told = f"{cell.who} {cell.method} {cell.line.state}"
                deviations.append(f"{told}: {got}, not {sorted(right)}")
    return deviations


def test_the_number_of_cells_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    cells = sum(1 for address in BY_NAME.values() for _cell in cells_of(address))
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
    """At M as well: those of N are in the table themselves."""
    kinds = things(world)
    deviations = []
    user = world.stands_for_convener(who, world.m)
    for (operation, thing), allowed in read_answers().items():
        answer = may(user, access.Operation(operation), **kinds[thing])
        if answer is not ("convener-elsewhere" in allowed):
            deviations.append(f"{who} {operation} {thing}: {answer}")
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


@pytest.mark.parametrize(
    "line", permission_table.AT_NO_ADDRESS.strip().splitlines(), ids=lambda line: line[:30]
)
def test_what_no_address_shows_is_shown_by_none(
    world: World,
    clients: dict[str, Client],
    pages_without_words: None,
    only_who_gets_in: None,
    roles_read_once: None,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
) -> None:
    """When one of them does, the cell gets a line of ADDRESSES and leaves AT_NO_ADDRESS."""
    operation, name, other, *addresses = line.replace(":", "", 1).split()
    role = {"officer": "PARTY_OFFICER"}.get(name, name.upper())
    row = access.TABLE[access.Operation(operation)]
    monkeypatch.setitem(row, access.Role(role), access.Reach[other])
    assert deviations_from_answers(world, operation) != []
    for address in addresses:
        assert deviations_at(world, clients, BY_NAME[address], name) == []


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


@pytest.mark.parametrize("line", permission_table.CREATED.strip().splitlines())
def test_who_makes_something_for_whom(
    world: World, clients: dict[str, Client], pages_without_words: None, line: str
) -> None:
    form, owner, *words = line.split()
    kept = {"initiatives:create": Initiative, "needs:create": Need}[form]
    path, before, made = world.path(BY_NAME[form], "-"), kept.objects.count(), set()
    uid = {"nobody": "", "A": world.a.uid, "B": world.b.uid}[owner]
    for name in people_in("writers reader administrator member coordination"):
        with transaction.atomic():
            clients[name].post(path, {"title": "Ny", "owner": uid, "sharing": "SHARED"})
            if kept.objects.count() > before:
                made.add(name)
            transaction.set_rollback(True)
    assert made == people_in(" ".join(words))


def test_who_is_nobody_reaches_nothing(world: World) -> None:
    for name in ("out", "none"):
        assert not any(may_somewhere(world.people[name], one) for one in access.Operation)


# --- predicates and filters ----------------------------------------------------------------------


def test_every_rule_is_compared_with_its_filter_or_has_none() -> None:
    filters, questions = set(), set()
    for name, returned in public_rules().items():
        if any(word in returned for word in ("QuerySet", "list[", "Q |")):
            filters.add(name)
        elif ".can_" in name:
            questions.add(name)
    compared = {f"{app}.{name}" for app in ("initiatives", "situation") for name in QUESTIONS}
    assert filters == compared | OTHER_FILTERS
    assert questions == COMPARED | ASKED_OF_ONE


@dataclass(frozen=True)
class Everything:
    """All demo objects, and those of the world, which are in every state."""

    things: dict[ModuleType, list[Any]]
    records: list[Record]


@pytest.fixture(scope="module")
def everything(world: World, django_db_blocker: DjangoDbBlocker) -> Everything:
    with django_db_blocker.unblock():
        rows = {
            initiative_rules: Initiative.objects.select_related("record", "parent__record"),
            need_rules: Need.objects.select_related("record"),
        }
        found = {rules: list(of_one_kind) for rules, of_one_kind in rows.items()}
        for things in found.values():
            assert {one.sharing for one in things} == set(Sharing)
            assert any(one.record.withdrawn_at for one in things)
        assert len(found[initiative_rules]) > 50 and len(found[need_rules]) > 20
        return Everything(found, list(Record.objects.order_by("pk")))


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_filter_finds_what_the_predicate_allows_on_all_demo_objects(
    world: World, everything: Everything, name: str
) -> None:
    user = world.people[name]
    for rules, things in everything.things.items():
        for filter_, asked in QUESTIONS.items():
            narrow = getattr(rules, filter_)
            rows = narrow(user) if filter_ == "awaiting" else narrow(RULES[rules].objects, user)
            one_by_one = {one.pk for one in things if asked(rules, one, user)}
            assert set(rows.values_list("pk", flat=True)) == one_by_one, (rules, filter_)


@pytest.mark.parametrize("name", EVERYBODY)
def test_records_are_seen_together_as_one_by_one(
    world: World, everything: Everything, name: str
) -> None:
    user, records = world.people[name], everything.records
    seen = visible_records(records, user)
    live = [one for one in records if one.withdrawn_at is None and one.merged_into_id is None]
    shown, hidden = set(), set()
    for rules, things in everything.things.items():
        readable = {one.pk for one in things if rules.can_read(one, user)}
        shown |= readable
        hidden |= {one.uid for one in things if one.sharing != "SHARED" and one.pk not in readable}
    of_things = {one.pk for things in everything.things.values() for one in things}
    assert {one.pk for one in seen} & of_things == {one.pk for one in live} & shown
    assert hidden_uids(records, user) == hidden
    readable_together = readable_records(records, user)
    assert readable_together == [one for one in records if can_read_discussion(one, user)]
    in_diary, _is_all = registered_for(user)
    noted = [one for one in live if one.case_number or one.secrecy_marked_on]
    assert len(noted) > 4
    assert {one.pk for one in in_diary} == {one.pk for one in noted if can_see(one, user)}


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name != "out"])
def test_the_list_of_what_is_withdrawn_has_what_one_may_take_back(
    world: World, everything: Everything, name: str
) -> None:
    user = world.people[name]
    assert user
    gone = [one for one in everything.records if one.withdrawn_at]
    said = Comment.objects.filter(withdrawn_at__isnull=False).select_related("record")
    files = Attachment.objects.filter(withdrawn_at__isnull=False).select_related("record")
    assert len(gone) >= 10 and len(said) >= 5 and len(files) >= 5
    expected = {f"records:restore {one.uid}" for one in gone if may_restore(one, user)}
    expected |= {f"discussion:restore {one.pk}" for one in said if can_restore_comment(one, user)}
    expected |= {
        f"discussion:file_restore {one.uid}" for one in files if can_restore_attachment(one, user)
    }
    listed = [resolve(line.restore_url) for line in withdrawn_for(user).lines]
    found = {f"{place.view_name} {list(place.kwargs.values())[-1]}" for place in listed}
    assert {one for one in found if not one.startswith("initiatives:result_restore")} == expected


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_agreements_listed_are_those_one_may_read(world: World, name: str) -> None:
    request = RequestFactory().get("/")
    user = world.people[name]
    request.user = user or AnonymousUser()
    readable = [
        one.pk
        for one in Agreement.objects.live()
        if may(user, access.Operation.READ_SHARED, agreement_id=one.pk)
    ]
    assert sorted(one.pk for one in agreements_of(request)) == sorted(readable)


def test_who_is_told_that_something_waits_may_approve_it(world: World) -> None:
    """The same question asked the other way round: who, instead of what."""
    user_of = {user.person_id: name for name, user in world.people.items() if user}
    initiative = world.things["submitted"].initiative
    need = Need.objects.get(record__uid=world.things["submitted"].values["needs:uid"])
    for thing, rules, expected in (
        (initiative, initiative_rules, "approvers-in-n"),
        (need, need_rules, "approvers"),
    ):
        told = {user_of[one] for one in rules.approvers_of(thing) if one in user_of}
        may_approve = {
            name for name, user in world.people.items() if rules.can_approve(thing, user)
        }
        assert told == may_approve == people_in(expected)


def test_a_comment_is_read_by_those_it_was_written_for(world: World) -> None:
    """What was said while it was a draft is not told to all when it is shared."""
    officer, leader = world.people["officer"], world.people["leader"]
    assert officer and leader
    set_approval_wanted(agreement=world.x, wanted=True, reason="Prov", by=DEMO_LOADER)
    thing = create_initiative(
        title="Insats", owner=world.a, network=world.n, agreement=world.x, by=DEMO_LOADER
    )
    record = thing.record
    add_comment(record=record, text="draft", by=officer)
    submit_initiative(initiative=thing, by=DEMO_LOADER)
    add_comment(record=record, text="submitted", by=officer)
    approve_initiative(initiative=thing, by=leader)
    add_comment(record=record, text="shared", by=officer)
    readers = {"draft": "own", "submitted": "own approvers-in-n", "shared": "all"}
    for name in people_in("all"):
        user = world.people[name]
        read = {comment.text for comment in visible_comments(record, user)}
        assert read == {text for text, who in readers.items() if name in people_in(who)}, name


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
    its_own = set(world.things["draft"].values.values())
    uid = next(part for part in path.split("/") if part in its_own)
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
