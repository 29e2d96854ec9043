"""Two accounts that turned out to be one person become one.

One address is kept, with its ways in, and the other account goes. An address that somebody does not
read any more, perhaps at an organisation she has left, must not open her account, nor the sign-in
of that organisation: that is how most people come to have two. A sign-in that somebody has closed
stays closed; it is opened by those who may open it.
The log keeps both opaque keys and calls them by the one name.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, models, transaction

from samhandling.apps.accounts.models import Person, RoleGrant, Substitution, User
from samhandling.apps.accounts.services import end_sessions, remember_earlier, remember_name
from samhandling.apps.audit.models import Verb
from samhandling.apps.audit.services import Author, ReasonMissing
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.people.models import Departure
from samhandling.apps.people.permissions import check_can_run
from samhandling.apps.people.services.changing import log_person, shut_out
from samhandling.apps.people.services.errors import CannotBeMerged, SamePerson
from samhandling.apps.people.services.invitations import withdraw_invitations_at

# What says where somebody is and what she may do; two that say the same become one.
_SAME: dict[type[models.Model], tuple[str, ...]] = {
    RoleGrant: ("role", "scope_id"),
    Affiliation: ("organisation_id",),
    Membership: ("body_id", "role"),
}


@transaction.atomic
def merge_people(
    *, keep: Person, other: Person, name: str, email: str, by: Author, reason: str
) -> Person:
    """Make `other` one with `keep`, called `name`, who signs in with `email` (of one of them).

    Everything that points at the other is then hers: roles, seats, affiliations, what she wrote.
    Nobody merges herself with anybody, since that could give her the other's roles.
    Raises NotAllowed, SamePerson, CannotBeMerged, audit.services.ReasonMissing. Queries: about 40.
    """
    if not reason.strip():
        raise ReasonMissing
    check_can_run(keep, by)
    check_can_run(other, by)
    if keep.pk == other.pk:
        raise SamePerson
    rows = {
        row.pk: row
        for row in Person.objects.select_for_update()
        .filter(pk__in=[keep.pk, other.pk])
        .order_by("pk")
    }
    keep, other = rows[keep.pk], rows[other.pk]
    if any(one.merged_into_id or one.pseudonymised_at for one in (keep, other)):
        raise CannotBeMerged
    if isinstance(by, User) and by.person_id in rows:
        raise CannotBeMerged
    users = {user.person_id: user for user in User.objects.filter(person__in=rows)}
    addresses = {user.email for user in users.values()}
    if addresses and email not in addresses:
        raise CannotBeMerged
    before = [
        *(one.name for one in (keep, other)),
        *(one.work_email for one in (keep, other)),
        *addresses,
    ]
    for model, same in _SAME.items():
        _join(model, same, keep, other)
    Departure.objects.filter(person=other).delete()
    Substitution.objects.filter(person__in=rows.values(), substitute__in=rows.values()).delete()
    _hand_over(other, keep, skip=(User, *_SAME))
    _one_account(users, keep, other, email, by)
    if keep.left_on is None or other.left_on is None:
        Departure.objects.filter(person=keep).delete()
    keep.name = " ".join(name.split()) or keep.name
    keep.work_email = email or keep.work_email or other.work_email
    if keep.left_on is not None and (other.left_on is None or other.left_on > keep.left_on):
        keep.left_on = other.left_on
    keep.save()
    other.merged_into = keep
    other.name, other.work_email, other.left_on = keep.name, "", None
    other.save()
    remember_earlier(keep, *before)
    event = log_person(keep, Verb.CHANGED, by, {"merged_into": (other.key, keep.key)}, reason)
    remember_name(keep, event)
    return keep


def _one_account(
    users: dict[int, User], keep: Person, other: Person, email: str, by: Author
) -> None:
    kept, gone = users.get(keep.pk), users.get(other.pk)
    if gone is None:
        return
    if kept is None:
        gone.person = keep
        gone.save(update_fields=["person"])
        return
    _hand_over(gone, kept)
    given_up = gone.email
    if kept.email != email:
        given_up = kept.email
        end_sessions(kept)
        _ways_in_of(gone, kept)
    # The passkeys, sessions and links to an authority's sign-in that are left to it go with it.
    gone.delete()
    withdraw_invitations_at([given_up], by)
    is_closed, was_open = not (kept.is_active and gone.is_active), kept.is_active
    kept.email = email
    kept.last_login = max(filter(None, (kept.last_login, gone.last_login)), default=None)
    kept.save(update_fields=["email", "last_login"])
    if is_closed:
        shut_out(kept, by)
        if was_open:
            log_person(keep, Verb.CHANGED, by, {"sign_in": ("open", "closed")})


def _ways_in_of(gone: User, kept: User) -> None:
    """The account has the ways in of the address that is chosen, and none of its own.

    A passkey names the account it was made for and cannot be handed over.
    """
    SocialAccount.objects.filter(user=kept).delete()
    Authenticator.objects.filter(user=kept).delete()
    SocialAccount.objects.filter(user=gone).update(user=kept)
    Authenticator.objects.filter(user=gone).exclude(type=Authenticator.Type.WEBAUTHN).update(
        user=kept
    )


def _hand_over(
    gone: models.Model, kept: models.Model, skip: tuple[type[models.Model], ...] = ()
) -> None:
    """Every row of ours that points at `gone` points at `kept` afterwards.

    It asks the models what points there, so that a table of next year is not forgotten. Where both
    have what only one may have, such as a setting of her own, the kept one's stands.
    """
    for relation in gone._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue  # its own column, or a many-to-many, whose table is met by itself
        model: Any = relation.related_model
        if model in skip or not model.__module__.startswith("samhandling."):
            continue
        column = relation.field.name
        for row in model._base_manager.filter(**{column: gone}):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=row.pk).update(**{column: kept})
            except IntegrityError:
                row.delete()


def _join(model: Any, same: tuple[str, ...], keep: Person, other: Person) -> None:
    """Move the other's rows; one that says what a kept one says stretches that instead."""
    kept = {
        tuple(getattr(row, name) for name in same): row
        for row in model.objects.filter(person=keep).order_by("pk")
        if _is_open(row)
    }
    for row in model.objects.filter(person=other).order_by("pk"):
        twin = kept.get(tuple(getattr(row, name) for name in same))
        if twin is None or not _is_open(row):
            model.objects.filter(pk=row.pk).update(person=keep)
            continue
        if (
            not isinstance(row, Membership)
            and twin.valid_from
            and (row.valid_from is None or row.valid_from < twin.valid_from)
        ):
            model.objects.filter(pk=twin.pk).update(valid_from=row.valid_from)
        row.delete()


def _is_open(row: Any) -> bool:
    return row.valid_until is None
