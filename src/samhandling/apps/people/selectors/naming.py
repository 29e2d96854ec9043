"""What people are called where two of them may have one name."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from samhandling.apps.accounts.models import Person
from samhandling.apps.organisations.models import Affiliation
from samhandling.apps.organisations.periods import in_force
from samhandling.apps.organisations.permissions import day_of_security


def described(person_ids: Iterable[int], *, with_address: bool = True) -> dict[int, str]:
    """People by name, what they do and where; those who are still alike by address too, where it
    may be told.

    By id, in the order of their names. Queries: 2.
    """
    works = Affiliation.objects.filter(in_force(day_of_security()))
    people = (
        Person.objects.filter(pk__in=set(person_ids))
        .select_related("user")
        .prefetch_related(
            Prefetch(
                "affiliations",
                queryset=works.select_related("organisation__record").order_by("pk"),
                to_attr="works",
            )
        )
        .order_by("name", "pk")
    )
    rows: list[Any] = list(people)
    labels: dict[int, str] = {
        one.pk: ", ".join(
            [one.name, *(f"{work.function}, {work.organisation.short}" for work in one.works)]
        )
        for one in rows
    }
    alike = Counter(labels.values())
    for one in rows:
        if with_address and alike[labels[one.pk]] > 1:
            labels[one.pk] += f", {_address(one)}"
    return labels


def _address(person: Any) -> str:
    return person.user.email if hasattr(person, "user") else person.work_email
