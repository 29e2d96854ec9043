"""Actors, their seats when they are made, their mandates and life events.

Everything here is governance: only the process leader and the system itself may write it
(`core.access`, EDIT_GOVERNANCE). A thing is made together with its rows, under one event.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from samhandling.apps.accounts.models import Person
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.organisations.models import (
    Actor,
    ActorRole,
    ActorSet,
    BodyLifecycleEvent,
    CollaborationBody,
    LiaisonSeat,
    Mandate,
    Membership,
    Organisation,
)
from samhandling.apps.organisations.permissions import check
from samhandling.apps.records.models import Source
from samhandling.apps.records.services import register
from samhandling.core.access import Operation
from samhandling.core.knowledge import Completeness


@dataclass(frozen=True)
class Seat:
    """A seat to be: held by an actor, by a function, or by a function of an actor."""

    actor: Actor | None = None
    function: str = ""
    role: str = Membership.Role.MEMBER
    person: Person | None = None


@dataclass(frozen=True)
class RoleText:
    """What an actor does, in words, held or proposed, and the source that says so."""

    text: str
    state: str = ActorRole.State.HELD
    source: Source | None = None


@transaction.atomic
def create_organisation(
    *, name: str, by: Author, roles: Iterable[RoleText] = (), **fields: Any
) -> Organisation:
    """Write down an organisation. Fields: the columns of Organisation and Actor. Queries: 9."""
    check(by, Operation.EDIT_GOVERNANCE)
    organisation = register(
        Organisation,
        title=name,
        by=by,
        search_text=fields.get("short_name", ""),
        actor_kind=Actor.Kind.ORGANISATION,
        **fields,
    )
    _write_roles(organisation, roles)
    return organisation


@transaction.atomic
def create_category(*, name: str, by: Author, **fields: Any) -> Actor:
    """Write down a category of actors ("näringslivet") that no single organisation stands for."""
    check(by, Operation.EDIT_GOVERNANCE)
    return register(Actor, title=name, by=by, actor_kind=Actor.Kind.CATEGORY, **fields)


@transaction.atomic
def create_actor_set(
    *, name: str, by: Author, members: Iterable[Actor] = (), **fields: Any
) -> ActorSet:
    """Write down actors that a source describes together, with those members that are known."""
    check(by, Operation.EDIT_GOVERNANCE)
    described = register(ActorSet, title=name, by=by, actor_kind=Actor.Kind.SET, **fields)
    described.members.set(members)
    return described


@transaction.atomic
def create_body(
    *,
    name: str,
    kind: str,
    by: Author,
    seats: Iterable[Seat] = (),
    members_state: str = Completeness.UNKNOWN,
    roles: Iterable[RoleText] = (),
    mandate: str = "",
    mandate_granted_by: Actor | None = None,
    led_by: Iterable[Organisation] = (),
    **fields: Any,
) -> CollaborationBody:
    """Write down a council, network or group with its seats, roles and mandate.

    Args: members_state: how much of the member list is known; fields: columns of the body.
    """
    check(by, Operation.EDIT_GOVERNANCE)
    body = register(
        CollaborationBody,
        title=name,
        by=by,
        search_text=" ".join(
            [fields.get("short_name", ""), fields.get("description", ""), mandate]
        ),
        actor_kind=Actor.Kind.BODY,
        kind=kind,
        members_state=members_state,
        **fields,
    )
    Membership.objects.bulk_create(
        Membership(
            body=body,
            actor=seat.actor,
            person=seat.person,
            function=seat.function,
            role=seat.role,
            order=order,
        )
        for order, seat in enumerate(seats, 1)
    )
    _write_roles(body, roles)
    if mandate:
        Mandate.objects.create(body=body, text=mandate, granted_by=mandate_granted_by)
    body.led_by.set(led_by)
    return body


def _write_roles(actor: Actor, roles: Iterable[RoleText]) -> None:
    ActorRole.objects.bulk_create(
        ActorRole(actor=actor, text=role.text, state=role.state, source=role.source, order=order)
        for order, role in enumerate(roles, 1)
    )


@transaction.atomic
def give_mandate(
    *, body: CollaborationBody, text: str, by: Author, granted_by: Actor | None = None
) -> Mandate:
    """Say what a body is charged with."""
    check(by, Operation.EDIT_GOVERNANCE, body_id=body.pk)
    mandate = Mandate.objects.create(body=body, text=text, granted_by=granted_by)
    _log(body, Verb.ADDED, by, "mandates", text)
    return mandate


@transaction.atomic
def judge_mandate(*, mandate: Mandate, to_prioritise: str, ground: Any, by: Author) -> Mandate:
    """Say whether a mandate lets its body put the agreement's work first.

    Args: ground: the record (a need or a lesson) that says so.
    """
    check(by, Operation.EDIT_GOVERNANCE, body_id=mandate.body_id)
    mandate.to_prioritise = to_prioritise
    mandate.to_prioritise_ground = ground
    mandate.save(update_fields=["to_prioritise", "to_prioritise_ground"])
    _log(mandate.body, Verb.CHANGED, by, "mandates", ground.title)
    return mandate


@transaction.atomic
def record_lifecycle_event(
    *,
    body: CollaborationBody,
    kind: str,
    title: str,
    by: Author,
    decided_with: Iterable[Actor] = (),
    **fields: Any,
) -> BodyLifecycleEvent:
    """Write down that a body was proposed, slept, closed or is under review, and why."""
    check(by, Operation.EDIT_GOVERNANCE, body_id=body.pk)
    event = register(
        BodyLifecycleEvent,
        title=title,
        by=by,
        search_text=fields.get("reason", ""),
        body=body,
        kind=kind,
        **fields,
    )
    event.decided_with.set(decided_with)
    return event


@transaction.atomic
def propose_liaison(
    *,
    title: str,
    first_body: CollaborationBody,
    second_body: CollaborationBody,
    by: Author,
    **fields: Any,
) -> LiaisonSeat:
    """Propose a person who sits in two bodies and carries news between them."""
    check(by, Operation.EDIT_GOVERNANCE)
    return register(
        LiaisonSeat, title=title, by=by, first_body=first_body, second_body=second_body, **fields
    )


def _log(actor: Actor, verb: str, by: Author, field: str, after: object) -> None:
    write_event(
        by=by,
        verb=verb,
        record_uid=actor.uid,
        record_kind=actor.record.kind,
        changes={field: ("", after)},
    )
