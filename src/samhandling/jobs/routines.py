"""What recurs. A routine is safe to run twice; with several workers only one runs it at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.utils import timezone
from django.utils.module_loading import import_string

from samhandling.apps.organisations.permissions import day_of_security
from samhandling.apps.outbox import services
from samhandling.apps.people.services import close_those_who_left, let_the_quiet_leave
from samhandling.apps.people.services.leaving import CLOCK
from samhandling.apps.privacy.destroying import destroy_bytes
from samhandling.apps.privacy.retention import EVERY, RETENTION, carry_out

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Routine:
    """A recurring job: the dotted path of a function without arguments, and how often it runs."""

    run: str
    every: timedelta


def end_what_is_due() -> None:
    """What has been held as long as the rules let it is ended, by the real clock; so are the bytes
    that a disposal has left lying."""
    destroy_bytes()
    carry_out(today=day_of_security(), by=CLOCK)


def close_accounts() -> None:
    """Those who have had nothing here for long leave; those whose last day has passed are signed
    out."""
    let_the_quiet_leave()
    close_those_who_left()


ROUTINES: dict[str, Routine] = {
    RETENTION: Routine("samhandling.jobs.routines.end_what_is_due", EVERY),
    "digests": Routine("samhandling.jobs.digests.put_digests", timedelta(minutes=20)),
    "close-accounts": Routine("samhandling.jobs.routines.close_accounts", timedelta(minutes=10)),
}


def run_due_routines() -> None:
    """Run each routine whose time has come. A routine that fails is noted and runs next time."""
    for name, routine in ROUTINES.items():
        if not services.take_routine(name, routine.every, timezone.now()):
            continue
        fault = ""
        try:
            run: Callable[[], object] = import_string(routine.run)
            run()
        except Exception as error:
            fault = type(error).__name__
            log.error("routine failed", kind=name, exc_info=error)
        services.note_routine(name, fault)
