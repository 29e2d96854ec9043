"""The door through which actors and people's roles are written."""

from samhandling.apps.organisations.services.actors import (
    RoleText,
    Seat,
    create_actor_set,
    create_body,
    create_category,
    create_organisation,
    give_mandate,
    judge_mandate,
    propose_liaison,
    record_lifecycle_event,
)
from samhandling.apps.organisations.services.roles import (
    LastAdministrator,
    OwnRole,
    PeriodBackwards,
    RoleAlreadyHeld,
    ScopeNotPossible,
    affiliate_person,
    end_role,
    grant_role,
    seat_person,
)

__all__ = [
    "LastAdministrator",
    "OwnRole",
    "PeriodBackwards",
    "RoleAlreadyHeld",
    "RoleText",
    "ScopeNotPossible",
    "Seat",
    "affiliate_person",
    "create_actor_set",
    "create_body",
    "create_category",
    "create_organisation",
    "end_role",
    "give_mandate",
    "grant_role",
    "judge_mandate",
    "propose_liaison",
    "record_lifecycle_event",
    "seat_person",
]
