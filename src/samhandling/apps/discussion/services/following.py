"""Following a record and stopping to."""

from samhandling.apps.accounts.models import User
from samhandling.apps.discussion.permissions import can_read_discussion
from samhandling.apps.notices.services import follow, unfollow
from samhandling.apps.organisations.permissions import NotAllowed
from samhandling.apps.records.models import Record
from samhandling.core.access import Operation


def follow_record(*, record: Record, by: User) -> None:
    """Be told of what happens to a record that one may see. Raises NotAllowed. Safe to repeat."""
    if not can_read_discussion(record, by):
        raise NotAllowed(Operation.READ_SHARED)
    follow(record=record, by=by)


def unfollow_record(*, record: Record, by: User) -> None:
    """Be told no more. Also of what one may no longer see. Safe to repeat."""
    unfollow(record=record, by=by)
