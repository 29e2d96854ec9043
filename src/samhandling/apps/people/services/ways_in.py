"""What opens somebody's account, changed by an administrator: the address, and an organisation's
own sign-in that is linked to it.

Whoever changes an address could change it to one of their own and sign in as the other; that is why
only administrators may, both addresses are told, and nobody changes their own.
"""

from allauth.socialaccount.models import SocialAccount
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from samhandling.apps.accounts.models import User
from samhandling.apps.accounts.services import AddressTaken, end_sessions
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author
from samhandling.apps.outbox.services import put_message
from samhandling.apps.people.permissions import check_can_change_ways_in
from samhandling.apps.people.services.changing import log_person
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
    Raises NotAllowed, OwnAddress, AddressTaken, AddressChangedMeanwhile, NothingChanged, and
    ValidationError for what is no address. Side effects: mail to both addresses. Queries: about 15.
    """
    check_can_change_ways_in(user.person, by)
    if isinstance(by, User) and by.pk == user.pk:
        raise OwnAddress
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
        if User.objects.filter(email__iexact=new).exclude(pk=locked.pk).exists():
            raise AddressTaken(new)
        locked.email = locked.person.work_email = new
        locked.save(update_fields=["email"])
        locked.person.save(update_fields=["work_email"])
        withdraw_invitations_at([old], by)
    end_sessions(locked)
    what = "address_changed" if moves else "account_disconnected"
    for address in {old, new}:
        put_message(
            kind="account_changed",
            to=address,
            language=locked.language,
            ids={"what": what, "at": timezone.now().isoformat()},
        )
    log_person(locked.person, Verb.CHANGED, by, {"ways_in": ("", what)}, reason)
