"""Queries that are written once answer as the plain ones do."""

import pytest
from pytest_django import DjangoAssertNumQueries

from samhandling.apps.initiatives.models import Initiative
from samhandling.apps.initiatives.permissions import visible_to
from samhandling.apps.organisations.permissions import standing_of
from samhandling.apps.records.models import Record
from samhandling.apps.records.prepared import Prepared
from tests.factories import County, make_county, make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.mark.parametrize("number", [0, 1, 3, 26, 501])
def test_the_objects_are_those_of_the_plain_query(number: int) -> None:
    made = Record.objects.bulk_create(
        Record(kind="INITIATIVE", title=f"Post {n % 7}") for n in range(number + 2)
    )
    keys = [record.pk for record in made[:number]]
    by_pk = Prepared(lambda pks: Record.objects.filter(pk__in=pks))
    by_uid = Prepared(lambda uids: Record.objects.filter(uid__in=uids), by_word=True)
    plain = sorted(Record.objects.filter(pk__in=keys).values_list("pk", "title", "created_at"))
    for _again in range(2):
        for found in (by_pk.of(*keys), by_uid.of(*(record.uid for record in made[:number]))):
            assert sorted((row.pk, row.title, row.created_at) for row in found) == plain


def test_related_objects_come_in_the_same_query(
    county: County, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = make_initiative(county.agreement, title="Gemensam kurs", owner=county.organisation)
    prepared = Prepared(
        lambda pks: Initiative.objects.filter(pk__in=pks).select_related("record", "owner__record")
    )
    prepared.of(made.pk)
    with django_assert_num_queries(1):
        (found,) = prepared.of(made.pk)
        assert (found.title, found.owner.title) == ("Gemensam kurs", county.organisation.title)


def test_what_is_prefetched_belongs_to_its_object(county: County) -> None:
    made = [make_initiative(county.agreement, title=title) for title in ("Ett", "Två")]
    for initiative in made:
        initiative.status_events.create(status="DONE", told_for_year=2000 + initiative.pk % 50)
    prepared = Prepared(
        lambda pks: Initiative.objects.filter(pk__in=pks).prefetch_related("status_events")
    )
    for found in prepared.of(*(one.pk for one in made)):
        years = [event.told_for_year for event in found.status_events.all()]
        assert years == [2000 + found.pk % 50]


def test_a_reader_is_never_answered_with_what_another_may_see(county: County) -> None:
    draft = make_initiative(county.agreement, owner=county.organisation, sharing="DRAFT")
    prepared = Prepared(lambda pks, by: visible_to(Initiative.objects.filter(pk__in=pks), by))

    def seen(by: object) -> list[int]:
        found = prepared.of(draft.pk, shape=standing_of(by), words=(by,))  # type: ignore[arg-type]
        return [row.pk for row in found]

    for _again in range(2):
        assert seen(county.alice) == [draft.pk]
        assert seen(county.reader) == []
        assert seen(None) == []


def test_without_keys_nothing_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert Prepared(lambda pks: Record.objects.filter(pk__in=pks)).of() == []


def test_a_query_that_must_be_empty_is_answered_so() -> None:
    never = Prepared(lambda pks: Record.objects.filter(pk__in=pks).none())
    assert never.of(1) == []
