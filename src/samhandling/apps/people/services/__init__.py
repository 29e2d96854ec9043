"""The door through which people come, change, and leave."""

from samhandling.apps.people.services.accepting import Accepted, accept_invitation
from samhandling.apps.people.services.changing import (
    change_organisation,
    close_sign_in,
    let_substitute,
    name_contact,
    open_sign_in,
    rename_person,
)
from samhandling.apps.people.services.invitations import (
    invite,
    resend_invitation,
    withdraw_invitation,
)
from samhandling.apps.people.services.leaving import (
    appoint_convener,
    close_those_who_left,
    leave,
    let_the_quiet_leave,
    take_over_body,
    take_over_contact,
)
from samhandling.apps.people.services.merging import merge_people
from samhandling.apps.people.services.undoing import Undone, undo_leaving
from samhandling.apps.people.services.ways_in import (
    change_organisation_and_address,
    change_own_address,
    change_ways_in,
)

__all__ = [
    "Accepted",
    "Undone",
    "accept_invitation",
    "appoint_convener",
    "change_organisation",
    "change_organisation_and_address",
    "change_own_address",
    "change_ways_in",
    "close_sign_in",
    "close_those_who_left",
    "invite",
    "leave",
    "let_substitute",
    "let_the_quiet_leave",
    "merge_people",
    "name_contact",
    "open_sign_in",
    "rename_person",
    "resend_invitation",
    "take_over_body",
    "take_over_contact",
    "undo_leaving",
    "withdraw_invitation",
]
