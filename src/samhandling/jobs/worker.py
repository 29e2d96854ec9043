"""The loop of a worker: mail as soon as it is there, routines when they are due."""

import os
import signal
import threading
from types import FrameType

import structlog
from django.db import Error as DatabaseFault
from django.db import close_old_connections

from samhandling.jobs.delivery import deliver_due
from samhandling.jobs.routines import run_due_routines

log = structlog.get_logger(__name__)

PAUSE = 1.0
"""Seconds between looks into the outbox; somebody who waits for a sign-in code waits this long."""
ROUTINES_EVERY = 30
"""Looks between looks at the routines."""
PAUSE_AFTER_FAULT = 10.0


def work_once() -> int:
    """One look: the due mail and the due routines. How many mails were sent."""
    sent = deliver_due()
    run_due_routines()
    return sent


def work(parent: int | None = None) -> None:
    """Look again and again until SIGTERM or SIGINT, which let the present mail be finished.

    Args: parent: a process id; the worker ends when that is no longer its parent.
    """
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    looks = 0
    while not stop.is_set() and parent in (None, os.getppid()):
        pause = PAUSE
        try:
            close_old_connections()
            deliver_due(stop.is_set)
            if looks % ROUTINES_EVERY == 0:
                run_due_routines()
        except DatabaseFault as fault:
            # The database may be restarting: the worker outlives it.
            log.error("worker cannot reach the database", exc_info=fault)
            pause = PAUSE_AFTER_FAULT
        looks += 1
        stop.wait(pause)
    close_old_connections()
