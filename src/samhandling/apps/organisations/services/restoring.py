"""The door through which what ended is given back as it was.

It gives nothing that the one who gives it back could not give anew, and stands in the log as given.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from samhandling.apps.accounts.models import RoleGrant, Substitution
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.periods import days_told
from samhandling.apps.organisations.permissions import check, day_of_security
from samhandling.apps.organisations.services.endings import log_actor, log_substitution
from samhandling.apps.organisations.services.roles import check_may_give, log_role, refuse_self
from samhandling.core.access import Operation

Held = RoleGrant | Membership | Affiliation | Substitution


@transaction.atomic
def give_back(*, row: Held, by: Author) -> bool:
    """Store a row as it was before it ended; False when something else stands in its place now.

    Raises NotAllowed, OwnRole. Queries: about 12.
    """
    assert row.person is not None
    refuse_self(row.person, by)
    if isinstance(row, RoleGrant):
        check_may_give(row.role, row.scope, by)
    else:
        check(by, Operation.MANAGE_PEOPLE)
    try:
        # That everything it names is still there, and that nothing it may not stand beside is.
        row.full_clean(exclude=["function"])
    except ValidationError:
        return False
    row.save()
    match row:
        case RoleGrant():
            log_role(row, Verb.ADDED, by, "")
        case Membership():
            begins = row.valid_from.earliest if row.valid_from else None
            ends = row.valid_until.latest if row.valid_until else None
            days = days_told(begins, ends, day_of_security())
            log_actor(row.body, Verb.ADDED, "seats", row.role, by, days=days, person=row.person)
        case Affiliation():
            log_actor(row.organisation, Verb.ADDED, "affiliations", row.function, by)
        case Substitution():
            log_substitution(row, Verb.ADDED, by, row.valid_from, row.valid_until)
    return True
