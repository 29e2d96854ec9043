"""Where a person's name or address may stand is asked of the models: every column in which people
write is filled with both, and nothing is left when she is forgotten. A new table or column fails
here until it is covered."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.discussion.models import Comment, ItemEvent
from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.organisations.services import create_actor_set
from samhandling.apps.people.models import Departure
from samhandling.apps.people.services import leave
from samhandling.apps.privacy.services import pseudonymise_person
from samhandling.apps.records.fields import columns_of
from samhandling.apps.records.models import Record, SearchEntry
from samhandling.apps.records.search_index import write_search_index_anew
from samhandling.core.partial_date import on_day
from tests.factories import (
    make_body,
    make_initiative,
    make_need,
    make_organisation,
    make_user,
    sit_in,
)
from tests.integration.privacy.test_all_of_it_is_destroyed import made

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Kanarieå Fågelström", "kanarie.fagelstrom@example.org"
BOTH = f"Ring {NAME}, skriv till {ADDRESS}."

# Nobody writes in these: what is stored there is made by the program.
NOT_WORDS = {
    "actor_key", "author_key", "claim", "data_version", "field", "item", "key",
    "kind", "last_fault", "model_sha256", "outline", "password", "place", "record_kind",
    "session_key", "sha256", "slug", "source_key", "status", "stems", "taken_over_digest", "uid",
    "url",
}  # fmt: skip
PROGRAMS_OWN = {
    "audit.DisposalDecision.kinds": "kinds of records",
    "audit.Event.field_names": "names of fields",
    "outbox.Message.ids": "opaque keys",
    "reporting.FrozenEdition.model": "a frozen report is a public document and keeps its words",
    "reporting.ReportSection.taken_over_uids": "opaque keys",
}
# Rows of who somebody is: they are somebody else's, or emptied as a whole.
OWN_ROWS = {"accounts.Person", "accounts.EarlierName", "accounts.User", "audit.KnownPerson"}
# A frozen report is a public document and keeps its words, also those that say why it was made.
FROZEN = {"reporting.FrozenEdition.change_note"}
# Made by hand below, since they hold more than one text.
BY_HAND = {"people.Departure"}


# What a row needs beside its words, so that the database takes it.
NOW, TODAY = timezone.now(), timezone.localdate()
GIVEN: dict[str, dict[str, Any]] = {
    "audit.DisposalDecision": {"kinds": []},
    "discussion.Attachment": {"withdrawn_at": NOW},
    "discussion.Comment": {"withdrawn_at": NOW},
    "initiatives.Initiative": {"sharing": "RETURNED", "shared_at": None},
    "initiatives.StatusEvent": {"status": "POSTPONED"},
    "records.Record": {"secrecy_marked_on": TODAY, "withdrawn_at": NOW},
    "reporting.FrozenEdition": {"model": {}},
    "situation.Need": {"sharing": "RETURNED", "shared_at": None},
}


def tables() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("samhandling.")
        and model not in (SearchEntry,)
        and model._meta.label not in OWN_ROWS | BY_HAND
    ]


def columns(model: type[models.Model]) -> list[Any]:
    """The columns of a table in which a name may stand."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not field.primary_key
        and field.name not in NOT_WORDS
        and (field.max_length is None or field.max_length >= len(NAME))
        # What a kind of thing has from its parent table is filled there too.
        and field.model._meta.label == model._meta.label
    ]


def named_in_all(model: type[models.Model]) -> None:
    """Puts the person in every such column of a row; of the log a new one, since none changes."""
    values: dict[str, Any] = dict(GIVEN.get(model._meta.label, {}))
    for field in columns(model):
        long = field.max_length is None or field.max_length >= len(BOTH)
        values[field.name] = BOTH if long else NAME
        if isinstance(field, models.EmailField):
            values[field.name] = ADDRESS
        if field.name.endswith("_wording"):
            dated = replace(on_day(timezone.localdate()), wording=BOTH)
            values |= columns_of(field.name.removesuffix("_wording"), dated)
    row = model._base_manager.order_by("pk").first()
    if row is None or model._meta.app_label == "audit":
        made(model, **values)
    else:
        model._base_manager.filter(pk=row.pk).update(**values)


def where_she_stands() -> set[str]:
    return {
        f"{model._meta.label}.{column}"
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.values()
        for column, value in row.items()
        if any(word.casefold() in str(value).casefold() for word in (NAME, ADDRESS))
    }


def test_what_is_stored_as_a_structure_is_known() -> None:
    structures = {
        f"{model._meta.label}.{field.name}"
        for model in tables()
        for field in model._meta.concrete_fields
        if isinstance(field, models.JSONField)
    }
    assert structures == set(PROGRAMS_OWN)


def test_nothing_is_left_of_a_person_in_any_column() -> None:
    admin = make_user(role="ADMINISTRATOR", name="Ada Min")
    user = make_user(organisation=make_organisation("Staden"), name=NAME, email=ADDRESS)
    other = make_user(name="Bo Berg")
    make_initiative()
    make_need()
    sit_in(make_body("Nätverket"), function="Kommunen")
    ItemEvent.objects.create(event_id=1, comment=made(Comment, text="Hej"))
    create_actor_set(name="Några", by=DEMO_LOADER)
    for model in tables():
        if columns(model):
            named_in_all(model)
    kept = [{"model": "organisations.membership", "pk": 1, "fields": {"function": BOTH}}]
    Departure.objects.create(person=other.person, ended=kept)
    write_search_index_anew()
    filled = {f"{model._meta.label}.{field.name}" for model in tables() for field in columns(model)}
    assert len(filled) > 120 and filled <= where_she_stands()

    leave(
        person=user.person, last_day=day_of_security() - timedelta(days=1), by=admin, reason="Slut"
    )
    person = Person.objects.get(pk=user.person_id)
    assert not User.objects.get(pk=user.pk).is_active
    pseudonymise_person(person=person, reason=f"{NAME} bad om det", by=admin)
    assert where_she_stands() == FROZEN
    person.refresh_from_db()
    record = Record.objects.filter(title__contains=person.name).first()
    assert record is not None  # what was said of her is said of somebody
    assert not SearchEntry.objects.filter(stems__contains="kanarie").exists()
