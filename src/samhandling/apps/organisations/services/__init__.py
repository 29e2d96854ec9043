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
from samhandling.apps.organisations.services.controllers import state_controller
from samhandling.apps.organisations.services.endings import (
    conclude_seat,
    end_affiliation,
    end_seat,
    end_substitution,
    substitute_for,
)
from samhandling.apps.organisations.services.restoring import give_back
from samhandling.apps.organisations.services.roles import (
    LastAdministrator,
    Leaves,
    OwnRole,
    PeriodBackwards,
    RoleAlreadyHeld,
    ScopeNotPossible,
    affiliate_person,
    end_role,
    grant_role,
    refuse_after_leaving,
    refuse_self,
    seat_person,
)

__all__ = [
    "LastAdministrator",
    "Leaves",
    "OwnRole",
    "PeriodBackwards",
    "RoleAlreadyHeld",
    "RoleText",
    "ScopeNotPossible",
    "Seat",
    "affiliate_person",
    "conclude_seat",
    "create_actor_set",
    "create_body",
    "create_category",
    "create_organisation",
    "end_affiliation",
    "end_role",
    "end_seat",
    "end_substitution",
    "give_back",
    "give_mandate",
    "grant_role",
    "judge_mandate",
    "propose_liaison",
    "record_lifecycle_event",
    "refuse_after_leaving",
    "refuse_self",
    "seat_person",
    "state_controller",
    "substitute_for",
]
