"""For acts that somebody at an unlocked screen must not do: show again who you are first.

``@reauthentication_required`` above a view sends those to confirm who they are whose sign-in, or
latest confirmation, is more than five minutes old, and then does what was asked.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required as _required
from django.http import HttpResponse

View = Callable[..., HttpResponse]


def reauthentication_required(view: View) -> View:
    """The view, asking for confirmation first; a form that was posted is done afterwards."""
    guarded: Any = _required(app="samhandling")(view)
    return guarded
