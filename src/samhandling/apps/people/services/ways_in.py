"""What opens an account: its address, and an organisation's own sign-in that is linked to it.

Whoever changes an address could change it to one of their own and sign in as the other. That is why
only administrators change another's, and whoever changes her own shows again who she is and reads a
code in the new mailbox (web/workspace/account/address_views.py). Both addresses are told.
"""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.accounts.services import (
    AddressTaken,
    end_every_session,
    end_sessions,
    remember_earlier,
)
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, ReasonMissing
from samhandling.apps.organisations.models import Affiliation
from samhandling.apps.outbox.services import put_message
from samhandling.apps.people.permissions import check_can_change_ways_in
from samhandling.apps.people.services.changing import change_organisation, log_person
from samhandling.apps.people.services.errors import (
    AddressChangedMeanwhile,
    NothingChanged,
    OwnAddress,
)
from samhandling.apps.people.services.invitations import withdraw_invitations_at


@transaction.atomic
def change_ways_in(
    *, user: User, email: str, by: Author, reason: str, unlink: bool = False, was: str = ""
) -> None:
    """Give somebody another address to sign in with; what was linked to the old one goes with it.

    She is signed out everywhere and signs in with a code to the new address. App and passkeys are
    her own and stay. Args: unlink: take away the link to an organisation's own sign-in, also when
    the address stays; was: the address that `by` saw.
    Raises NotAllowed, OwnAddress, AddressTaken, AddressChangedMeanwhile, NothingChanged,
    audit.services.ReasonMissing, and ValidationError for what is no address.
    Side effects: mail to both addresses. Queries: about 15.
    """
    check_can_change_ways_in(user.person, by)
    if isinstance(by, User) and by.pk == user.pk:
        raise OwnAddress
    if not reason.strip():
        raise ReasonMissing
    locked = User.objects.select_for_update(of=("self",)).select_related("person").get(pk=user.pk)
    old, new = locked.email, email.strip().lower()
    if was and was.strip().lower() != old.lower():
        raise AddressChangedMeanwhile(old)
    validate_email(new)
    links = SocialAccount.objects.filter(user=locked)
    moves = new != old.lower()
    if not moves and not (unlink and links.exists()):
        raise NothingChanged
    links.delete()
    if moves:
        _move(locked, new, by)
    end_sessions(locked)
    what = "address_changed" if moves else "account_disconnected"
    _tell({old, new}, locked, what)
    log_person(locked.person, Verb.CHANGED, by, {"ways_in": ("", what)}, reason.strip())


@transaction.atomic
def change_organisation_and_address(
    *, person: Person, email: str, by: Author, **change: Any
) -> Affiliation:
    """Let a person work somewhere else, as `change_organisation`, and sign in from now on with the
    address she has there, as `change_ways_in`; both or neither.

    Raises what either raises; an address that she has already is no fault.
    """
    works = change_organisation(person=person, by=by, **change)
    user = User.objects.get(person=person)
    if email.strip().lower() != user.email.lower():
        reason = _("Personen byter organisation.")
        change_ways_in(user=user, email=email, by=by, reason=reason)
    return works


@transaction.atomic
def change_own_address(*, user: User, email: str, keep_session: str = "") -> None:
    """Give oneself another address to sign in with, one that has been proven to be one's own.

    What was linked to the old one goes with it, and she is signed out of every other browser.
    Args: keep_session: key of the session that stays. Raises AddressTaken, NothingChanged, and
    ValidationError for what is no address. Side effects: mail to both addresses.
    Queries: about 15.
    """
    locked = User.objects.select_for_update(of=("self",)).select_related("person").get(pk=user.pk)
    old, new = locked.email, email.strip().lower()
    validate_email(new)
    if new == old.lower():
        raise NothingChanged
    links = SocialAccount.objects.filter(user=locked)
    links.delete()
    _move(locked, new, by=locked)
    end_every_session(locked, but=keep_session)
    _tell({old, new}, locked, "own_address_changed")
    log_person(locked.person, Verb.CHANGED, locked, {"ways_in": ("", "address_changed")})


def _move(user: User, new: str, by: Author) -> None:
    old = user.email
    if User.objects.filter(email__iexact=new).exclude(pk=user.pk).exists():
        raise AddressTaken(new)
    before = user.person.work_email
    user.email = user.person.work_email = new
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError as meanwhile:
        raise AddressTaken(new) from meanwhile
    user.person.save(update_fields=["work_email"])
    remember_earlier(user.person, before, old)
    withdraw_invitations_at([old], by)


def _tell(addresses: set[str], user: User, what: str) -> None:
    for address in addresses:
        put_message(
            kind="account_changed",
            to=address,
            language=user.language,
            ids={"what": what, "at": timezone.now().isoformat()},
        )
