"""The register of people, for those who run them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from samhandling.apps.accounts.models import Person, RoleGrant
from samhandling.apps.organisations.models import Affiliation, Membership
from samhandling.apps.organisations.periods import in_force, seat_in_force
from samhandling.apps.organisations.permissions import day_of_security


class PersonState(StrEnum):
    """How somebody stands in the register."""

    ACTIVE = "ACTIVE"  # can sign in
    ENDED = "ENDED"  # has left, or is shut out
    NO_ACCOUNT = "NO_ACCOUNT"  # known in the records, and cannot sign in


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What is asked of the register; empty asks nothing. Keys are those of records."""

    words: str = ""
    state: PersonState | None = None
    organisation: int | None = None
    body: int | None = None
    role: str = ""  # of RoleGrant.Role, of Membership.Role or of Affiliation.Role


def people_found(asked: PeopleFilter) -> QuerySet[Person]:
    """The people that stand to what is asked as told, by name. Queries: 1."""
    today = day_of_security()
    found = Person.objects.filter(merged_into__isnull=True)
    for word in asked.words.split():
        # SQLite knows capitals of English letters alone.
        forms = {word, word.lower(), word.capitalize(), word.upper()}
        said = Q(work_email__icontains=word) | Q(user__email__icontains=word)
        for form in forms:
            said |= Q(name__icontains=form)
        found = found.filter(said)
    if asked.state is not None:
        found = found.filter(_in_state(asked.state))
    works = Affiliation.objects.filter(in_force(today), person=OuterRef("pk"))
    if asked.organisation is not None:
        found = found.filter(Exists(works.filter(organisation=asked.organisation)))
    seats = Membership.objects.filter(seat_in_force(today), person=OuterRef("pk"))
    is_seat = asked.role in Membership.Role.values
    if asked.body is not None:
        seats = seats.filter(body=asked.body)
    if is_seat:
        seats = seats.filter(role=asked.role)
    if asked.body is not None or is_seat:
        found = found.filter(Exists(seats))
    if asked.role in RoleGrant.Role.values:
        grants = RoleGrant.objects.filter(in_force(today), person=OuterRef("pk"), role=asked.role)
        found = found.filter(Exists(grants))
    if asked.role in Affiliation.Role.values:
        found = found.filter(Exists(works.filter(role=asked.role)))
    return found.order_by(Lower("name"), "pk")


def _in_state(state: PersonState) -> Q:
    today = day_of_security()
    match state:
        case PersonState.ENDED:
            return gone()
        case PersonState.ACTIVE:
            return Q(user__is_active=True) & (Q(left_on=None) | Q(left_on__gte=today))
    return Q(user__isnull=True) & (Q(left_on=None) | Q(left_on__gte=today))


def gone(prefix: str = "") -> Q:
    """The one rule of who is not with us: she has left, or her sign-in is closed.

    `state_of` says the same of one person. What is hers lacks somebody until it is taken over.
    """
    has_left = Q(**{f"{prefix}left_on__lt": day_of_security()})
    return has_left | Q(**{f"{prefix}user__is_active": False})


def state_of(person: Person) -> PersonState:
    """As the register sorts them. Queries: 0 with `user` selected."""
    user = getattr(person, "user", None)
    is_over = person.left_on is not None and person.left_on < day_of_security()
    if is_over or (user is not None and not user.is_active):
        return PersonState.ENDED
    return PersonState.ACTIVE if user is not None else PersonState.NO_ACCOUNT


def with_what_they_have(people: QuerySet[Person]) -> QuerySet[Person]:
    """With user, and as lists `works`, `sits` and `holds` what is in force. Queries: 3 more."""
    today = day_of_security()
    works = Affiliation.objects.filter(in_force(today)).select_related("organisation__record")
    sits = Membership.objects.filter(seat_in_force(today)).select_related("body__record")
    holds = RoleGrant.objects.filter(in_force(today)).select_related("scope")
    return people.select_related("user").prefetch_related(
        Prefetch("affiliations", queryset=works.order_by("pk"), to_attr="works"),
        Prefetch("memberships", queryset=sits.order_by("pk"), to_attr="sits"),
        Prefetch("roles", queryset=holds.order_by("pk"), to_attr="holds"),
    )


def people_in_service() -> QuerySet[Person]:
    """Those who can sign in and have not left, by name, with user."""
    found = Person.objects.filter(_in_state(PersonState.ACTIVE), merged_into__isnull=True)
    return found.select_related("user").order_by(Lower("name"), "pk")


def people_of(actor_ids: Iterable[int | None]) -> QuerySet[Person]:
    """Those in service who work for, or sit in, one of these actors."""
    today = day_of_security()
    ids = [pk for pk in actor_ids if pk is not None]
    works = Affiliation.objects.filter(in_force(today), person=OuterRef("pk"), organisation__in=ids)
    seats = Membership.objects.filter(seat_in_force(today), person=OuterRef("pk"), body__in=ids)
    return people_in_service().filter(Exists(works) | Exists(seats))
