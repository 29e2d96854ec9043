"""Another address to sign in with: one's own, when one can read the mail that is sent to it."""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samhandling.apps.accounts.selectors import user_with_address
from samhandling.apps.accounts.services import AddressTaken
from samhandling.apps.people.services import change_own_address
from samhandling.apps.people.services.errors import NothingChanged
from samhandling.web.methods import get_or_post
from samhandling.web.reauthentication import reauthentication_required
from samhandling.web.saving import save
from samhandling.web.signed_in import signed_in
from samhandling.web.workspace.account.adapters import send_code
from samhandling.web.workspace.account.code_limits import may_prove_address, too_many
from samhandling.web.workspace.account.forms import ConfirmLoginCodeForm, NewAddressForm

PENDING = "new_address"
MOST_ATTEMPTS = 3


@get_or_post
@reauthentication_required
def address(request: HttpRequest) -> HttpResponse:
    """Asks for the new address and mails a code to it.

    The answer is the same for an address that somebody else signs in with: then nothing is mailed,
    and nobody learns who has an account.
    """
    by = signed_in(request)
    form = NewAddressForm(request.POST if request.method == "POST" else None, user=by)
    if request.method == "POST" and form.is_valid():
        if not may_prove_address(by):
            form.add_error(None, get_adapter().error_messages["rate_limited"])
            return too_many(render(request, "workspace/account/address.html", {"form": form}))
        email, code = form.cleaned_data["email"], get_adapter().generate_login_code()
        request.session[PENDING] = {"email": email, "code": code, "at": time.time(), "failed": 0}
        if user_with_address(email) is None:
            send_code(email, code, "emails/address_code.txt")
        return redirect("account:address_code")
    return render(request, "workspace/account/address.html", {"form": form})


@get_or_post
def confirm(request: HttpRequest) -> HttpResponse:
    """Takes the code that was mailed to the new address; from then on it is the one."""
    pending = _pending(request)
    if pending is None:
        return redirect("account:address")
    form = ConfirmLoginCodeForm(
        request.POST if request.method == "POST" else None, code=pending["code"]
    )
    if request.method == "POST" and form.is_valid():
        save(
            form,
            lambda: change_own_address(
                user=signed_in(request),
                email=pending["email"],
                keep_session=request.session.session_key or "",
            ),
            told=(AddressTaken, NothingChanged, ValidationError),
        )
        if not form.errors:
            del request.session[PENDING]
            messages.success(request, _("Adressen är bytt. Du är utloggad på dina andra enheter."))
            return redirect("account:index")
    elif request.method == "POST":
        pending["failed"] += 1
        request.session[PENDING] = pending
        if pending["failed"] >= MOST_ATTEMPTS:
            del request.session[PENDING]
            messages.error(request, _("Koden gäller inte längre. Skriv adressen igen."))
            return redirect("account:address")
    shown = {"form": form, "email": pending["email"]}
    return render(request, "workspace/account/address_code.html", shown)


def _pending(request: HttpRequest) -> dict[str, Any] | None:
    """The address that waits for its code, while the code is good."""
    pending: dict[str, Any] | None = request.session.get(PENDING)
    if pending and time.time() - pending["at"] <= account_settings.LOGIN_BY_CODE_TIMEOUT:
        return pending
    return None
