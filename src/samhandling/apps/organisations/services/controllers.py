"""Who answers for the personal data of an organisation (GDPR, articles 4.7, 26 and 37.7)."""

from django.db import transaction

from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, write_event
from samhandling.apps.organisations.models import Organisation
from samhandling.apps.organisations.permissions import check
from samhandling.apps.records.services import diff, lock_record
from samhandling.core.access import Operation


@transaction.atomic
def state_controller(
    *,
    organisation: Organisation,
    data_controller: str,
    officer_email: str,
    by: Author,
    reason: str = "",
) -> Organisation:
    """Say who the controller of an organisation is and where its officer is written to.

    Empty is unknown. Raises NotAllowed.
    """
    check(by, Operation.EDIT_CONTROLLER, owner_id=organisation.pk)
    lock_record(organisation.record)
    organisation.refresh_from_db(fields=["data_controller", "officer_email"])
    values = {"data_controller": data_controller.strip(), "officer_email": officer_email.strip()}
    changes = diff(organisation, values)
    if changes:
        for name, value in values.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=list(values))
        write_event(
            by=by,
            verb=Verb.CHANGED,
            record_uid=organisation.uid,
            record_kind=organisation.record.kind,
            changes=changes,
            reason=reason,
        )
    return organisation
