"""What nobody offered: ids of others' things in every field and every word of an address, and
columns that the form does not have (assurance.md, rows 2 and 3).

Every address that permission_table.py lets somebody post to is walked, with a post that is taken;
those where none is are in NOT_TAKEN, with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.forms import (
    BaseForm,
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DecimalField,
    EmailField,
    Field,
    FileField,
    ModelChoiceField,
)
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.services import (
    add_expected_result,
    create_initiative,
    withdraw_expected_result,
)
from samhandling.apps.organisations.models import CollaborationBody
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.people.links import make_token
from samhandling.apps.people.models import Invitation
from samhandling.apps.people.services import close_sign_in, leave
from samhandling.apps.reporting import services as reporting
from samhandling.apps.reporting.models import Report
from samhandling.apps.situation.models import Need
from samhandling.apps.situation.services import create_need
from samhandling.web.as_seen import FIELD, last_event
from samhandling.web.date_field import PartialDateField
from tests.factories.actors import PASSWORD, make_user, sit_in
from tests.factories.initiatives import make_round
from tests.integration.addresses import all_addresses
from tests.spec.form_walk import OURS, Answer, Opened, Sent, Walk, watching
from tests.spec.permission_world import POSTED, STATES, World
from tests.spec.test_permissions import LINES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADDRESSES = {address.name: address for address in all_addresses()}
POSTING = sorted({line.name for line in LINES if "POST" in line.methods and line.let_in})
# The first of these who gets in asks, so that it is somebody with as little reach as can be.
ASKING = ("out", "officer", "convener", "leader", "administrator")
HIDDEN = "Klaffbro"  # in the title of what nobody of ASKING sees

# Addresses without a post that writes anything here, each with the reason.
_DEVICE = "asks for what an app or a key makes, and has no other field"
NOT_TAKEN = {
    "account:address_code": "asks for a mailed code alone",
    "account:logout": "ends a session, writes nothing else",
    "account:sign_out_everywhere": "ends sessions, writes nothing else",
    "account_confirm_login_code": "asks for a mailed code alone",
    "account_reauthenticate": "asks for the password alone, writes to the session",
    "mfa_activate_totp": _DEVICE,
    "mfa_add_webauthn": _DEVICE,
    "mfa_authenticate": _DEVICE,
    "mfa_generate_recovery_codes": "a button of those who have an app",
    "mfa_index": "leads to one's account",
    "mfa_list_webauthn": "leads to one's account",
    "mfa_login_webauthn": _DEVICE,
    "mfa_reauthenticate": _DEVICE,
    "mfa_reauthenticate_webauthn": _DEVICE,
    "set_language": "sets a cookie",
}
# Words of addresses that are numbers but no ids.
NO_IDS = {"sida": "the number of a page of a list"}
# Words that are searched for as text: a number finds every name and address it stands in.
FREE_TEXT = {"q"}


@dataclass(frozen=True)
class Walked:
    """The walk, and what was found to be taken."""

    world: World
    walk: Walk
    opened: dict[str, Opened]
    hidden: dict[type[models.Model], Any]

    def instead(self, opened: Opened, key: str, value: str) -> Answer:
        """The answer when what is taken is sent with another answer to one question."""
        return self.walk.ask(opened.who, opened.path, {**opened.sent, key: [value]})


def paths_besides(world: World) -> dict[str, str]:
    """Addresses that need something to be as it is nowhere else in the world."""
    draft = world.things["draft"].initiative
    gone = add_expected_result(initiative=draft, text="Färre", by=DEMO_LOADER)
    withdraw_expected_result(result=gone, reason="Fel", by=DEMO_LOADER)
    create_initiative(
        title="Nästa steg", parent=draft, owner=world.a, agreement=world.x, by=DEMO_LOADER
    )
    left = make_user()
    leave(person=left.person, last_day=date(2020, 1, 1), close_now=True, by=DEMO_LOADER)
    close_sign_in(user=left, reason="Slutat", by=DEMO_LOADER)
    back = make_user(role="READER")
    leave(person=back.person, last_day=day_of_security(), close_now=True, by=DEMO_LOADER)
    one, other = make_user().person, make_user().person
    alone = CollaborationBody.objects.get(record__uid=world.fillings.values["people:appoint:uid"])
    officer = world.people["officer"]
    assert officer
    sit_in(alone, person=officer.person, role="DEPUTY")
    make_round(world.x, 2010)
    frozen = world.fillings.values["reports:edition:uid"]
    report = world.fillings.values["reports:uid"]
    return {
        "initiatives:result_restore": reverse(
            "initiatives:result_restore", args=[draft.uid, gone.pk]
        ),
        "people:take_over_body": reverse("people:take_over_body", args=[alone.uid]),
        "people:undo_leaving": reverse("people:undo_leaving", args=[back.person.key]),
        "people:merge": reverse("people:merge", args=[one.key]) + f"?med={other.key}",
        "privacy:forget": reverse("privacy:forget", args=[left.person.key]),
        "reports:take_over": reverse("reports:take_over", args=[report, "summary"]),
        "reports:editions": reverse("reports:editions", args=[frozen]),
    }


def sent_besides(world: World) -> dict[str, Sent]:
    """What has to be typed for a post to be taken, where that cannot be seen on the page."""
    officer = world.people["officer"]
    assert officer
    report = Report.objects.get(record__uid=world.fillings.values["reports:uid"])
    return POSTED | {
        "account:address": {"email": "min.nya@example.org"},
        "account:password": {"new": "en annan ramsa om våren", "again": "en annan ramsa om våren"},
        "account_login": {"username": officer.email, "password": PASSWORD},
        "account_request_login_code": {"email": officer.email},
        "discussion:attach": {"file": SimpleUploadedFile("underlag.txt", b"Underlag")},
        "followup:start": {"year": "2021"},
        "initiatives:decide": {"beslut": "godkann"},
        "initiatives:quantity_create": {"value": "3"},
        "people:change_ways_in": {"email": "ny.adress@example.org"},
        "needs:decide": {"beslut": "godkann"},
        "reports:begin": {"year": "2010"},
        "reports:move": {"to": "IN_REVIEW", "reason": "", FIELD: last_event(report.record)},
        "reports:return": {"reason": "Skriv mer"},
    }


@pytest.fixture(scope="module")
def walked(demo_county_for_reading: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Walked]:
    with django_db_blocker.unblock():
        world = World()
        whole: dict[str, Any] = {"agreement": world.x, "owner": world.b, "by": DEMO_LOADER}
        initiative = create_initiative(title=HIDDEN, network=world.m, sharing="DRAFT", **whole)
        need = create_need(title=HIDDEN, sharing="DRAFT", **whole)
        hidden = {type(one): one for one in (initiative, need, initiative.record)}
        besides, sent = paths_besides(world), sent_besides(world)
        # Addresses are walked, not files read.
        rendered = patch.object(reporting, "render_apart", lambda _m, name, **_: name.encode())
        people = {who: world.people[who] for who in ASKING}
        with watching(people, datetime.now(UTC)) as walk, rendered:
            session = walk.clients["out"].session
            session["invitation"] = make_token(Invitation.objects.get(email="ny@example.org"))
            session.save()
            walk.clients["out"].cookies["sessionid"] = session.session_key
            opened = {}
            for name in POSTING:
                states = (world.path(ADDRESSES[name], one) for one in (*STATES, "-"))
                paths = [besides[name]] if name in besides else list(dict.fromkeys(states))
                found = walk.opened(name, paths, sent.get(name, {}))
                if found:
                    opened[name] = found
            yield Walked(world, walk, opened, hidden)


def test_every_address_that_takes_a_post_is_walked(walked: Walked) -> None:
    assert set(POSTING) - set(walked.opened) == set(NOT_TAKEN)


def forms_below(form: type[BaseForm]) -> Iterator[type[BaseForm]]:
    """Every kind of form of ours."""
    for one in form.__subclasses__():
        if one.__module__.startswith("samhandling."):
            yield one
        yield from forms_below(one)


def test_every_choice_among_rows_that_a_form_declares_is_walked(walked: Walked) -> None:
    declared = {
        (form, key)
        for form in forms_below(BaseForm)
        for key, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, ModelChoiceField)
    }
    asked = [one for opened in walked.opened.values() for one in opened.made]
    met = {(kind, key) for form in asked for kind in type(form).__mro__ for key in form.fields}
    assert [f"{form.__name__} {key}" for form, key in declared - met] == []
    assert len(declared) > 35


# --- ids of others -------------------------------------------------------------------------------


def not_offered(field: ModelChoiceField, hidden: dict[type[models.Model], Any]) -> str | None:
    """What names something that is not offered: one hidden from who asks, or the latest."""
    rows = field.queryset
    assert rows is not None
    thing = hidden.get(rows.model)
    if thing is None:
        others = rows.model._default_manager.exclude(pk__in=rows.values("pk"))
        thing = others.order_by("-pk").first()
    assert thing is None or thing not in rows, "is offered to somebody who may not see it"
    value = thing
    for part in (field.to_field_name or "pk").split("__"):
        value = getattr(value, part, None)
    return None if value is None else str(value)


def absent(value: str) -> str:
    """What looks like it and names nothing."""
    return "9" * 25 if value.isdigit() else "z" * len(value)  # beyond what a database counts


NO_NAMES = (BooleanField, DateField, DecimalField, EmailField, FileField, PartialDateField)


def can_name_something(field: Field | None, hidden: dict[type[models.Model], Any]) -> bool:
    """Whether an answer may be an id: not a day, a number and so on, nor one of a list."""
    if isinstance(field, NO_NAMES):
        return False
    if isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField):
        assert type(field).valid_value is ChoiceField.valid_value
        ids = {str(id_) for one in hidden.values() for id_ in (one.uid, one.pk)}
        return any(field.valid_value(one) for one in ids)
    return True


def test_an_id_of_somebody_elses_is_answered_as_one_that_is_not_there(
    walked: Walked, capsys: pytest.CaptureFixture[str]
) -> None:
    """In every field, and in every other word that is read of what is posted."""
    told, fields, tried, choices, refused = [], 0, 0, 0, 0
    uids = [walked.hidden[one].uid for one in (Initiative, Need)]
    for name, opened in walked.opened.items():
        for key in sorted(opened.names):
            field = opened.fields.get(key)
            fields += 1
            if not can_name_something(field, walked.hidden):
                continue
            tried += 1
            if isinstance(field, ModelChoiceField):
                choices += 1
                value = not_offered(field, walked.hidden)
                refused += value is not None
                told += what_is_wrong(walked, opened, key, value)
                continue
            nothing = walked.instead(opened, key, absent(uids[0]))
            for uid in uids[:1] if type(field) is CharField else uids:
                answer = walked.instead(opened, key, uid)
                if answer.differs(nothing, uid, absent(uid)) or shows_hidden(answer):
                    told.append(f"{name} {key}: an id of what is hidden")
    with capsys.disabled():
        print(
            f"\nfields and words of {len(walked.opened)} addresses that are posted to: {fields}; "
            f"sent ids of others': {tried}, of them choices among rows: {choices} "
            f"({refused} do not offer all there is); leaks: {len(told)}"
        )
    assert told == []
    assert fields > 250 and tried > 150 and refused > 20


def what_is_wrong(walked: Walked, opened: Opened, key: str, value: str | None) -> Iterator[str]:
    """How a row that is not offered is answered otherwise than one that is not there."""
    no = absent(value or walked.world.b.uid)
    nothing = walked.instead(opened, key, no)
    if not nothing.told_of(key) or nothing.writes:
        yield f"{opened.name} {key}: what is not there is taken"
    if value is None:
        return  # everything there is is offered
    answer = walked.instead(opened, key, value)
    if not answer.told_of(key) or answer.writes or shows_hidden(answer):
        yield f"{opened.name} {key}: what is not offered is taken"
    if answer.differs(nothing, value, no):
        yield f"{opened.name} {key}: not as what is not there"


def shows_hidden(answer: Answer) -> bool:
    """Whether the title of B's drafts is anywhere in it."""
    return HIDDEN in f"{answer.page} {answer.writes}"


def test_a_word_in_the_address_finds_what_is_hidden_no_more_than_what_is_not_there(
    walked: Walked, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every word that is read of an address, for pages, lists and files alike."""
    told, words, pages = [], 0, 0
    things = [walked.hidden[one] for one in (Initiative, Need)]
    for name, address in ADDRESSES.items():
        path = walked.world.path(address, "shared")
        for who in ASKING[1:]:
            plain = walked.walk.ask(who, path)
            if plain.code == 200:
                break
        else:
            continue
        pages += 1
        for word in sorted(plain.read - OURS - set(NO_IDS)):
            words += 1
            uids = [one.uid for one in things]
            pks = [] if word in FREE_TEXT else [[str(things[0].pk)]]
            for values in ([*uids, HIDDEN], *pks):
                no = absent(values[0])
                nothing = walked.walk.ask(who, f"{path}?{urlencode({word: no})}")
                for value in values:
                    found = walked.walk.ask(who, f"{path}?{urlencode({word: value})}")
                    is_shown = value != HIDDEN and shows_hidden(found)
                    if found.differs(nothing, value, no) or is_shown:
                        told.append(f"{name} {word}={value}")
    with capsys.disabled():
        print(
            f"\nwords of {pages} addresses that were asked for what is hidden: {words}; "
            f"leaks: {len(told)}"
        )
    assert told == []
    assert words > 75


# --- columns that the form does not have ---------------------------------------------------------


def columns(value: str) -> Sent:
    """A value for every column of every table of ours."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("samhandling."):
            continue
        for column in model._meta.get_fields():
            if not isinstance(column, models.Field):
                continue
            given = value
            if column.choices and value.isdigit():
                given = str(list(column.flatchoices)[-1][0])
            elif isinstance(column, models.BooleanField):
                given = "1"
            elif isinstance(column, models.DateField):
                given = "2001-01-01"
            found[column.name] = found[column.attname] = given
    return found


def test_columns_that_a_form_does_not_have_are_not_written(
    walked: Walked, capsys: pytest.CaptureFixture[str]
) -> None:
    """A post that is taken writes the same to the database with them as without."""
    told, sent = [], 0
    organisation = walked.world.b
    for value in (str(organisation.pk), str(organisation.uid)):
        everything = columns(value)
        for name, opened in walked.opened.items():
            assert not any(form.prefix for form in opened.made)
            extra = {key: given for key, given in everything.items() if key not in opened.asked}
            sent += len(extra)
            answer = walked.walk.ask(opened.who, opened.path, {**extra, **opened.sent})
            if (answer.code, answer.page, answer.writes) != opened.outcome:
                told.append(name)
    with capsys.disabled():
        print(
            f"\ncolumns sent to {len(walked.opened)} addresses that do not ask for them: {sent}; "
            f"written: {len(told)}"
        )
    assert told == []
    assert sent > 800 * len(walked.opened)
