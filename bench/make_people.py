"""Made-up users, organisations and bodies in bulk: the county that pages are to bear.

Written straight to the tables, as `make_data` does and for the same reason.
"""

import random

from django.db import transaction

from bench.make_data import BENCH
from samhandling.apps.accounts.models import Person, RoleGrant, User
from samhandling.apps.agreements.models import Agreement
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import write_event
from samhandling.apps.organisations.models import (
    Actor,
    Affiliation,
    CollaborationBody,
    Membership,
    Organisation,
    Sector,
)
from samhandling.apps.records.services import register
from samhandling.demo.removal import DEMO

USERS, ORGANISATIONS, BODIES = 500, 40, 60
"""How many there are to be in all (quality.md, signed-in pages)."""
SEATS = 9  # in a body, beside convener and deputy
CONVENER = "sammankallande.1@example.org"
_KINDS = ("WORKING_GROUP", "STEERING_GROUP", "FORUM", "COOPERATION_COUNCIL")
_FIRST = ("Åsa", "Björn", "Cilla", "Dag", "Elif", "Farid", "Görel", "Hodan", "Ivar", "Jasmin")
_LAST = ("Ek", "Åberg", "Nur", "Östlund", "Haddad", "Sjö", "Wikström", "Ali", "Berg", "Norén")
_ROLES = (
    (RoleGrant.Role.COORDINATION_GROUP, 6),
    (RoleGrant.Role.COUNCIL_MEMBER, 24),
    (RoleGrant.Role.READER, 60),
)


@transaction.atomic
def make_people(agreement: Agreement, password: str, seed: int = 1) -> None:
    """Fill up to USERS, ORGANISATIONS and BODIES, each user with a place of work and some a role.

    Every body has a convener, a deputy and SEATS members. CONVENER, who convenes a network with
    initiatives of `agreement`, can sign in with `password`; nobody else of them can.
    """
    chance = random.Random(seed)
    organisations = _organisations()
    networks = list(
        CollaborationBody.objects.live().filter(initiatives__agreement=agreement).distinct()
    )
    bodies = _bodies(networks)
    people = _people(password)
    Affiliation.objects.bulk_create(
        Affiliation(
            person=person,
            organisation=organisations[number % len(organisations)],
            function="handläggare",
            role=(
                Affiliation.Role.CONTRIBUTOR
                if chance.random() < 0.2
                else Affiliation.Role.PARTY_OFFICER
            ),
        )
        for number, person in enumerate(people)
    )
    _seat(people, bodies, chance)
    free = iter(people[-sum(number for _role, number in _ROLES) :])
    RoleGrant.objects.bulk_create(
        RoleGrant(person=next(free), role=role, scope=agreement.record)
        for role, number in _ROLES
        for _one in range(number)
    )
    write_event(by=BENCH, verb=Verb.CHANGED, record_uid="", record_kind=DEMO)


def _organisations() -> list[Organisation]:
    for number in range(Organisation.objects.live().count(), ORGANISATIONS):
        register(
            Organisation,
            title=f"Påhittad organisation {number + 1}",
            by=BENCH,
            made_up=True,
            actor_kind=Actor.Kind.ORGANISATION,
            sector=Sector.CIVIL_SOCIETY,
        )
    return list(Organisation.objects.live())


def _bodies(networks: list[CollaborationBody]) -> list[CollaborationBody]:
    for number in range(CollaborationBody.objects.live().count(), BODIES):
        register(
            CollaborationBody,
            title=f"Påhittad grupp {number + 1}",
            by=BENCH,
            made_up=True,
            actor_kind=Actor.Kind.BODY,
            kind=_KINDS[number % len(_KINDS)],
            state=CollaborationBody.State.ACTIVE,
        )
    others = CollaborationBody.objects.live().exclude(pk__in=[body.pk for body in networks])
    return [*networks, *others]


def _people(password: str) -> list[Person]:
    wanted = range(1, USERS - User.objects.count() + 1)
    people = Person.objects.bulk_create(
        Person(
            name=f"{_FIRST[number % 10]} {_LAST[number // 10 % 10]} {number}",
            work_email=f"paahittad.{number}@example.org",
            made_up=True,
        )
        for number in wanted
    )
    users = [User(email=person.work_email, person=person) for person in people]
    for user in users:
        user.set_unusable_password()
    users[0].email = CONVENER
    users[0].set_password(password)
    User.objects.bulk_create(users)
    return people


def _seat(people: list[Person], bodies: list[CollaborationBody], chance: random.Random) -> None:
    """The first person convenes the first body, the second deputises there, and so on."""
    seats = []
    for number, body in enumerate(bodies):
        head, deputy = people[2 * number], people[2 * number + 1]
        seats.append(Membership(body=body, person=head, role=Membership.Role.CONVENER))
        seats.append(Membership(body=body, person=deputy, role=Membership.Role.DEPUTY))
        seats += [
            Membership(body=body, person=person, order=order)
            for order, person in enumerate(chance.sample(people[2 * len(bodies) :], SEATS), 1)
        ]
    Membership.objects.bulk_create(seats)
