"""Who gets the digest this morning: one calm mail with only what is new since the last one."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from samhandling.apps.notices.models import DigestChoice
from samhandling.apps.notices.selectors import due_for_digest
from samhandling.apps.notices.services import note_digest
from samhandling.apps.outbox.services import put_message

MORNING = time(6)
_WEEKEND = 5  # Saturday, as weekday() counts


def latest_morning(rhythm: str, now: datetime) -> datetime:
    """The latest morning on which digests of this rhythm are due, in the installation's time.

    A worker that stood still on Monday morning sends on the day it starts again.
    """
    local = timezone.localtime(now)
    day = local.date()
    if local.time() < MORNING:
        day -= timedelta(days=1)
    if rhythm == DigestChoice.Rhythm.WEEKLY:
        day -= timedelta(days=day.weekday())
    while day.weekday() >= _WEEKEND:
        day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, MORNING))


def put_digests(now: datetime | None = None) -> int:
    """Put a digest in the outbox for everybody with news that waited at their morning; how many.

    Nothing new, no mail. What was told once is not told again, whether or not it is read. The text
    is made when the mail is sent, so that who meanwhile lost sight of a record is not told of it.
    Queries: 2, and 4 for each mail.
    """
    moment = now or timezone.now()
    sent = 0
    for rhythm in (DigestChoice.Rhythm.DAILY, DigestChoice.Rhythm.WEEKLY):
        for due in due_for_digest(rhythm, latest_morning(rhythm, moment)):
            with transaction.atomic():
                put_message(
                    kind="digest",
                    to=due.email,
                    ids={"person": due.person_id, "after": due.after, "until": moment.isoformat()},
                )
                note_digest(person_id=due.person_id, until=moment)
            sent += 1
    return sent
