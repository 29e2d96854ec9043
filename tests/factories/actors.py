"""Organisations, bodies, people and those who can sign in."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.audit.services import DEMO_LOADER
from samhandling.apps.organisations.models import (
    Actor,
    Affiliation,
    CollaborationBody,
    Membership,
    Organisation,
)
from samhandling.apps.records.models import Recorded
from samhandling.apps.records.services import register

PASSWORD = "ett-bra-losenord"
LONG_AGO = datetime(2015, 1, 2, 12, tzinfo=UTC)
_number = count(1)


def make_organisation(title: str | None = None, **fields: Any) -> Organisation:
    """An organisation, by default a municipality."""
    values = {"actor_kind": Actor.Kind.ORGANISATION, "sector": "MUNICIPALITY"} | fields
    return register(
        Organisation, title=title or f"Organisation {next(_number)}", by=DEMO_LOADER, **values
    )


def make_body(title: str | None = None, **fields: Any) -> CollaborationBody:
    """A body, by default an active network."""
    values = {"actor_kind": Actor.Kind.BODY, "kind": "NETWORK", "state": "ACTIVE"} | fields
    return register(
        CollaborationBody, title=title or f"Nätverk {next(_number)}", by=DEMO_LOADER, **values
    )


def make_category(title: str | None = None, **fields: Any) -> Actor:
    """An actor that is a category, such as "näringslivet"."""
    values = {"actor_kind": Actor.Kind.CATEGORY} | fields
    return register(Actor, title=title or f"Kategori {next(_number)}", by=DEMO_LOADER, **values)


def make_person(name: str | None = None, **fields: Any) -> Person:
    """A person who cannot sign in."""
    return Person.objects.create(name=name or f"Person {next(_number)}", made_up=True, **fields)


def make_user(
    *,
    organisation: Organisation | None = None,
    affiliation: str = Affiliation.Role.PARTY_OFFICER,
    body: CollaborationBody | None = None,
    seat: str = Membership.Role.CONVENER,
    role: str | None = None,
    scope: Recorded | None = None,
    name: str | None = None,
    email: str | None = None,
) -> User:
    """Somebody who can sign in with PASSWORD.

    Args: organisation, affiliation: where they work and as what; body, seat: where they sit and as
    what; role, scope: a RoleGrant.Role, such as "PROCESS_LEADER", and what it is limited to.
    With none of them they are a reader. The account is some years old.
    """
    person = make_person(name)
    user = User(email=email or f"person{next(_number)}@example.org", person=person)
    user.set_password(PASSWORD)
    user.save()
    User.objects.filter(pk=user.pk).update(created_at=LONG_AGO)
    if organisation is not None:
        Affiliation.objects.create(
            person=person, organisation=organisation, function="handläggare", role=affiliation
        )
    if body is not None:
        sit_in(body, person=person, role=seat)
    if role is None and organisation is None and body is None:
        role = RoleGrant.Role.READER
    if role is not None:
        record = scope.record if scope is not None else None
        RoleGrant.objects.create(person=person, role=role, scope=record)
    return user


def sit_in(body: CollaborationBody, **holder: Any) -> Membership:
    """A seat in a body, held by `actor`, `person` or a `function`."""
    return Membership.objects.create(body=body, **holder)
