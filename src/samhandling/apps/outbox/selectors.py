"""What waits and what went wrong, for those who look after the installation."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from samhandling.apps.outbox.models import Message, RoutineRun, State

ROUTINE_LATE_AFTER = timedelta(days=2)  # the rarest runs once a day
LATE_AFTER = timedelta(minutes=15)
"""A message that has waited this long since it was due says that no worker runs."""


def left_lying(now: datetime) -> QuerySet[Message]:
    """Messages that are due since long and that no worker has fetched. Queries: 1."""
    return Message.objects.filter(state=State.WAITING, due_at__lt=now - LATE_AFTER)


def settled_before(moment: datetime) -> QuerySet[Message]:
    """Messages put before `moment` that nobody will send any more and that still say to whom."""
    return Message.objects.exclude(state=State.WAITING).exclude(to="").filter(created_at__lt=moment)


def in_need_of_someone(now: datetime) -> QuerySet[Message]:
    """Messages that were given up, that fail, or that nobody fetches; oldest first. Queries: 1."""
    return Message.objects.filter(
        Q(state=State.GIVEN_UP)
        | Q(state=State.WAITING, attempts__gt=0)
        | Q(state=State.WAITING, due_at__lt=now - LATE_AFTER)
    ).order_by("created_at", "pk")


def routines_in_trouble(now: datetime) -> QuerySet[RoutineRun]:
    """The recurring jobs whose last run failed, or that have not run for longer than any of them
    may wait. Queries: 1."""
    late = Q(last_ran_at__lt=now - ROUTINE_LATE_AFTER)
    return RoutineRun.objects.filter(~Q(last_fault="") | late).order_by("name")


def run_of(name: str) -> RoutineRun | None:
    """When a recurring job last ran; None when it never has. Queries: 1."""
    return RoutineRun.objects.filter(name=name, last_ran_at__isnull=False).first()
