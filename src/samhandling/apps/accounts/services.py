"""Making people and their sign-in. Their roles: organisations.services."""

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import Person, User
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, write_event


class AddressTaken(ValueError):
    """Somebody already signs in with this address."""

    def __init__(self, email: str) -> None:
        super().__init__(_("Det finns redan en användare med adressen %s.") % email)


@transaction.atomic
def create_user(*, email: str, name: str, password: str, by: Author, made_up: bool = False) -> User:
    """Make a person who can sign in with an e-mail address and a password.

    Raises AddressTaken, and ValidationError for a password that is too weak. Queries: 5.
    """
    user = User(email=email.strip().lower())
    user.set_password(password)
    validate_password(password, user)
    user.person = Person.objects.create(name=name, work_email=user.email, made_up=made_up)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise AddressTaken(email) from error
    write_event(by=by, verb=Verb.CREATED, record_uid="", record_kind="USER")
    return user
