"""Is the installation alive, and is it ready to work in? For load balancers and monitoring.

The answers hold codes and nothing about people, so they are open to everybody.
"""

import os
import shutil
from collections.abc import Callable, Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samhandling.apps.outbox.selectors import left_lying, routines_in_trouble

RETRY_AFTER = "5"  # seconds


@require_safe
@never_cache
@login_not_required
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks neither the database nor the disk."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Everything that work needs is there; else 503 with what is lacking, as codes.

    DATABASE does not answer; MIGRATIONS wait to be run; OUTBOX: mail is due and no worker fetches
    it; DISK: less room than settings.LEAST_FREE_MB, or none to write in.
    `failing` names recurring jobs that failed or are late, while work is possible. Queries: 4.
    """
    lacking = list(_lacking())
    if not lacking:
        # Pages work without the recurring jobs, so they are told and close nothing.
        failing = [routine.name for routine in routines_in_trouble(timezone.now())]
        return JsonResponse({"status": "ok", **({"failing": failing} if failing else {})})
    answer = JsonResponse({"status": "not ready", "lacking": lacking}, status=503)
    answer["Retry-After"] = RETRY_AFTER
    return answer


def _lacking() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "MIGRATIONS"
        elif left_lying(timezone.now()).exists():
            yield "OUTBOX"
    except Error:
        connection.close()  # so that the next question asks a new connection
        yield "DATABASE"
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        free = 0
    if free < settings.LEAST_FREE_MB * 1_000_000 or not os.access(settings.DATA_DIR, os.W_OK):
        yield "DISK"


class HealthMiddleware:
    """Answers before sessions and persons are read: whoever asks may have a cookie of ours."""

    answers = {"/halsa/": alive, "/halsa/redo": ready}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer about health, or that of whoever comes next."""
        return self.answers.get(request.path_info, self.get_response)(request)
