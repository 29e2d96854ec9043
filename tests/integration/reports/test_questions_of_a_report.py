"""How much a report asks of the database: what is gathered first is not asked for again."""

import pytest
from pytest_django import DjangoAssertNumQueries

from samhandling.apps.reporting.drawing.background import handing_over, method, round_assignment
from samhandling.apps.reporting.drawing.lessons import lessons
from samhandling.apps.reporting.drawing.networks import area_networks
from samhandling.apps.reporting.drawing.registers import participation
from samhandling.apps.reporting.material import gather
from samhandling.apps.reporting.models import Report

pytestmark = pytest.mark.django_db


def test_networks_and_those_who_take_part_are_drawn_without_a_question(
    demo_county_for_reading: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    report = Report.objects.get(round__agreement__slug="rok", round__year=2020)
    material = gather(report.round_id)
    assert material.seats and material.responsibilities
    with django_assert_num_queries(0):
        assert participation(material)
        assert [area_networks(material, area) for area in material.focus_areas]
        assert round_assignment(material) and method(material)
    with django_assert_num_queries(2):  # the plans handed over, and the merged networks
        assert handing_over(material)
    with django_assert_num_queries(1):  # the plans of the network with the good example
        assert lessons(material)
