"""Saving what somebody typed, so that nothing typed is lost when it cannot be saved.

Every view that writes goes through `save` or `was_saved` (a form) or `act` (a button). A fault that
the person can mend is told at the form; a database that is locked, full or gone is told too, and
the form comes back as it was typed.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import structlog
from django.contrib import messages
from django.db import InterfaceError, OperationalError, transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from samhandling.apps.initiatives.services import errors
from samhandling.apps.records.impossible import Impossible
from samhandling.apps.records.models import Record
from samhandling.web.as_seen import ChangedSince, as_seen
from samhandling.web.editing import EditForm

T = TypeVar("T")
log = structlog.get_logger(__name__)

# Faults whose text is a Swedish sentence for the person.
TOLD: tuple[type[Exception], ...] = (
    ChangedSince,
    *(getattr(errors, name) for name in errors.__all__),
)


def cannot_save() -> str:
    """What is said when the database cannot take the change."""
    return _(
        "Ändringen kunde inte sparas: databasen är upptagen eller full. Det du skrev finns kvar "
        "här. Vänta en stund och spara igen."
    )


def save(
    form: BaseForm,
    action: Callable[[], T],
    *,
    told: tuple[type[Exception], ...] = (),
    field: str | None = None,
    told_at: Mapping[type[Exception], str] | None = None,
) -> T | None:
    """Runs `action` for a valid form. When it fails the reason is among `form.errors`.

    Args: told: further exceptions whose text is meant for the person; field: where texts are shown,
    by default above the form; told_at: the field of one exception. The view renders the form again
    while it has errors. A form over something that exists is compared first with what others have
    saved since it was opened, in the transaction of the change. Raises Stale (the middleware of
    `samhandling.web.refusals` answers it): then both texts are shown.
    """
    try:
        if not isinstance(form, EditForm):
            return action()
        with transaction.atomic():
            form.catch_up()
            return None if form.errors else action()
    except Impossible as fault:
        form.add_error(fault.field, str(fault))
    except (*TOLD, *told) as fault:
        form.add_error((told_at or {}).get(type(fault), field), str(fault))
    except (OperationalError, InterfaceError) as fault:
        log.error("could not save", exception_type=type(fault).__name__)
        form.add_error(None, cannot_save())
    return None


def was_saved(
    request: HttpRequest,
    form: BaseForm,
    action: Callable[[], Any],
    done: str,
    *,
    told: tuple[type[Exception], ...] = (),
    field: str | None = None,
) -> bool:
    """Saves a form that was sent and can be read, and says `done`; else the form is to be shown.

    `action`, `told` and `field` as in `save`.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    save(form, action, told=told, field=field)
    if form.errors:
        return False
    messages.success(request, done)
    return True


def act(
    request: HttpRequest,
    action: Callable[[], Any],
    done: str = "",
    *,
    told: tuple[type[Exception], ...] = (),
    read: Record | None = None,
) -> bool:
    """Runs what a button asks for and says how it went; false when it failed.

    Args: read: the record that the page showed and that must be as it was; see `as_seen`.
    """
    try:
        as_seen(request, read, action) if read else action()
    except (*TOLD, *told) as fault:
        messages.error(request, str(fault))
        return False
    except (OperationalError, InterfaceError) as fault:
        log.error("could not save", exception_type=type(fault).__name__)
        messages.error(
            request,
            _("Ändringen kunde inte sparas: databasen är upptagen eller full. Försök igen."),
        )
        return False
    if done:
        messages.success(request, done)
    return True
