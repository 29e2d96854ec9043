"""Making people and their sign-in. Their roles: organisations.services."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samhandling.apps.accounts.models import EarlierName, Person, User
from samhandling.apps.accounts.names import check_name
from samhandling.apps.audit.models import Event, KnownPerson, Verb
from samhandling.apps.audit.services import Author, words_open, write_event
from samhandling.apps.outbox.services import put_message


class AddressTaken(ValueError):
    """Somebody already signs in with this address."""

    def __init__(self, email: str) -> None:
        super().__init__(_("Det finns redan en användare med adressen %s.") % email)


@transaction.atomic
def create_user(*, email: str, name: str, password: str, by: Author, made_up: bool = False) -> User:
    """Make a person who can sign in with an e-mail address and a password.

    Raises AddressTaken, and ValidationError for what is no address or name, and for a password
    that is too weak. Queries: 5.
    """
    user = User(email=email.strip().lower())
    validate_email(user.email)
    name = " ".join(name.split())
    if not name:
        raise ValidationError(_("Skriv personens namn."))
    check_name(name)
    user.set_password(password)
    validate_password(password, user)
    user.person = Person.objects.create(name=name, work_email=user.email, made_up=made_up)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise AddressTaken(email) from error
    log_user(user, Verb.CREATED, by)
    return user


@transaction.atomic
def change_password(*, user: User, password: str, by: Author) -> None:
    """Give a user a new password.

    Raises ValidationError for one that is too weak. Queries: 4.
    """
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    log_user(user, Verb.CHANGED, by)


@transaction.atomic
def remove_second_factors(*, user: User, by: Author) -> None:
    """Take away apps, passkeys and recovery codes of somebody who has lost them, and tell them.

    Queries: 5.
    """
    Authenticator.objects.filter(user=user).delete()
    put_message(
        kind="account_changed",
        to=user.email,
        language=user.language,
        ids={"what": "second_factor_removed", "at": timezone.now().isoformat()},
    )
    log_user(user, Verb.CHANGED, by)


def choose_language(*, user: User, language: str) -> None:
    """Remember the language that a user reads, for mail. No event: it is nobody else's business.

    Queries: 1.
    """
    User.objects.filter(pk=user.pk).update(language=language)


def end_sessions(user: User) -> None:
    """Sign somebody out everywhere, for good: the password goes, and every session with it.

    A session carries a digest of the stored password, so that none of them is known any more, also
    if the sign-in is opened again. She then signs in with a code and chooses a new one. Queries: 1.
    """
    user.password = make_password(None)
    user.save(update_fields=["password"])


def end_every_session(user: User, but: str = "") -> None:
    """Sign somebody out of every browser, but the session of the key `but`; the password stays.

    It looks through the sessions themselves: the list of devices is only what was noted of them.
    Queries: 4.
    """
    hers = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if session.session_key != but and session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=hers).delete()
    UserSession.objects.filter(user=user).exclude(session_key=but).delete()


def remember_earlier(person: Person, *words: str) -> None:
    """Remember what a person was called, or reached at, until now. What still holds is not kept.

    Queries: 1 for each.
    """
    for word in words:
        if word and word not in (person.name, person.work_email):
            EarlierName.objects.get_or_create(person=person, words=word)


def remember_name(person: Person, event: Event) -> None:
    """Have the log call the person, and those that were merged into her, by her present name.

    Args: event: the one just written that says that her name was changed. Queries: 4.
    """
    keys = [person.key, *Person.objects.filter(merged_into=person).values_list("key", flat=True)]
    with words_open(event):
        KnownPerson.objects.filter(key__in=keys).update(name=person.name)


def log_user(user: User, verb: str, by: Author) -> None:
    """Says of whom by the opaque key alone: the name is looked up when the log is read."""
    write_event(
        by=by,
        verb=verb,
        record_uid="",
        record_kind="USER",
        changes={"person": ("", user.person_key)},
    )
